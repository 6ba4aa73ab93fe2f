// Who is trusted, and that no byte of a request goes to anybody else.

#include "../support/catch.hpp"
#include "client.hpp"
#include "fixtures.hpp"
#include "scripted_server.hpp"

#include <openssl/bio.h>
#include <openssl/evp.h>
#include <openssl/pem.h>

#include <filesystem>
#include <fstream>
#include <memory>

using namespace transport_test;
using Catch::Matchers::Contains;

namespace transport_test {

struct tls_refusal {
  local_tracker::leaf_options leaf;
  std::string message; ///< a part of it
};

} // namespace transport_test

TEST_CASE("certificates that are not right are refused before a byte is sent", "[https][tls]") {
  auto const now = std::chrono::system_clock::now();
  auto const check = [](tls_refusal const& each, bool by_name) {
    CAPTURE(each.message);
    scripted_server server{echo, server_certificate(each.leaf)};
    for (bool creates : {true, false}) {
      std::string const where =
          by_name ? server.url_by_name("/secret-path") : server.url("/secret-path");
      auto const got = creates ? trusting().post(where) : trusting().get(where);
      REQUIRE(!got);
      CHECK(got.error().code == at::errc::tls_failed);
      CHECK(got.error().outcome == at::outcome::rejected);
      CHECK(got.error().progress == at::progress::nothing_sent);
      CHECK_THAT(got.error().message, Contains(each.message));
      CHECK(to_string(got.error()).find("secret-path") == std::string::npos);
    }
    CHECK(server.received().empty());
  };
  SECTION("expired") {
    check({{.not_before = now - 48h, .not_after = now - 24h},
           "is not trusted: certificate has expired"},
          false);
  }
  SECTION("not yet valid") {
    check({{.not_before = now + 24h, .not_after = now + 48h}, "certificate is not yet valid"},
          false);
  }
  SECTION("another name") {
    check({{.names = {"DNS:other.example"}}, "is for another host"}, true);
  }
  SECTION("the right name in the subject alone") {
    check({{.common_name = "localhost", .names = {"DNS:other.example"}}, "is for another host"},
          true);
  }
  SECTION("another address") {
    check({{.names = {"IP:127.0.0.2", "DNS:127.0.0.1"}}, "is for another host"}, false);
  }
  SECTION("a part of a name as a wildcard") {
    check({{.names = {"DNS:local*"}}, "is for another host"}, true);
  }
  SECTION("self-signed") { check({{.self_signed = true}, "is not trusted: self-signed"}, false); }
  SECTION("a client's") { check({{.for_client = true}, "is not trusted"}, false); }
}

TEST_CASE("authorities that are not ours are not trusted", "[https][tls]") {
  scripted_server server{echo, server_certificate()};
  local_tracker::certificate_authority const other{"another CA"};
  at::https_options const others{.ca_pem = other.pem()};
  for (auto const& options : {others, at::https_options{}}) { // the system's do not know it either
    auto const got = client{options}.get(server.url());
    REQUIRE(!got);
    CHECK(got.error().code == at::errc::tls_failed);
    CHECK(got.error().outcome == at::outcome::rejected);
  }
  CHECK(server.received().empty());
}

TEST_CASE("own authorities come from a file or a text", "[https][tls]") {
  scripted_server server{echo, server_certificate()};
  auto const file = authority().write(folder());
  CHECK(client{at::https_options{.ca_file = file.string()}}.get(server.url()));
  CHECK(client{at::https_options{.ca_pem = authority().pem()}}.get(server.url()));
}

TEST_CASE("names are sent (SNI), addresses are not", "[https][tls]") {
  scripted_server server{echo, server_certificate()};
  REQUIRE(trusting().get(server.url_by_name()));
  REQUIRE(trusting().get(server.url()));
  CHECK(server.names() == std::vector<std::string>{"localhost", ""});
}

TEST_CASE("addresses are looked for among the addresses of the certificate", "[https][tls]") {
  scripted_server server{echo, server_certificate({.names = {"IP:127.0.0.1"}})};
  CHECK(trusting().get(server.url()));
  CHECK(!trusting().get(server.url_by_name()));
}

TEST_CASE("old versions of TLS are refused", "[https][tls]") {
  auto tls = server_certificate();
  SECTION("1.1") {
    tls.only_tls_1_1 = true;
    scripted_server server{echo, tls};
    auto const got = trusting().post(server.url());
    REQUIRE(!got);
    CHECK(got.error().code == at::errc::tls_failed);
    CHECK(got.error().outcome == at::outcome::rejected);
    CHECK(got.error().message == server.authority() + " does not speak TLS 1.2 or newer");
    CHECK(server.received().empty());
  }
  SECTION("1.2 is taken") {
    tls.only_tls_1_2 = true;
    scripted_server server{echo, tls};
    auto const client = trusting();
    CHECK(client.get(server.url()));
    CHECK(client.get(server.url()));
    CHECK(server.handshakes() == 1);
  }
}

