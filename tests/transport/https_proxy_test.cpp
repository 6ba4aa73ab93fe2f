// Requests by a proxy: what it sees, and what it does not.

#include "../support/catch.hpp"
#include "client.hpp"
#include "fixtures.hpp"
#include "scripted_server.hpp"

using namespace transport_test;
using Catch::Matchers::Contains;

static at::https_options by(scripted_server const& proxy, std::string const& user = {}) {
  at::https_options options;
  options.proxy = at::secret{"http://" + user + proxy.authority()};
  options.proxy_loopback = true;
  return options;
}

static scripted_server::script tunnelling(scripted_server const& to) {
  return [&to](peer& p) {
    p.read_request();
    p.send("HTTP/1.1 200 Connection established\r\n\r\n");
    p.tunnel(to.port());
  };
}

TEST_CASE("https goes through the proxy's tunnel", "[https][proxy]") {
  scripted_server server{echo, server_certificate()};
  scripted_server proxy{tunnelling(server)};
  auto const client = trusting(by(proxy, "me:p%40ss@"));
  for (int i = 0; i < 3; ++i)
    REQUIRE(client.send(at::http::post(url(server.url("/secret-path")))
                            .authorization("Bearer", at::secret{"hush"})));
  CHECK(proxy.connections() == 1);
  CHECK(server.handshakes() == 1);
  std::string const seen = proxy.received();
  CHECK_THAT(seen, Catch::StartsWith("CONNECT " + server.authority() +
                                     " HTTP/1.1\r\nHost: " + server.authority() + "\r\n"));
  CHECK_THAT(seen, Contains("Proxy-Authorization: Basic bWU6cEBzcw==\r\n"));
  CHECK(seen.find("hush") == std::string::npos);
  CHECK(seen.find("secret-path") == std::string::npos);
  CHECK(server.received().find("Proxy-") == std::string::npos);
}

TEST_CASE("the certificate is checked through the tunnel too", "[https][proxy]") {
  scripted_server server{echo, server_certificate({.names = {"IP:127.0.0.9"}})};
  scripted_server proxy{tunnelling(server)};
  auto const got = trusting(by(proxy)).post(server.url());
  REQUIRE(!got);
  CHECK(got.error().code == at::errc::tls_failed);
  CHECK(got.error().outcome == at::outcome::rejected);
}

TEST_CASE("a proxy that refuses", "[https][proxy]") {
  auto const refusal = [](std::string const& text) {
    scripted_server proxy{always(text)};
    auto options = by(proxy, "me:hush@");
    options.connect_timeout = 1s;
    auto const got = trusting(options).post("https://tickets.example/secret-path");
    REQUIRE(!got);
    CAPTURE(got.error());
    CHECK(got.error().outcome == at::outcome::not_applied);
    CHECK(got.error().progress == at::progress::nothing_sent);
    CHECK(got.error().where == "https://tickets.example");
    CHECK_THAT(got.error().message,
               Contains("tickets.example:443 by the proxy " + proxy.authority()));
    CHECK(to_string(got.error()).find("hush") == std::string::npos);
    return got.error();
  };
  SECTION("the credentials") {
    auto const e = refusal(reply(407, "no"));
    CHECK(e.code == at::errc::connection_failed);
    CHECK_THAT(e.message, Contains("HTTP 407"));
  }
  SECTION("the host") { CHECK_THAT(refusal(reply(403, "no")).message, Contains("(HTTP 403)")); }
  SECTION("with what is no HTTP") {
    CHECK(refusal("SSH-2.0\r\n").code == at::errc::connection_failed);
  }
  SECTION("with more than it should say") {
    CHECK(refusal("HTTP/1.1 200 OK\r\n\r\nmore").code == at::errc::connection_failed);
  }
  SECTION("with silence") { CHECK(refusal("").code == at::errc::timed_out); }
}

TEST_CASE("a proxy that is not there", "[https][proxy]") {
  at::https_options options;
  options.proxy = at::secret{"me:hush@127.0.0.1:1"};
  auto const got = client{options}.post("https://tickets.example/");
  REQUIRE(!got);
  CHECK(got.error().code == at::errc::connection_failed);
  CHECK(got.error().outcome == at::outcome::not_applied);
  CHECK(got.error().message == "cannot connect to the proxy 127.0.0.1:1: Connection refused");
}

TEST_CASE("plain http is given to the proxy itself", "[https][proxy]") {
  scripted_server proxy{echo};
  auto options = by(proxy, "me:pass@");
  options.allow_plain_http = true;
  auto const got = client{options}.get("http://tickets.example/a?b");
  REQUIRE(got);
  CHECK(got->body() == "GET http://tickets.example/a?b HTTP/1.1");
  CHECK_THAT(proxy.received(), Contains("\r\nHost: tickets.example\r\n") &&
                                   Contains("Proxy-Authorization: Basic bWU6cGFzcw==\r\n"));
}

TEST_CASE("some hosts are reached without the proxy", "[https][proxy]") {
  scripted_server server{echo, server_certificate()};
  scripted_server proxy{tunnelling(server)};
  auto options = by(proxy);
  SECTION("by no_proxy") { options.no_proxy = {"127.0.0.1"}; }
  SECTION("this machine") { options.proxy_loopback = false; }
  CHECK(trusting(options).get(server.url()));
  CHECK(proxy.connections() == 0);
}
