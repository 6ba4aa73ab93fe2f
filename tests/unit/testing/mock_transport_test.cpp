#include "../../support/catch.hpp"

#include <argus_ticket/testing/mock_transport.hpp>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <string>

namespace at = argus_ticket;
namespace http = argus_ticket::http;
using at::testing::for_each_failure_point;
using at::testing::mock_transport;

namespace {

http::url of(std::string_view text) { return http::url::parse(text).value(); }

http::request post(boost::json::value const& body, std::string_view url = "https://h/x") {
  return http::post(of(url)).json(body);
}

/// Sends a request; gives the status, or the error's message.
std::string send(mock_transport& server, http::request const& r) {
  auto const reply = server.send(r, {});
  return reply ? std::to_string(reply->status()) + ' ' + reply->body() : reply.error().message;
}

at::error reset() { return {at::errc::connection_failed, at::outcome::ambiguous, "reset"}; }

static_assert(http::transport<mock_transport>);

} // namespace

TEST_CASE("mock_transport: answers in order") {
  mock_transport server;
  server.expect(http::method::get, "https://h/a").reply(200, "one", {{"Link", "<b>; rel=next"}});
  server.expect(http::method::post, "https://h/b").reply(201, "two");
  server.expect(http::method::get, "https://h/c");
  auto const first = server.send(http::get(of("https://h/a")), {});
  REQUIRE(first.has_value());
  CHECK(first->body() == "one");
  CHECK(first->header("link") == "<b>; rel=next");
  CHECK(server.problems() == "request 1: expected POST https://h/b, but it did not come\n"
                             "request 2: expected GET https://h/c, but it did not come\n");
  CHECK(send(server, http::post(of("https://h/b"))) == "201 two");
  CHECK(send(server, http::get(of("https://h/c"))) == "200 ");
  CHECK(server.problems() == "");
  REQUIRE(server.requests().size() == 3);
  CHECK(server.requests()[1].url().path() == "/b");
}

TEST_CASE("mock_transport: copies share one script") {
  mock_transport server;
  mock_transport given_away = server;
  server.expect(http::method::get, "https://h/a");
  CHECK(send(given_away, http::get(of("https://h/a"))) == "200 ");
  CHECK(server.requests().size() == 1);
  CHECK(server.problems() == "");
}

TEST_CASE("mock_transport: another request than the expected one is told") {
  mock_transport server;
  server.expect(http::method::get, "https://h/a");
  CHECK(send(server, http::post(of("https://h/a"))) ==
        "mock_transport: expected GET https://h/a, but got POST https://h/a");
  CHECK(send(server, http::get(of("https://h/more?q=1"))) ==
        "mock_transport: expected no more, but got GET https://h/more?q=1");
  CHECK(server.problems() == "request 0: expected GET https://h/a, but got POST https://h/a\n"
                             "request 1: expected no more, but got GET https://h/more?q=1\n");
  auto const refused = server.send(http::get(of("https://h/")), {});
  CHECK(refused.error().code == at::errc::internal_error);
  CHECK(refused.error().outcome == at::outcome::not_applied);
}

TEST_CASE("mock_transport: a query is compared where the script has one") {
  mock_transport server;
  server.expect(http::method::get, "https://h/a");
  server.expect(http::method::get, "https://h/a?x=1");
  server.expect(http::method::get, "https://h/a?x=1");
  CHECK(send(server, http::get(of("https://h/a?x=2"))) == "200 ");
  CHECK(send(server, http::get(of("https://h/a?x=1"))) == "200 ");
  CHECK(send(server, http::get(of("https://h/a?x=2"))) ==
        "mock_transport: expected GET https://h/a?x=1, but got GET https://h/a?x=2");
}

TEST_CASE("mock_transport: parameters are compared after unescaping") {
  mock_transport server;
  auto const expect = [&] {
    server.expect(http::method::get, "https://h/").with_query("since", "2011 +&");
  };
  expect();
  CHECK(send(server, http::get(of("https://h/").with("since", "2011 +&"))) == "200 ");
  expect();
  CHECK(send(server, http::get(of("https://h/").with("since", "x"))) ==
        "mock_transport: GET https://h/: the query parameter since is 'x' instead of '2011 +&'");
  expect();
  CHECK(send(server, http::get(of("https://h/"))) ==
        "mock_transport: GET https://h/: the query parameter since is absent instead of '2011 +&'");
}

