#include "../../support/catch.hpp"
#include "../acme.hpp"

#include <argus_ticket/detail/run_blocking.hpp>

#include <functional>
#include <stdexcept>
#include <string>

namespace at = argus_ticket;
using at::operation;
using at::result;
using namespace std::chrono_literals;

namespace {

constexpr char const* token = "ghp_0123456789abcdef";

/// A transport that is a function.
struct function_transport {
  std::function<result<at::http::response>(at::http::request const&, at::http::deadline)> function;

  result<at::http::response> send(at::http::request const& r, at::http::deadline until) {
    return function(r, until);
  }
};

function_transport answering(int status, std::string body = {}) {
  return {[=](auto&, auto) { return at::http::response{status, {}, body}; }};
}
function_transport failing(at::error e) {
  return {[=](auto&, auto) -> result<at::http::response> { return e; }};
}

at::http::request request_of(at::http::method method) {
  auto const url = at::http::url::parse("https://host/").value();
  at::http::request r = method == at::http::method::get ? at::http::get(url) : at::http::post(url);
  return std::move(r).authorization("Bearer", at::secret{std::string{token}});
}

/// Sends one request; any status but 200 is an error that repeats what the server said.
operation<at::ticket> one_request(at::http::method method, at::error told = {}) {
  at::http::response const reply = co_await at::send(request_of(method));
  if (reply.status() != 200) {
    told.server_message = reply.body();
    co_return told;
  }
  at::ticket t;
  t.warnings.push_back({"a " + reply.body(), "b " + reply.body()});
  co_return t;
}

/// With so much time from now.
template <class T, class Transport, class Clock>
result<T> run_blocking(operation<T> what, Transport& transport, Clock& clock,
                       std::chrono::milliseconds timeout) {
  return at::detail::run_blocking(std::move(what), transport, clock,
                                  at::detail::deadline_in(clock, timeout));
}

at::error const cut_off{at::errc::timed_out, at::outcome::ambiguous, "no reply"};

} // namespace

TEST_CASE("run_blocking: carries requests until the operation ends") {
  test::fake_clock clock;
  auto transport = answering(200, "x");
  auto const ended = run_blocking(one_request(at::http::method::get), transport, clock, 1s);
  REQUIRE(ended.has_value());
  CHECK(ended->warnings.front().what == "b x");
}

TEST_CASE("run_blocking: the deadline is the same for every request") {
  test::fake_clock clock;
  std::vector<at::http::deadline> deadlines;
  function_transport transport{[&](auto&, at::http::deadline until) -> result<at::http::response> {
    deadlines.push_back(until);
    clock.state->steady += 3s;
    return at::http::response{200, {}, ""};
  }};
  auto const twice = []() -> operation<int> {
    (void)co_await at::send(request_of(at::http::method::get));
    (void)co_await at::send(request_of(at::http::method::get));
    co_return 1;
  };
  CHECK(run_blocking(twice(), transport, clock, 5s).has_value());
  CHECK(deadlines == std::vector<at::http::deadline>(2, at::http::deadline{1h + 5s}));
}

TEST_CASE("run_blocking: waits by the clock that it was given") {
  test::fake_clock clock;
  auto transport = answering(200);
  auto const waits = []() -> operation<int> {
    co_await at::wait(2s);
    co_await at::wait(300ms);
    co_return 1;
  };
  CHECK(run_blocking(waits(), transport, clock, 10s).value() == 1);
  CHECK(clock.state->slept == std::vector<std::chrono::milliseconds>{2s, 300ms});
}

