#include "../../support/catch.hpp"
#include "../running.hpp"

#include <argus_ticket/basic_client.hpp>

#include <stdexcept>
#include <type_traits>

namespace observer_test {

namespace at = argus_ticket;
namespace http = argus_ticket::http;
using at::testing::mock_transport;
using http::method;
using test::acme;
using test::lost_reply;
using test::recorder;
using test::ticket_url;
using test::tickets_url;
using namespace std::chrono_literals;

namespace {

template <class Observer>
using policies_with =
    at::policies<at::default_renderer, test::fake_clock, at::backoff, at::shared_pacing, Observer>;

/// A client whose observer is that one, and whose retries come at once.
template <class Plugin = acme, class Observer = recorder>
auto client_of(mock_transport server, Observer observer) {
  policies_with<Observer> p;
  p.retry = {.attempts = 3, .first = 0ms, .longest = 0ms};
  p.pacing.registry = std::make_shared<at::pacer_registry>();
  p.observer = observer;
  return at::basic_client<Plugin, mock_transport, policies_with<Observer>>{
      test::acme_settings(), std::move(server), std::move(p)};
}

// An observer that has no hooks costs no memory, and no call is made.
static_assert(sizeof(at::policies<at::default_renderer, at::real_clock, at::no_retry, at::no_pacing,
                                  at::no_observer>) <
              sizeof(at::policies<at::default_renderer, at::real_clock, at::no_retry, at::no_pacing,
                                  recorder>));
static_assert(std::is_empty_v<at::no_observer>);

struct requests_only {
  int* seen = nullptr;
  void on_request(at::request_event const&) const { ++*seen; }
};

/// Whatever is called, it throws.
struct throwing {
  [[noreturn]] static void fail() { throw std::runtime_error("token=hunter2"); }
  void on_request(at::request_event const&) { fail(); }
  void on_response(at::response_event const&) { fail(); }
  void on_wait(at::wait_event const&) { fail(); }
  void on_ambiguous(at::ambiguous_event const&) { fail(); }
  void on_duplicate(at::duplicate_event const&) { fail(); }
  void on_outcome(at::outcome_event const&) { fail(); }
};

/// A look-up, a create whose reply is lost, a look that finds nothing, one that finds two.
void expect_a_lot(mock_transport& server) {
  server.expect(method::get, tickets_url).reply(500, "x");
  server.expect(method::get, tickets_url).reply(404);
  server.expect(method::post, tickets_url).fail(lost_reply());
  server.expect(method::get, tickets_url).reply(404);
  server.expect(method::get, tickets_url).reply(200, "8 9");
  server.expect(method::post, ticket_url("9") + "/comments").reply(201);
  server.expect(method::put, ticket_url("9")).reply(200, "9");
}

} // namespace

TEST_CASE("observer: is told everything, in order") {
  mock_transport server;
  expect_a_lot(server);
  recorder seen;
  auto tickets = client_of(server, seen);
  REQUIRE(tickets.find_or_create(test::some_incident()).has_value());
  REQUIRE(server.problems() == "");
  std::vector<std::string> brief;
  for (std::string const& line : *seen.lines)
    if (line.starts_with("find_or_create waits for retry"))
      brief.push_back("retry");
    else if (line.find("sends") != std::string::npos)
      brief.push_back(line.substr(line.find("sends"), 10) + line.substr(line.find("try")));
    else
      brief.push_back(line);
  CHECK(brief == std::vector<std::string>{
                     "sends GET try 1", //
                     "find_or_create got 500 server_failed after 0",
                     "client error: the server failed (HTTP 500); nothing was changed, it may be "
                     "tried again",
                     "retry", //
                     "sends GET try 2",
                     "find_or_create got 404 target_not_found after 0",
                     "settings error: it does not exist or cannot be seen (HTTP 404); nothing was "
                     "changed, trying again will not help",
                     "sends POSTtry 1",
                     "find_or_create got 0 timed_out after 0",
                     "client error: no reply came; it may have been done: look before trying again",
                     "sends GET try 1",
                     "find_or_create got 404 target_not_found after 0",
                     "settings error: it does not exist or cannot be seen (HTTP 404); nothing was "
                     "changed, trying again will not help",
                     "find_or_create waits for search 2000",
                     "sends GET try 1",
                     "find_or_create got 200 no error after 0",
                     "find_or_create ambiguous, found",
                     "duplicate 9 of 8",
                     "sends POSTtry 1",
                     "find_or_create got 201 no error after 0",
                     "sends PUT try 1",
                     "find_or_create got 200 no error after 0",
                     "find_or_create ended applied opened requests 7 took 2000"});
}

TEST_CASE("observer: what each operation ended in") {
  mock_transport server;
  server.answer_by([](http::request const& r) -> at::result<http::response> {
    return http::response{r.method() == method::post ? 201 : 200, {}, "7"};
  });
  recorder seen;
  auto tickets = client_of(server, seen);
  at::incident const i = test::some_incident();
  auto const last = [&] { return seen.lines->back(); };
  REQUIRE(tickets.create(i).has_value());
  CHECK(last() == "create ended applied opened requests 1 took 0");
  REQUIRE(tickets.find_or_create(i).has_value());
  CHECK(last() == "find_or_create ended applied found requests 1 took 0");
  REQUIRE(tickets.find(i).has_value());
  CHECK(last() == "find ended applied found requests 1 took 0");
  REQUIRE(tickets.get("7").has_value());
  CHECK(last() == "get ended applied requests 1 took 0");
  REQUIRE(tickets.update("7", i).has_value());
  CHECK(last() == "update ended applied requests 1 took 0");
  REQUIRE(tickets.comment("7", "x").has_value());
  CHECK(last() == "comment ended applied requests 1 took 0");
  REQUIRE(tickets.close("7").has_value());
  CHECK(last() == "close ended applied requests 1 took 0");
  REQUIRE(tickets.check().has_value());
  CHECK(last() == "check ended applied requests 1 took 0");
  at::incident nameless;
  REQUIRE_FALSE(tickets.find_or_create(nameless).has_value());
  CHECK(seen.lines->at(seen.lines->size() - 2) ==
        "find_or_create ended rejected requests 0 took 0");
  server.answer_by([](auto&) -> at::result<http::response> { return http::response{404, {}, ""}; });
  REQUIRE(tickets.find(i).has_value());
  CHECK(last() == "find ended applied requests 1 took 0");
}

TEST_CASE("observer: one that has a single hook gets that one") {
  mock_transport server;
  expect_a_lot(server);
  int seen = 0;
  auto tickets = client_of(server, requests_only{&seen});
  REQUIRE(tickets.find_or_create(test::some_incident()).has_value());
  CHECK(seen == 7);
}

TEST_CASE("observer: one that throws changes nothing") {
  mock_transport server;
  expect_a_lot(server);
  auto tickets = client_of(server, throwing{});
  auto const t = tickets.find_or_create(test::some_incident());
  REQUIRE(t.has_value());
  CHECK(t->number == "8");
  CHECK(t->warnings.empty());
  CHECK(server.problems() == "");
  server.expect(method::get, ticket_url("9")).reply(401);
  CHECK(tickets.get("9").error().code == at::errc::bad_credentials);
}

TEST_CASE("observer: no event holds a secret, whatever the server repeats") {
  for (int status : {200, 201, 301, 400, 401, 403, 404, 409, 422, 429, 500, 503}) {
    mock_transport server;
    server.answer_by([&](http::request const& r) -> at::result<http::response> {
      http::headers headers;
      headers.add({"Location", std::string{"https://h/?t="} + test::acme_token});
      if (r.method() == method::get && status != 401)
        return http::response{404, {}, test::acme_token};
      return http::response{status, headers,
                            std::string(490, 'x') + ' ' + test::acme_token + test::acme_token};
    });
    recorder seen;
    auto tickets = client_of(server, seen);
    at::incident const i = test::long_incident();
    (void)tickets.create(i);
    (void)tickets.find_or_create(i);
    (void)tickets.update("7", i);
    (void)tickets.comment("7", "x");
    (void)tickets.close("7");
    (void)tickets.check();
    CHECK(seen.count("sends") > 0);
    INFO(seen.all());
    CHECK(seen.count("acme-t0ken") == 0);
  }
}

} // namespace observer_test
