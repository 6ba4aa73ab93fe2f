// Servers that fail, at every step: the code, whether the server may have done it, how far it got.

#include "../support/catch.hpp"
#include "client.hpp"
#include "fixtures.hpp"
#include "scripted_server.hpp"

#include <arpa/inet.h>
#include <atomic>
#include <csignal>
#include <latch>
#include <sys/socket.h>
#include <thread>
#include <unistd.h>

using namespace transport_test;
using at::errc;
using at::outcome;
using at::progress;
using Catch::Matchers::Contains;

/// Sends a create and a safe request, each with a secret, and checks both errors.
static void check_failure(at::https_options const& options, scripted_server const& server,
                          errc code, outcome of_create, std::vector<progress> how_far,
                          std::string const& message, std::chrono::milliseconds within = 5s) {
  for (bool safe : {false, true}) {
    auto const target = url(server.url("/path?token=hush"));
    auto const got = trusting(options).send((safe ? at::http::get(target) : at::http::post(target))
                                                .header("X-Long", std::string(2000, 'x'))
                                                .authorization("Bearer", at::secret{"hush"}),
                                            within);
    REQUIRE(!got);
    CAPTURE(got.error(), safe);
    CHECK(got.error().code == code);
    CHECK(got.error().outcome == (safe ? outcome::not_applied : of_create));
    REQUIRE(got.error().progress);
    CHECK(std::count(how_far.begin(), how_far.end(), *got.error().progress) == 1);
    CHECK_THAT(got.error().message, Contains(message) && Contains(server.authority()));
    CHECK(got.error().where + '/' == server.url());
    std::string const all = to_string(got.error());
    CHECK(all.find("hush") == std::string::npos);
    CHECK(all.find("/path") == std::string::npos);
  }
}

static void check_script(scripted_server::script const& script, errc code,
                         std::vector<progress> const& how_far, std::string const& message,
                         at::https_options const& options = {},
                         std::chrono::milliseconds within = 5s) {
  SECTION("over TLS") {
    scripted_server server{script, server_certificate()};
    check_failure(options, server, code, outcome::ambiguous, how_far, message, within);
  }
  SECTION("plain") {
    scripted_server server{script};
    check_failure(options, server, code, outcome::ambiguous, how_far, message, within);
  }
}

TEST_CASE("nobody listens", "[https][failure]") {
  unsigned short port = 0;
  {
    port = scripted_server{echo}.port();
  }
  auto const got = client{}.post("http://127.0.0.1:" + std::to_string(port) + "/");
  REQUIRE(!got);
  CHECK(got.error().code == errc::connection_failed);
  CHECK(got.error().outcome == outcome::not_applied);
  CHECK(got.error().progress == progress::nothing_sent);
  CHECK(got.error().message ==
        "cannot connect to 127.0.0.1:" + std::to_string(port) + ": Connection refused");
}

TEST_CASE("a name that does not exist", "[https][failure]") {
  auto const got = client{}.post("https://nowhere.invalid/");
  REQUIRE(!got);
  CHECK((got.error().code == errc::connection_failed || got.error().code == errc::timed_out));
  CHECK(got.error().outcome == outcome::not_applied);
  CHECK_THAT(got.error().message, Contains("cannot look up nowhere.invalid:443"));
}

TEST_CASE("a name look-up that hangs ends in time", "[https][failure]") {
  auto const slow = look_up(500ms, 50ms);
  CHECK(slow.ended);
  CHECK_FALSE(slow.error.empty());
  CHECK(slow.expired);
  CHECK(slow.took < 400ms);
  auto const fine = look_up(10ms, 2000ms);
  CHECK(fine.ended);
  CHECK(fine.error.empty());
  CHECK_FALSE(fine.expired);
  CHECK(fine.addresses == 2);
  CHECK(fine.took < 1000ms);
}

TEST_CASE("a name look-up that is cancelled ends at once", "[https][failure]") {
  if (!is_asynchronous()) return; // nothing else can be cancelled
  auto const cancelled = look_up(500ms, 2000ms, 50ms);
  CHECK(cancelled.ended);
  CHECK_FALSE(cancelled.error.empty());
  CHECK_FALSE(cancelled.expired);
  CHECK(cancelled.addresses == 0);
  CHECK(cancelled.took < 400ms);
}