TEST_CASE("run_blocking: never sleeps past the deadline, but says when to come back") {
  auto const waits = [](std::chrono::milliseconds time) -> operation<int> {
    (void)co_await at::send(request_of(at::http::method::get));
    co_await at::wait(time);
    co_return 1;
  };
  auto transport = answering(200);
  {
    test::fake_clock clock;
    CHECK(run_blocking(waits(5s), transport, clock, 5s).has_value()); // just in time
  }
  test::fake_clock clock;
  auto const late = run_blocking(waits(5001ms), transport, clock, 5s);
  REQUIRE_FALSE(late.has_value());
  CHECK(late.error().code == at::errc::timed_out);
  CHECK(late.error().message == "the time for this operation is up");
  CHECK(late.error().retry_after == 6s);
  CHECK(late.error().outcome == at::outcome::not_applied); // nothing was written
  CHECK(clock.state->slept.empty());

  test::fake_clock second;
  function_transport slow{[&](auto&, auto) {
    second.state->steady += 4s;
    return at::http::response{200, {}, ""};
  }};
  CHECK_FALSE(run_blocking(waits(1001ms), slow, second, 5s).has_value());
  CHECK(second.state->slept.empty());
}

TEST_CASE("run_blocking: waits no more once it is asked to stop") {
  /// A clock during whose sleep somebody asks for that.
  struct interrupted : test::fake_clock {
    std::stop_source* stop = nullptr;
    std::size_t after = 0;
    void sleep_for(std::chrono::milliseconds time) const {
      fake_clock::sleep_for(time);
      if (state->slept.size() == after) stop->request_stop();
    }
  };
  auto const waits = []() -> operation<int> {
    co_await at::wait(5s);
    co_return 1;
  };
  auto transport = answering(200);
  for (std::size_t const after : {0U, 1U, 7U}) {
    std::stop_source stop;
    interrupted clock;
    clock.stop = &stop;
    clock.after = after;
    if (after == 0) stop.request_stop();
    auto const ended = at::detail::run_blocking(
        waits(), transport, clock, at::detail::deadline_in(clock, 10s), stop.get_token());
    REQUIRE_FALSE(ended.has_value());
    CHECK(ended.error().code == at::errc::timed_out);
    CHECK(ended.error().message == "it was asked to stop");
    CHECK(ended.error().retry_after == 5s);
    CHECK(ended.error().outcome == at::outcome::not_applied);
    CHECK(clock.state->slept.size() == after);
  }
  // Where nobody asks, it has slept as long as it should.
  std::stop_source stop;
  test::fake_clock clock;
  CHECK(at::detail::run_blocking(waits(), transport, clock, at::detail::deadline_in(clock, 10s),
                                 stop.get_token())
            .value() == 1);
  CHECK(clock.now() - test::fake_clock{}.now() == 5s);
}

TEST_CASE("run_blocking: times without measure") {
  constexpr auto for_ever = (std::chrono::milliseconds::max)();
  test::fake_clock clock;
  std::optional<at::http::deadline> seen;
  function_transport transport{[&](auto&, at::http::deadline until) {
    seen = until;
    return at::http::response{200, {}, ""};
  }};
  CHECK(run_blocking(one_request(at::http::method::get), transport, clock, for_ever).has_value());
  CHECK(*seen == at::http::deadline{1h + std::chrono::days{365}});
  CHECK(run_blocking(one_request(at::http::method::get), transport, clock,
                     (std::chrono::milliseconds::min)())
            .has_value());
  CHECK(*seen == at::http::deadline{1h});

  auto const waits_for_ever = []() -> operation<int> {
    co_await at::wait((std::chrono::milliseconds::max)());
    co_return 1;
  };
  auto const late = run_blocking(waits_for_ever(), transport, clock, 5s);
  REQUIRE_FALSE(late.has_value());
  CHECK(late.error().code == at::errc::timed_out);
  CHECK(clock.state->slept.empty());
}

TEST_CASE("run_blocking: what only read cannot have done anything") {
  test::fake_clock clock;
  auto transport = failing(cut_off);
  auto const outcome_of = [&](at::http::method method) {
    return run_blocking(one_request(method), transport, clock, 1s).error().outcome;
  };
  CHECK(outcome_of(at::http::method::get) == at::outcome::not_applied);
  CHECK(outcome_of(at::http::method::post) == at::outcome::ambiguous);
}

TEST_CASE("run_blocking: other outcomes stay as they are") {
  test::fake_clock clock;
  for (auto const what : {at::outcome::not_applied, at::outcome::rejected}) {
    auto transport = failing({at::errc::tls_failed, what, "refused"});
    CHECK(run_blocking(one_request(at::http::method::get), transport, clock, 1s).error().outcome ==
          what);
    CHECK(run_blocking(one_request(at::http::method::post), transport, clock, 1s).error().outcome ==
          what);
  }
}

