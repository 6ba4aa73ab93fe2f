#include "../../../support/catch.hpp"
#include "../../running.hpp"

#include <argus_ticket/plugins/support.hpp>

#include <boost/json/object.hpp>

#include <string>

namespace at = argus_ticket;
namespace support = argus_ticket::plugins::support;

namespace {

at::result<support::answer> answer_to(int status, std::string body, std::string number = {}) {
  at::testing::mock_transport server;
  server.expect(at::http::method::post, "https://acme.example/api/tickets/17")
      .reply(status, std::move(body));
  at::http::request request =
      at::http::post(at::http::url::parse("https://acme.example/api/tickets/17").value());
  return test::run(support::ask(std::move(request), 200, std::move(number)), server);
}

} // namespace

TEST_CASE("ask: an answer is JSON with the documented status") {
  auto const answer = answer_to(200, R"({"number": 17})");
  REQUIRE(answer.has_value());
  CHECK(answer->reply.status() == 200);
  CHECK(support::id_member(answer->json, "number") == "17");

  auto const accepted = answer_to(202, "{}");
  REQUIRE(accepted.has_error());
  CHECK(accepted.error().code == at::errc::bad_reply);
  CHECK(accepted.error().outcome == at::outcome::ambiguous);
  CHECK(answer_to(200, "<html>").error().code == at::errc::bad_reply);
  CHECK(answer_to(500, "{}").error().outcome == at::outcome::ambiguous);
}

TEST_CASE("ask: what is not there is a ticket where the request is about one") {
  CHECK(answer_to(404, "{}").error().code == at::errc::target_not_found);
  auto const none = answer_to(404, "{}", "17");
  REQUIRE(none.has_error());
  CHECK(none.error().code == at::errc::ticket_not_found);
  CHECK(none.error().where == "ticket 17");
  CHECK(answer_to(410, "{}", "17").error().code == at::errc::ticket_not_found);
  CHECK(answer_to(403, "{}", "17").error().code == at::errc::not_permitted);
}

TEST_CASE("ask: what is no list is not an empty one") {
  auto const list_of = [](std::string body) {
    return support::list_in(answer_to(200, std::move(body)).value(), "tickets");
  };
  REQUIRE(list_of(R"({"tickets": [1, 2]})").has_value());
  CHECK(list_of(R"({"tickets": [1, 2]})")->size() == 2);
  CHECK(list_of(R"({"tickets": []})")->empty());
  for (char const* body : {"{}", "[]", "null", R"({"tickets": null})", R"({"tickets": {}})"}) {
    INFO(body);
    auto const list = list_of(body);
    REQUIRE(list.has_error());
    CHECK(list.error().code == at::errc::bad_reply);
    CHECK(list.error().outcome == at::outcome::ambiguous);
  }
}
