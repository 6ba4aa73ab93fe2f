#include "../support/catch.hpp"
#include "running.hpp"

#include <argus_ticket/client.hpp>

#include <sstream>
#include <stdexcept>

namespace at = argus_ticket;
using at::http::method;
using at::testing::mock_transport;
using test::acme;
using test::tickets_url;
using namespace at::literals;
using namespace std::chrono_literals;

namespace {

inline constexpr auto client_plugins = at::with_plugins<acme>(at::builtin_plugins);

using acme_client = at::client<"acme", mock_transport, client_plugins, test::plain_policies<>>;
using github_client =
    at::client<"github", mock_transport, at::builtin_plugins, test::plain_policies<>>;
template <class Plugin, class Policies = test::plain_policies<>>
using client_of = at::basic_client<Plugin, mock_transport, Policies>;

static_assert(std::is_same_v<at::client<"acme", mock_transport, client_plugins>,
                             at::basic_client<acme, mock_transport>>);
static_assert(std::is_same_v<at::client<"github", mock_transport>,
                             at::client<"argus_ticket_github.GithubPlugin", mock_transport>>);
static_assert(std::is_same_v<acme_client::plugin_type, acme>);
static_assert(std::is_same_v<acme_client::transport_type, mock_transport>);
static_assert(std::is_same_v<acme_client::settings_type, acme::settings>);

struct bad_renderer {
  at::document::document operator()(at::incident const&) const {
    throw std::runtime_error("token=hunter2");
  }
};

at::settings<"github"> github_settings() {
  return {.endpoint = "https://github.com/",
          .authentication = {.token = at::secret{std::string{"ghp_0123456789abcdef"}}},
          .information = {.project_namespace_and_name = "o/r"}};
}

// The default transport and policies may be said in short.
static_assert(requires(at::settings<"github"> s, mock_transport server) {
  at::client<"github", mock_transport>{s, {}};
  at::client<"github", mock_transport>{s, {}, {}};
  at::client<"github", mock_transport>::make(s, {}, {});
  at::client<"github", mock_transport>{s, server, {}};
});

/// A user's own settings type.
struct constant_settings {
  static constexpr auto endpoint = "https://acme.example/api"_endpoint;
  struct authentication_type {
    at::secret token;
  } authentication;
};

/// All of whose operations throw. They are no coroutines, so that they throw before there is an
/// operation at all.
struct throwing : acme {
  using acme::acme;
  [[noreturn]] static void fail() { throw std::runtime_error("token=hunter2"); }
  at::operation<at::ticket> create(at::draft) const { fail(); }
  at::operation<std::vector<at::ticket>> find(at::ticket_query) const { fail(); }
  at::operation<at::ticket> get(at::ticket_ref) const { fail(); }
  at::operation<at::ticket> update(at::ticket_ref, at::draft) const { fail(); }
  at::operation<at::comment> comment(at::ticket_ref, std::string) const { fail(); }
  at::operation<at::ticket> close(at::ticket_ref, at::close_reason) const { fail(); }
  at::operation<at::ticket> reopen(at::ticket_ref) const { fail(); }
  at::operation<at::check_report> check() const { fail(); }
  static constexpr std::size_t longest_url = 1000;
  std::string prefilled_url(at::draft) const { fail(); }
  at::mapped_labels labels_of(at::incident const&) const { return {}; }
};

} // namespace

TEST_CASE("client: every operation reaches the plugin, with the token") {
  mock_transport server;
  acme_client tickets{test::acme_settings(), server};
  std::string const seven = std::string{tickets_url} + "/7";
  auto const expect = [&](method m, std::string const& url) -> at::testing::expectation& {
    return server.expect(m, url).with_header("Authorization",
                                             std::string{"Acme "} + test::acme_token);
  };
  expect(method::post, tickets_url).reply(201, "7");
  expect(method::get, tickets_url).reply(200, "7");
  expect(method::get, tickets_url).reply(200, "7");
  expect(method::get, seven).reply(200, "7");
  expect(method::put, seven).reply(200, "7");
  expect(method::post, seven + "/comments").with_json(R"({"text": "hello"})").reply(201, "c");
  expect(method::post, seven + "/comments").with_json(R"({"text": "- a"})").reply(201, "c");
  expect(method::put, seven).with_json(R"({"state": "done"})").reply(200, "7");
  expect(method::put, seven).with_json(R"({"state": "dropped"})").reply(200, "7");
  expect(method::get, "https://acme.example/api/me").reply(200, "me");

  at::result<at::ticket> const opened = tickets.create(test::some_incident());
  REQUIRE(opened.has_value());
  CHECK(opened->url == seven);
  CHECK(tickets.find(test::some_incident()).value()->number == "7");
  CHECK(tickets.find_or_create(test::some_incident()).value().number == "7");
  CHECK(tickets.get(*opened).value().number == "7");
  CHECK(tickets.update("7", test::some_incident()).has_value());
  CHECK(tickets.comment("7", "hello").value().id == "c");
  CHECK(tickets.comment("7", at::document::document{at::document::list{"a"}}).has_value());
  CHECK(tickets.close("7").has_value());
  CHECK(tickets.close("7", at::close_reason::not_planned).has_value());
  CHECK(tickets.check().value().account == "me");
  CHECK(server.problems() == "");
}

