#include "../../support/catch.hpp"
#include "../running.hpp"

#include <argus_ticket/basic_client.hpp>
#include <argus_ticket/detail/under_policies.hpp>

#include <functional>
#include <stdexcept>

namespace under_policies_test {

namespace at = argus_ticket;
namespace http = argus_ticket::http;
using at::errc;
using at::outcome;
using at::testing::mock_transport;
using http::method;
using test::acme;
using test::lost_reply;
using test::recorder;
using test::refused_connection;
using test::some_incident;
using test::ticket_url;
using test::tickets_url;
using namespace std::chrono_literals;
using sleeps = std::vector<std::chrono::milliseconds>;

namespace {

/// Three attempts, with a second between.
struct steady_retry {
  int attempts = 3;
  std::chrono::milliseconds wait_before(int) const { return 1s; }
};

using paced_policies =
    at::policies<at::default_renderer, test::fake_clock, steady_retry, at::shared_pacing, recorder>;

/// One whose server asks for a second between writes, and permits two creates a minute.
struct slow_acme : acme {
  using acme::acme;
  at::rate_limits asked_of_clients() const {
    at::rate_limits l;
    l.write_gap = 1s;
    l.budgets = {{60s, 2, 0, 0, 1}};
    return l;
  }
};

/// A client, its server, its clock and what its observer saw.
template <class Plugin = acme>
struct world {
  mock_transport server;
  paced_policies policies = with_own_pacers();
  sleeps& slept = policies.clock.state->slept;
  recorder seen = policies.observer;

  at::basic_client<Plugin, mock_transport, paced_policies> client() {
    return at::basic_client<Plugin, mock_transport, paced_policies>{test::acme_settings(), server,
                                                                    policies};
  }
  std::size_t sent() const { return server.requests().size(); }

