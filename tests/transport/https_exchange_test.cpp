// What a transport does with servers that work: requests as they are sent, replies as they are
// read, connections that are kept.

#include "../support/catch.hpp"
#include "client.hpp"
#include "fixtures.hpp"
#include "scripted_server.hpp"

#include <thread>

using namespace transport_test;

TEST_CASE("a request goes out as written and the reply comes back whole", "[https]") {
  scripted_server server{always(reply(201, "made", "X-A: 1\r\nx-a: 2\r\n")), server_certificate()};
  auto const got = trusting().send(at::http::post(url(server.url("/a/b?c=d")))
                                       .header("Accept", "x/y")
                                       .authorization("Bearer", at::secret{"hush"}));
  REQUIRE(got);
  CHECK(got->status() == 201);
  CHECK(got->body() == "made");
  CHECK(got->header("X-a") == "1");
  CHECK(got->headers().size() == 3);
  CHECK(server.received() == "POST /a/b?c=d HTTP/1.1\r\nHost: " + server.authority() +
                                 "\r\nUser-Agent: argus_ticket/" + std::string{at::version} +
                                 "\r\nAccept: x/y\r\nAuthorization: Bearer hush\r\n"
                                 "Content-Length: 0\r\n\r\n");
}

TEST_CASE("what a request says of its framing is left out, its User-Agent is kept", "[https]") {
  scripted_server server{always(reply(200))};
  auto const request = at::http::get(url(server.url()))
                           .header("Transfer-Encoding", "chunked")
                           .header("content-length", "7")
                           .header("User-Agent", "mine")
                           .header("Host", "evil");
  REQUIRE(client{}.send(request));
  CHECK(server.received() ==
        "GET / HTTP/1.1\r\nHost: " + server.authority() + "\r\nUser-Agent: mine\r\n\r\n");
}

TEST_CASE("one handshake serves many requests", "[https]") {
  scripted_server server{echo, server_certificate()};
  auto const client = trusting();
  for (int i = 0; i < 10; ++i) REQUIRE(client.get(server.url("/" + std::to_string(i))));
  CHECK(server.handshakes() == 1);
  auto const copy = client;
  REQUIRE(copy.get(server.url()));
  CHECK(server.connections() == 1);
  client.close_idle();
  REQUIRE(client.get(server.url()));
  CHECK(server.connections() == 2);
}

TEST_CASE("connections are not kept where that is not wanted", "[https]") {
  SECTION("by the server") {
    scripted_server server{[](peer& p) {
                             p.read_request();
                             p.send(reply(200, "x", "Connection: close\r\n"));
                             p.wait_for_end();
                           },
                           server_certificate()};
    auto const client = trusting();
    REQUIRE(client.get(server.url()));
    REQUIRE(client.get(server.url()));
    CHECK(server.connections() == 2);
  }
  SECTION("by the options") {
    scripted_server server{echo};
    client const client{at::https_options{.max_idle_connections = 0}};
    REQUIRE(client.get(server.url()));
    REQUIRE(client.get(server.url()));
    CHECK(server.connections() == 2);
  }
  SECTION("after the idle time") {
    scripted_server server{echo};
    client const client{at::https_options{.idle_timeout = 50ms}};
    REQUIRE(client.get(server.url()));
    std::this_thread::sleep_for(80ms);
    REQUIRE(client.get(server.url()));
    CHECK(server.connections() == 2);
  }
}

TEST_CASE("a kept connection that the server has closed is replaced, even for creates", "[https]") {
  bool const tls = GENERATE(true, false);
  int const served = GENERATE(1, 4); // however often it was used before
  auto const script = [served](peer& p) {
    for (int i = 0; i < served; ++i) {
      p.read_request();
      p.send(reply(200, "x"));
    }
    p.close();
    p.wait_for_end();
  };
  auto const server = tls ? std::make_unique<scripted_server>(script, server_certificate())
                          : std::make_unique<scripted_server>(script);
  auto const client = trusting();
  auto const use_up = [&] {
    for (int i = 1; i < served; ++i) REQUIRE(client.get(server->url()));
    std::this_thread::sleep_for(50ms);
  };
  REQUIRE(client.get(server->url()));
  use_up();
  REQUIRE(client.post(server->url()));
  use_up();
  REQUIRE(client.get(server->url()));
  CHECK(server->connections() == 3);
}