TEST_CASE("mock_transport: headers are compared, but not shown") {
  mock_transport server;
  auto const expect = [&] {
    server.expect(http::method::get, "https://h/").with_header("Authorization", "Bearer secret1");
  };
  auto const request = [](char const* token) {
    return http::get(of("https://h/")).authorization("Bearer", at::secret{std::string{token}});
  };
  expect();
  CHECK(send(server, request("secret1")) == "200 ");
  expect();
  CHECK(send(server, request("secret2")) ==
        "mock_transport: GET https://h/: the header Authorization is not as expected");
  expect();
  CHECK(send(server, http::get(of("https://h/"))) ==
        "mock_transport: GET https://h/: the header Authorization is not as expected");
  CHECK(server.problems().find("secret") == std::string::npos);
}

TEST_CASE("mock_transport: members of the body are compared, others are free") {
  mock_transport server;
  auto const expect = [&](char const* members) {
    server.expect(http::method::post, "https://h/x").with_json(members);
  };
  auto const body = boost::json::parse(R"({"title": "t", "labels": ["a"], "more": {"x": 1}})");
  expect(R"({"title": "t", "labels": ["a"]})");
  CHECK(send(server, post(body)) == "200 ");
  expect("{}");
  CHECK(send(server, post(body)) == "200 ");
  expect(R"({"title": "T"})");
  CHECK(send(server, post(body)) ==
        "mock_transport: POST https://h/x: the body's member 'title' is \"t\" instead of \"T\"");
  expect(R"({"body": null})");
  CHECK(send(server, post(body)) ==
        "mock_transport: POST https://h/x: the body's member 'body' is absent instead of null");
  expect(R"({"labels": ["a", "b"]})");
  CHECK(send(server, post(body)) == "mock_transport: POST https://h/x: the body's member 'labels' "
                                    "is [\"a\"] instead of [\"a\",\"b\"]");
  expect("[]");
  CHECK(send(server, post(body)).find("the expected JSON is no object") != std::string::npos);
  expect("{");
  CHECK(send(server, post(body)).find("the expected JSON is no object: is no JSON") !=
        std::string::npos);
  expect("{}");
  CHECK(send(server, http::post(of("https://h/x"))).find("the body is no JSON") !=
        std::string::npos);
  expect(R"({"a": 1})");
  CHECK(send(server, post(boost::json::array{})).find("'a' is absent") != std::string::npos);
}

TEST_CASE("mock_transport: a text in the body") {
  mock_transport server;
  server.expect(http::method::post, "https://h/x").with_body_containing("needle");
  server.expect(http::method::post, "https://h/x").with_body_containing("needle");
  CHECK(send(server, post("a needle in it")) == "200 ");
  CHECK(send(server, post("nothing")) ==
        "mock_transport: POST https://h/x: the body lacks the text 'needle'");
}

TEST_CASE("mock_transport: fails as a transport would") {
  mock_transport server;
  server.expect(http::method::get, "https://h/").fail(reset());
  auto const failed = server.send(http::get(of("https://h/")), {});
  REQUIRE_FALSE(failed.has_value());
  CHECK(failed.error().message == "reset");
  CHECK(failed.error().outcome == at::outcome::ambiguous);
  CHECK(server.problems() == "");
}

TEST_CASE("mock_transport: lets a request of some number fail, wherever it goes") {
  mock_transport server;
  server.expect(http::method::get, "https://h/0").reply(200, "0");
  server.expect(http::method::get, "https://h/1").reply(200, "1");
  server.expect(http::method::get, "https://h/2").reply(200, "2");
  server.fail_at(1, reset());
  CHECK(send(server, http::get(of("https://h/0"))) == "200 0");
  CHECK(send(server, http::get(of("https://h/anything"))) == "reset");
  CHECK(send(server, http::get(of("https://h/2"))) == "200 2");
  CHECK(server.problems() == "");
}

TEST_CASE("mock_transport: is answered by a function") {
  mock_transport server;
  server.answer_by([](http::request const& r) -> at::result<http::response> {
    return http::response{200, {}, r.url().path()};
  });
  server.fail_at(1, reset());
  CHECK(send(server, http::get(of("https://h/a"))) == "200 /a");
  CHECK(send(server, http::get(of("https://h/b"))) == "reset");
  CHECK(send(server, http::get(of("https://h/c"))) == "200 /c");
  CHECK(server.requests().size() == 3);
  CHECK(server.problems() == "");
}

TEST_CASE("for_each_failure_point: runs once for each request, and once more to see the end") {
  int runs = 0;
  auto const three_requests = [&](std::size_t fails_at) {
    ++runs;
    mock_transport server;
    server.answer_by([](auto&) { return http::response{200, {}, ""}; });
    server.fail_at(fails_at, reset());
    for (int i = 0; i < 3; ++i)
      if (!server.send(http::get(of("https://h/")), {})) break;
    return server.requests().size();
  };
  CHECK(for_each_failure_point(three_requests) == 3);
  CHECK(runs == 4);
  CHECK(for_each_failure_point([](std::size_t) { return std::size_t{0}; }) == 0);
}
