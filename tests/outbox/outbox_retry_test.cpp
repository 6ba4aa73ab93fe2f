// When an entry that was not delivered is tried again, and when it is given up.
#include "outbox_fixture.hpp"

using namespace test;

namespace {

/// Waits that are never short, however the dice fall.
at::outbox_options long_waits() {
  at::outbox_options options;
  options.between = {.first = std::chrono::days{7}, .longest = std::chrono::days{7}};
  options.longest_wait = std::chrono::days{3'650};
  return options;
}

auto answers(int status, std::vector<std::pair<std::string, std::string>> headers = {}) {
  return [=](at::http::request const&) {
    at::http::headers all;
    for (auto const& [name, value] : headers) all.add({name, value});
    return std::optional<network::reply>{at::http::response{status, all, "sorry"}};
  };
}
/// The same for creates alone, while look-ups work.
auto answers_creates(int status, std::vector<std::pair<std::string, std::string>> headers = {}) {
  return [all = answers(status, std::move(headers))](at::http::request const& r) {
    return is(r, at::http::method::post, "/tickets") ? all(r) : std::nullopt;
  };
}
auto const answers_truly = [](at::http::request const&) { return std::optional<network::reply>{}; };

} // namespace

TEMPLATE_TEST_CASE("retry: between attempts it waits longer and longer", "[outbox]", STORE_TYPES) {
  delivering<TestType> d;
  d.net.instead = answers_creates(500);
  auto const said = d.submit(incident_of(1));
  std::chrono::milliseconds longest{0};
  for (int attempt = 1; attempt <= 20; ++attempt) {
    at::delivery one = d.deliver();
    if (one.what == what::nothing) {
      REQUIRE(one.next);
      d.jump(*one.next - d.now());
      one = d.deliver();
    }
    CHECK(one.what == what::postponed);
    CHECK(one.entry.attempts == attempt);
    auto const waiting = d.entry(said.id);
    CHECK(waiting.state == entry_state::waiting);
    CHECK(waiting.attempts == attempt);
    CHECK(waiting.reason_code == "server_failed");
    CHECK(waiting.due_at == d.heard.kept->due.back());
    auto const wait = waiting.due_at - d.now();
    CHECK(wait >= d.options.grace); // nobody knows what was done
    CHECK(wait <= (std::max)(d.options.between.bound(attempt), d.options.grace));
    longest = (std::max)(longest, wait);
  }
  CHECK(longest > 2 * d.options.grace);
  CHECK(d.net.server.tickets.empty());

  d.net.instead = answers_truly;
  auto const all = d.deliver_all();
  REQUIRE(all.size() == 1);
  CHECK(all[0].what == what::delivered);
  CHECK(all[0].entry.attempts == 21);
}

TEMPLATE_TEST_CASE("retry: it comes back when the server says, and not before", "[outbox]",
                   STORE_TYPES) {
  delivering<TestType> d;
  d.net.instead = answers_creates(500, {{"Retry-After", "4000"}}); // nobody knows what was done
  auto const said = d.submit(incident_of(1));
  CHECK(d.deliver().what == what::postponed);
  CHECK(d.entry(said.id).due_at >= d.now() + 4'000s);
  d.net.instead = answers_truly;
  d.jump(3'999s);
  CHECK(d.deliver().what == what::nothing);
  (void)d.deliver_all();
  CHECK(d.net.server.tickets.size() == 1);
}

TEMPLATE_TEST_CASE("retry: a limit closes the way to the system for all", "[outbox]", STORE_TYPES) {
  for (int const status : {429, 503}) {
    at::outbox_options options;
    options.most_attempts = 1;
    options.between = {.first = 1ms, .longest = 1ms};
    delivering<TestType> d{options};
    d.net.instead = answers(status, {{"Retry-After", "120"}});
    for (int n = 1; n <= 4; ++n) d.submit(incident_of(n));
    for (int rounds = 0; rounds < 5; ++rounds) {
      auto const refused = d.deliver();
      CHECK(refused.what == what::postponed);
      CHECK(refused.failure->retry_after == 120s);
      auto const closed = d.deliver();
      CHECK(closed.what == what::nothing);
      CHECK(closed.next == d.now() + 120s);
      CHECK(d.net.requests == static_cast<std::size_t>(rounds) + 1);
      d.jump(119s);
      CHECK(d.deliver().what == what::nothing);
      d.jump(1s);
    }
    d.net.instead = answers_truly;
    for (at::delivery const& one : d.deliver_all()) {
      CHECK(one.what == what::delivered);
      CHECK(one.entry.attempts == 1);
    }
    CHECK(d.net.server.tickets.size() == 4);
  }
}

TEMPLATE_TEST_CASE("retry: an entry that was tried too often is dead", "[outbox]", STORE_TYPES) {
  at::outbox_options options;
  options.most_attempts = 3;
  delivering<TestType> d{options};
  d.net.instead = answers_creates(500);
  auto const said = d.submit(incident_of(1));
  auto const follower = d.comment(incident_of(1), "text");
  auto const all = d.deliver_all();
  REQUIRE(all.size() == 3);
  CHECK(all[0].what == what::postponed);
  CHECK(all[1].what == what::postponed);
  CHECK(all[2].what == what::dead);
  CHECK(all[2].entry.attempts == 3);
  REQUIRE(all[2].failure);
  CHECK(all[2].failure->outcome == at::outcome::ambiguous);
  auto const dead = d.entry(said.id);
  CHECK(dead.state == entry_state::dead);
  CHECK(dead.reason_code == "server_failed");
  CHECK(dead.reason.find("it may have been done") != std::string::npos);
  CHECK(dead.reason.find("HTTP 500") != std::string::npos);
  CHECK(d.entry(follower.id).state == entry_state::dead);
  CHECK(d.deliver().what == what::nothing);
}

TEMPLATE_TEST_CASE("retry: during an outage one probe, and not one for each entry", "[outbox]",
                   STORE_TYPES) {
  auto options = long_waits();
  options.most_attempts = 2;
  delivering<TestType> d{options};
  for (int n = 1; n <= 10; ++n) d.submit(incident_of(n));
  d.net.breaks();
  for (std::size_t probes = 1; probes <= 6; ++probes) {
    auto const probe = d.deliver();
    CHECK(probe.what == what::postponed);
    CHECK(probe.failure->code == at::errc::connection_failed);
    CHECK(d.net.requests == probes);
    for (int n = 0; n < 3; ++n) {
      auto const closed = d.deliver();
      CHECK(closed.what == what::nothing);
      REQUIRE(closed.next);
      CHECK(*closed.next > d.now());
      CHECK(*closed.next <= d.now() + 7 * 24h);
    }
    CHECK(d.net.requests == probes);
    d.jump(*d.deliver().next - d.now());
  }
  for (at::outbox_entry const& one : d.list()) CHECK(one.attempts == 0); // none is used up
  d.net.works();
  auto const all = d.deliver_all();
  CHECK(all.size() == 10);
  for (at::delivery const& one : all) {
    CHECK(one.what == what::delivered);
    CHECK(one.entry.attempts == 1);
  }
  CHECK(d.net.server.tickets.size() == 10);
}

TEMPLATE_TEST_CASE("retry: an outage is one too where requests are sent and no reply comes",
                   "[outbox]", STORE_TYPES) {
  delivering<TestType> d{long_waits()};
  for (int n = 1; n <= 5; ++n) d.submit(incident_of(n));
  (void)d.deliver_all();
  for (int n = 1; n <= 5; ++n) d.comment(incident_of(n), "text"); // begins with a write
  d.net.breaks(fault::sent_not_done);
  CHECK(d.deliver().what == what::postponed);
  auto const closed = d.deliver();
  CHECK(closed.what == what::nothing);
  d.net.works();
  (void)d.deliver_all();
  for (int n = 1; n <= 5; ++n) CHECK(d.net.ticket_of(incident_of(n)).comments.size() == 1);
}

TEMPLATE_TEST_CASE("retry: an entry that fails alone holds up no other", "[outbox]", STORE_TYPES) {
  delivering<TestType> d{long_waits()};
  std::string const key = at::key_of(incident_of(1)).value;
  d.net.instead = [&](at::http::request const& r) {
    bool const its =
        is(r, at::http::method::post, "/tickets") && r.body().find(key) != std::string::npos;
    return its ? std::optional<network::reply>{at::http::response{500, {}, "no"}} : std::nullopt;
  };
  for (int n = 1; n <= 3; ++n) d.submit(incident_of(n));
  auto const all = d.deliver_due();
  REQUIRE(all.size() == 3);
  CHECK(all[0].what == what::postponed);
  CHECK(all[1].what == what::delivered);
  CHECK(all[2].what == what::delivered);
}

TEMPLATE_TEST_CASE("retry: that somebody else works on the incident is no outage", "[outbox]",
                   STORE_TYPES) {
  delivering<TestType> d{long_waits()};
  d.submit(incident_of(1));
  d.submit(incident_of(2));
  d.box->client().policies().timeout = 5ms;
  auto same = d.box->client(); // a copy has its turns with it
  std::optional<at::delivery> one, two;
  bool first = true;
  d.net.instead = [&](at::http::request const&) {
    if (std::exchange(first, false)) {
      one = d.deliver();
      two = d.deliver();
    }
    return std::optional<network::reply>{};
  };
  REQUIRE(same.find_or_create(incident_of(1)).has_value());
  REQUIRE(one);
  CHECK(one->what == what::postponed);
  REQUIRE(two);
  CHECK(two->what == what::delivered);
}

TEMPLATE_TEST_CASE("retry: one that waited too long is dead once a delivery has failed", "[outbox]",
                   STORE_TYPES) {
  at::outbox_options options;
  options.longest_wait = 1h;
  options.between = {.first = 1ms, .longest = 1ms};
  delivering<TestType> d{options};
  auto const said = d.submit(incident_of(1));
  auto const follower = d.comment(incident_of(1), "text");
  d.net.breaks();
  CHECK(d.deliver().what == what::postponed);
  d.jump(59min);
  CHECK(d.deliver().what == what::postponed);
  CHECK(d.entry(said.id).reason_code == "connection_failed");
  d.jump(1min);
  auto const last = d.deliver();
  CHECK(last.what == what::dead);
  REQUIRE(last.failure);
  CHECK(last.failure->code == at::errc::expired);
  auto const dead = d.entry(said.id);
  CHECK(dead.state == entry_state::dead);
  CHECK(dead.reason_code == "expired");
  CHECK(dead.reason.find("longer") != std::string::npos);
  CHECK(dead.reason.find("connection_failed") != std::string::npos); // why it was not delivered
  CHECK(d.entry(follower.id).state == entry_state::dead);
  CHECK(d.entry(follower.id).reason_code == "expired");

  // One that is requeued is tried, however old it is.
  CHECK(d.requeue() == 2);
  d.jump(1s);
  CHECK(d.deliver().what == what::dead);
  CHECK(d.entry(said.id).reason_code == "expired");
  CHECK(d.requeue() == 2);
  d.net.works();
  d.jump(1s);
  for (at::delivery const& one : d.deliver_all()) CHECK(one.what == what::delivered);
  CHECK(d.net.ticket_of(incident_of(1)).comments.size() == 1);
}

TEMPLATE_TEST_CASE("retry: what waited too long while nobody delivered is tried once", "[outbox]",
                   STORE_TYPES) {
  at::outbox_options options;
  options.longest_wait = 1h;
  delivering<TestType> d{options};
  d.submit(incident_of(1));
  d.submit(incident_of(2));
  d.jump(2h);
  d.restart();
  CHECK(d.deliver().what == what::delivered);
  d.net.instead = answers_creates(422); // refused is refused
  auto const refused = d.deliver();
  CHECK(refused.what == what::dead);
  CHECK(refused.failure->code == at::errc::refused);
  CHECK(d.list().front().reason_code == "refused");
}
