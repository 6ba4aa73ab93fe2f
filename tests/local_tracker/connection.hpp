#pragma once
// A client of the server's socket: OpenSSL's plain one, so that nothing hides what came.

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <local_tracker/server.hpp>
#include <memory>
#include <string>
#include <sys/socket.h>
#include <sys/time.h>

namespace tracker_tests {

using namespace local_tracker;

struct freed {
  void operator()(SSL_CTX* value) const { SSL_CTX_free(value); }
  void operator()(BIO* value) const { BIO_free_all(value); }
  void operator()(X509* value) const { X509_free(value); }
  void operator()(EVP_PKEY* value) const { EVP_PKEY_free(value); }
};

inline std::unique_ptr<BIO, freed> memory(std::string const& text) {
  return std::unique_ptr<BIO, freed>{BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))};
}

struct connection {
  std::unique_ptr<SSL_CTX, freed> context{SSL_CTX_new(TLS_client_method())};
  std::unique_ptr<BIO, freed> bio;

  connection(unsigned short port, std::string const& ca_pem, certificate const* own = nullptr) {
    std::unique_ptr<X509, freed> const ca{
        PEM_read_bio_X509(memory(ca_pem).get(), nullptr, nullptr, nullptr)};
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context.get()), ca.get());
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    if (own != nullptr) {
      std::unique_ptr<X509, freed> const leaf{
          PEM_read_bio_X509(memory(own->certificate_pem).get(), nullptr, nullptr, nullptr)};
      std::unique_ptr<EVP_PKEY, freed> const key{
          PEM_read_bio_PrivateKey(memory(own->private_key_pem).get(), nullptr, nullptr, nullptr)};
      SSL_CTX_use_certificate(context.get(), leaf.get());
      SSL_CTX_use_PrivateKey(context.get(), key.get());
    }
    bio.reset(BIO_new_ssl_connect(context.get()));
    SSL* ssl = nullptr;
    BIO_get_ssl(bio.get(), &ssl);
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), "127.0.0.1");
    BIO_set_conn_hostname(bio.get(), ("127.0.0.1:" + std::to_string(port)).c_str());
  }

  bool handshake() {
    errno = 0;
    ERR_clear_error();
    if (BIO_do_connect(bio.get()) == 1) return true;
    note_ending();
    return false;
  }
  std::string version() {
    SSL* ssl = nullptr;
    BIO_get_ssl(bio.get(), &ssl);
    return SSL_get_version(ssl);
  }
  bool send(std::string const& text) {
    std::signal(SIGPIPE, SIG_IGN); // a connection that was reset
    errno = 0;
    int const size = static_cast<int>(text.size());
    if (BIO_write(bio.get(), text.data(), size) == size) return true;
    note_ending();
    return false;
  }
  /// Reads and writes that wait longer than that fail; only after the handshake.
  void give_up_after(std::chrono::milliseconds time) {
    timeval const most{static_cast<time_t>(time.count() / 1000),
                       static_cast<suseconds_t>(time.count() % 1000 * 1000)};
    int fd = -1;
    BIO_get_fd(bio.get(), &fd);
    for (int const option : {SO_RCVTIMEO, SO_SNDTIMEO})
      ::setsockopt(fd, SOL_SOCKET, option, &most, sizeof most);
  }

  /// All up to the end of the head, and then as much as Content-Length says or the server gives.
  std::string receive() {
    std::string text;
    for (;;) {
      auto const end = text.find("\r\n\r\n");
      auto const length = text.find("Content-Length: ");
      if (end != std::string::npos &&
          (length == std::string::npos || length > end ||
           text.size() >= end + 4 + std::stoul(text.substr(length + 16, 20))))
        return text;
      if (!read_some(text)) return text;
    }
  }

  /// All until the connection ends, or nothing comes any more; see `ending`.
  std::string drain() {
    std::string text;
    while (read_some(text)) {
    }
    return text;
  }

  /// How the last call failed: "reset", "close", "silence" or "goodbye" (TLS's).
  std::string ending;

  std::string get(std::string const& path) {
    send("GET " + path +
         " HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: t\r\nAuthorization: Bearer T\r\n\r\n");
    return receive();
  }

  std::string post(std::string const& path, std::string const& body) {
    send_post(path, body);
    return receive();
  }
  void send_post(std::string const& path, std::string const& body) {
    send("POST " + path +
         " HTTP/1.1\r\nHost: 127.0.0.1\r\nUser-Agent: t\r\nAuthorization: Bearer T\r\n" +
         "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
  }

  bool read_some(std::string& text) {
    std::array<char, 16384> bytes{};
    errno = 0;
    ERR_clear_error();
    int const got = BIO_read(bio.get(), bytes.data(), static_cast<int>(bytes.size()));
    if (got <= 0) {
      note_ending();
      return false;
    }
    text.append(bytes.data(), static_cast<std::size_t>(got));
    return true;
  }

 private:
  void note_ending() {
    if (ending == "reset") return; // the socket tells of it only once
    SSL* ssl = nullptr;
    BIO_get_ssl(bio.get(), &ssl);
    ending = errno == ECONNRESET || errno == EPIPE                  ? "reset"
             : errno == EAGAIN || errno == EWOULDBLOCK              ? "silence"
             : (SSL_get_shutdown(ssl) & SSL_RECEIVED_SHUTDOWN) != 0 ? "goodbye"
                                                                    : "close";
  }
};

inline void populate(server& s) {
  s.api().add_user("T", {.login = "argus-bot", .access = role::write});
  s.api().add_repository({.full_name = "argus/incidents"});
}

} // namespace tracker_tests
