#include "../../support/catch.hpp"

#include <argus_ticket/http/url.hpp>

#include <string>

using argus_ticket::http::query_parameter;
using argus_ticket::http::url;

namespace {

/// A URL read and written again; "none" where it is none.
std::string again(std::string_view text) {
  auto const u = url::parse(text);
  return u ? u->string() : "none";
}

url of(std::string_view text) { return url::parse(text).value(); }

std::string resolved(std::string_view base, std::string_view reference) {
  auto const u = of(base).resolve(reference);
  return u ? u->string() : "none";
}

} // namespace

TEST_CASE("url: is taken apart") {
  url const u = of("https://Example.ORG:8443/a/b?x=1&y=2");
  CHECK(u.is_https());
  CHECK(u.scheme() == "https");
  CHECK(u.host() == "example.org");
  CHECK(u.hostname() == "example.org");
  CHECK(u.port() == "8443");
  CHECK(u.authority() == "example.org:8443");
  CHECK(u.origin() == "https://example.org:8443");
  CHECK(u.path() == "/a/b");
  CHECK(u.query() == "x=1&y=2");
  CHECK(u.target() == "/a/b?x=1&y=2");
  CHECK(u.string() == "https://example.org:8443/a/b?x=1&y=2");
  url const plain = of("http://h");
  CHECK_FALSE(plain.is_https());
  CHECK(plain.port() == "80");
  CHECK(plain.target() == "/");
  CHECK(of("https://h").port() == "443");
}

TEST_CASE("url: equal origins are written alike") {
  CHECK(again("HTTPS://GitHub.COM") == "https://github.com/");
  CHECK(again("https://github.com:443/") == "https://github.com/");
  CHECK(again("http://github.com:80/") == "http://github.com/");
  CHECK(again("https://github.com:80/") == "https://github.com:80/");
  CHECK(again("http://github.com:443/") == "http://github.com:443/");
  CHECK(again("https://github.com:0443/") == "https://github.com/");
  CHECK(again("https://github.com:08443/") == "https://github.com:8443/");
  CHECK(again("https://[FE80::ABCD]/") == "https://[fe80::abcd]/");
  CHECK(again("https://h/PATH?Query") == "https://h/PATH?Query");
  CHECK(of("https://github.com:443/").same_origin(of("https://GITHUB.com/x?y")));
  CHECK(of("https://github.com:0443/").same_origin(of("https://github.com/")));
  CHECK_FALSE(of("https://github.com/").same_origin(of("http://github.com/")));
  CHECK_FALSE(of("https://github.com/").same_origin(of("https://github.com:8443/")));
  CHECK_FALSE(of("https://github.com/").same_origin(of("https://github.com.evil.example/")));
  CHECK(of("https://a/b") == of("https://A:443/b"));
  CHECK_FALSE(of("https://a/b") == of("https://a/B"));
}

TEST_CASE("url: ports") {
  CHECK(again("https://h:1/") == "https://h:1/");
  CHECK(again("https://h:65535/") == "https://h:65535/");
  for (char const* text :
       {"https://h:0/", "https://h:65536/", "https://h:/", "https://h:99999999999999999999/",
        "https://h:-1/", "https://h:+1/", "https://h:8o/", "https://h:00/", "https://h: 1/",
        "https://h:80:80/", "https://h:443evil.example/", "https://h:443.evil.example/"}) {
    INFO(text);
    CHECK(again(text) == "none");
  }
}

