#include "../../support/catch.hpp"

#include <argus_ticket/http/request.hpp>

#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <sstream>
#include <string>

namespace at = argus_ticket;
namespace http = argus_ticket::http;

namespace {

http::url somewhere() { return http::url::parse("https://host/path?a=b").value(); }

std::string value_of(std::string_view given) {
  return std::string{http::get(somewhere()).header("X", given).headers().get("X")};
}

static_assert(http::to_string(http::method::get) == "GET");
static_assert(http::to_string(http::method::post) == "POST");
static_assert(http::to_string(http::method::put) == "PUT");
static_assert(http::to_string(http::method::patch) == "PATCH");
static_assert(http::to_string(http::method::delete_) == "DELETE");
static_assert(http::to_string(static_cast<http::method>(99)).empty());

} // namespace

TEST_CASE("request: the method says what repeating it would do") {
  CHECK(http::get(somewhere()).idempotency() == http::idempotency::safe);
  CHECK(http::post(somewhere()).idempotency() == http::idempotency::creates);
  CHECK(http::put(somewhere()).idempotency() == http::idempotency::idempotent);
  CHECK(http::patch(somewhere()).idempotency() == http::idempotency::idempotent);
  CHECK(http::delete_(somewhere()).idempotency() == http::idempotency::idempotent);
  CHECK(http::post(somewhere()).repeatable_as(http::idempotency::safe).idempotency() ==
        http::idempotency::safe);
  CHECK(http::get(somewhere()).method() == http::method::get);
  CHECK(http::post(somewhere()).method() == http::method::post);
  CHECK(http::put(somewhere()).method() == http::method::put);
  CHECK(http::patch(somewhere()).method() == http::method::patch);
  CHECK(http::delete_(somewhere()).method() == http::method::delete_);
  CHECK(http::delete_(somewhere()).url() == somewhere());
}

TEST_CASE("request: no value of a header can add another") {
  CHECK(value_of("plain") == "plain");
  CHECK(value_of("a\r\nX-Evil: 1\r\n\r\nGET /") == "a  X-Evil: 1    GET /");
  CHECK(value_of({"a\0b\x7f\x1b\x01", 6}) == "a b   ");
  CHECK(value_of("a\tb") == "a\tb");
  CHECK(value_of("caf\xC3\xA9") == "caf\xC3\xA9");
  http::request const r =
      http::get(somewhere()).authorization("Bearer", at::secret{std::string{"t\r\nX-Evil: 1"}});
  CHECK(r.headers().size() == 1);
  CHECK(r.headers().get("Authorization") == "Bearer t  X-Evil: 1");
}

TEST_CASE("request: its body is a JSON document") {
  http::request const r = http::post(somewhere()).json(boost::json::object{{"a", "b\n\xC3\xA9"}});
  CHECK(r.body() == "{\"a\":\"b\\n\xC3\xA9\"}");
  CHECK(r.headers().get("content-type") == "application/json; charset=utf-8");
}

TEST_CASE("request: as text it shows everything but secrets") {
  http::request const r = http::post(somewhere())
                              .header("Accept", "x/y")
                              .authorization("Bearer", at::secret{std::string{"ghp_secret"}})
                              .json(boost::json::object{{"a", 1}});
  CHECK(at::http::to_string(r) == "POST https://host/path?a=b\n"
                                  "Accept: x/y\n"
                                  "Authorization: ***\n"
                                  "Content-Type: application/json; charset=utf-8\n"
                                  "\n"
                                  "{\"a\":1}");
  std::ostringstream out;
  out << r;
  CHECK(out.str() == at::http::to_string(r));
  CHECK(out.str().find("ghp_") == std::string::npos);
  CHECK(r.headers().get("authorization") == "Bearer ghp_secret");
  CHECK(r.headers().begin()[1].sensitive);
  CHECK_FALSE(r.headers().begin()[0].sensitive);
}

TEST_CASE("request: a header that is a secret is not shown either") {
  http::request const r =
      http::get(somewhere()).header("PRIVATE-TOKEN", at::secret{std::string{"glpat\r\nX: y"}});
  CHECK(r.headers().get("private-token") == "glpat  X: y");
  CHECK(r.headers().begin()->sensitive);
  CHECK(at::http::to_string(r) == "GET https://host/path?a=b\nPRIVATE-TOKEN: ***\n\n");
}

TEST_CASE("request: the same to another place") {
  http::request const r = http::post(somewhere()).header("A", "b").json(boost::json::object{});
  http::request const moved = r.to(http::url::parse("https://other/").value());
  CHECK(moved.url().string() == "https://other/");
  CHECK(moved.method() == http::method::post);
  CHECK(moved.idempotency() == http::idempotency::creates);
  CHECK(moved.headers().get("A") == "b");
  CHECK(moved.body() == "{}");
  CHECK(r.url() == somewhere());
}
