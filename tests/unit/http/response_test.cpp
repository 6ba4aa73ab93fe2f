#include "../../support/catch.hpp"

#include <argus_ticket/http/response.hpp>

namespace http = argus_ticket::http;

TEST_CASE("response: is a status, headers and a body") {
  http::headers headers;
  headers.add({"Date", "today"});
  headers.add({"date", "tomorrow"});
  http::response const r{201, headers, "body"};
  CHECK(r.status() == http::status::created);
  CHECK(r.header("DATE") == "today");
  CHECK(r.header("Location") == "");
  CHECK(r.headers().size() == 2);
  CHECK(r.body() == "body");
}

TEST_CASE("response: the statuses are RFC 9110's") {
  CHECK(http::status::ok == 200);
  CHECK(http::status::created == 201);
  CHECK(http::status::no_content == 204);
  CHECK(http::status::moved_permanently == 301);
  CHECK(http::status::found == 302);
  CHECK(http::status::see_other == 303);
  CHECK(http::status::not_modified == 304);
  CHECK(http::status::temporary_redirect == 307);
  CHECK(http::status::permanent_redirect == 308);
  CHECK(http::status::unauthorized == 401);
  CHECK(http::status::forbidden == 403);
  CHECK(http::status::not_found == 404);
  CHECK(http::status::gone == 410);
  CHECK(http::status::unprocessable == 422);
  CHECK(http::status::too_many_requests == 429);
  CHECK(http::status::service_unavailable == 503);
}