TEST_CASE("url: what is none, or none of the kind we send to") {
  for (std::string_view text : {"",
                                "h",
                                "/",
                                "//h/",
                                "https:",
                                "https:/",
                                "https://",
                                "https:///",
                                "https:///path",
                                "https:h",
                                "ftp://h/",
                                "file:///etc/passwd",
                                "javascript:alert(1)",
                                "javascript://h/%0aalert(1)",
                                "data:text/html,x",
                                "ssh://h/",
                                "https://user@h/",
                                "https://user:pw@h/",
                                "https://@h/",
                                "https://:@h/",
                                "https://h/#",
                                "https://h/#fragment",
                                "https://h/a b",
                                " https://h/",
                                "https://h/ ",
                                "https://h\\@evil/",
                                "https://h/\\x",
                                "https://h/%",
                                "https://h/%zz",
                                "https://h/%2",
                                "https://h/\n",
                                "https://h\r\nX: y/",
                                "https://h\xC3\xA9/",
                                "https://h/\xC3\xA9",
                                "https://h%2Fx/",
                                "https://%65vil/",
                                "https://h/<x>",
                                "https://h/\"",
                                "https://[::1/",
                                "https://::1/",
                                "https://[::g]/",
                                "https://[fe80::1%25eth0]/",
                                "https://[]/",
                                "https://h/?a=<b>",
                                "https://h/?%"}) {
    INFO(text);
    CHECK(again(text) == "none");
  }
  CHECK(again({"https://h/\0", 11}) == "none");
  CHECK(again({"https://h\0.evil/", 16}) == "none");
}

TEST_CASE("url: addresses of version 6 in brackets") {
  url const u = of("http://[2001:DB8::1]:8080/x");
  CHECK(u.host() == "[2001:db8::1]");
  CHECK(u.hostname() == "2001:db8::1");
  CHECK(u.authority() == "[2001:db8::1]:8080");
  CHECK(u.port() == "8080");
}

TEST_CASE("url: this machine itself") {
  for (char const* text : {"http://localhost/", "http://LOCALHOST:8080/", "http://127.0.0.1/",
                           "http://127.1.2.3:1/", "http://[::1]/", "http://[::1]:8080/"})
    CHECK(of(text).is_loopback());
  for (char const* text :
       {"http://localhost.evil.example/", "http://evil.localhost.example/",
        "http://127.evil.example/", "http://128.0.0.1/", "http://0.0.0.0/", "http://1.127.0.0/",
        "http://[::]/", "http://[::2]/", "http://[::ffff:127.0.0.1]/", "http://github.com/",
        "http://127/", "http://1270.0.0.1/"}) {
    INFO(text);
    CHECK_FALSE(of(text).is_loopback());
  }
}

TEST_CASE("url: loopback is four numbers, as nothing else is an address for sure") {
  // A resolver would look such names up, with its search domains too.
  for (char const* text :
       {"http://127.0.0.1.evil.example/", "http://127.0.0.256/", "http://127.0.0.1.2/",
        "http://127.999/", "http://127..1/", "http://127.0.0./"}) {
    INFO(text);
    if (auto const u = url::parse(text)) CHECK_FALSE(u->is_loopback());
  }
}

TEST_CASE("url: a segment is any text, and stays one segment") {
  url const base = of("https://h/api");
  auto const path = [&](std::string_view segment) { return (base / segment).path(); };
  CHECK(path("repos") == "/api/repos");
  CHECK(path("a/b") == "/api/a%2Fb");
  CHECK(path("a b?c#d%e") == "/api/a%20b%3Fc%23d%25e");
  CHECK(path("%2F") == "/api/%252F");
  CHECK(path("..") == "/api/%2E%2E");
  CHECK(path(".") == "/api/%2E");
  CHECK(path("...") == "/api/...");
  CHECK(path("") == "/api/");
  CHECK(path("\xC3\xA9\n") == "/api/%C3%A9%0A");
  CHECK(path({"a\0b", 3}) == "/api/a%00b");
  CHECK(path("a:b@c") == "/api/a:b@c");
  CHECK(path("<\"'\\^`{|}>") == "/api/%3C%22'%5C%5E%60%7B%7C%7D%3E");
  CHECK((of("https://h/") / "a" / "b").string() == "https://h/a/b");
  CHECK((of("https://h/gitlab/") / "api").string() == "https://h/gitlab/api");
  CHECK((of("https://h/a?q=1") / "b").string() == "https://h/a/b?q=1");
  // What was made is well formed: it reads as the same URL.
  for (std::string_view text : {"a/b", "..", "%", "\xFF", "a b", "?#", ""})
    CHECK(url::parse((base / text).string()) == base / text);
}

