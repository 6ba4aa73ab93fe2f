// The server on its socket: TLS, keep-alive, broken replies, bad bytes.
#include "../support/catch.hpp"
#include "connection.hpp"

#include <thread>

using namespace tracker_tests;

namespace {

bool accepted(server_options options) {
  server s{std::move(options)};
  return connection{s.port(), s.ca_pem()}.handshake();
}

} // namespace

TEST_CASE("one connection serves many requests", "[tracker][sockets]") {
  server s;
  populate(s);
  CHECK(s.endpoint() == "https://127.0.0.1:" + std::to_string(s.port()) + "/");
  connection c{s.port(), s.ca_pem()};
  REQUIRE(c.handshake());
  for (int i = 0; i < 50; ++i) REQUIRE(c.get("/api/v3/user").starts_with("HTTP/1.1 200 OK\r\n"));
  CHECK(c.get("/argus/incidents/issues").find("<!DOCTYPE html>") != std::string::npos);
  CHECK(s.connections() == 1);
  CHECK(s.api().statistics().total == 50);
}

TEST_CASE("only a good certificate is accepted by a good client", "[tracker][sockets]") {
  auto const now = std::chrono::system_clock::now();
  std::chrono::hours const day{24};
  CHECK(accepted({}));
  CHECK_FALSE(accepted({.leaf = {.not_before = now - 2 * day, .not_after = now - day}}));
  CHECK_FALSE(accepted({.leaf = {.not_before = now + day, .not_after = now + 2 * day}}));
  CHECK_FALSE(accepted({.leaf = {.names = {"DNS:other.example.test"}}}));
  CHECK_FALSE(accepted({.leaf = {.self_signed = true}}));
  server s;
  CHECK_FALSE(connection{s.port(), certificate_authority{}.pem()}.handshake());
}

TEST_CASE("TLS versions and client certificates", "[tracker][sockets]") {
  {
    server old{{.tls_min = tls_version::v1_1, .tls_max = tls_version::v1_1}};
    CHECK_FALSE(connection(old.port(), old.ca_pem()).handshake());
    connection weak{old.port(), old.ca_pem()};
    SSL* ssl = nullptr;
    BIO_get_ssl(weak.bio.get(), &ssl);
    SSL_set_min_proto_version(ssl, TLS1_1_VERSION);
    SSL_set_security_level(ssl, 0);
    SSL_set_cipher_list(ssl, "ALL:@SECLEVEL=0");
    CHECK(weak.handshake());
    CHECK(weak.version() == "TLSv1.1");
  }
  certificate_authority const clients{"clients"};
  server s{{.client_ca_pem = clients.pem()}};
  populate(s);
  certificate const mine = clients.issue({.common_name = "me", .names = {}, .for_client = true});
  certificate const foreign =
      certificate_authority{"clients"}.issue({.names = {}, .for_client = true});
  connection good{s.port(), s.ca_pem(), &mine};
  REQUIRE(good.handshake());
  CHECK(good.get("/api/v3/user").starts_with("HTTP/1.1 200 OK\r\n"));
  // With TLS 1.3 the client learns of the refusal only when it reads.
  connection none{s.port(), s.ca_pem()};
  CHECK((!none.handshake() || none.get("/api/v3/user").empty()));
  connection wrong{s.port(), s.ca_pem(), &foreign};
  CHECK((!wrong.handshake() || wrong.get("/api/v3/user").empty()));
}

TEST_CASE("replies that are lost, broken off or late", "[tracker][sockets]") {
  server s;
  populate(s);
  auto const once = [&](response answer) {
    s.api().set_next_responses({std::move(answer)});
    connection c{s.port(), s.ca_pem()};
    REQUIRE(c.handshake());
    return c.get("/api/v3/user");
  };
  CHECK(once({.status = 200, .headers = {}, .body = {}, .drop = true}).empty());
  std::string const cut =
      once({.status = 200, .headers = {}, .body = "0123456789", .cut_after = 4});
  CHECK(cut.find("Content-Length: 10\r\n") != std::string::npos);
  CHECK(cut.ends_with("\r\n\r\n0123"));
  auto const start = std::chrono::steady_clock::now();
  CHECK(once({.status = 503, .headers = {}, .body = {}, .delay = std::chrono::milliseconds{50}})
            .starts_with("HTTP/1.1 503"));
  CHECK(std::chrono::steady_clock::now() - start >= std::chrono::milliseconds{50});
  // One that waits must not hold up the server's end.
  s.api().set_next_responses(
      {{.status = 200, .headers = {}, .body = {}, .delay = std::chrono::hours{1}}});
  connection c{s.port(), s.ca_pem()};
  REQUIRE(c.handshake());
  c.send("GET /api/v3/user HTTP/1.1\r\nUser-Agent: t\r\n\r\n");
}

TEST_CASE("bytes that are no request do no harm", "[tracker][sockets]") {
  server s{{.header_limit = 4096, .body_limit = 1000}};
  populate(s);
  auto const answer = [&](std::string const& bytes) {
    connection c{s.port(), s.ca_pem()};
    REQUIRE(c.handshake());
    c.send(bytes);
    return c.receive().substr(0, 12);
  };
  CHECK(answer("GARBAGE\r\n\r\n") == "HTTP/1.1 400");
  CHECK(answer("GET / HTTP/1.1\r\nX: " + std::string(5000, 'x') + "\r\n\r\n") == "HTTP/1.1 431");
  CHECK(answer("POST /api/v3/user HTTP/1.1\r\nContent-Length: 1001\r\n\r\n") == "HTTP/1.1 413");
  CHECK(answer("POST /api/v3/user HTTP/1.1\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n") ==
        "HTTP/1.1 400");
  CHECK(answer("POST /api/v3/user HTTP/1.1\r\nExpect: 100-continue\r\nContent-Length: 2\r\n\r\n") ==
        "HTTP/1.1 100");
  CHECK(answer("GET /api/v3/user HTTP/1.0\r\n\r\n") == "HTTP/1.0 403");
}

TEST_CASE("a taken port is an error, and its end frees it", "[tracker][sockets]") {
  unsigned short port = 0;
  {
    server s;
    port = s.port();
    CHECK_THROWS(server{{.port = port}});
  }
  CHECK(server{{.port = port}}.port() == port);
}

TEST_CASE("requests at the same time, each until its reply has ended", "[tracker][sockets]") {
  server s{{.api = {.limits = {.concurrent = 1}}}};
  populate(s);
  s.api().set_reply_hook([](request const& asked, response& answer) {
    if (asked.target == "/api/v3/user") answer.delay = std::chrono::hours{1};
  });
  connection other{s.port(), s.ca_pem()};
  REQUIRE(other.handshake());
  CHECK(other.get("/api/v3/repos/argus/incidents").starts_with("HTTP/1.1 200"));
  {
    connection waits{s.port(), s.ca_pem()};
    REQUIRE(waits.handshake());
    waits.send("GET /api/v3/user HTTP/1.1\r\nUser-Agent: t\r\nAuthorization: Bearer T\r\n\r\n");
    while (s.api().statistics().total < 2) std::this_thread::yield();
    CHECK(other.get("/api/v3/repos/argus/incidents").starts_with("HTTP/1.1 403"));
  }
  CHECK(s.api().statistics().violations.concurrent == 1);
}
