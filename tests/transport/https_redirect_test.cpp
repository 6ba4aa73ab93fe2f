// Redirects over real sockets; the rules themselves are in redirect_test.cpp.

#include "../support/catch.hpp"
#include "client.hpp"
#include "fixtures.hpp"
#include "scripted_server.hpp"

#include <boost/json/value.hpp>

using namespace transport_test;

static scripted_server::script leading_to(int status, std::string const& location) {
  return [=](peer& p) {
    for (std::string request; !(request = p.read_request()).empty();) {
      bool const there = request.find(" /there ") != std::string::npos;
      p.send(there ? reply(200, request.substr(0, request.find(' ')) +
                                    request.substr(request.find("\r\n\r\n") + 4))
                   : reply(status, "", "Location: " + location + "\r\n"));
    }
  };
}

TEST_CASE("redirects on the same host are followed over the same connection", "[https][redirect]") {
  scripted_server server{leading_to(307, "/there"), server_certificate()};
  auto const got = trusting().send(at::http::post(url(server.url("/here")))
                                       .authorization("Bearer", at::secret{"hush"})
                                       .json("body"));
  REQUIRE(got);
  CHECK(got->body() == "POST\"body\"");
  CHECK(server.connections() == 1);
}

TEST_CASE("credentials do not go to another host", "[https][redirect]") {
  scripted_server other{echo, server_certificate()};
  scripted_server server{leading_to(302, other.url("/there")), server_certificate()};
  auto const got =
      trusting().send(at::http::get(url(server.url())).authorization("Bearer", at::secret{"hush"}));
  REQUIRE(!got);
  CHECK(got.error().code == at::errc::redirect_refused);
  CHECK(got.error().outcome == at::outcome::rejected);
  CHECK(other.connections() == 0);
  CHECK(trusting().get(server.url())); // without credentials it may
  CHECK(other.connections() == 1);
}

TEST_CASE("https does not lead to http", "[https][redirect]") {
  scripted_server plain{echo};
  scripted_server server{leading_to(301, plain.url("/there")), server_certificate()};
  auto const got = trusting().get(server.url());
  REQUIRE(!got);
  CHECK(got.error().code == at::errc::redirect_refused);
  CHECK(plain.connections() == 0);
}

TEST_CASE("redirects end", "[https][redirect]") {
  scripted_server server{[](peer& p) {
    for (int i = 0; !p.read_request().empty(); ++i)
      p.send(reply(302, "", "Location: /" + std::to_string(i) + "\r\n"));
  }};
  auto const got = client{}.get(server.url("/start"));
  REQUIRE(!got);
  CHECK(got.error().code == at::errc::redirect_refused);
  CHECK(got.error().message ==
        "more than 5 redirects, the last one to http://" + server.authority());
  CHECK(server.connections() == 1);
}

TEST_CASE("http to another machine is not reached by a redirect", "[https][redirect]") {
  scripted_server server{leading_to(301, "http://tickets.example/")};
  auto const got = client{}.get(server.url());
  REQUIRE(!got);
  CHECK(got.error().code == at::errc::invalid_settings);
}
