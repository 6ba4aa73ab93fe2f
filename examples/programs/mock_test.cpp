// A unit test of a service that opens tickets: no network, and readable failures.

#include <argus_ticket/argus_ticket.hpp>
#include <argus_ticket/testing/mock_transport.hpp>

#if __has_include(<catch2/catch_all.hpp>)
#include <catch2/catch_all.hpp>
#else
#include <catch2/catch.hpp>
#endif

namespace at = argus_ticket;

TEST_CASE("a link that went down becomes a ticket") {
  at::testing::mock_transport github;
  github.expect(at::http::method::post, "https://api.github.com/repos/octo/tickets/issues")
      .with_json(R"({"title": "Link down"})")
      .reply(201, R"({"id": 1, "number": 17, "title": "Link down", "state": "open",
                      "html_url": "https://github.com/octo/tickets/issues/17"})");
  at::client<"github", at::testing::mock_transport> tickets{
      at::settings<"github">{.endpoint = "https://github.com/",
                             .authentication = {.token = at::secret{"a-token"}},
                             .information = {.project_namespace_and_name = "octo/tickets"}},
      github};

  at::incident incident;
  incident.source_incident_id = "12345";
  incident.description = "Link down";
  auto const opened = tickets.create(incident);

  REQUIRE(github.problems() == "");
  REQUIRE(opened.has_value());
  CHECK(opened->url == "https://github.com/octo/tickets/issues/17");
}
