// The rules for redirects, without sockets.

#include "../support/catch.hpp"
#include "printing.hpp"

#include <argus_ticket/transport/redirect.hpp>

namespace at = argus_ticket;

static at::http::url url(std::string const& text) { return at::http::url::parse(text).value(); }

static at::result<std::optional<at::http::request>> after(at::http::request const& sent, int status,
                                                          std::string location, int followed = 0) {
  at::http::headers headers;
  headers.add({"location", std::move(location), false});
  return at::follow_redirect(sent, at::http::response{status, std::move(headers), ""}, followed, 5);
}

static std::string leads_to(at::http::request const& sent, int status, std::string location) {
  auto const next = after(sent, status, std::move(location));
  if (!next) return to_string(next.error().code) == "redirect_refused" ? "refused" : "wrong";
  return *next ? std::string{to_string((*next)->method())} + ' ' + (*next)->url().string()
               : "reply";
}

static at::http::request with_token(at::http::request r) {
  return std::move(r).authorization("Bearer", at::secret{"hush"});
}

TEST_CASE("safe requests follow redirects", "[redirect]") {
  auto const get = at::http::get(url("https://a.example/x/y?q"));
  for (int status : {301, 302, 303, 307, 308}) {
    CHECK(leads_to(get, status, "/z") == "GET https://a.example/z");
    CHECK(leads_to(get, status, "z#part") == "GET https://a.example/x/z");
    CHECK(leads_to(get, status, "//b.example/z?r=1") == "GET https://b.example/z?r=1");
    CHECK(leads_to(get, status, "http://a.example/z") == "refused");
    CHECK(leads_to(get, status, "") == "reply");
  }
  for (int status : {200, 204, 300, 304, 305, 306, 400})
    CHECK(leads_to(get, status, "/z") == "reply");
}

TEST_CASE("what is no http URL is refused", "[redirect]") {
  auto const get = at::http::get(url("https://a.example/"));
  for (char const* bad : {"javascript:alert(1)", "ftp://a.example/", "https://me:pass@b.example/",
                          "https://", "https://a.example:0/", "http://[::", "\x01"})
    CHECK(leads_to(get, 302, bad) == "refused");
}

TEST_CASE("writes follow 307 and 308 on their own host alone", "[redirect]") {
  for (auto make : {&at::http::post, &at::http::put, &at::http::patch, &at::http::delete_}) {
    auto const write = make(url("https://a.example/x"));
    for (int status : {307, 308}) {
      CHECK(leads_to(write, status, "/z") ==
            std::string{to_string(write.method())} + " https://a.example/z");
      CHECK(leads_to(write, status, "https://b.example/z") == "refused");
    }
    for (int status : {301, 302, 303}) CHECK(leads_to(write, status, "/z") == "refused");
    CHECK(after(write, 301, "/z").error().outcome == at::outcome::rejected);
    CHECK(after(write, 303, "/z").error().outcome == at::outcome::ambiguous);
  }
}

TEST_CASE("a safe request that is no GET keeps its method", "[redirect]") {
  auto const query =
      at::http::post(url("https://a.example/q")).repeatable_as(at::http::idempotency::safe);
  CHECK(leads_to(query, 302, "/z") == "POST https://a.example/z");
  CHECK(leads_to(query, 303, "/z") == "refused");
}

TEST_CASE("credentials stay with their host", "[redirect]") {
  auto const get = with_token(at::http::get(url("https://a.example/x")));
  CHECK(leads_to(get, 302, "/z") == "GET https://a.example/z");
  CHECK(leads_to(get, 302, "https://b.example/z") == "refused");
  CHECK(leads_to(get, 302, "https://a.example:8443/z") == "refused");
  CHECK(leads_to(get, 302, "https://a.example.evil.example/z") == "refused");
  CHECK(leads_to(get, 302, "https://A.EXAMPLE:443/z") == "GET https://a.example/z");
  auto const by_name = at::http::get(url("https://a.example/x")).header("authorization", "hush");
  CHECK(leads_to(by_name, 302, "https://b.example/z") == "refused");
  auto const upgraded = with_token(at::http::get(url("http://localhost/x")));
  CHECK(leads_to(upgraded, 301, "https://localhost/x") == "GET https://localhost/x");
  CHECK(leads_to(upgraded, 301, "https://localhost:8443/x") == "refused");
  CHECK(leads_to(upgraded, 301, "https://other.example/x") == "refused");
  auto const elsewhere = with_token(at::http::get(url("http://localhost:8080/x")));
  CHECK(leads_to(elsewhere, 301, "https://localhost/x") == "refused");
  CHECK(leads_to(elsewhere, 301, "http://localhost/x") == "refused");
}

TEST_CASE("credentials by any other name stay as well", "[redirect]") {
  auto const by_secret =
      at::http::get(url("https://a.example/x")).header("Private-Token", at::secret{"hush"});
  CHECK(leads_to(by_secret, 302, "/z") == "GET https://a.example/z");
  CHECK(leads_to(by_secret, 302, "https://b.example/z") == "refused");
  auto const by_cookie = at::http::get(url("https://a.example/x")).header("cookie", "session=1");
  CHECK(leads_to(by_cookie, 307, "https://b.example/z") == "refused");
  auto const other = at::http::get(url("https://a.example/x")).header("Accept", "text/plain");
  CHECK(leads_to(other, 302, "https://b.example/z") == "GET https://b.example/z");
}

TEST_CASE("a redirect to itself and one too many are refused", "[redirect]") {
  auto const get = at::http::get(url("https://a.example/x"));
  CHECK(leads_to(get, 302, "/x") == "refused");
  CHECK(after(get, 302, "/y", 4).has_value());
  CHECK(after(get, 302, "/y", 5).has_error());
}

TEST_CASE("a refusal names the host to configure, and nothing secret", "[redirect]") {
  auto const get = with_token(at::http::get(url("https://a.example/x?token=hush")));
  auto const e = after(get, 302, "https://b.example/z?token=hush").error();
  CHECK(e.message.find("https://b.example") != std::string::npos);
  CHECK(e.where == "https://a.example");
  CHECK(e.http_status == 302);
  CHECK(e.progress == at::progress::reply_begun);
  CHECK(to_string(e).find("hush") == std::string::npos);
}