TEST_CASE("run_blocking: a wait past the deadline after a write leaves open what was done") {
  test::fake_clock clock;
  auto transport = answering(200);
  auto const o = []() -> operation<int> {
    (void)co_await at::send(request_of(at::http::method::post));
    co_await at::wait(1min);
    co_return 1;
  };
  CHECK(run_blocking(o(), transport, clock, 1s).error().outcome == at::outcome::ambiguous);
}

TEST_CASE("run_blocking: an operation that has something in hand keeps it when its time is up") {
  struct steps {
    static at::operation<int> waits() {
      co_await at::wait(1min);
      co_return 1;
    }
    static at::operation<std::string> tries() {
      at::result<int> const r = co_await at::as_result(waits());
      co_return r ? "waited" : r.error().message;
    }
  };
  test::fake_clock clock;
  auto transport = answering(200);
  CHECK(run_blocking(steps::tries(), transport, clock, 1s).value() ==
        "the time for this operation is up");
  CHECK(clock.state->slept.empty());
}

TEST_CASE("run_blocking: so does one whose transport or clock throws") {
  struct throwing_clock : test::fake_clock {
    void sleep_for(std::chrono::milliseconds) const { throw 7; }
  };
  struct steps {
    static at::operation<int> waits() {
      co_await at::wait(1ms);
      co_return 1;
    }
    static at::operation<std::string> tries() {
      at::result<int> const waited = co_await at::as_result(waits());
      at::result<at::ticket> const sent =
          co_await at::as_result(one_request(at::http::method::post));
      co_return waited.error().message + ", " + sent.error().message;
    }
  };
  throwing_clock clock;
  function_transport throwing{[](auto&, auto) -> result<at::http::response> { throw 1; }};
  CHECK(run_blocking(steps::tries(), throwing, clock, 1s).value() ==
        "an exception left the transport or the clock, an exception left the transport or the "
        "clock");
}

TEST_CASE("run_blocking: exceptions of a transport or a clock become errors") {
  struct broken_clock : test::fake_clock {
    int breaks_at = 0;
    mutable int asked = 0;
    std::chrono::steady_clock::time_point steady_now() const {
      if (asked++ == breaks_at) throw std::runtime_error(token);
      return fake_clock::steady_now();
    }
    void sleep_for(std::chrono::milliseconds) const { throw 7; }
  };
  function_transport throwing{[](auto&, auto) -> result<at::http::response> {
    throw std::runtime_error(std::string{"the password is "} + token);
  }};
  test::fake_clock clock;
  auto const read = run_blocking(one_request(at::http::method::get), throwing, clock, 1s);
  REQUIRE_FALSE(read.has_value());
  CHECK(at::to_string(read.error()) ==
        "plugin error: an exception left the transport or the clock; nothing was changed, it may "
        "be tried again");
  auto const write = run_blocking(one_request(at::http::method::post), throwing, clock, 1s);
  CHECK(write.error().outcome == at::outcome::ambiguous);
  CHECK(write.error().code == at::errc::internal_error);

  auto transport = answering(200);
  auto const waits = []() -> operation<int> {
    co_await at::wait(1ms);
    co_return 1;
  };
  for (int at_call : {0, 1}) {
    broken_clock broken;
    broken.breaks_at = at_call;
    auto const ended = at::detail::run_blocking(waits(), transport, broken, at::http::deadline{2h});
    REQUIRE_FALSE(ended.has_value());
    CHECK(ended.error().code == at::errc::internal_error);
    CHECK(ended.error().outcome == at::outcome::not_applied);
  }
}