TEST_CASE("client: an empty comment is refused before anything is sent") {
  mock_transport server;
  acme_client tickets{test::acme_settings(), server};
  CHECK(tickets.comment("7", "").error().message == "the comment is empty");
  CHECK(tickets.comment("7", " \n\t").error().message == "the comment is empty");
  CHECK(server.requests().empty());
}

TEST_CASE("client: bad settings throw one exception with every problem") {
  try {
    acme_client const tickets{acme::settings{}, mock_transport{}};
    FAIL("nothing was thrown");
  } catch (at::ticket_error const& thrown) {
    CHECK(thrown.error().code == at::errc::invalid_settings);
    CHECK(std::string{thrown.what()} ==
          "settings error: the settings are not complete and correct; nothing was changed, trying "
          "again will not help\n  TICKET_ENDPOINT: is missing or empty\n  "
          "TICKET_AUTHENTICATION_SECRET.token: is missing or empty");
  }
}

TEST_CASE("client: make() gives the same without an exception") {
  auto const bad = acme_client::make(acme::settings{}, mock_transport{});
  REQUIRE_FALSE(bad.has_value());
  CHECK(bad.error().problems.size() == 2);
  mock_transport server;
  server.expect(method::get, std::string{tickets_url} + "/7").reply(200, "7");
  auto good = acme_client::make(test::acme_settings(), server);
  REQUIRE(good.has_value());
  CHECK(good->get("7").has_value());
  CHECK(server.problems() == "");
}

TEST_CASE("client: takes a user's own settings type") {
  mock_transport server;
  server.expect(method::get, std::string{tickets_url} + "/7").reply(200, "7");
  constant_settings mine;
  mine.authentication.token = at::secret{std::string{"x"}};
  acme_client tickets{mine, server};
  CHECK(tickets.get("7").has_value());
  CHECK(server.requests()[0].headers().get("authorization") == "Acme x");
  CHECK_THROWS_AS((acme_client{constant_settings{}, server}), at::ticket_error);
}

TEST_CASE("client: gives its plugin and its transport") {
  mock_transport server;
  acme_client tickets{test::acme_settings(), server};
  server.expect(method::get, "https://h/");
  CHECK(tickets.transport()
            .send(at::http::get(at::http::url::parse("https://h/").value()), {})
            .has_value());
  CHECK(&tickets.plugin() == &tickets.plugin());
}

TEST_CASE("client: a user's renderer makes the text, and the title") {
  struct my_renderer {
    std::string prefix;
    at::document::document operator()(at::incident const& i) const {
      return {at::document::paragraph{prefix + i.description}};
    }
    std::string title(at::incident const& i) const { return prefix + i.source.name; }
  };
  mock_transport server;
  server.expect(method::post, tickets_url)
      .with_json(R"({"title": ">> GW 3", "text": ">> Netbox 11 down."})")
      .reply(201, "7");
  at::policies const p{.renderer = my_renderer{">> "}};
  at::basic_client<acme, mock_transport, std::remove_const_t<decltype(p)>> tickets{
      test::acme_settings(), server, p};
  CHECK(tickets.create(test::some_incident()).has_value());
  CHECK(server.problems() == "");
}

TEST_CASE("client: a renderer that throws is an error, and nothing is sent") {
  mock_transport server;
  client_of<acme, test::plain_policies<test::fake_clock, bad_renderer>> tickets{
      test::acme_settings(), server};
  auto const check = [](at::error const& e) {
    CHECK(e.code == at::errc::internal_error);
    CHECK(e.outcome == at::outcome::not_applied);
    CHECK(at::to_string(e).find("hunter2") == std::string::npos);
  };
  check(tickets.create(test::some_incident()).error());
  check(tickets.preview(test::some_incident()).error());
  check(tickets.update("7", test::some_incident()).error());
  CHECK(server.requests().empty());

  server.answer_by([](auto&) { return at::http::response{404, {}, ""}; });
  check(tickets.find_or_create(test::some_incident()).error());
  for (auto const& r : server.requests()) CHECK(r.method() == method::get);
}

