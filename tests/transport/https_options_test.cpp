// Options and proxies, without sockets.

#include "../support/catch.hpp"

#include <argus_ticket/http/url.hpp>
#include <argus_ticket/transport/detail/proxy.hpp>
#include <argus_ticket/transport/https_options.hpp>

#include <cstdlib>

namespace at = argus_ticket;
namespace https = argus_ticket::detail::https;
using namespace std::chrono_literals;

TEST_CASE("the default options are right", "[options]") {
  CHECK(problems_of(at::https_options{}).empty());
  CHECK(at::https_options{}.user_agent == "argus_ticket/0.1.0");
}

TEST_CASE("every problem is told", "[options]") {
  at::https_options bad{.client_certificate_file = "x.pem",
                        .connect_timeout = 0ms,
                        .handshake_timeout = -1ms,
                        .total_timeout = 25h,
                        .idle_timeout = 0ms,
                        .header_limit = 0,
                        .body_limit = 0,
                        .max_redirects = -1,
                        .user_agent = "a\r\nb",
                        .proxy = at::secret{"https://me:hush@proxy:1"}};
  auto const problems = problems_of(bad);
  std::vector<std::string> where;
  for (auto const& each : problems) {
    where.push_back(each.where.substr(each.where.find('.') + 1));
    CHECK(each.what.find("hush") == std::string::npos);
  }
  CHECK(where == std::vector<std::string>{"client_key_file", "connect_timeout", "handshake_timeout",
                                          "total_timeout", "idle_timeout", "header_limit",
                                          "body_limit", "max_redirects", "user_agent", "proxy"});
}

TEST_CASE("a secret that could not be read is a problem", "[options]") {
  at::https_options options;
  options.proxy = at::secret::from_environment("ARGUS_TICKET_TEST_NOT_SET");
  REQUIRE(problems_of(options).size() == 1);
  CHECK(problems_of(options)[0].where == "https_options.proxy");
}

TEST_CASE("proxies are read", "[options][proxy]") {
  struct {
    char const* text;
    char const* peer;
    char const* authorization;
  } const good[] = {
      {"http://proxy.example:3128", "proxy.example:3128", ""},
      {"proxy.example:3128/", "proxy.example:3128", ""},
      {"http://proxy.example", "proxy.example:80", ""},
      {"HTTP://[::1]:8080", "[::1]:8080", ""},
      {"http://Aladdin:open%20sesame@p:1", "p:1", "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="},
      {"user@p:1", "p:1", "Basic dXNlcjo="}};
  for (auto const& each : good) {
    CAPTURE(each.text);
    auto const read = https::parse_proxy(at::secret{each.text});
    REQUIRE(read);
    CHECK(read->peer() == each.peer);
    CHECK(read->authorization.expose() == each.authorization);
  }
  for (char const* bad :
       {"", "https://p:1", "socks5://p:1", "http://", "http://p:0", "http://p:99999",
        "http://p:1/path", "http://p:1?q", "http://p q:1", "http://p:x"}) {
    CAPTURE(bad);
    CHECK(!https::parse_proxy(at::secret{bad}));
  }
}

TEST_CASE("no_proxy", "[options][proxy]") {
  auto const matches = [](char const* entry, char const* url) {
    return https::matches_no_proxy(entry, at::http::url::parse(url).value());
  };
  CHECK(matches("*", "https://a.example/"));
  CHECK(matches("example.org", "https://example.org/"));
  CHECK(matches("example.org", "https://sub.example.org/"));
  CHECK(matches(".example.org", "https://sub.example.org/"));
  CHECK(matches("*.example.org", "https://sub.example.org/"));
  CHECK(matches("EXAMPLE.org", "https://Example.ORG/"));
  CHECK(!matches("example.org", "https://badexample.org/"));
  CHECK(!matches("example.org", "https://example.org.evil/"));
  CHECK(!matches("sub.example.org", "https://example.org/"));
  CHECK(!matches("", "https://example.org/"));
  CHECK(!matches(".", "https://example.org/"));
  CHECK(matches("example.org:8443", "https://example.org:8443/"));
  CHECK(!matches("example.org:8443", "https://example.org/"));
  CHECK(matches("example.org:443", "https://example.org/"));
  CHECK(matches("10.0.0.1", "https://10.0.0.1/"));
  CHECK(!matches("0.0.1", "https://10.0.0.10/"));
  CHECK(matches("[2001:db8::1]", "https://[2001:db8::1]/"));
  CHECK(matches("2001:db8::1", "https://[2001:db8::1]/"));
  CHECK(matches("[2001:db8::1]:8443", "https://[2001:db8::1]:8443/"));
  CHECK(!matches("[2001:db8::1]:8443", "https://[2001:db8::1]/"));
  CHECK(https::split_no_proxy(" a, b,,c d ") == std::vector<std::string>{"a", "b", "c", "d"});
}

TEST_CASE("the proxy comes from the environment", "[options][proxy]") {
  for (char const* name : {"HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"}) ::unsetenv(name);
  at::https_options options;
  CHECK(options.proxy_from_environment().proxy.empty());
  ::setenv("https_proxy", "http://me:hush@lower:1", 1);
  ::setenv("NO_PROXY", "a.example,b.example", 1);
  options.proxy_from_environment();
  CHECK(options.proxy.expose() == "http://me:hush@lower:1");
  CHECK(options.no_proxy == std::vector<std::string>{"a.example", "b.example"});
  ::setenv("HTTPS_PROXY", "http://upper:1", 1);
  CHECK(options.proxy_from_environment().proxy.expose() == "http://upper:1");
  CHECK(https::goes_by_proxy(options, at::http::url::parse("https://c.example/").value()));
  CHECK(!https::goes_by_proxy(options, at::http::url::parse("https://x.a.example/").value()));
  CHECK(!https::goes_by_proxy(options, at::http::url::parse("https://localhost/").value()));
  options.proxy_loopback = true;
  CHECK(https::goes_by_proxy(options, at::http::url::parse("https://localhost/").value()));
  for (char const* name : {"HTTPS_PROXY", "https_proxy", "NO_PROXY", "no_proxy"}) ::unsetenv(name);
}