TEST_CASE("a server without TLS is told from one with it", "[https][tls]") {
  scripted_server server{[](peer& p) {
    p.read(10);
    p.send("HTTP/1.1 400 Bad Request\r\n\r\n");
    p.wait_for_end();
  }};
  auto const got = trusting().post("https://" + server.authority() + '/');
  REQUIRE(!got);
  CHECK(got.error().code == at::errc::tls_failed);
  CHECK(got.error().message == server.authority() + " does not speak TLS");
}

/// Writes a client certificate and its key; @return their paths.
static std::pair<std::string, std::string> client_files() {
  auto const made = authority().issue({.common_name = "client", .names = {}, .for_client = true});
  std::ofstream{folder() / "client.pem"} << made.certificate_pem;
  std::ofstream{folder() / "client.key"} << made.private_key_pem;
  return {(folder() / "client.pem").string(), (folder() / "client.key").string()};
}

TEST_CASE("client certificates", "[https][tls]") {
  auto tls = server_certificate();
  tls.client_ca_pem = authority().pem();
  tls.only_tls_1_2 = GENERATE(true, false);
  scripted_server server{echo, tls};
  auto const [certificate, key] = client_files();
  SECTION("with one") {
    CHECK(trusting({.client_certificate_file = certificate, .client_key_file = key})
              .post(server.url()));
  }
  SECTION("without one") {
    auto const got = trusting().post(server.url());
    REQUIRE(!got);
    CAPTURE(got.error());
    // TLS 1.3 tells after the request has left; the server has not read it all the same.
    CHECK(got.error().code == at::errc::tls_failed);
    CHECK(got.error().outcome == at::outcome::rejected);
    CHECK(server.received().empty());
    CHECK(server.handshakes() == 0);
  }
}

/// The same key, encrypted.
static std::string encrypted(std::string const& key_pem, std::string password) {
  std::unique_ptr<BIO, decltype(&BIO_free)> const from{
      BIO_new_mem_buf(key_pem.data(), static_cast<int>(key_pem.size())), BIO_free};
  std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> const key{
      PEM_read_bio_PrivateKey(from.get(), nullptr, nullptr, nullptr), EVP_PKEY_free};
  std::unique_ptr<BIO, decltype(&BIO_free)> const to{BIO_new(BIO_s_mem()), BIO_free};
  REQUIRE(PEM_write_bio_PKCS8PrivateKey(to.get(), key.get(), EVP_aes_256_cbc(), password.data(),
                                        static_cast<int>(password.size()), nullptr, nullptr) == 1);
  char const* written = nullptr;
  auto const size = BIO_ctrl(to.get(), BIO_CTRL_INFO, 0, &written);
  return {written, static_cast<std::size_t>(size)};
}

TEST_CASE("a client's key may be encrypted", "[https][tls]") {
  auto tls = server_certificate();
  tls.client_ca_pem = authority().pem();
  scripted_server server{echo, tls};
  auto const made = authority().issue({.common_name = "client", .names = {}, .for_client = true});
  std::string const certificate = (folder() / "client.pem").string();
  std::string const key = (folder() / "encrypted.key").string();
  std::ofstream{certificate} << made.certificate_pem;
  std::ofstream{key} << encrypted(made.private_key_pem, "open sesame");
  auto const with = [&](std::string password) {
    return at::https_options{.client_certificate_file = certificate,
                             .client_key_file = key,
                             .client_key_password = at::secret{std::move(password)}};
  };
  CHECK(trusting(with("open sesame")).post(server.url()));
  // Nobody is asked on the terminal for the right one, and no message holds the wrong one.
  for (char const* wrong : {"open barley", ""}) {
    auto const problems = problems_at_construction(with(wrong));
    REQUIRE(problems.size() == 1);
    CHECK(problems[0].where == "https_options.client_key_file");
    CHECK_THAT(problems[0].what, Contains("encrypted with another password"));
    CHECK_THAT(problems[0].what, !Contains("barley"));
  }
}

TEST_CASE("problems of the files are told at construction, all at once", "[https][options]") {
  auto const [certificate, key] = client_files();
  auto const problems = problems_at_construction({.ca_file = "/nowhere/ca.pem",
                                                  .ca_pem = "no certificate",
                                                  .client_certificate_file = key,
                                                  .client_key_file = certificate,
                                                  .total_timeout = 0ms});
  REQUIRE(problems.size() == 5);
  CHECK(problems[0].where == "https_options.total_timeout");
  CHECK(problems[1] == at::problem{"https_options.ca_file", "'/nowhere/ca.pem' cannot be opened"});
  CHECK(problems[2].where == "https_options.ca_pem");
  CHECK(problems[3].where == "https_options.client_certificate_file");
  CHECK(problems[4].where == "https_options.client_key_file");
  CHECK_THAT(exception_at_construction({.ca_file = "/nowhere"}), Contains("https_options.ca_file"));
  CHECK(exception_at_construction({}).empty());
}
