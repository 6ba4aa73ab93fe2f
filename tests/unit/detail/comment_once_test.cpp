#include "../../support/catch.hpp"
#include "../acme_server.hpp"

#include <argus_ticket/basic_client.hpp>
#include <argus_ticket/detail/comment_once.hpp>

#include <set>

namespace comment_once_test {

namespace at = argus_ticket;
namespace detail = argus_ticket::detail;
using at::outcome;
using at::http::method;
using at::testing::mock_transport;
using test::acme;
using test::acme_server;
using test::fault;
using test::lost_reply;
using test::noting_acme;
using test::ticket_url;
using namespace std::chrono_literals;

namespace {

noting_acme const plugin{test::acme_settings()};
at::incident_key const key = detail::derived_key({}, "a comment");
std::string const comments = ticket_url("7") + "/comments";
std::string const marked = "hello\n\n" + noting_acme::comment_marker(key);

struct no_room : noting_acme {
  using noting_acme::noting_acme;
  static constexpr at::document::text_limits limits{40, 10, at::document::length_unit::bytes};
};

at::result<at::comment> add(mock_transport& server, bool was_tried = false,
                            at::incident_key const& under = key) {
  return test::run(detail::comment_once(plugin, "7", "hello", under, was_tried), server);
}

} // namespace

TEST_CASE("comment_once: the comment carries its key") {
  mock_transport server;
  server.expect(method::post, comments)
      .with_body_containing("hello\\n\\n[" + key.value + "]")
      .reply(201, "c");
  CHECK(add(server).value().id == "c");
  CHECK(server.problems() == "");
}

TEST_CASE("comment_once: one whose reply was lost is found, and not written twice") {
  mock_transport server;
  server.expect(method::post, comments).fail(lost_reply());
  server.expect(method::get, comments).reply(200, "another\n" + marked);
  CHECK(add(server).value().id == "found");
  CHECK(server.problems() == "");
}

TEST_CASE("comment_once: one that is not found, or not looked for, may be there") {
  for (int status : {200, 500, 401}) {
    mock_transport server;
    server.expect(method::post, comments).reply(502, "x");
    server.expect(method::get, comments).reply(status, "another");
    auto const c = add(server);
    REQUIRE_FALSE(c.has_value());
    CHECK(c.error().outcome == outcome::ambiguous);
    CHECK(c.error().http_status == 502); // of the comment, not of the look-up
    CHECK(server.problems() == "");
  }
}

TEST_CASE("comment_once: one that was refused for certain is not looked for") {
  for (int status : {401, 422, 429}) {
    mock_transport server;
    server.expect(method::post, comments).reply(status);
    CHECK(add(server).error().http_status == status);
    CHECK(server.problems() == "");
  }
}

TEST_CASE("comment_once: one that may be there from an earlier try is looked for first") {
  {
    mock_transport server;
    server.expect(method::get, comments).reply(200, marked);
    CHECK(add(server, true).value().id == "found");
    CHECK(server.problems() == "");
  }
  {
    mock_transport server;
    server.expect(method::get, comments).reply(200, "another");
    server.expect(method::post, comments).with_body_containing(key.value).reply(201, "c");
    CHECK(add(server, true).value().id == "c");
    CHECK(server.problems() == "");
  }
  mock_transport server; // "could not look" is not "not there"
  server.expect(method::get, comments).reply(500);
  CHECK_FALSE(add(server, true).has_value());
  CHECK(server.problems() == "");
}

TEST_CASE("comment_once: without a key it is written as it is, and no more") {
  for (bool was_tried : {false, true}) {
    mock_transport server;
    server.expect(method::post, comments).with_json(R"({"text": "hello"})").fail(lost_reply());
    CHECK(add(server, was_tried, {}).error().outcome == outcome::ambiguous);
    CHECK(server.problems() == "");
  }
}

TEST_CASE("comment_once: a system whose comments cannot be found gets them without a key") {
  acme const simple = test::an_acme();
  mock_transport server;
  server.expect(method::post, comments).with_json(R"({"text": "hello"})").fail(lost_reply());
  auto const c = test::run(detail::comment_once(simple, "7", "hello", key, true), server);
  CHECK(c.error().outcome == outcome::ambiguous);
  CHECK(server.problems() == "");
}

TEST_CASE("comment_once: texts leave room for the marker") {
  CHECK(detail::longest_comment<acme>() == 300);
  std::size_t const taken = 2 + noting_acme::comment_marker(key).size();
  CHECK(detail::longest_comment<noting_acme>() == 300 - taken);
  CHECK(detail::longest_comment<no_room>() == 0);
}

TEST_CASE("random_key: never the same twice") {
  std::set<std::string> seen;
  for (int i = 0; i < 1'000; ++i) seen.insert(detail::random_key().value);
  CHECK(seen.size() == 1'000);
  CHECK(seen.begin()->size() == key.value.size());
}

namespace {

using client = at::basic_client<
    noting_acme, mock_transport,
    at::policies<at::default_renderer, test::fake_clock, at::backoff, at::no_pacing>>;

std::string long_text() {
  std::string text;
  for (int i = 0; i < 150; ++i) text += "word" + std::to_string(i) + ' ';
  return text;
}

} // namespace

TEST_CASE("comments of a client: each part once and within the limit, whichever request fails") {
  constexpr std::size_t parts = 5;
  for (fault const how : {fault::not_sent, fault::sent_not_done, fault::done_reply_lost}) {
    std::size_t const points = at::testing::for_each_failure_point([&](std::size_t point) {
      acme_server server;
      server.open("k");
      server.fail_at(point, how);
      client tickets{test::acme_settings(), server.transport()};
      auto const added = tickets.comment("17", long_text());
      std::vector<std::string> const& there = server.tickets[0].comments;
      std::string all;
      for (std::string const& c : there) {
        CHECK(c.size() <= 300);
        all += c;
      }
      for (int i = 0; i < 150; ++i) { // no word stands there twice
        std::string const word = "word" + std::to_string(i) + ' ';
        std::size_t const first = all.find(word);
        if (first != std::string::npos) CHECK(all.find(word, first + 1) == std::string::npos);
      }
      bool const lost = how == fault::sent_not_done && point < parts;
      CHECK(there.size() == (!lost ? parts : point == 0 ? 0 : parts - 1));
      CHECK(added.has_value() == !(lost && point == 0));
      if (!added) CHECK(added.error().outcome == outcome::ambiguous);
      if (lost && point > 0) {
        REQUIRE(added->warnings.size() == 1);
        CHECK(added->warnings[0].where ==
              "part " + std::to_string(point + 1) + " of " + std::to_string(parts));
      }
      return server.requests();
    });
    CHECK(points >= parts);
  }
}

TEST_CASE("comments of a client: two of the same text are two") {
  acme_server server;
  server.open("k");
  client tickets{test::acme_settings(), server.transport()};
  CHECK(tickets.comment("17", "again").has_value());
  CHECK(tickets.comment("17", "again").has_value());
  REQUIRE(server.tickets[0].comments.size() == 2);
  CHECK(server.tickets[0].comments[0] != server.tickets[0].comments[1]); // but for the marker
}

} // namespace comment_once_test