TEST_CASE("url: parameters are escaped, names and values") {
  url const base = of("https://h/");
  CHECK(base.with("a", "b").string() == "https://h/?a=b");
  CHECK(base.with("a", "b").with("c", "d").query() == "a=b&c=d");
  CHECK(base.with("a&b=c", "d&e=f").query() == "a%26b%3Dc=d%26e%3Df");
  CHECK(base.with("a", "x y+z").query() == "a=x%20y%2Bz");
  CHECK(base.with("a", "").query() == "a=");
  CHECK(base.with("", "").query() == "=");
  CHECK(base.with("a", "#%/?\n\xC3\xA9").query() == "a=%23%25%2F%3F%0A%C3%A9");
  CHECK(base.with("a", "-._~09azAZ").query() == "a=-._~09azAZ");
  for (std::string_view text : {"a&b", "#", "%", "\xFF\xFE", " + ", "=", ""}) {
    url const made = base.with("q", text);
    CHECK(url::parse(made.string()) == made);
    CHECK(query_parameter(made, "q") == std::string{text});
  }
}

TEST_CASE("url: parameters are found, the first of each name") {
  url const u = of("https://h/?a=1&b=2&a=3&c&d=&e=x%26y%3Dz&%66=7");
  CHECK(query_parameter(u, "a") == "1");
  CHECK(query_parameter(u, "b") == "2");
  CHECK(query_parameter(u, "c") == "");
  CHECK(query_parameter(u, "d") == "");
  CHECK(query_parameter(u, "e") == "x&y=z");
  CHECK(query_parameter(u, "f") == "7");
  CHECK_FALSE(query_parameter(u, "g"));
  CHECK_FALSE(query_parameter(u, "A"));
  CHECK_FALSE(query_parameter(of("https://h/"), "a"));
}

TEST_CASE("url: with another query, host or path") {
  url const u = of("https://github.com:8443/a?b=c");
  CHECK(u.with_query("x=1").string() == "https://github.com:8443/a?x=1");
  CHECK(u.with_query("").string() == "https://github.com:8443/a");
  CHECK(u.with_host("api.github.com").string() == "https://api.github.com:8443/a?b=c");
  CHECK(u.with_path("/").string() == "https://github.com:8443/?b=c");
}

TEST_CASE("url: references are resolved") {
  constexpr auto base = "https://h:8443/a/b/c?q=1";
  CHECK(resolved(base, "/x") == "https://h:8443/x");
  CHECK(resolved(base, "x") == "https://h:8443/a/b/x");
  CHECK(resolved(base, "../x") == "https://h:8443/a/x");
  CHECK(resolved(base, "../../../../x") == "https://h:8443/x");
  CHECK(resolved(base, "../../../..") == "https://h:8443/");
  CHECK(resolved(base, "/../../x?y") == "https://h:8443/x?y");
  CHECK(resolved(base, "./x/./y") == "https://h:8443/a/b/x/y");
  CHECK(resolved(base, "?p=2") == "https://h:8443/a/b/c?p=2");
  CHECK(resolved(base, "") == "https://h:8443/a/b/c?q=1");
  CHECK(resolved(base, "#f") == "https://h:8443/a/b/c?q=1");
  CHECK(resolved(base, "/x#f") == "https://h:8443/x");
  CHECK(resolved(base, "https://other/y") == "https://other/y");
  CHECK(resolved(base, "http://other/y") == "http://other/y");
  CHECK(resolved(base, "//other/y") == "https://other/y");
  CHECK(resolved("https://h/", "x?y#z") == "https://h/x?y");
  for (char const* reference : {"javascript:alert(1)", "ftp://h/", "https://user@h/", "https://",
                                "//", "///x", "http://h:0/", "/a b", "/%zz", "/\n", "https:x"}) {
    INFO(reference);
    CHECK(resolved(base, reference) == "none");
  }
}

TEST_CASE("url: of megabytes") {
  std::string const long_path(1'000'000, 'p');
  CHECK(again("https://h/" + long_path) == "https://h/" + long_path);
  CHECK((of("https://h/") / std::string(100'000, ' ')).path().size() == 300'001);
}