TEST_CASE("client: a plugin that throws is an error, whatever its operations are") {
  mock_transport server;
  client_of<throwing> tickets{test::acme_settings(), server};
  auto const check = [](auto const& ended) {
    REQUIRE_FALSE(ended.has_value());
    CHECK(ended.error().code == at::errc::internal_error);
    CHECK(ended.error().outcome == at::outcome::not_applied);
    CHECK(at::to_string(ended.error()) ==
          "plugin error: an exception left the plugin or a callable given to it; nothing was "
          "changed, it may be tried again");
  };
  at::incident const i = test::some_incident();
  check(tickets.create(i));
  check(tickets.find(i));
  check(tickets.find_or_create(i));
  check(tickets.get("7"));
  check(tickets.update("7", i));
  check(tickets.comment("7", "x"));
  check(tickets.close("7"));
  check(tickets.reopen("7"));
  check(tickets.check());
  check(tickets.preview(i));
  check(tickets.prefilled_url(i));
  CHECK(server.requests().empty());
}

TEST_CASE("client: a transport that throws is an error") {
  struct throwing_transport {
    at::result<at::http::response> send(at::http::request const&, at::http::deadline) {
      throw std::string{"not even a std::exception"};
    }
  };
  at::basic_client<acme, throwing_transport, test::plain_policies<>> tickets{test::acme_settings()};
  CHECK(tickets.get("7").error().outcome == at::outcome::not_applied);
  CHECK(tickets.create(test::some_incident()).error().outcome == at::outcome::ambiguous);
  CHECK(tickets.create(test::some_incident()).error().code == at::errc::internal_error);
}

TEST_CASE("client: a clock that throws is an error") {
  struct broken_clock : test::fake_clock {
    std::chrono::system_clock::time_point now() const { throw 1; }
  };
  mock_transport server;
  client_of<acme, test::plain_policies<broken_clock>> tickets{test::acme_settings(), server};
  CHECK(tickets.find(test::some_incident()).error().code == at::errc::internal_error);
  CHECK(tickets.find_or_create(test::some_incident()).error().code == at::errc::internal_error);
  CHECK(server.requests().empty());
}

TEST_CASE("client: an injected clock is slept by, and the deadline is its") {
  struct lagging : acme {
    using acme::acme;
    at::operation<at::ticket> get(at::ticket_ref which) const {
      co_await at::wait(40s);
      co_return co_await acme::get(std::move(which));
    }
  };
  mock_transport server;
  server.answer_by([](auto&) { return at::http::response{200, {}, "7"}; });
  test::plain_policies<> p;
  auto const times = p.clock.state;
  client_of<lagging> patient{test::acme_settings(), server, p};
  CHECK(patient.get("7").has_value());
  CHECK(times->slept == std::vector<std::chrono::milliseconds>{40s});
  p.timeout = 39s;
  client_of<lagging> hasty{test::acme_settings(), server, p};
  auto const late = hasty.get("7");
  REQUIRE_FALSE(late.has_value());
  CHECK(late.error().code == at::errc::timed_out);
  CHECK(late.error().retry_after == 40s);
  CHECK(times->slept.size() == 1);
}

TEST_CASE("client: the look-up begins a day before the incident, by the injected clock") {
  mock_transport server;
  at::incident i = test::some_incident();
  i.start_time = at::parse_timestamp("2030-01-01T00:00:00Z"); // the source's clock is wrong
  server.expect(method::get, tickets_url).with_query("since", "2024-05-31T00:00:00Z").reply(404);
  client_of<acme> tickets{test::acme_settings(), server};
  auto const found = tickets.find(i);
  REQUIRE(found.has_value());
  CHECK_FALSE(*found);
  CHECK(server.problems() == "");
}

TEST_CASE("client: previews without sending, and shows no secret") {
  mock_transport server;
  acme_client const tickets{test::acme_settings(), server};
  auto const request = tickets.preview(test::some_incident());
  REQUIRE(request.has_value());
  std::ostringstream shown;
  shown << *request;
  CHECK(shown.str().starts_with("POST https://acme.example/api/tickets\n"));
  CHECK(shown.str().find("Authorization: ***\n") != std::string::npos);
  CHECK(shown.str().find("Netbox 11 down.") != std::string::npos);
  CHECK(shown.str().find(test::acme_token) == std::string::npos);
  CHECK(server.requests().empty());
}