 private:
  static paced_policies with_own_pacers() {
    paced_policies p;
    p.pacing.registry = std::make_shared<at::pacer_registry>();
    return p;
  }
};

http::field later(char const* when) { return {"Retry-After", when}; }

} // namespace

TEST_CASE("retries: by what a request ended in, and what sending it twice would do") {
  struct ending {
    char const* name;
    at::result<http::response> reply;
    outcome what;
  };
  http::headers in_a_moment;
  in_a_moment.add(later("1"));
  auto const endings = {
      ending{"not sent", refused_connection(), outcome::not_applied},
      ending{"cut off", lost_reply(), outcome::ambiguous},
      ending{"certificate", at::error{errc::tls_failed, outcome::rejected, "no"},
             outcome::rejected},
      ending{"429", http::response{429, in_a_moment, ""}, outcome::not_applied},
      ending{"500", http::response{500, {}, ""}, outcome::ambiguous},
      ending{"502", http::response{502, {}, ""}, outcome::ambiguous},
      ending{"503", http::response{503, {}, ""}, outcome::ambiguous},
      ending{"503 with a time", http::response{503, in_a_moment, ""}, outcome::not_applied},
      ending{"504", http::response{504, {}, ""}, outcome::ambiguous},
      ending{"400", http::response{400, {}, ""}, outcome::rejected},
      ending{"401", http::response{401, {}, ""}, outcome::rejected},
      ending{"403", http::response{403, {}, ""}, outcome::rejected},
      ending{"409", http::response{409, {}, ""}, outcome::rejected},
      ending{"422", http::response{422, {}, ""}, outcome::rejected},
  };
  for (ending const& e : endings) {
    INFO(e.name);
    auto const requests = [&](auto operation) {
      world w;
      w.server.answer_by([&](auto&) { return e.reply; });
      auto tickets = w.client();
      auto const ended = operation(tickets);
      REQUIRE_FALSE(ended.has_value());
      bool const read = w.server.requests()[0].method() == method::get;
      // What only read cannot have done anything.
      CHECK(ended.error().outcome ==
            (read && e.what == outcome::ambiguous ? outcome::not_applied : e.what));
      CHECK(w.slept == sleeps(w.sent() - 1, 1s));
      return w.sent();
    };
    std::size_t const again = e.what == outcome::rejected ? 1 : 3;
    CHECK(requests([](auto& t) { return t.get("7"); }) == again);
    CHECK(requests([](auto& t) { return t.close("7"); }) == again);
    CHECK(requests([](auto& t) { return t.create(some_incident()); }) ==
          (e.what == outcome::ambiguous ? 1 : again));
    CHECK(requests([](auto& t) { return t.comment("7", "x"); }) ==
          (e.what == outcome::ambiguous ? 1 : again));
  }
}

TEST_CASE("retries: a read that fails twice and then goes is a success") {
  world w;
  w.server.expect(method::get, ticket_url("7")).reply(502);
  w.server.expect(method::get, ticket_url("7")).fail(lost_reply());
  w.server.expect(method::get, ticket_url("7")).reply(200, "7");
  CHECK(w.client().get("7").value().number == "7");
  CHECK(w.server.problems() == "");
  CHECK(w.slept == sleeps{1s, 1s});
  for (char const* attempt : {" try 1", " try 2", " try 3"}) CHECK(w.seen.count(attempt) == 1);
  CHECK(w.seen.count("waits for retry 1000") == 2);
  CHECK(w.seen.count("requests 3 took 2000") == 1);
}

TEST_CASE("retries: a create that was refused for a limit goes when the server permits it") {
  world w;
  w.server.expect(method::post, tickets_url).reply(429, "", {later("5")});
  w.server.expect(method::post, tickets_url).reply(201, "8");
  auto const t = w.client().create(some_incident());
  REQUIRE(t.has_value());
  CHECK(t->created);
  CHECK(w.server.problems() == "");
  CHECK(w.slept == sleeps{5s});
}

TEST_CASE("retries: each request of an operation has its own attempts") {
  world w;
  for (int i = 0; i < 2; ++i) w.server.expect(method::get, tickets_url).reply(500);
  w.server.expect(method::get, tickets_url).reply(404);
  for (int i = 0; i < 2; ++i) w.server.expect(method::post, tickets_url).fail(refused_connection());
  w.server.expect(method::post, tickets_url).reply(201, "8");
  w.server.expect(method::get, tickets_url).reply(200, "8");
  CHECK(w.client().find_or_create(some_incident()).value().number == "8");
  CHECK(w.server.problems() == "");
  CHECK(w.slept == sleeps(4, 1s));
}

TEST_CASE("retries: a server's time goes before a shorter wait, and after a longer one") {
  for (auto const& [said, waited] : {std::pair{"7", 7s}, {"1", 1s}, {"0", 1s}}) {
    world w;
    w.server.expect(method::get, ticket_url("7")).reply(503, "", {later(said)});
    w.server.expect(method::get, ticket_url("7")).reply(200, "7");
    CHECK(w.client().get("7").has_value());
    CHECK(w.slept == sleeps{waited});
  }
}

TEST_CASE("retries: nobody is kept waiting beyond the deadline, but told when to come back") {
  world w;
  w.server.expect(method::post, tickets_url).reply(429, "", {later("61")});
  auto const t = w.client().create(some_incident());
  REQUIRE_FALSE(t.has_value());
  CHECK(t.error().code == errc::rate_limited);
  CHECK(t.error().outcome == outcome::not_applied);
  CHECK(t.error().retry_after == 61s);
  CHECK(w.slept.empty());
  CHECK(w.sent() == 1);

  world in_time; // by a hair
  in_time.server.expect(method::post, tickets_url).reply(429, "", {later("60")});
  in_time.server.expect(method::post, tickets_url).reply(201, "8");
  CHECK(in_time.client().create(some_incident()).has_value());
  CHECK(in_time.slept == sleeps{60s});
}

TEST_CASE("retries: the deadline counts what the requests took") {
  world w;
  auto const times = w.policies.clock.state;
  w.server.answer_by([&](auto&) -> at::result<http::response> {
    times->steady += 20s;
    return lost_reply();
  });
  auto const t = w.client().get("7");
  REQUIRE_FALSE(t.has_value());
  CHECK(w.sent() == 2 + 1); // 20 + 1 + 20 + 1 + 20
  times->steady += 1h;
  w.policies.timeout = 41s;
  auto hasty = w.client();
  CHECK_FALSE(hasty.get("7").has_value());
  CHECK(w.sent() == 3 + 2);
}

TEST_CASE("retries: a change of which one try may have been done stays open, whatever came after") {
  for (auto const& after :
       {refused_connection(), at::error{errc::tls_failed, outcome::rejected, "no"}}) {
    world w;
    w.server.expect(method::put, ticket_url("7")).reply(502);
    w.server.expect(method::put, ticket_url("7")).fail(after);
    w.server.expect(method::put, ticket_url("7")).fail(after);
    auto const t = w.client().close("7");
    REQUIRE_FALSE(t.has_value());
    CHECK(t.error().code == after.code); // the last one's
    CHECK(t.error().outcome == outcome::ambiguous);
    CHECK(w.seen.count("close ended ambiguous") == 1);
  }
}

TEST_CASE("retries: a change that was done at the second try is done") {
  struct closes_and_looks : acme {
    using acme::acme;
    at::operation<at::ticket> close(at::ticket_ref which, at::close_reason why) const {
      (void)co_await acme::close(which, why);
      co_return co_await acme::get(which);
    }
  };
  world<closes_and_looks> w;
  w.server.expect(method::put, ticket_url("7")).reply(502);
  w.server.expect(method::put, ticket_url("7")).reply(200, "7");
  w.server.expect(method::get, ticket_url("7")).reply(403, "no");
  auto const t = w.client().close("7");
  REQUIRE_FALSE(t.has_value());
  CHECK(w.server.problems() == "");
  CHECK(t.error().outcome == outcome::rejected); // as the plugin says
}

TEST_CASE("retries: a create of unknown outcome is looked for, and sent again when it is absent") {
  world w;
  w.server.expect(method::get, tickets_url).reply(404);
  w.server.expect(method::post, tickets_url).reply(500);
  w.server.expect(method::get, tickets_url).reply(404);
  w.server.expect(method::get, tickets_url).reply(404);
  w.server.expect(method::post, tickets_url).reply(201, "8");
  w.server.expect(method::get, tickets_url).reply(200, "8");
  CHECK(w.client().find_or_create(some_incident()).value().created);
  CHECK(w.server.problems() == "");
  CHECK(w.slept == sleeps{2s});
  CHECK(w.seen.count("ambiguous, not found") == 1);
  CHECK(w.seen.count("waits for search 2000") == 1);
}

TEST_CASE("retries: a look-up for a lost create that cannot be made leaves it open") {
  world w;
  w.server.expect(method::get, tickets_url).reply(404);
  w.server.expect(method::post, tickets_url).fail(lost_reply());
  for (int i = 0; i < 3; ++i) w.server.expect(method::get, tickets_url).reply(503);
  auto const t = w.client().find_or_create(some_incident());
  REQUIRE_FALSE(t.has_value());
  CHECK(t.error().outcome == outcome::ambiguous);
  CHECK(w.server.problems() == "");
}

TEST_CASE("pacing: writes wait for their turn, and reads do not") {
  world<slow_acme> w;
  w.server.answer_by([](http::request const& r) -> at::result<http::response> {
    return http::response{r.method() == method::post ? 201 : 200, {}, "7"};
  });
  auto tickets = w.client();
  CHECK(tickets.close("7").has_value());
  CHECK(w.slept.empty());
  CHECK(tickets.get("7").has_value());
  CHECK(w.slept.empty());
  CHECK(tickets.close("7").has_value());
  CHECK(w.slept == sleeps{1s});
  CHECK(w.seen.count("close waits for pacing 1000") == 1);
}

TEST_CASE("pacing: where the wait would pass the deadline nothing is sent") {
  world<slow_acme> w;
  w.server.answer_by([](auto&) { return http::response{201, {}, "7"}; });
  w.policies.timeout = 30s;
  auto tickets = w.client();
  CHECK(tickets.create(some_incident()).has_value());
  CHECK(tickets.create(some_incident()).has_value());
  CHECK(w.slept == sleeps{1s});
  auto const t = tickets.create(some_incident());
  REQUIRE_FALSE(t.has_value());
  CHECK(t.error().code == errc::rate_limited);
  CHECK(t.error().outcome == outcome::not_applied);
  CHECK(t.error().retry_after == 59s); // the first one was a second ago
  CHECK(t.error().http_status == 0);
  CHECK(w.slept == sleeps{1s});
  CHECK(w.sent() == 2);
  CHECK(w.seen.count("create ended not_applied requests 0") == 1);
  w.policies.clock.sleep_for(59s);
  CHECK(tickets.create(some_incident()).has_value());
}

TEST_CASE("pacing: a change that may have been done stays open where there is no time left") {
  world<slow_acme> w;
  w.server.expect(method::put, ticket_url("7")).reply(502, "", {later("1000")});
  w.policies.timeout = 30s;
  auto const t = w.client().close("7");
  REQUIRE_FALSE(t.has_value());
  CHECK(t.error().outcome == outcome::ambiguous);
  CHECK(w.sent() == 1);
  CHECK(w.slept.empty());
}

TEST_CASE("pacing: a refusal holds up every client of that credential") {
  world w;
  w.server.expect(method::post, tickets_url).reply(429, "", {later("600")});
  auto one = w.client();
  auto two = w.client();
  CHECK(one.create(some_incident()).error().retry_after == 600s);
  auto const t = two.get("7");
  REQUIRE_FALSE(t.has_value());
  CHECK(t.error().code == errc::rate_limited);
  CHECK(t.error().retry_after == 600s);
  CHECK(w.sent() == 1); // nothing more was sent
}

TEST_CASE("pacing: a server that only asks to come back later closes nothing but that request") {
  world w;
  w.server.expect(method::get, ticket_url("7")).reply(503, "", {later("600")});
  w.server.expect(method::get, ticket_url("8")).reply(200, "8");
  auto tickets = w.client();
  CHECK(tickets.get("7").error().retry_after == 600s);
  CHECK(tickets.get("8").has_value());
  CHECK(w.slept.empty());
}

TEST_CASE("pacing: a budget that a success has used up is waited for") {
  world w;
  w.server.expect(method::get, ticket_url("7"))
      .reply(200, "7", {{"RateLimit-Remaining", "0"}, {"RateLimit-Reset", "9"}});
  w.server.expect(method::get, ticket_url("8")).reply(200, "8");
  auto tickets = w.client();
  CHECK(tickets.get("7").has_value());
  CHECK(w.slept.empty());
  CHECK(tickets.get("8").has_value());
  CHECK(w.slept == sleeps{10s});
}

TEST_CASE("pacing: several refusals without a time are waited for longer and longer") {
  world w;
  w.policies.timeout = 10min;
  w.server.expect(method::get, ticket_url("7")).reply(429);
  w.server.expect(method::get, ticket_url("7")).reply(429);
  w.server.expect(method::get, ticket_url("7")).reply(200, "7");
  auto const start = w.policies.clock.steady_now();
  CHECK(w.client().get("7").has_value());
  auto const took = w.policies.clock.steady_now() - start;
  CHECK(took >= 180s);
  CHECK(took <= 199s);
}

TEST_CASE("policies of a user that throw become errors") {
  struct broken_retry {
    int attempts = 3;
    std::chrono::milliseconds wait_before(int) const { throw std::runtime_error("hunter2"); }
  };
  struct broken_pacing {
    at::pacer pacer_of(http::request const&, at::rate_limits const&) { throw 7; }
  };
  mock_transport server;
  server.answer_by([](auto&) { return http::response{429, {}, ""}; });
  at::basic_client<
      acme, mock_transport,
      at::policies<at::default_renderer, test::fake_clock, broken_retry, at::no_pacing>>
      one{test::acme_settings(), server};
  auto const e = one.get("7").error();
  CHECK(e.code == errc::internal_error);
  CHECK(at::to_string(e).find("hunter2") == std::string::npos);
  at::basic_client<
      acme, mock_transport,
      at::policies<at::default_renderer, test::fake_clock, at::no_retry, broken_pacing>>
      two{test::acme_settings(), server};
  CHECK(two.get("7").error().code == errc::internal_error);
  CHECK(two.create(some_incident()).error().outcome == outcome::not_applied);
  CHECK(server.requests().size() == 1);
}

TEST_CASE("a clock of a user that throws, whenever it does, throws nothing at callers") {
  struct broken_clock : test::fake_clock {
    int* calls_left = nullptr;
    void use() const {
      if ((*calls_left)-- == 0) throw std::runtime_error("hunter2");
    }
    std::chrono::system_clock::time_point now() const { return use(), fake_clock::now(); }
    std::chrono::steady_clock::time_point steady_now() const {
      return use(), fake_clock::steady_now();
    }
    void sleep_for(std::chrono::milliseconds time) const { use(), fake_clock::sleep_for(time); }
  };
  using clock_policies =
      at::policies<at::default_renderer, broken_clock, steady_retry, at::shared_pacing, recorder>;
  bool broken = true;
  for (int n = 0; broken; ++n) {
    mock_transport server;
    int present = 0;
    server.answer_by([&](http::request const& r) -> at::result<http::response> {
      if (r.method() == method::post) return ++present, http::response{201, {}, "7"};
      return http::response{present > 0 ? 200 : 404, {}, "7"};
    });
    server.fail_at(0, refused_connection());
    int calls_left = n;
    clock_policies p;
    p.pacing.registry = std::make_shared<at::pacer_registry>();
    p.clock.calls_left = &calls_left;
    at::basic_client<acme, mock_transport, clock_policies> tickets{test::acme_settings(), server,
                                                                   p};
    auto const t = tickets.find_or_create(some_incident());
    CHECK(present <= 1);
    if (!t) {
      CHECK(t.error().code == errc::internal_error);
      CHECK(at::to_string(t.error()).find("hunter2") == std::string::npos);
      if (present == 1) CHECK(t.error().outcome == outcome::ambiguous);
    }
    broken = calls_left < 0;
    REQUIRE(n < 200);
  }
}

TEST_CASE("an operation of a user's own runs under the client's policies") {
  world<slow_acme> w;
  w.server.expect(method::get, ticket_url("7")).reply(500);
  w.server.expect(method::get, ticket_url("7")).reply(200, "7");
  auto tickets = w.client();
  auto const t = tickets.run("mine", [](auto const& plugin, auto&) { return plugin.get("7"); });
  CHECK(t.value().number == "7");
  CHECK(w.seen.count("mine ended applied requests 2") == 1);
  w.server.expect(method::get, tickets_url).reply(200, "7");
  auto const in_turn =
      tickets.run_in_turn(some_incident(), "mine in turn", [](auto const& plugin, auto& policies) {
        return at::detail::open_ticket(plugin, policies, some_incident(), policies.clock.now());
      });
  CHECK(in_turn.value().ticket.number == "7");
  CHECK(w.seen.count("mine in turn ended applied found requests 1") == 1);
}

TEST_CASE("no warning of a ticket repeats the token, whatever it stands in") {
  world w;
  auto const expect_heal = [&] {
    w.server.expect(method::get, tickets_url).reply(200, "7 8");
    w.server.expect(method::post, ticket_url("8") + "/comments")
        .reply(403, std::string{"no "} + test::acme_token);
  };
  auto tickets = w.client();
  expect_heal();
  auto const whole = tickets.find_or_create(some_incident());
  expect_heal();
  auto const opened =
      tickets.run_in_turn(some_incident(), "open", [](auto const& plugin, auto& policies) {
        return at::detail::open_ticket(plugin, policies, some_incident(), policies.clock.now());
      });
  for (auto const& t : {whole.value(), opened.value().ticket}) {
    REQUIRE(t.warnings.size() == 1);
    CHECK(t.warnings[0].what.find("no ***") != std::string::npos);
    CHECK(t.warnings[0].what.find(test::acme_token) == std::string::npos);
  }
}

} // namespace under_policies_test
