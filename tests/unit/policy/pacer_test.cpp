#include "../../support/catch.hpp"

#include <argus_ticket/policy/pacer.hpp>

#include <atomic>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <vector>

namespace pacer_test {

namespace at = argus_ticket;
namespace http = argus_ticket::http;
using at::limit_notice;
using at::pacer;
using namespace std::chrono_literals;
using std::chrono::milliseconds;

namespace {

http::url const place_to_go = http::url::parse("https://h/").value();

http::request read() { return http::get(place_to_go); }
http::request write() { return http::patch(place_to_go); }
http::request creation() { return http::post(place_to_go); }
http::request comment() { return http::post(place_to_go).low_urgency(); }

at::rate_limits gap_of(milliseconds gap) {
  at::rate_limits l;
  l.write_gap = gap;
  return l;
}
at::rate_limits budget_of(at::rate_budget b) {
  at::rate_limits l;
  l.budgets = {b};
  return l;
}

/// A pacer, and a time that the test moves.
struct world {
  explicit world(at::rate_limits l = {}) : credential(std::move(l)) {}

  pacer credential;
  pacer::instant now{1h};

  /// Sends at once, or says how long to wait.
  milliseconds try_once(http::request const& r, milliseconds takes = 0ms,
                        limit_notice const& notice = {}) {
    pacer::place place = credential.enter(r);
    milliseconds const time = place.ask(now);
    if (time == 0ms) {
      now += takes;
      place.ended(now, notice);
    }
    return time;
  }
  /// Waits as long as it takes, and gives how long that was.
  milliseconds send(http::request const& r, milliseconds takes = 0ms,
                    limit_notice const& notice = {}) {
    pacer::place place = credential.enter(r);
    auto const start = now;
    for (milliseconds time; (time = place.ask(now)) > 0ms;) now += time;
    milliseconds const waited = std::chrono::ceil<milliseconds>(now - start);
    now += takes;
    place.ended(now, notice);
    return waited;
  }
};

limit_notice refused(std::optional<std::chrono::seconds> stated = std::nullopt) {
  return {true, stated};
}

/// The time between a bound and a tenth more.
bool is_about(milliseconds time, milliseconds bound) {
  return time >= bound && time <= bound + bound / 10 + 1ms;
}

} // namespace

TEST_CASE("pacer: without limits nothing waits") {
  world w;
  for (int i = 0; i < 1'000; ++i)
    for (auto const& r : {read(), write(), creation(), comment()}) CHECK(w.try_once(r) == 0ms);
}

TEST_CASE("pacer: from the end of a write to the next one there is the gap") {
  world w{gap_of(1s)};
  CHECK(w.try_once(creation(), 300ms) == 0ms);
  CHECK(w.try_once(write()) == 1s);
  w.now += 999ms;
  CHECK(w.try_once(creation()) == 1ms);
  w.now += 1ms;
  CHECK(w.try_once(write(), 5s) == 0ms); // a slow one
  CHECK(w.try_once(write()) == 1s);
  w.now += 10s;
  CHECK(w.try_once(write()) == 0ms);
}

TEST_CASE("pacer: where there is a gap, writes go one at a time") {
  world w{gap_of(1s)};
  auto first = w.credential.enter(creation());
  REQUIRE(first.ask(w.now) == 0ms);
  w.now += 1min; // it is still under way
  auto second = w.credential.enter(write());
  CHECK(second.ask(w.now) > 0ms);
  w.now += 1min;
  CHECK(second.ask(w.now) > 0ms);
  first.ended(w.now, {});
  CHECK(second.ask(w.now) == 1s);
}

TEST_CASE("pacer: reads are not held by the gap, nor by writes that wait") {
  world w{gap_of(1s)};
  auto under_way = w.credential.enter(creation());
  REQUIRE(under_way.ask(w.now) == 0ms);
  auto waiting = w.credential.enter(creation());
  REQUIRE(waiting.ask(w.now) > 0ms);
  for (int i = 0; i < 5; ++i) CHECK(w.try_once(read()) == 0ms);
  under_way.ended(w.now, {});
  CHECK(w.try_once(read()) == 0ms);
  CHECK(waiting.ask(w.now) == 1s); // and reads do not put it off
}

TEST_CASE("pacer: a budget holds in every window, from the end of each request") {
  world w{budget_of({.window = 60s, .most = 3, .creation = 1})};
  CHECK(w.try_once(creation(), 2s) == 0ms); // ends at 2 s
  w.now += 8s;
  CHECK(w.try_once(creation()) == 0ms); // at 10 s
  w.now += 20s;
  CHECK(w.try_once(creation()) == 0ms); // at 30 s
  CHECK(w.try_once(creation()) == 32s); // until 62 s
  CHECK(w.try_once(write()) == 0ms);    // costs nothing here
  CHECK(w.try_once(read()) == 0ms);
  w.now += 31'999ms;
  CHECK(w.try_once(creation()) == 1ms);
  w.now += 1ms;
  CHECK(w.try_once(creation()) == 0ms); // at 62 s
  CHECK(w.try_once(creation()) == 8s);  // until 70 s
}

TEST_CASE("pacer: no window of any length holds more than it may") {
  world w{budget_of({.window = 60s, .most = 7, .read = 1, .write = 2, .creation = 3})};
  std::vector<std::pair<pacer::instant, unsigned>> sent;
  for (int i = 0; i < 200; ++i) {
    unsigned const cost = 1 + static_cast<unsigned>(i * 7 % 3);
    w.send(cost == 1 ? read() : cost == 2 ? write() : creation(), milliseconds{i * 37 % 900});
    sent.emplace_back(w.now, cost);
  }
  for (std::size_t from = 0; from < sent.size(); ++from) {
    unsigned in_window = 0;
    for (std::size_t i = from; i < sent.size() && sent[i].first < sent[from].first + 60s; ++i)
      in_window += sent[i].second;
    CHECK(in_window <= 7);
  }
}

TEST_CASE("pacer: what is under way counts as well") {
  world w{budget_of({.window = 60s, .most = 2, .creation = 1})};
  auto first = w.credential.enter(creation());
  auto second = w.credential.enter(creation());
  REQUIRE(first.ask(w.now) == 0ms);
  REQUIRE(second.ask(w.now) == 0ms);
  CHECK(w.try_once(creation()) > 0ms);
  w.now += 2min; // it has no end yet, so the window has not begun
  CHECK(w.try_once(creation()) > 0ms);
  first.ended(w.now, {});
  CHECK(w.try_once(creation()) > 0ms);
  w.now += 60s;
  CHECK(w.try_once(creation()) == 0ms);
}

TEST_CASE("pacer: all budgets count, the longest wait wins") {
  at::rate_limits l;
  l.budgets = {{60s, 2, 0, 0, 1}, {3600s, 3, 0, 0, 1}};
  world w{l};
  CHECK(w.send(creation()) == 0ms);
  CHECK(w.send(creation()) == 0ms);
  CHECK(w.send(creation()) == 60s);
  CHECK(w.send(creation()) == 3600s - 60s);
}

TEST_CASE("pacer: first come, first served") {
  world w{gap_of(1s)};
  auto a = w.credential.enter(creation());
  auto b = w.credential.enter(write());
  auto c = w.credential.enter(creation());
  CHECK(c.ask(w.now) > 0ms); // asking first does not help
  CHECK(b.ask(w.now) > 0ms);
  REQUIRE(a.ask(w.now) == 0ms);
  a.ended(w.now, {});
  w.now += 1s;
  CHECK(c.ask(w.now) > 0ms);
  REQUIRE(b.ask(w.now) == 0ms);
  b.ended(w.now, {});
  CHECK(c.ask(w.now) == 1s);
  w.now += 1s;
  CHECK(c.ask(w.now) == 0ms);
}

TEST_CASE("pacer: the wait counts those ahead") {
  world w{gap_of(1s)};
  CHECK(w.try_once(write()) == 0ms);
  auto a = w.credential.enter(creation());
  auto b = w.credential.enter(creation());
  CHECK(a.ask(w.now) == 1s);
  CHECK(b.ask(w.now) == 2s);
}

TEST_CASE("pacer: opening and closing tickets goes before comments") {
  world w{gap_of(1s)};
  auto remark = w.credential.enter(comment());
  auto other_remark = w.credential.enter(comment());
  auto close = w.credential.enter(write());
  auto open = w.credential.enter(creation());
  for (auto* next : {&close, &open, &remark, &other_remark}) {
    for (auto* other : {&other_remark, &remark, &open, &close}) {
      if (other == next) break;
      CHECK(other->ask(w.now) > 0ms);
    }
    REQUIRE(next->ask(w.now) == 0ms);
    next->ended(w.now, {});
    w.now += 1s;
  }
}

TEST_CASE("pacer: those who have no time to wait are not told to come back all at once") {
  world w{gap_of(1s)};
  CHECK(w.try_once(write()) == 0ms);
  for (milliseconds const when : {1'000ms, 2'000ms, 3'000ms}) {
    auto hurried = w.credential.enter(creation());
    CHECK(hurried.ask(w.now) == 1s); // who is there goes first
    CHECK(hurried.come_back(w.now) == when);
  }
  w.now += 1s;
  CHECK(w.try_once(creation()) == 0ms);
  w.now += 5s; // the others did not come
  CHECK(w.try_once(creation()) == 0ms);
  CHECK(w.credential.enter(creation()).come_back(w.now) == 1s);
}

TEST_CASE("pacer: of those who were told to come back, a hundred count") {
  world w{gap_of(1s)};
  CHECK(w.try_once(write()) == 0ms);
  milliseconds last{0};
  for (int i = 0; i < 100; ++i) last = w.credential.enter(creation()).come_back(w.now);
  CHECK(last == 100s);
  // One more is told the next turn after theirs, and so is who comes after it.
  CHECK(w.credential.enter(creation()).come_back(w.now) == 101s);
  CHECK(w.credential.enter(creation()).come_back(w.now) == 101s);
}

TEST_CASE("pacer: who leaves frees its place") {
  world w{gap_of(1s)};
  std::unique_ptr<pacer::place> gives_up{new pacer::place(w.credential.enter(creation()))};
  auto next = w.credential.enter(creation());
  CHECK(next.ask(w.now) > 0ms);
  gives_up.reset();
  CHECK(next.ask(w.now) == 0ms);
}

TEST_CASE("pacer: one that was sent and never ended frees its place as well") {
  world w{gap_of(1s)};
  {
    auto dropped = w.credential.enter(creation());
    REQUIRE(dropped.ask(w.now) == 0ms);
  }
  CHECK(w.try_once(creation()) == 0ms);
}

TEST_CASE("pacer: creations that have to wait for long do not hold up closes") {
  at::rate_limits l = budget_of({.window = 60s, .most = 1, .creation = 1});
  l.write_gap = 1s;
  world w{l};
  CHECK(w.try_once(creation()) == 0ms);
  auto first = w.credential.enter(creation());
  auto second = w.credential.enter(creation());
  CHECK(first.ask(w.now) == 60s);
  CHECK(second.ask(w.now) >= 60s);
  w.now += 1s;
  CHECK(w.try_once(write()) == 0ms);
  w.now += 1s;
  CHECK(w.try_once(write()) == 0ms);
  w.now += 58s;
  CHECK(second.ask(w.now) > 0ms); // but it is still the first one's turn
  CHECK(first.ask(w.now) == 0ms);
}

TEST_CASE("pacer: a refusal closes the credential for as long as the server says") {
  world w;
  CHECK(w.try_once(creation(), 1s, refused(30s)) == 0ms);
  for (auto const& r : {read(), write(), creation(), comment()}) CHECK(w.try_once(r) == 30s);
  w.now += 29s;
  CHECK(w.try_once(read()) == 1s);
  w.now += 1s;
  CHECK(w.try_once(read()) == 0ms);
}

TEST_CASE("pacer: what a server states is taken as it is, however often") {
  world w;
  for (int i = 0; i < 5; ++i) {
    CHECK(w.try_once(creation(), 0ms, refused(30s)) == 0ms);
    CHECK(w.try_once(creation()) == 30s);
    w.now += 30s;
  }
}

TEST_CASE("pacer: where the server says no time, 60 seconds, then twice as long up to a cap") {
  world w;
  for (auto bound : {60s, 120s, 240s, 480s, 900s, 900s, 900s}) {
    REQUIRE(w.try_once(creation(), 0ms, refused()) == 0ms);
    milliseconds const time = w.try_once(read());
    CHECK(is_about(time, bound));
    w.now += time;
  }
  CHECK(w.try_once(creation()) == 0ms); // it goes again
  REQUIRE(w.try_once(creation(), 0ms, refused()) == 0ms);
  CHECK(is_about(w.try_once(read()), 60s)); // so it starts anew
}

TEST_CASE("pacer: several that are refused together are one refusal") {
  world w;
  auto a = w.credential.enter(creation());
  auto b = w.credential.enter(read());
  auto c = w.credential.enter(write());
  for (auto* one : {&a, &b, &c}) REQUIRE(one->ask(w.now) == 0ms);
  w.now += 1s;
  a.ended(w.now, refused());
  milliseconds const time = w.try_once(read());
  CHECK(is_about(time, 60s));
  w.now += 1s;
  b.ended(w.now, refused());
  c.ended(w.now, refused());
  CHECK(w.try_once(read()) == time - 1s);
  w.now += time;
  REQUIRE(w.try_once(read(), 0ms, refused()) == 0ms);
  CHECK(is_about(w.try_once(read()), 120s)); // the second one, not the fourth
}

TEST_CASE("pacer: what was sent before a refusal and succeeds does not end it") {
  world w;
  auto a = w.credential.enter(creation());
  auto b = w.credential.enter(creation());
  REQUIRE(a.ask(w.now) == 0ms);
  REQUIRE(b.ask(w.now) == 0ms);
  w.now += 1s;
  a.ended(w.now, refused());
  w.now += 1s;
  b.ended(w.now, {});
  milliseconds const time = w.try_once(creation());
  CHECK(is_about(time + 1s, 60s)); // still closed
  w.now += time;
  REQUIRE(w.try_once(creation(), 0ms, refused()) == 0ms);
  CHECK(is_about(w.try_once(creation()), 120s)); // and refused twice, one after the other
}

TEST_CASE("pacer: reads that go do not show that creations go again") {
  world w;
  REQUIRE(w.try_once(creation(), 0ms, refused()) == 0ms);
  for (auto bound : {60s, 120s, 240s}) {
    milliseconds const time = w.try_once(read());
    CHECK(is_about(time, bound));
    w.now += time;
    REQUIRE(w.try_once(read()) == 0ms); // the look-up before the next create
    REQUIRE(w.try_once(creation(), 0ms, refused()) == 0ms);
  }
}

TEST_CASE("pacer: a stated time does not shorten a longer one") {
  world w;
  auto a = w.credential.enter(read());
  auto b = w.credential.enter(read());
  REQUIRE(a.ask(w.now) == 0ms);
  REQUIRE(b.ask(w.now) == 0ms);
  a.ended(w.now, refused(100s));
  b.ended(w.now, refused(1s));
  CHECK(w.try_once(read()) == 100s);
}

TEST_CASE("pacer: a success that says that the budget is used up closes it until then") {
  world w;
  CHECK(w.try_once(read(), 0ms, {false, 61s}) == 0ms);
  CHECK(w.try_once(creation()) == 61s);
  CHECK(w.try_once(read()) == 61s);
  w.now += 61s;
  CHECK(w.try_once(read()) == 0ms);
}

TEST_CASE("pacer: so many at once, of any kind") {
  at::rate_limits l;
  l.concurrent = 2;
  world w{l};
  auto a = w.credential.enter(read());
  auto b = w.credential.enter(creation());
  auto c = w.credential.enter(read());
  REQUIRE(a.ask(w.now) == 0ms);
  REQUIRE(b.ask(w.now) == 0ms);
  CHECK(c.ask(w.now) > 0ms);
  CHECK(c.ask(w.now) <= 100ms); // soon
  a.ended(w.now, {});
  CHECK(c.ask(w.now) == 0ms);
}

TEST_CASE("pacer: copies share the state, and places outlive them") {
  std::optional<pacer> first(std::in_place, gap_of(1s));
  pacer const copy = *first;
  pacer::instant const now{1h};
  auto place = first->enter(write());
  first.reset();
  REQUIRE(place.ask(now) == 0ms);
  place.ended(now, {});
  CHECK(copy.enter(write()).ask(now) == 1s);
}

TEST_CASE("pacer: many threads at once keep the limits") {
  at::rate_limits l = budget_of({.window = 60s, .most = 50, .read = 1, .write = 1, .creation = 2});
  l.write_gap = 100ms;
  l.concurrent = 3;
  pacer const credential{l};
  std::atomic<milliseconds::rep> time{0}; // moves only when somebody waits
  std::atomic<int> at_once{0}, writes_at_once{0}, too_many{0}, sent{0};
  std::vector<std::thread> threads;
  for (int t = 0; t < 6; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 40; ++i) {
        int const kind = (t + i) % 4;
        http::request const r = kind == 0   ? read()
                                : kind == 1 ? write()
                                : kind == 2 ? creation()
                                            : comment();
        auto const clock = [&] { return pacer::instant{1h} + milliseconds{time.load()}; };
        pacer::place place = credential.enter(r);
        if (kind == 3 && i % 5 == 0) continue; // gives up
        while (place.ask(clock()) > 0ms) {
          ++time;
          std::this_thread::yield();
        }
        bool const writes = kind != 0;
        if (++at_once > 3) ++too_many;
        if (writes && ++writes_at_once > 1) ++too_many;
        ++time;
        if (writes) --writes_at_once;
        --at_once;
        place.ended(clock(), {});
        ++sent;
      }
    });
  for (std::thread& t : threads) t.join();
  CHECK(too_many == 0);
  CHECK(sent == 240 - 6 * 2);
}

} // namespace pacer_test