TEST_CASE("a connect that hangs ends in time", "[https][failure]") {
  // A listener with a full backlog drops what comes.
  int const listener = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  REQUIRE(::bind(listener, reinterpret_cast<sockaddr*>(&address), size) == 0);
  REQUIRE(::listen(listener, 0) == 0);
  ::getsockname(listener, reinterpret_cast<sockaddr*>(&address), &size);
  std::vector<int> fill;
  for (int i = 0; i < 4; ++i) {
    fill.push_back(::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK, 0));
    (void)::connect(fill.back(), reinterpret_cast<sockaddr const*>(&address), sizeof address);
  }
  auto const start = std::chrono::steady_clock::now();
  auto const got = client{at::https_options{.connect_timeout = 100ms}}.post(
      "http://127.0.0.1:" + std::to_string(ntohs(address.sin_port)) + '/');
  CHECK(std::chrono::steady_clock::now() - start < 2s);
  for (int each : fill) ::close(each);
  ::close(listener);
  REQUIRE(!got);
  CHECK(got.error().code == errc::timed_out);
  CHECK(got.error().outcome == outcome::not_applied);
  CHECK(got.error().progress == progress::nothing_sent);
  CHECK_THAT(got.error().message, Contains("cannot connect to ") && Contains("in time"));
}

TEST_CASE("a signal that the program handles breaks nothing off", "[https][failure]") {
  struct sigaction handled{}, before;
  handled.sa_handler = [](int) {};
  REQUIRE(::sigaction(SIGUSR1, &handled, &before) == 0);
  scripted_server server{[](peer& p) {
                           p.sleep(100ms); // the request does not fit into the buffers until then
                           p.read(10'000'000);
                           p.sleep(100ms);
                           p.send(reply(201));
                         },
                         server_certificate()};
  std::atomic<bool> ended{false};
  std::thread disturbing{[&, waiting = ::pthread_self()] {
    while (!ended) {
      ::pthread_kill(waiting, SIGUSR1);
      std::this_thread::sleep_for(5ms);
    }
  }};
  auto const got = trusting().post(server.url(), std::string(10'000'000, 'x'));
  ended = true;
  disturbing.join();
  ::sigaction(SIGUSR1, &before, nullptr);
  REQUIRE(got);
  CHECK(got->status() == 201);
}

TEST_CASE("a deadline that has passed sends nothing", "[https][failure]") {
  scripted_server server{echo};
  auto const got = client{}.send(at::http::post(url(server.url())), -1s);
  REQUIRE(!got);
  CHECK(got.error().code == errc::timed_out);
  CHECK(got.error().outcome == outcome::not_applied);
  CHECK(server.received().empty());
}

TEST_CASE("a handshake that hangs or breaks", "[https][failure]") {
  auto const over_https = [](scripted_server const& server) {
    return trusting({.handshake_timeout = 100ms}).post("https://" + server.authority() + '/');
  };
  SECTION("silence") {
    scripted_server server{[](peer& p) { p.wait_for_end(); }};
    auto const got = over_https(server);
    REQUIRE(!got);
    CHECK(got.error().code == errc::timed_out);
    CHECK(got.error().outcome == outcome::not_applied);
    CHECK(got.error().message ==
          "cannot finish the TLS handshake with " + server.authority() + " in time");
  }
  SECTION("reset") {
    scripted_server server{[](peer& p) {
      p.read(10);
      p.reset();
    }};
    auto const got = over_https(server);
    REQUIRE(!got);
    CHECK(got.error().code == errc::connection_failed);
    CHECK(got.error().outcome == outcome::not_applied);
    CHECK(got.error().progress == progress::nothing_sent);
  }
  SECTION("end") {
    scripted_server server{[](peer& p) {
      p.read(10);
      p.close();
      p.wait_for_end();
    }};
    auto const got = over_https(server);
    REQUIRE(!got);
    CHECK(got.error().code == errc::connection_failed);
    CHECK_THAT(got.error().message, Contains("the connection was closed"));
  }
}