TEST_CASE("run_blocking: credentials that the server repeats are taken out of errors") {
  test::fake_clock clock;
  auto transport = answering(401, std::string{"no such token: "} + token + ", " + token + "!");
  at::error told{at::errc::bad_credentials, at::outcome::rejected, std::string{"own "} + token,
                 std::string{"https://x/"} + token};
  told.problems.push_back({std::string{"where "} + token, std::string{"what "} + token});
  auto const ended = run_blocking(one_request(at::http::method::get, told), transport, clock, 1s);
  REQUIRE_FALSE(ended.has_value());
  CHECK(ended.error().server_message == "no such token: ***, ***!");
  CHECK(ended.error().message == "own ***");
  CHECK(ended.error().where == "https://x/***");
  CHECK(ended.error().problems == std::vector<at::problem>{{"where ***", "what ***"}});
}

TEST_CASE("run_blocking: and out of the warnings of a success") {
  test::fake_clock clock;
  auto transport = answering(200, token);
  auto const ended = run_blocking(one_request(at::http::method::get), transport, clock, 1s);
  REQUIRE(ended.has_value());
  CHECK(ended->warnings == std::vector<at::problem>{{"a ***", "b ***"}});

  auto const maybe = [](bool there) -> operation<std::optional<at::ticket>> {
    at::ticket t = co_await one_request(at::http::method::get);
    if (!there) co_return std::optional<at::ticket>{};
    co_return std::optional<at::ticket>{std::move(t)};
  };
  CHECK(run_blocking(maybe(true), transport, clock, 1s).value()->warnings.front().what == "b ***");
  CHECK_FALSE(run_blocking(maybe(false), transport, clock, 1s).value());
}

TEST_CASE("run_blocking: a credential of which the cut left but a beginning is taken out as well") {
  test::fake_clock clock;
  for (std::size_t room : {3U, 10U, 19U}) {
    std::string const said =
        at::plugins::support::presentable(std::string(499 - room, 'x') + token + " and more");
    REQUIRE(said.find("ghp") != std::string::npos);
    auto transport = answering(401, said);
    auto const ended = run_blocking(one_request(at::http::method::get), transport, clock, 1s);
    CHECK(ended.error().server_message == std::string(499 - room, 'x') + "***\xE2\x80\xA6");
  }
}

TEST_CASE("run_blocking: so is one that was cut in the midst of a warning") {
  test::fake_clock clock;
  at::error refused{at::errc::refused, at::outcome::rejected, "no"};
  refused.server_message =
      at::plugins::support::presentable(std::string(490, 'x') + token + " and more");
  REQUIRE(refused.server_message.find("ghp") != std::string::npos);
  auto transport = answering(200, to_string(refused) + " \xE2\x80\xA6 ghp_0123");
  auto const ended = run_blocking(one_request(at::http::method::get), transport, clock, 1s);
  CHECK(ended->warnings[0].what.find("x***\xE2\x80\xA6\"") != std::string::npos);
  CHECK(ended->warnings[0].what.ends_with("\xE2\x80\xA6 ***"));
  CHECK(ended->warnings[0].what.find("ghp") == std::string::npos);
}

TEST_CASE("run_blocking: credentials in any header and form are known") {
  test::fake_clock clock;
  auto const o = [](std::string scheme, std::string credentials) -> operation<int> {
    at::http::response const reply =
        co_await at::send(at::http::get(at::http::url::parse("https://h/").value())
                              .authorization(scheme, at::secret{std::move(credentials)}));
    at::error e{at::errc::refused, at::outcome::rejected, "m"};
    e.server_message = reply.body();
    co_return e;
  };
  auto const shown = [&](std::string scheme, std::string credentials, std::string said) {
    auto transport = answering(400, said);
    return run_blocking(o(std::move(scheme), std::move(credentials)), transport, clock, 1s)
        .error()
        .server_message;
  };
  CHECK(shown("Bearer", "abc", "your abc is wrong") == "your *** is wrong");
  CHECK(shown("Bearer", "abc ", "your abc is wrong") == "your *** is wrong");
  CHECK(shown("Bearer", "abc\n", "your abc is wrong") == "your *** is wrong");
  CHECK(shown("Bearer", "abc def", "your abc def is wrong") == "your *** is wrong");
  CHECK(shown("Token token=x", "abc", "abc").find("abc") != 0);
  CHECK(shown("Bearer", "", "nothing to hide") == "nothing to hide");
  CHECK(shown("Bearer", "*", "a*b") == "a***b");
}
