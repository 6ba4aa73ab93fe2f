#include "../../support/catch.hpp"
#include "../running.hpp"

#include <argus_ticket/detail/ticket_operations.hpp>

#include <stdexcept>

namespace at = argus_ticket;
namespace detail = argus_ticket::detail;
using at::http::method;
using at::testing::mock_transport;
using test::acme;
using test::an_acme;
using test::long_incident;
using test::lost_reply;
using test::run;
using test::tickets_url;
using namespace std::chrono_literals;

namespace {

detail::instant const now{std::chrono::sys_days{std::chrono::year{2024} / std::chrono::June / 1}};

at::result<at::ticket> create(mock_transport& server, at::incident const& i,
                              std::size_t most_comments = 8) {
  acme const plugin = an_acme();
  at::policies<> policies;
  policies.most_overflow_comments = most_comments;
  return run(detail::create_ticket(plugin, policies, i), server);
}

/// An acme that has a page to fill in.
struct prefilling : acme {
  using acme::acme;
  static constexpr at::document::text_limits limits{40, 65'536, at::document::length_unit::bytes};
  static constexpr std::size_t longest_url = 500;
  std::string prefilled_url(at::draft d) const {
    return (base_ / "new").with("title", d.title).with("body", d.body).string();
  }
};

/// One whose URLs hold nothing.
struct narrow_acme : prefilling {
  using prefilling::prefilling;
  static constexpr std::size_t longest_url = 50;
};

std::string since(char const* start, detail::instant at_time = now) {
  at::incident i;
  if (*start != '\0') i.start_time = at::parse_timestamp(start).value();
  auto const when = detail::since_when(i, at_time);
  return when ? at::to_string(*when) : "ever";
}

} // namespace

TEST_CASE("since_when: a day before the incident began, and not after now") {
  CHECK(since("") == "ever");
  CHECK(since("2024-05-31T12:00:00Z") == "2024-05-30T12:00:00Z");
  CHECK(since("2024-05-31T12:00:00+02:00") == "2024-05-30T10:00:00Z");
  CHECK(since("2024-06-01T00:00:00Z") == "2024-05-31T00:00:00Z");
  CHECK(since("2024-06-01T00:00:01Z") == "2024-05-31T00:00:00Z"); // begins in the future
  CHECK(since("9999-12-31T23:59:59Z") == "2024-05-31T00:00:00Z");
  CHECK(since("2024-03-01T00:00:00Z") == "2024-02-29T00:00:00Z");
}

TEST_CASE("since_when: no ticket is older than 1970") {
  CHECK(since("1970-01-03T00:00:00Z") == "1970-01-02T00:00:00Z");
  CHECK(since("1970-01-01T00:00:00Z") == "1970-01-01T00:00:00Z");
  CHECK(since("0000-01-01T00:00:00+23:59") == "1970-01-01T00:00:00Z");
  at::incident i;
  i.start_time = at::timestamp{(at::timestamp::instant_type::min)()};
  CHECK(at::to_string(detail::since_when(i, now).value()) == "1970-01-01T00:00:00Z");
  i.start_time = at::infinity;
  CHECK(at::to_string(detail::since_when(i, now).value()) == "2024-05-31T00:00:00Z");
  // A machine without a clock
  CHECK(since("2024-05-31T12:00:00Z", {}) == "1970-01-01T00:00:00Z");
}

TEST_CASE("find: an incident without an id is refused as well") {
  mock_transport server;
  acme const plugin = an_acme();
  auto const t = run(detail::find_ticket(plugin, at::incident{}, now), server);
  REQUIRE_FALSE(t.has_value());
  CHECK(t.error().code == at::errc::invalid_incident);
  CHECK(server.requests().empty());
}

TEST_CASE("find: without a start time it looks since ever") {
  mock_transport server;
  at::incident i = test::some_incident();
  i.start_time.reset();
  server.expect(method::get, std::string{tickets_url} + "?key=" + at::key_of(i).value)
      .reply(200, "17");
  acme const plugin = an_acme();
  auto const t = run(detail::find_ticket(plugin, i, now), server);
  REQUIRE(t.has_value());
  CHECK((*t)->number == "17");
  CHECK(server.problems() == "");
}

TEST_CASE("create: does not look, and takes an incident without an id") {
  mock_transport server;
  server.expect(method::post, tickets_url).with_json(R"({"key": ""})").reply(201, "22");
  at::incident i;
  i.description = "down";
  CHECK(create(server, i).value().number == "22");
  CHECK(server.problems() == "");
}

TEST_CASE("an incident with a ticket_url has its ticket already, and nothing is sent") {
  at::incident i = test::some_incident();
  for (char const* url :
       {"https://acme.example/tickets/17", "HTTP://other.example/browse/NET-17?focus=1#comment",
        "https://wiki.example/s\xC3\xB8k"}) {
    i.ticket_url = url;
    mock_transport server;
    auto const t = create(server, i);
    REQUIRE(t.has_value());
    CHECK(t->url == url);
    CHECK(t->system == "acme");
    CHECK_FALSE(t->created);
    CHECK(t->number == "");
    CHECK(server.requests().empty());
  }
}

TEST_CASE("a ticket_url that nobody may follow is refused, and still nothing is sent") {
  at::incident i = test::some_incident();
  for (char const* url : {"javascript:alert(1)", "data:text/html,x", "NET-17", "//h/x", "https:x",
                          "https://h/\n", "https://h/ x", " https://h/", "ftp://h/"}) {
    i.ticket_url = url;
    mock_transport server;
    auto const t = create(server, i);
    REQUIRE_FALSE(t.has_value());
    CHECK(t.error().code == at::errc::invalid_incident);
    CHECK(t.error().outcome == at::outcome::rejected);
    CHECK(t.error().where == "incident.ticket_url");
    CHECK(server.requests().empty());
  }
}

TEST_CASE("create: what does not fit goes on in comments") {
  mock_transport server;
  server.expect(method::post, tickets_url).reply(201, "23");
  for (int i = 0; i < 3; ++i)
    server.expect(method::post, std::string{tickets_url} + "/23/comments").reply(201, "c");
  auto const t = create(server, long_incident());
  REQUIRE(t.has_value());
  CHECK(t->warnings.empty());
  CHECK(t->created);
  CHECK(server.problems() == "");
}

TEST_CASE("create: comments that fail are warnings, and the ticket is there") {
  mock_transport server;
  server.expect(method::post, tickets_url).reply(201, "23");
  server.expect(method::post, std::string{tickets_url} + "/23/comments").reply(201, "c");
  server.expect(method::post, std::string{tickets_url} + "/23/comments").reply(422, "no more");
  server.expect(method::post, std::string{tickets_url} + "/23/comments").fail(lost_reply());
  auto const t = create(server, long_incident());
  REQUIRE(t.has_value());
  CHECK(t->number == "23");
  CHECK(t->created);
  CHECK(t->outcome() == at::outcome::applied_degraded);
  REQUIRE(t->warnings.size() == 2);
  CHECK(
      t->warnings[0] ==
      at::problem{"comment 2 of 3",
                  "could not be added: creation error: the server refused the request (HTTP 422); "
                  "the server says: \"no more\"; nothing was changed, trying again will not help"});
  CHECK(t->warnings[1] == at::problem{"comment 3 of 3",
                                      "could not be added: client error: no reply came; it may "
                                      "have been done: look before trying again"});
  CHECK(server.problems() == "");
}

TEST_CASE("create: no warning repeats the token that a server repeats") {
  mock_transport server;
  server.expect(method::post, tickets_url).reply(201, "23");
  for (int i = 0; i < 3; ++i)
    server.expect(method::post, std::string{tickets_url} + "/23/comments")
        .reply(401, std::string{"bad token "} + test::acme_token);
  auto const t = create(server, long_incident());
  REQUIRE(t.has_value());
  REQUIRE(t->warnings.size() == 3);
  for (at::problem const& p : t->warnings) {
    CHECK(p.what.find(test::acme_token) == std::string::npos);
    CHECK(p.what.find("bad token ***") != std::string::npos);
  }
}

TEST_CASE("create: so many comments and no more") {
  mock_transport server;
  server.expect(method::post, tickets_url).reply(201, "23");
  server.expect(method::post, std::string{tickets_url} + "/23/comments")
      .with_body_containing("left out here")
      .reply(201, "c");
  CHECK(create(server, long_incident(), 1).has_value());
  CHECK(server.problems() == "");
  mock_transport other;
  other.expect(method::post, tickets_url).with_body_containing("left out here").reply(201, "23");
  CHECK(create(other, long_incident(), 0).has_value());
  CHECK(other.problems() == "");
}

TEST_CASE("create: a plugin without comments gets one text, cut") {
  struct silent : private acme {
    using acme::acme;
    using acme::create;
    using acme::dialect;
    using acme::limits;
    using acme::name;
    using acme::setting_fields;
    using acme::settings;
  };
  static_assert(at::ticket_plugin<silent> && !at::comments_tickets<silent>);
  silent const plugin{test::acme_settings()};
  at::policies<> const policies;
  mock_transport server;
  server.expect(method::post, tickets_url).with_body_containing("left out here").reply(201, "23");
  CHECK(run(detail::create_ticket(plugin, policies, long_incident()), server).has_value());
  CHECK(server.problems() == "");
}

TEST_CASE("create: a comment that throws is a warning as well") {
  struct throwing : acme {
    using acme::acme;
    at::operation<at::comment> comment(at::ticket_ref, std::string) const { // no coroutine
      throw std::runtime_error("token=hunter2");
    }
  };
  throwing const plugin{test::acme_settings()};
  at::policies<> const policies;
  mock_transport server;
  server.expect(method::post, tickets_url).reply(201, "23");
  auto const t = run(detail::create_ticket(plugin, policies, long_incident()), server);
  REQUIRE(t.has_value());
  CHECK(t->warnings.size() == 3);
  CHECK(t->warnings[0].what.find("hunter2") == std::string::npos);
  CHECK(t->warnings[0].what.find("an exception left the plugin") != std::string::npos);
}

TEST_CASE("create: a plugin that throws once the ticket may exist does not say that it does not") {
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
  server.expect(method::post, tickets_url).reply(201, "23");
  auto const t = run(detail::create_ticket(plugin, policies, test::some_incident()), server);
  REQUIRE_FALSE(t.has_value());
  CHECK(t.error().code == at::errc::internal_error);
  CHECK(t.error().outcome == at::outcome::ambiguous);
}

TEST_CASE("update: writes the text anew, without comments") {
  mock_transport server;
  server.expect(method::put, std::string{tickets_url} + "/7")
      .with_json(R"({"title": "Netbox 11 down."})")
      .reply(200, "7");
  acme const plugin = an_acme();
  at::policies<> const policies;
  CHECK(run(detail::update_ticket(plugin, policies, "7", test::some_incident()), server)
            .value()
            .number == "7");
  CHECK(server.problems() == "");
  mock_transport other;
  other.expect(method::put, std::string{tickets_url} + "/7")
      .with_body_containing("left out here")
      .reply(200, "7");
  CHECK(run(detail::update_ticket(plugin, policies, "7", long_incident()), other).has_value());
  CHECK(other.problems() == "");
}

TEST_CASE("comment: in parts where it is too long, of which the first one counts") {
  acme const plugin = an_acme();
  at::policies<> policies;
  std::string text;
  for (int i = 0; i < 100; ++i) text += "word ";
  at::document::document const long_text{at::document::paragraph{text}};
  auto const comment = [&](mock_transport& server) {
    return run(detail::comment_ticket(plugin, policies, "7", long_text, detail::random_key()),
               server);
  };
  std::string const url = std::string{tickets_url} + "/7/comments";
  {
    mock_transport server;
    server.expect(method::post, url).reply(201, "c");
    server.expect(method::post, url).reply(201, "c");
    auto const added = comment(server);
    REQUIRE(added.has_value());
    CHECK(added->id == "c");
    CHECK(added->warnings.empty());
    CHECK(server.problems() == "");
  }
  {
    mock_transport server;
    server.expect(method::post, url).reply(201, "c");
    server.expect(method::post, url).reply(500, "x");
    auto const added = comment(server);
    REQUIRE(added.has_value());
    REQUIRE(added->warnings.size() == 1);
    CHECK(added->warnings[0].where == "part 2 of 2");
    CHECK(added->warnings[0].what.starts_with("could not be added: client error"));
  }
  {
    mock_transport server;
    server.expect(method::post, url).reply(500, "x");
    CHECK(comment(server).error().outcome == at::outcome::ambiguous);
    CHECK(server.requests().size() == 1);
  }
  policies.most_overflow_comments = std::size_t(-1);
  mock_transport server;
  server.expect(method::post, url).reply(201, "c");
  server.expect(method::post, url).reply(201, "c");
  CHECK(comment(server).has_value());
  CHECK(server.problems() == "");
}

TEST_CASE("comment: an empty one is refused") {
  acme const plugin = an_acme();
  at::policies<> const policies;
  mock_transport server;
  for (auto const& text :
       {at::document::document{}, at::document::document{at::document::paragraph{" \n "}}}) {
    auto const added =
        run(detail::comment_ticket(plugin, policies, "7", text, detail::random_key()), server);
    REQUIRE_FALSE(added.has_value());
    CHECK(added.error().code == at::errc::refused);
    CHECK(added.error().outcome == at::outcome::rejected);
    CHECK(added.error().message == "the comment is empty");
  }
  CHECK(server.requests().empty());
}

TEST_CASE("first_request: what would be sent, or why nothing would") {
  acme const plugin = an_acme();
  at::policies<> const policies;
  auto const request =
      detail::first_request(detail::create_ticket(plugin, policies, test::some_incident()));
  REQUIRE(request.has_value());
  CHECK(request->url().string() == tickets_url);
  CHECK(request->headers().get("authorization") == std::string{"Acme "} + test::acme_token);
  at::incident known = test::some_incident();
  known.ticket_url = "https://x/1";
  auto const none = detail::first_request(detail::create_ticket(plugin, policies, known));
  REQUIRE_FALSE(none.has_value());
  CHECK(none.error().code == at::errc::unsupported);
  CHECK(none.error().outcome == at::outcome::rejected);
  CHECK(none.error().message == "nothing would be sent for this incident");
  known.ticket_url = "javascript:x";
  CHECK(detail::first_request(detail::create_ticket(plugin, policies, known)).error().where ==
        "incident.ticket_url");
}

TEST_CASE("prefill: the body is as long as the URL permits") {
  prefilling const plugin{test::acme_settings()};
  at::policies<> const policies;
  at::incident i = test::some_incident();
  auto const url_of = [&] { return detail::run_at_once(detail::prefill(plugin, policies, i)); };
  std::string const short_url = url_of().value();
  CHECK(short_url.starts_with("https://acme.example/api/new?title=Netbox%2011%20down.&body=Argus"));
  CHECK(short_url.ends_with("GW%203"));
  i.user.assign(100'000, 'x');
  std::string const cut = url_of().value();
  CHECK(cut.size() <= 500);
  CHECK(cut.size() > 200);

  narrow_acme const narrow{test::acme_settings()};
  auto const none = detail::run_at_once(detail::prefill(narrow, policies, i));
  REQUIRE_FALSE(none.has_value());
  CHECK(none.error().code == at::errc::invalid_incident);
  CHECK(none.error().message == "the title and labels alone are too long for a URL");
}
