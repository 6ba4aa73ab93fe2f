#include "../../support/catch.hpp"
#include "../acme_server.hpp"

#include <argus_ticket/basic_client.hpp>
#include <argus_ticket/detail/find_or_create.hpp>

#include <stdexcept>

namespace find_or_create_test {

namespace at = argus_ticket;
namespace detail = argus_ticket::detail;
using at::http::method;
using at::testing::mock_transport;
using test::acme;
using test::acme_server;
using test::fake_clock;
using test::fault;
using test::lost_reply;
using test::noting_acme;
using test::tickets_url;
using namespace std::chrono_literals;

namespace {

detail::instant const now{std::chrono::sys_days{std::chrono::year{2024} / std::chrono::June / 1}};

at::result<at::ticket> find_or_create(mock_transport& server,
                                      at::incident const& i = test::some_incident(),
                                      fake_clock clock = {}, at::policies<> policies = {}) {
  acme const plugin = test::an_acme();
  return test::run(detail::find_or_create_ticket(plugin, policies, i, now), server, clock);
}

struct lagging : acme {
  using acme::acme;
  static constexpr std::chrono::seconds search_lag{3};

  at::operation<at::ticket> get(at::ticket_ref which) const {
    at::result<at::ticket> there = co_await at::as_result(acme::get(std::move(which)));
    if (!there && there.error().http_status == 404) {
      at::error absent = there.error();
      absent.code = at::errc::ticket_not_found;
      co_return absent;
    }
    co_return there;
  }
};
static_assert(at::lags_in_search<lagging> && !at::lags_in_search<acme>);

void expect_find(mock_transport& server, int status, std::string body = {}) {
  server.expect(method::get, tickets_url)
      .with_query("key", at::key_of(test::some_incident()).value)
      .with_query("since", "2024-05-30T10:00:00Z")
      .reply(status, std::move(body));
}

} // namespace

TEST_CASE("find_or_create: finds") {
  mock_transport server;
  expect_find(server, 200, "17");
  auto const t = find_or_create(server);
  REQUIRE(t.has_value());
  CHECK(t->number == "17");
  CHECK_FALSE(t->created);
  CHECK(t->outcome() == at::outcome::applied);
  CHECK(server.problems() == "");
}

TEST_CASE("find_or_create: creates where there is none") {
  mock_transport server;
  expect_find(server, 404);
  server.expect(method::post, tickets_url)
      .with_json(R"({"title": "Netbox 11 down."})")
      .reply(201, "18");
  expect_find(server, 200, "18"); // nobody else opened one at the same moment
  auto const t = find_or_create(server);
  REQUIRE(t.has_value());
  CHECK(t->number == "18");
  CHECK(t->created);
  CHECK(server.problems() == "");
}

TEST_CASE("find_or_create: where the look-up fails nothing is created") {
  for (int status : {401, 403, 429, 500, 503}) {
    mock_transport server;
    expect_find(server, status, "sorry");
    auto const t = find_or_create(server);
    REQUIRE_FALSE(t.has_value());
    CHECK(t.error().http_status == status);
    CHECK(t.error().outcome != at::outcome::ambiguous); // nothing was written
    CHECK(server.problems() == "");
  }
  mock_transport server;
  server.expect(method::get, tickets_url).fail(lost_reply());
  auto const t = find_or_create(server);
  REQUIRE_FALSE(t.has_value());
  CHECK(t.error().code == at::errc::timed_out);
  CHECK(t.error().outcome == at::outcome::not_applied);
  CHECK(server.problems() == "");
}

TEST_CASE("find_or_create: a create that failed for sure is not looked for") {
  for (int status : {400, 401, 422, 429}) {
    mock_transport server;
    expect_find(server, 404);
    server.expect(method::post, tickets_url).reply(status, "no");
    auto const t = find_or_create(server);
    REQUIRE_FALSE(t.has_value());
    CHECK(t.error().http_status == status);
    CHECK(t.error().outcome == (status == 429 ? at::outcome::not_applied : at::outcome::rejected));
    CHECK(server.problems() == "");
  }
}

TEST_CASE("find_or_create: a create whose reply was lost is looked for, never repeated blindly") {
  auto const after_lost_reply = [](mock_transport& server) {
    expect_find(server, 404);
    server.expect(method::post, tickets_url).fail(lost_reply());
  };
  SECTION("found: that is the ticket, and it is new") {
    mock_transport server;
    after_lost_reply(server);
    expect_find(server, 200, "19");
    auto const t = find_or_create(server);
    REQUIRE(t.has_value());
    CHECK(t->number == "19");
    CHECK(t->created);
    CHECK(server.problems() == "");
  }
  SECTION("not found after two looks with a pause between: it is created again, once") {
    mock_transport server;
    fake_clock clock;
    after_lost_reply(server);
    expect_find(server, 404);
    expect_find(server, 404);
    server.expect(method::post, tickets_url).reply(201, "19");
    expect_find(server, 200, "19");
    auto const t = find_or_create(server, test::some_incident(), clock);
    REQUIRE(t.has_value());
    CHECK(t->number == "19");
    CHECK(t->created);
    CHECK(clock.state->slept == std::vector<std::chrono::milliseconds>{2s});
    CHECK(server.problems() == "");
  }
  SECTION("found at the second look: the server was still at work") {
    mock_transport server;
    after_lost_reply(server);
    expect_find(server, 404);
    expect_find(server, 200, "19");
    auto const t = find_or_create(server);
    REQUIRE(t.has_value());
    CHECK(t->number == "19");
    CHECK(t->created);
    CHECK(server.problems() == "");
  }
  SECTION("lost again, and not found again: there is no third create") {
    mock_transport server;
    fake_clock clock;
    for (int i = 0; i < 2; ++i) {
      after_lost_reply(server);
      expect_find(server, 404);
    }
    expect_find(server, 404);
    auto const t = find_or_create(server, test::some_incident(), clock);
    REQUIRE_FALSE(t.has_value());
    CHECK(t.error().outcome == at::outcome::ambiguous);
    CHECK(t.error().code == at::errc::timed_out);
    CHECK(t.error().message == "no reply came");
    CHECK(clock.state->slept == std::vector<std::chrono::milliseconds>{2s, 2s});
    CHECK(server.problems() == "");
  }
  SECTION("lost, not found, and then refused: that is what it ended in") {
    mock_transport server;
    after_lost_reply(server);
    expect_find(server, 404);
    expect_find(server, 404);
    server.expect(method::post, tickets_url).reply(422, "no");
    auto const t = find_or_create(server);
    REQUIRE_FALSE(t.has_value());
    CHECK(t.error().code == at::errc::refused);
    CHECK(server.problems() == "");
  }
  SECTION("could not look: as open as before") {
    mock_transport server;
    after_lost_reply(server);
    expect_find(server, 500);
    auto const t = find_or_create(server);
    REQUIRE_FALSE(t.has_value());
    CHECK(t.error().outcome == at::outcome::ambiguous);
    CHECK(t.error().code == at::errc::timed_out); // of the create, not of the look-up
    CHECK(server.problems() == "");
  }
  SECTION("could not look a second time: as open as before") {
    mock_transport server;
    after_lost_reply(server);
    expect_find(server, 404);
    expect_find(server, 401);
    auto const t = find_or_create(server);
    REQUIRE_FALSE(t.has_value());
    CHECK(t.error().outcome == at::outcome::ambiguous);
    CHECK(t.error().code == at::errc::timed_out);
    CHECK(server.problems() == "");
  }
  SECTION("no time for the pause: as open as before") {
    mock_transport server;
    fake_clock clock;
    at::policies<> policies;
    policies.reconcile.pause = 11s;
    after_lost_reply(server);
    expect_find(server, 404);
    auto const t = find_or_create(server, test::some_incident(), clock, policies);
    REQUIRE_FALSE(t.has_value());
    CHECK(t.error().outcome == at::outcome::ambiguous);
    CHECK(t.error().code == at::errc::timed_out);
    CHECK(clock.state->slept.empty());
    CHECK(server.problems() == "");
  }
}

TEST_CASE("find_or_create: 5xx and replies that cannot be read are ambiguous too") {
  for (auto const& [status, body] :
       {std::pair{500, "x"}, {502, ""}, {504, ""}, {200, "x"}, {201, ""}}) {
    mock_transport server;
    expect_find(server, 404);
    server.expect(method::post, tickets_url).reply(status, body);
    expect_find(server, 200, "20");
    auto const t = find_or_create(server);
    REQUIRE(t.has_value());
    CHECK(t->number == "20");
    CHECK(server.problems() == "");
  }
}

TEST_CASE("find_or_create: an incident without an id is refused, and nothing is sent") {
  mock_transport server;
  at::incident i = test::some_incident();
  i.pk.reset();
  auto const t = find_or_create(server, i);
  REQUIRE_FALSE(t.has_value());
  CHECK(t.error().code == at::errc::invalid_incident);
  CHECK(t.error().outcome == at::outcome::rejected);
  CHECK(t.error().where == "incident.source_incident_id");
  CHECK(t.error().message ==
        "the incident has neither a pk nor a source_incident_id to be found by");
  CHECK(server.requests().empty());
}

TEST_CASE("find_or_create: an incident with a ticket_url has its ticket already") {
  at::incident i = test::some_incident();
  for (char const* url :
       {"https://acme.example/tickets/17", "HTTP://other.example/browse/NET-17?focus=1#comment",
        "https://wiki.example/s\xC3\xB8k"}) {
    i.ticket_url = url;
    mock_transport server;
    auto const t = find_or_create(server, i);
    REQUIRE(t.has_value());
    CHECK(t->url == url);
    CHECK(t->system == "acme");
    CHECK_FALSE(t->created);
    CHECK(t->number == "");
    CHECK(server.requests().empty());
  }
  i.pk.reset(); // no id is needed for this
  mock_transport server;
  CHECK(find_or_create(server, i).has_value());
}

TEST_CASE("find_or_create: a ticket_url that nobody may follow is refused, and nothing is sent") {
  at::incident i = test::some_incident();
  for (char const* url : {"javascript:alert(1)", "data:text/html,x", "NET-17", "//h/x", "https:x",
                          "https://h/\n", "https://h/ x", " https://h/", "ftp://h/"}) {
    i.ticket_url = url;
    mock_transport server;
    auto const t = find_or_create(server, i);
    REQUIRE_FALSE(t.has_value());
    CHECK(t.error().code == at::errc::invalid_incident);
    CHECK(t.error().outcome == at::outcome::rejected);
    CHECK(t.error().where == "incident.ticket_url");
    CHECK(server.requests().empty());
  }
}

TEST_CASE("find_or_create: looks for the ticket of a plugin that throws after it has created one") {
  struct throwing : acme {
    using acme::acme;
    at::operation<at::ticket> create(at::draft d) const {
      (void)co_await acme::create(std::move(d));
      throw std::runtime_error("after the create");
    }
  };
  throwing const plugin{test::acme_settings()};
  at::policies<> const policies;
  mock_transport server;
  expect_find(server, 404);
  server.expect(method::post, tickets_url).reply(201, "23");
  expect_find(server, 200, "23");
  auto const found = test::run(
      detail::find_or_create_ticket(plugin, policies, test::some_incident(), now), server);
  REQUIRE(found.has_value());
  CHECK(found->number == "23");
  CHECK(server.problems() == "");
}

TEST_CASE("find_or_create: a search that lags is given its time before each look for a create") {
  lagging const plugin{test::acme_settings()};
  at::policies<> const policies;
  mock_transport server;
  fake_clock clock;
  expect_find(server, 404);
  server.expect(method::post, tickets_url).fail(lost_reply());
  expect_find(server, 404);
  expect_find(server, 200, "23");
  auto const found = test::run(
      detail::find_or_create_ticket(plugin, policies, test::some_incident(), now), server, clock);
  REQUIRE(found.has_value());
  CHECK(clock.state->slept == std::vector<std::chrono::milliseconds>{3s, 2s});
  CHECK(server.problems() == "");
}

TEST_CASE("find_or_create: how often is looked and created is the policy's") {
  at::policies<> policies;
  policies.reconcile = {.looks = 4, .pause = 1s, .creates = 1};
  mock_transport server;
  fake_clock clock;
  expect_find(server, 404);
  server.expect(method::post, tickets_url).fail(lost_reply());
  for (int i = 0; i < 4; ++i) expect_find(server, 404);
  auto const t = find_or_create(server, test::some_incident(), clock, policies);
  REQUIRE_FALSE(t.has_value());
  CHECK(t.error().outcome == at::outcome::ambiguous);
  CHECK(clock.state->slept == std::vector<std::chrono::milliseconds>(3, 1s));
  CHECK(server.problems() == "");

  // Less than once is once: what was not looked for is not "not there".
  policies.reconcile = {.looks = 0, .pause = 1s, .creates = 0};
  mock_transport other;
  expect_find(other, 404);
  other.expect(method::post, tickets_url).fail(lost_reply());
  expect_find(other, 404);
  CHECK_FALSE(find_or_create(other, test::some_incident(), {}, policies).has_value());
  CHECK(other.problems() == "");
}

TEST_CASE("find_or_create: whoever does not want the look for duplicates saves it") {
  at::policies<> policies;
  policies.look_for_duplicates = false;
  mock_transport server;
  expect_find(server, 404);
  server.expect(method::post, tickets_url).reply(201, "18");
  CHECK(find_or_create(server, test::some_incident(), {}, policies).value().created);
  CHECK(server.problems() == "");
}

// ---- with a server that keeps tickets -----------------------------------------------------------

namespace {

std::string const key = at::key_of(test::some_incident()).value;

template <class Plugin = noting_acme, class Retry = at::no_retry>
auto client_of(acme_server& server) {
  using policies = at::policies<at::default_renderer, fake_clock, Retry, at::no_pacing>;
  return at::basic_client<Plugin, mock_transport, policies>{test::acme_settings(),
                                                            server.transport()};
}

} // namespace

TEST_CASE("duplicates: somebody else's ticket that was opened before ours stays, ours is closed") {
  acme_server server;
  server.before_create = [&] { server.open(key); };
  auto tickets = client_of(server);
  auto const t = tickets.find_or_create(test::long_incident());
  REQUIRE(t.has_value());
  CHECK(t->number == "17");
  CHECK_FALSE(t->created);
  CHECK(t->warnings.empty());
  CHECK_FALSE(server.numbered("17").closed);
  CHECK(server.numbered("17").comments.empty()); // its opener adds the rest of the text
  CHECK(server.numbered("18").closed);
  REQUIRE(server.numbered("18").comments.size() == 1);
  CHECK(server.numbered("18").comments[0].find(test::ticket_url("17")) != std::string::npos);
}

TEST_CASE("duplicates: ours stays where it was opened first") {
  acme_server server;
  server.after_create = [&] { server.open(key); };
  auto tickets = client_of(server);
  auto const t = tickets.find_or_create(test::some_incident());
  REQUIRE(t.has_value());
  CHECK(t->number == "17");
  CHECK(t->created);
  CHECK(t->warnings.empty());
  CHECK_FALSE(server.numbered("17").closed);
  CHECK(server.numbered("18").closed);
  CHECK(server.numbered("18").comments.size() == 1);
}

TEST_CASE("duplicates: both who opened one come to the same answer, and one comment is enough") {
  acme_server server;
  auto one = client_of(server);
  auto two = client_of(server);
  std::optional<at::result<at::ticket>> other;
  bool first = true;
  server.before_create = [&] {
    if (std::exchange(first, false)) other = two.find_or_create(test::some_incident());
  };
  auto const t = one.find_or_create(test::some_incident());
  REQUIRE(t.has_value());
  REQUIRE(other->has_value());
  CHECK(t->number == (*other)->number);
  CHECK(((*other)->created && !t->created));
  CHECK(server.open_count() == 1);
  CHECK(one.find_or_create(test::some_incident()).value().number == t->number);
  CHECK(two.find_or_create(test::some_incident()).value().number == t->number);
  CHECK(server.numbered("18").comments.size() == 1);
}

TEST_CASE("duplicates: those from before are mended by whoever finds them") {
  acme_server server;
  for (int i = 0; i < 3; ++i) server.open(key);
  auto tickets = client_of(server);
  CHECK(tickets.find(test::some_incident()).value()->number == "17");
  CHECK(server.open_count() == 3); // who only looks changes nothing
  auto const t = tickets.find_or_create(test::some_incident());
  REQUIRE(t.has_value());
  CHECK(t->number == "17");
  CHECK_FALSE(t->created);
  CHECK(server.open_count() == 1);
}

TEST_CASE("duplicates: a ticket that a person closed for another one stays closed") {
  acme_server server;
  for (int i = 0; i < 2; ++i) server.open(key);
  server.tickets[0].closed = true;
  auto tickets = client_of(server);
  CHECK(tickets.find(test::some_incident()).value()->number == "18");
  CHECK(tickets.find_or_create(test::some_incident()).value().number == "18");
  CHECK(server.tickets[0].closed);
  CHECK_FALSE(server.tickets[1].closed);
}

TEST_CASE("duplicates: tickets of other incidents are nobody's duplicates") {
  acme_server server;
  server.open("another key");
  server.after_create = [&] { server.open("a third one"); };
  auto tickets = client_of(server);
  CHECK(tickets.find_or_create(test::some_incident()).value().number == "18");
  CHECK(server.open_count() == 3);
}

TEST_CASE("duplicates: a duplicate that cannot be closed is a warning, the ticket is there") {
  for (bool ours_is_first : {true, false}) {
    for (bool comments_fail : {true, false}) {
      acme_server server;
      (ours_is_first ? server.after_create : server.before_create) = [&] { server.open(key); };
      server.fails = [&](at::http::request const& r) {
        return comments_fail ? r.url().path().ends_with("/comments") : r.method() == method::put;
      };
      auto tickets = client_of(server);
      auto const t = tickets.find_or_create(test::some_incident());
      REQUIRE(t.has_value());
      CHECK(t->number == "17");
      CHECK(t->created == ours_is_first);
      CHECK(t->outcome() == at::outcome::applied_degraded);
      REQUIRE(t->warnings.size() == 1);
      CHECK(t->warnings[0].where == "duplicate 18");
    }
  }
}

TEST_CASE("duplicates: a plugin that throws at a duplicate does not lose the ticket") {
  struct throwing : noting_acme {
    using noting_acme::noting_acme;
    at::operation<at::ticket> close(at::ticket_ref, at::close_reason) const { // no coroutine
      throw std::runtime_error("token=hunter2");
    }
  };
  acme_server server;
  server.after_create = [&] { server.open(key); };
  auto tickets = client_of<throwing>(server);
  auto const t = tickets.find_or_create(test::some_incident());
  REQUIRE(t.has_value());
  CHECK(t->created);
  CHECK(t->warnings.size() == 1);
}

TEST_CASE("duplicates: a look after the create that fails changes nothing") {
  for (fault const how : {fault::not_sent, fault::sent_not_done, fault::done_reply_lost}) {
    acme_server server;
    server.fail_at(2, how);
    auto tickets = client_of(server);
    auto const t = tickets.find_or_create(test::some_incident());
    REQUIRE(t.has_value());
    CHECK(t->created);
    CHECK(t->warnings.empty());
  }
}

// ---- every request fails in turn, in every way --------------------------------------------------

namespace {

/// Lets each request of a `find_or_create` fail in turn; checks that there is never more than one
/// open ticket, that an error is true, and that a second call, which nothing disturbs, gives
/// exactly one ticket with the whole text.
template <class Plugin, class Retry>
void check_every_failure(at::incident const& from, std::function<void(acme_server&)> prepare,
                         std::size_t requests) {
  for (fault const how : {fault::not_sent, fault::sent_not_done, fault::done_reply_lost}) {
    std::size_t const points = at::testing::for_each_failure_point([&](std::size_t point) {
      INFO("request " << point << " in way " << static_cast<int>(how));
      acme_server server;
      prepare(server);
      std::size_t const before = server.open_count();
      server.fail_at(point, how);
      auto tickets = client_of<Plugin, Retry>(server);
      auto const first = tickets.find_or_create(from);
      std::size_t const sent = server.requests();
      if (before == 0) {
        CHECK(server.tickets.size() <= 1);
        if (first) {
          CHECK(server.tickets.size() == 1);
          CHECK(first->number == "17");
        } else if (first.error().outcome != at::outcome::ambiguous) {
          CHECK(server.tickets.empty());
        }
      }
      server.never_fail_again();
      bool const was_there = !server.tickets.empty();
      auto const second = tickets.find_or_create(from);
      REQUIRE(second.has_value());
      CHECK(second->number == "17");
      CHECK(second->created == !was_there);
      CHECK(server.open_count() == 1);
      return sent;
    });
    CHECK(points >= requests);
  }
}

} // namespace

TEST_CASE("every failure: of a fresh incident") {
  auto const nothing = [](acme_server&) {};
  check_every_failure<noting_acme, at::no_retry>(test::some_incident(), nothing, 3);
  check_every_failure<noting_acme, at::backoff>(test::some_incident(), nothing, 3);
  check_every_failure<acme, at::no_retry>(test::some_incident(), nothing, 3);
  check_every_failure<acme, at::backoff>(test::some_incident(), nothing, 3);
}

TEST_CASE("every failure: of one with a long text") {
  auto const nothing = [](acme_server&) {};
  check_every_failure<noting_acme, at::no_retry>(test::long_incident(), nothing, 6);
  check_every_failure<noting_acme, at::backoff>(test::long_incident(), nothing, 6);
}

TEST_CASE("every failure: of one that has two tickets already") {
  auto const two = [](acme_server& server) {
    server.open(key);
    server.open(key);
  };
  check_every_failure<noting_acme, at::no_retry>(test::some_incident(), two, 4);
  check_every_failure<noting_acme, at::backoff>(test::some_incident(), two, 4);
}

TEST_CASE("every failure: no part of a long text stands there twice") {
  for (fault const how : {fault::not_sent, fault::sent_not_done, fault::done_reply_lost}) {
    at::testing::for_each_failure_point([&](std::size_t point) {
      acme_server server;
      server.fail_at(point, how);
      auto tickets = client_of<noting_acme, at::backoff>(server);
      auto const t = tickets.find_or_create(test::long_incident());
      REQUIRE(t.has_value());
      std::vector<std::string> const& parts = server.tickets.at(0).comments;
      for (std::size_t i = 0; i < parts.size(); ++i)
        for (std::size_t n = i + 1; n < parts.size(); ++n) CHECK(parts[i] != parts[n]);
      // Nothing is left out but what is told.
      CHECK(parts.size() + t->warnings.size() == 4);
      return server.requests();
    });
  }
}

TEST_CASE("find_or_create: a second call while the search lags gives the first one's ticket") {
  mock_transport server;
  fake_clock clock;
  using policies = test::plain_policies<>;
  at::basic_client<lagging, mock_transport, policies> tickets{test::acme_settings(), server,
                                                              policies{.clock = clock}};
  expect_find(server, 404);
  server.expect(method::post, tickets_url).reply(201, "18");
  expect_find(server, 404); // the search does not see it yet
  REQUIRE(tickets.find_or_create(test::some_incident()).value().created);

  server.expect(method::get, test::ticket_url("18")).reply(200, "18");
  auto const again = tickets.find_or_create(test::some_incident());
  REQUIRE(again.has_value());
  CHECK(again->number == "18");
  CHECK_FALSE(again->created);

  server.expect(method::get, test::ticket_url("18")).reply(503);
  CHECK(tickets.find_or_create(test::some_incident()).error().code == at::errc::server_failed);

  clock.sleep_for(1min);
  expect_find(server, 200, "18");
  CHECK(tickets.find_or_create(test::some_incident()).value().number == "18");
  CHECK(server.problems() == "");
}

TEST_CASE("find_or_create: a ticket that was deleted while the search lags is opened anew") {
  mock_transport server;
  using policies = test::plain_policies<>;
  at::basic_client<lagging, mock_transport, policies> tickets{test::acme_settings(), server};
  expect_find(server, 404);
  server.expect(method::post, tickets_url).reply(201, "18");
  expect_find(server, 404);
  REQUIRE(tickets.find_or_create(test::some_incident()).has_value());
  server.expect(method::get, test::ticket_url("18")).reply(404);
  expect_find(server, 404);
  server.expect(method::post, tickets_url).reply(201, "19");
  expect_find(server, 404);
  auto const anew = tickets.find_or_create(test::some_incident());
  REQUIRE(anew.has_value());
  CHECK(anew->number == "19");
  CHECK(anew->created);
  CHECK(server.problems() == "");
}

} // namespace find_or_create_test