TEST_CASE("a reset at each step of the request", "[https][failure]") {
  // What was in flight decides whether the client learns of it before it has sent everything.
  std::vector<progress> const sent{progress::partly_sent, progress::all_sent};
  for (std::size_t count : {std::size_t{0}, std::size_t{1}, std::size_t{1000}, std::size_t{2000}})
    DYNAMIC_SECTION("after " << count << " bytes") {
      auto const script = [count](peer& p) {
        p.read(count);
        if (count == 0) p.sleep(20ms);
        p.reset();
      };
      check_script(script, errc::connection_failed, sent, "");
    }
}

TEST_CASE("a reset of a request that is too long for the socket's buffers", "[https][failure]") {
  scripted_server server{[](peer& p) {
                           p.read(100'000);
                           p.reset();
                         },
                         server_certificate()};
  auto const got = trusting().post(server.url(), std::string(30'000'000, 'x'));
  REQUIRE(!got);
  CHECK(got.error().code == errc::connection_failed);
  CHECK(got.error().outcome == outcome::ambiguous);
  CHECK(got.error().progress == progress::partly_sent);
  CHECK_THAT(got.error().message, Contains("cannot send the request to " + server.authority()));
}

TEST_CASE("a server that does not take the request", "[https][failure]") {
  std::latch given_up{1};
  scripted_server server{[&](peer&) { given_up.wait(); }};
  auto const got = client{at::https_options{.total_timeout = 1s}}.post(
      server.url(), std::string(30'000'000, 'x'));
  given_up.count_down();
  REQUIRE(!got);
  CHECK(got.error().code == errc::timed_out);
  CHECK(got.error().outcome == outcome::ambiguous);
  CHECK(got.error().progress == progress::partly_sent);
}

static scripted_server::script replying(std::string const& text, bool reset) {
  return [text, reset](peer& p) {
    p.read_request();
    p.send(text);
    p.sleep(20ms);
    reset ? p.reset() : p.close();
    if (!reset) p.wait_for_end();
  };
}

TEST_CASE("a connection that ends in the reply", "[https][failure]") {
  bool const reset = GENERATE(true, false);
  std::string const whole = reply(200, std::string(1000, 'x'), "X-A: b\r\n");
  SECTION("before it") {
    check_script(replying("", reset), errc::connection_failed, {progress::all_sent},
                 "no reply from");
  }
  for (std::size_t count : {std::size_t{1}, std::size_t{16}, std::size_t{30}, std::size_t{500}})
    DYNAMIC_SECTION("after " << count << " bytes") {
      check_script(replying(whole.substr(0, count), reset),
                   reset ? errc::connection_failed : errc::bad_reply, {progress::reply_begun},
                   reset ? "broke off" : "ends too early");
    }
}

TEST_CASE("a reply that only TLS could end, cut off without close_notify", "[https][failure]") {
  scripted_server server{[](peer& p) {
                           p.read_request();
                           p.send("HTTP/1.1 200 OK\r\n\r\nhalf of");
                           p.close_without_notify();
                           p.wait_for_end();
                         },
                         server_certificate()};
  check_failure({}, server, errc::connection_failed, outcome::ambiguous, {progress::reply_begun},
                "broke off");
}

TEST_CASE("a whole reply needs no close_notify", "[https]") {
  scripted_server server{[](peer& p) {
                           p.read_request();
                           p.send(reply(200, "whole"));
                           p.close_without_notify();
                           p.wait_for_end();
                         },
                         server_certificate()};
  auto const client = trusting();
  CHECK(client.get(server.url()));
  CHECK(client.get(server.url()));
}

TEST_CASE("replies that take too long", "[https][failure]") {
  SECTION("silence") {
    check_script([](peer& p) { p.wait_for_end(); }, errc::timed_out, {progress::all_sent},
                 "did not reply in time", {}, 500ms);
  }
  SECTION("drops, each of which comes in time") {
    check_script(
        [](peer& p) {
          p.read_request();
          p.send("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n");
          while (p.send("x")) p.sleep(10ms);
        },
        errc::timed_out, {progress::reply_begun}, "did not end its reply in time",
        {.total_timeout = 600ms});
  }
}

TEST_CASE("replies that are no HTTP or too large", "[https][failure]") {
  std::vector<progress> const begun{progress::reply_begun};
  auto const then_wait = [](std::string text) {
    return [text = std::move(text)](peer& p) {
      p.read_request();
      p.send(text);
      p.wait_for_end();
    };
  };
  SECTION("another protocol") {
    check_script(then_wait("220 mail.example ESMTP\r\n"), errc::bad_reply, begun, "is no HTTP");
  }
  SECTION("a header without an end") {
    check_script(
        [](peer& p) {
          p.read_request();
          p.send("HTTP/1.1 200 OK\r\n");
          while (p.send("X-Another: and on it goes\r\n")) {
          }
        },
        errc::bad_reply, begun, "has a header of more than 65536 bytes");
  }
  SECTION("a line without an end") {
    check_script(
        [](peer& p) {
          p.read_request();
          p.send("HTTP/1.1 200 ");
          while (p.send(std::string(1000, 'x'))) {
          }
        },
        errc::bad_reply, begun, "has a header of more than 65536 bytes");
  }
  SECTION("an announced 100 MB") {
    check_script(then_wait("HTTP/1.1 200 OK\r\nContent-Length: 104857600\r\n\r\n"), errc::bad_reply,
                 begun, "is larger than 8388608 bytes");
  }
  SECTION("switching protocols") {
    check_script(then_wait("HTTP/1.1 101 Switching Protocols\r\n\r\n"), errc::bad_reply, begun,
                 "is no HTTP");
  }
  SECTION("1xx without an end") {
    check_script(
        [](peer& p) {
          p.read_request();
          while (p.send("HTTP/1.1 102 Processing\r\n\r\n")) {
          }
        },
        errc::bad_reply, begun, "is no HTTP");
  }
  SECTION("lengths that contradict each other") {
    check_script(then_wait("HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab"),
                 errc::bad_reply, begun, "is no HTTP");
  }
  SECTION("a chunk size that overflows") {
    check_script(then_wait("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"
                           "fffffffffffffffff\r\nx"),
                 errc::bad_reply, begun, "is no HTTP");
  }
}

TEST_CASE("100 MB in chunks are not read to their end", "[https][failure]") {
  std::atomic<std::size_t> taken = 0;
  {
    scripted_server server{[&](peer& p) {
      p.read_request();
      p.send("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
      std::string const chunk = "10000\r\n" + std::string(65536, 'x') + "\r\n";
      for (int i = 0; i < 1600 && p.send(chunk); ++i) taken += chunk.size();
    }};
    auto const got = client{}.get(server.url());
    REQUIRE(!got);
    CHECK(got.error().code == errc::bad_reply);
  }
  CHECK(taken < 50'000'000);
}

TEST_CASE("http goes to this machine alone, unless that is allowed", "[https][options]") {
  auto const got = client{}.post("http://tickets.example/path?token=hush");
  REQUIRE(!got);
  CHECK(got.error().code == errc::invalid_settings);
  CHECK(got.error().outcome == outcome::rejected);
  CHECK(got.error().progress == progress::nothing_sent);
  CHECK(to_string(got.error()).find("hush") == std::string::npos);
  auto const allowed =
      client{at::https_options{.allow_plain_http = true}}.post("http://nowhere.invalid/");
  REQUIRE(!allowed);
  CHECK(allowed.error().code != errc::invalid_settings);
}

TEST_CASE("what would break out of a header is not sent", "[https][options]") {
  scripted_server server{echo};
  auto const bad_name = at::http::get(url(server.url())).header("X\r\nEvil", "y");
  auto const bad_query = at::http::get(url(server.url()).with_query("a HTTP/1.1\r\nEvil: y"));
  for (auto const& request : {bad_name, bad_query}) {
    auto const got = client{}.send(request);
    REQUIRE(!got);
    CHECK(got.error().outcome == outcome::rejected);
  }
  CHECK(server.connections() == 0);
}