TEST_CASE("client: no error shows the token, whatever the server says") {
  mock_transport server;
  acme_client tickets{test::acme_settings(), server};
  at::incident const i = test::some_incident();
  for (int status : {200, 201, 301, 400, 401, 403, 404, 429, 500, 503}) {
    server.answer_by([&](auto&) {
      at::http::headers headers;
      headers.add({"Location", std::string{"https://h/?t="} + test::acme_token});
      return at::http::response{status, headers,
                                std::string{"{\""} + test::acme_token + "\": " + test::acme_token};
    });
    auto const check = [&](auto const& ended) {
      if (ended) return;
      CHECK(at::to_string(ended.error()).find(test::acme_token) == std::string::npos);
    };
    check(tickets.create(i));
    check(tickets.find(i));
    check(tickets.find_or_create(i));
    check(tickets.get("7"));
    check(tickets.update("7", i));
    check(tickets.comment("7", "x"));
    check(tickets.close("7"));
    check(tickets.check());
  }
}

TEST_CASE("client: of github, over the same transport") {
  mock_transport server;
  github_client tickets{github_settings(), server};
  auto const request = tickets.preview(test::some_incident());
  REQUIRE(request.has_value());
  CHECK(request->url().string() == "https://api.github.com/repos/o/r/issues");
  auto const page = tickets.prefilled_url(test::some_incident());
  REQUIRE(page.has_value());
  CHECK(page->starts_with("https://github.com/o/r/issues/new?title=Netbox%2011%20down."));
  at::incident known = test::some_incident();
  known.ticket_url = "https://github.com/o/r/issues/17";
  CHECK(tickets.find_or_create(known).value().url == known.ticket_url);
  CHECK(tickets.find(at::incident{}).error().code == at::errc::invalid_incident);
  CHECK(server.requests().empty());
}

TEST_CASE("client: of github, a ticket that only its page is known of can be closed") {
  mock_transport server;
  github_client tickets{github_settings(), server};
  at::incident known = test::some_incident();
  known.ticket_url = "https://github.com/o/r/issues/17";
  at::ticket const t = tickets.find_or_create(known).value();
  server.answer_by([](auto&) { return at::http::response{404, {}, "{}"}; });
  CHECK(tickets.close(t).error().code == at::errc::ticket_not_found);
  REQUIRE(server.requests().size() == 1);
  CHECK(server.requests()[0].url().string() == "https://api.github.com/repos/o/r/issues/17");
}

TEST_CASE("client: of github, no error shows the token, whatever the server says") {
  mock_transport server;
  github_client tickets{github_settings(), server};
  at::incident const i = test::some_incident();
  for (int status : {200, 201, 401, 403, 404, 422, 500}) {
    for (
        std::string const body :
        {R"({"message": "no ghp_0123456789abcdef", "login": "x", "full_name": "ghp_0123456789abcdef",
              "archived": true})",
         R"(ghp_0123456789abcdef)", R"([{"ghp_0123456789abcdef": 1}])"}) {
      server.answer_by([&](auto&) { return at::http::response{status, {}, body}; });
      auto const check = [&](auto const& ended) {
        if (!ended) CHECK(at::to_string(ended.error()).find("ghp_") == std::string::npos);
      };
      check(tickets.create(i));
      check(tickets.find(i));
      check(tickets.find_or_create(i));
      check(tickets.get("7"));
      check(tickets.update("7", i));
      check(tickets.comment("7", "x"));
      check(tickets.close("7"));
      check(tickets.reopen("7"));
      check(tickets.check());
    }
  }
}

TEST_CASE("client: visit_plugin makes the client of a name from a file") {
  auto const open = [](std::string_view name) {
    return at::visit_plugin<client_plugins>(
        name, []<class P>(std::type_identity<P>) -> at::result<std::string> {
          mock_transport server;
          typename P::settings s{};
          s.endpoint = "https://example.org/";
          s.authentication.token = at::secret{std::string{"t"}};
          if constexpr (at::has_setting<typename P::settings, at::fields::project<false>>)
            s.information.project_namespace_and_name = "o/r";
          auto const made = at::basic_client<P, mock_transport>::make(s, server);
          if (!made) return made.error();
          auto const request = made->preview(test::some_incident());
          if (!request) return request.error();
          return request->url().string();
        });
  };
  CHECK(open("acme").value() == "https://example.org/tickets");
  CHECK(open("github").value() == "https://example.org/api/v3/repos/o/r/issues");
  CHECK(open("acne").error().code == at::errc::unknown_plugin);
}