TEST_CASE("a kept connection with bytes nobody asked for is replaced", "[https]") {
  scripted_server server{[](peer& p) {
    p.read_request();
    p.send(reply(200, "x"));
    p.sleep(30ms);
    p.send(reply(200, "a reply to no request"));
    p.wait_for_end();
  }};
  client const client;
  REQUIRE(client.get(server.url()));
  std::this_thread::sleep_for(60ms);
  auto const second = client.get(server.url());
  REQUIRE(second);
  CHECK(second->body() == "x");
}

TEST_CASE("a kept connection that dies under a request", "[https]") {
  // The first connection answers once and dies on the second request; the others work.
  scripted_server server{[](peer& p) {
                           if (p.index() > 0) return echo(p);
                           p.read_request();
                           p.send(reply(200, "x"));
                           p.read_request();
                           p.reset();
                         },
                         server_certificate()};
  auto const client = trusting();
  REQUIRE(client.get(server.url()));
  SECTION("safe requests are sent again") {
    REQUIRE(client.get(server.url("/again")));
    CHECK(server.connections() == 2);
  }
  SECTION("idempotent requests are sent again") {
    REQUIRE(client.send(at::http::put(url(server.url("/again")))));
    CHECK(server.connections() == 2);
  }
  SECTION("creates are not") {
    auto const got = client.post(server.url());
    REQUIRE(!got);
    CHECK(got.error().code == at::errc::connection_failed);
    CHECK(got.error().outcome == at::outcome::ambiguous);
    CHECK(got.error().progress == at::progress::all_sent);
    CHECK(server.connections() == 1);
  }
}

TEST_CASE("replies in every framing", "[https]") {
  struct {
    std::string text;
    int status;
    std::string body;
  } const all[] = {
      {"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n",
       200, "abcde"},
      {"HTTP/1.1 204 No Content\r\n\r\n", 204, ""},
      {"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", 304, ""},
      {"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 103 Early Hints\r\nLink: <x>\r\n\r\n"
       "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok",
       200, "ok"},
      {"HTTP/1.1 500 \r\nContent-Length: 0\r\n\r\n", 500, ""},
      {"HTTP/1.0 200 OK\r\n\r\nto the end", 200, "to the end"},
  };
  for (auto const& each : all) {
    CAPTURE(each.text);
    scripted_server server{[&](peer& p) {
                             p.read_request();
                             for (char c : each.text) p.send(std::string(1, c));
                             p.close();
                             p.wait_for_end();
                           },
                           server_certificate()};
    auto const got = trusting().get(server.url());
    REQUIRE(got);
    CHECK(got->status() == each.status);
    CHECK(got->body() == each.body);
    for (std::size_t piece : {std::size_t{1}, std::size_t{7}, each.text.size()}) {
      auto const read = read_reply(each.text, piece, true);
      CHECK(read.problem.empty());
      CHECK(read.done);
      CHECK(read.body == each.body);
    }
  }
}

TEST_CASE("an early reply to a request that is not read whole is a reply", "[https]") {
  bool const tls = GENERATE(true, false);
  auto const script = [](peer& p) {
    p.read(1000);
    p.send(reply(413, "too large", "Connection: close\r\n"));
    p.sleep(100ms);
    p.reset();
  };
  auto const server = tls ? std::make_unique<scripted_server>(script, server_certificate())
                          : std::make_unique<scripted_server>(script);
  auto const got = trusting().post(server->url(), std::string(30'000'000, 'x'));
  REQUIRE(got);
  CHECK(got->status() == 413);
}

TEST_CASE("many threads share a transport", "[https][threads]") {
  scripted_server server{echo, server_certificate()};
  auto const client = trusting();
  std::atomic<int> right = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 20; ++i) {
        std::string const path = '/' + std::to_string(t) + '/' + std::to_string(i);
        auto const got = client.get(server.url(path));
        if (got && got->body() == "GET " + path + " HTTP/1.1") ++right;
      }
    });
  for (std::thread& each : threads) each.join();
  CHECK(right == 160);
  CHECK(server.connections() <= 8);
}

TEST_CASE("a server that stands behind a name is found", "[https]") {
  scripted_server server{echo, server_certificate()};
  CHECK(trusting().get(server.url_by_name()));
}
