// Whether clients keep GitHub's limits, and how close to them they work, in simulated time:
//
//     cmake --build build --target pacing_tests && build/tests/pacing_tests
//
// prints lines of a name and a value. `violations` are the tracker's count of limits that were
// broken; `efficiency` is the time that the limits ask for (ideal_time.hpp) by the time taken. The
// threads of a simulation run one at a time, and all that is random is seeded but for the tenth
// that is added to some waits: it is no measurement, and its bounds are exact.

#include "../support/catch.hpp"
#include "ideal_time.hpp"
#include "simulated_tracker.hpp"

#include <iostream>

namespace pacing_simulation {

using namespace simulation;
using at::errc;

namespace {

/// What a storm of fresh incidents came to.
void report(std::string const& prefix, world const& in, std::size_t wanted, moment took) {
  double const efficiency = std::chrono::duration<double>(ideal_time(wanted)) / took;
  std::cout << prefix << "tickets " << in.tickets() << '\n'
            << prefix << "violations " << in.violations() << '\n'
            << prefix << "efficiency " << efficiency << '\n'
            << prefix << "simulated_seconds " << took.count() / 1000 << '\n'
            << prefix << "refused_requests " << in.net.refused() << '\n';
  CHECK(in.tickets() == wanted);
  CHECK(in.incidents() == wanted);
  CHECK(in.violations() == 0);
  CHECK(efficiency >= 0.95);
  CHECK(efficiency <= 1); // the ideal is one
}

void check_calm(std::vector<caller> const& all, milliseconds timeout) {
  for (caller const& one : all) {
    CHECK(one.problems == "");
    CHECK(one.timed_out == 0);
    CHECK(one.longest <= timeout); // nobody slept beyond his deadline
  }
}

} // namespace

TEST_CASE("pacing: 2,000 tickets by four clients, within github.com's limits and close to them") {
  world w;
  std::vector<client> clients;
  for (int i = 0; i < 4; ++i) clients.push_back(w.make_client());
  auto const callers = open_all(w, clients, 2'000);
  check_calm(callers, 60s);
  report("", w, 2'000, w.time.now());
}

TEST_CASE("pacing: one client alone, and more clients than the gap between writes has room for") {
  for (int const count : {1, 40}) {
    world w;
    std::vector<client> clients;
    for (int i = 0; i < count; ++i) clients.push_back(w.make_client());
    auto const callers = open_all(w, clients, 550);
    check_calm(callers, 60s);
    report("clients_" + std::to_string(count) + '_', w, 550, w.time.now());
  }
}

TEST_CASE("pacing: the same storm from callers who have little time, however many") {
  for (auto const& [count, timeout] : {std::pair{4, 10'000ms}, {4, 2'500ms}, {40, 5'000ms}}) {
    world w;
    std::vector<client> clients;
    for (int i = 0; i < count; ++i) clients.push_back(w.make_client(timeout));
    auto const callers = open_all(w, clients, 550);
    check_calm(callers, timeout);
    report("hurried_" + std::to_string(count) + '_', w, 550, w.time.now());
  }
}

TEST_CASE("pacing: look-ups alone, more than the 5,000 requests of an hour") {
  world w;
  std::vector<client> clients;
  for (int i = 0; i < 4; ++i) clients.push_back(w.make_client());
  REQUIRE(clients[0].find_or_create(incident(0)).has_value());
  w.time.sleep_for(1h);
  moment const start = w.time.now();
  std::size_t found = 0;
  int left = 3'000;
  auto const callers = all_at_once(w, clients, [&](client& tickets, caller& who) {
    while (left-- > 0) {
      auto const one = who.persist([&] { return tickets.find(incident(0)); });
      found += one && *one ? 1 : 0;
    }
  });
  check_calm(callers, 60s);
  CHECK(found == 3'000);
  CHECK(w.violations() == 0);
  // Two requests each: 5,000 in one hour, and 1,000 in the next, of which 900 a minute.
  CHECK(w.time.now() - start <= 1h + 1min + 30s);
}

TEST_CASE("pacing: nobody is kept asleep; coming back when told to succeeds") {
  world w;
  auto busy = w.make_client();
  auto hurried = w.make_client(5s);
  for (int i = 0; i < 500; ++i) REQUIRE(busy.find_or_create(incident(i)).has_value());
  std::size_t const sent = w.net.seen.size();
  moment const start = w.time.now();
  auto const told = hurried.find_or_create(incident(1'000));
  CHECK(w.time.now() - start <= 5s);
  REQUIRE_FALSE(told.has_value());
  CHECK(told.error().code == errc::rate_limited);
  CHECK(told.error().outcome == at::outcome::not_applied);
  CHECK(w.net.seen.size() == sent + 2); // two look-ups, no write
  REQUIRE(told.error().retry_after.has_value());
  w.time.sleep_for(*told.error().retry_after);
  auto const opened = hurried.find_or_create(incident(1'000));
  REQUIRE(opened.has_value());
  CHECK(opened->created);
  // It came back no later than the hour of the first one was over, which took less than 2 s.
  CHECK(w.time.now() <= 3'600s + 5s);
  CHECK(w.violations() == 0);
}

TEST_CASE("pacing: two credentials do not slow each other, two clients of one share its limits") {
  for (bool const apart : {true, false}) {
    world w;
    std::vector<client> clients;
    clients.push_back(w.make_client());
    clients.push_back(w.make_client(60s, apart ? "token-two" : "token-one"));
    auto const callers = open_all(w, clients, 400);
    check_calm(callers, 60s);
    CHECK(w.tickets() == 400);
    CHECK(w.violations() == 0);
    if (apart) {
      CHECK(w.time.now() < ideal_time(200) * 1.25); // each on its own
    } else {
      CHECK(w.time.now() >= ideal_time(400));
    }
  }
}

TEST_CASE("pacing: opening and closing go before comments, and comments come in the end") {
  world w;
  constexpr int of_each = 100;
  std::vector<client> clients;
  for (int i = 0; i < 12; ++i) clients.push_back(w.make_client());
  std::vector<std::string> numbers; // of tickets to close and to comment
  for (int i = 0; i < of_each; ++i)
    numbers.push_back(clients[0].find_or_create(incident(i)).value().number);
  w.time.sleep_for(1h);

  enum kind { open, close, comment };
  char const* const names[]{"opens", "closes", "comments"};
  moment const start = w.time.now();
  moment sums[3]{}, last[3]{}; // when they were done; all are there from the start
  int next[3]{};
  int clients_yet = 0;
  auto const callers = all_at_once(w, clients, [&](client& tickets, caller& who) {
    kind const mine = static_cast<kind>(clients_yet++ % 3);
    while (next[mine] < of_each) {
      int const n = next[mine]++;
      std::string const& number = numbers[static_cast<std::size_t>(n)];
      if (mine == open)
        (void)who.persist([&] { return tickets.find_or_create(incident(of_each + n)); });
      else if (mine == close)
        (void)who.persist([&] { return tickets.close(number); });
      else
        (void)who.persist([&] { return tickets.comment(number, "seen"); });
      last[mine] = w.time.now() - start;
      sums[mine] += last[mine];
    }
  });
  check_calm(callers, 60s);
  CHECK(w.violations() == 0);
  CHECK(w.tickets() == 2 * of_each);
  std::size_t comments = 0, closed = 0;
  for (auto const& one : w.net.api.issues(repository)) {
    comments += one.comments.size();
    closed += one.closed ? 1 : 0;
  }
  CHECK(comments == of_each);
  CHECK(closed == of_each);
  for (kind one : {open, close, comment})
    std::cout << "mean_wait_seconds_" << names[one] << ' ' << sums[one].count() / of_each / 1000
              << '\n';
  CHECK(2 * sums[open] < sums[comment]);
  CHECK(2 * sums[close] < sums[comment]);
  CHECK((std::max)(last[open], last[close]) < last[comment]);
  CHECK(last[comment] < 1.3 * seconds{3 * of_each}); // no time was left unused
}

TEST_CASE("pacing: comments find room between tickets that keep coming") {
  world w;
  std::vector<client> clients;
  for (int i = 0; i < 3; ++i) clients.push_back(w.make_client());
  std::string const number = clients[0].find_or_create(incident(0)).value().number;
  moment comments_done{};
  int opened = 0, comments = 0;
  auto const callers = all_at_once(w, clients, [&](client& tickets, caller& who) {
    if (&tickets == clients.data()) {
      for (; opened < 100; w.time.sleep_for(10s), ++opened)
        (void)who.persist([&] { return tickets.find_or_create(incident(1 + opened)); });
      return;
    }
    while (comments < 100) {
      ++comments;
      (void)who.persist([&] { return tickets.comment(number, "seen"); });
    }
    comments_done = w.time.now();
  });
  check_calm(callers, 60s);
  CHECK(w.violations() == 0);
  CHECK(w.tickets() == 101);
  CHECK(comments_done < 150s);
}

} // namespace pacing_simulation
