#include "scripted_server.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <algorithm>
#include <arpa/inet.h>
#include <array>
#include <csignal>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <stdexcept>
#include <sys/socket.h>
#include <unistd.h>
#include <utility>

namespace transport_test {
namespace {

using bio = std::unique_ptr<BIO, decltype(&BIO_free_all)>;
using x509 = std::unique_ptr<X509, decltype(&X509_free)>;
using private_key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

bio memory(std::string const& text) {
  return {BIO_new_mem_buf(text.data(), static_cast<int>(text.size())), &BIO_free_all};
}

x509 read_certificate(std::string const& pem) {
  return {PEM_read_bio_X509(memory(pem).get(), nullptr, nullptr, nullptr), &X509_free};
}

SSL_CTX* make_context(server_tls const& tls) {
  SSL_CTX* context = SSL_CTX_new(TLS_server_method());
  private_key const key{
      PEM_read_bio_PrivateKey(memory(tls.private_key_pem).get(), nullptr, nullptr, nullptr),
      &EVP_PKEY_free};
  if (SSL_CTX_use_certificate(context, read_certificate(tls.certificate_pem).get()) != 1 ||
      SSL_CTX_use_PrivateKey(context, key.get()) != 1)
    throw std::runtime_error("the scripted server cannot use its certificate");
  if (!tls.client_ca_pem.empty()) {
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context), read_certificate(tls.client_ca_pem).get());
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
  }
  if (tls.only_tls_1_1) {
    SSL_CTX_set_security_level(context, 0);
    SSL_CTX_set_min_proto_version(context, TLS1_1_VERSION);
    SSL_CTX_set_max_proto_version(context, TLS1_1_VERSION);
  }
  if (tls.only_tls_1_2) SSL_CTX_set_max_proto_version(context, TLS1_2_VERSION);
  return context;
}

sockaddr_in loopback(unsigned short port) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(port);
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  return address;
}

bool write_all(int socket, char const* data, std::size_t size) {
  while (size > 0) {
    ssize_t const count = ::send(socket, data, size, MSG_NOSIGNAL);
    if (count <= 0) return false;
    data += count;
    size -= static_cast<std::size_t>(count);
  }
  return true;
}

} // namespace

std::string peer::read(std::size_t count) {
  std::string text = std::exchange(ahead_, {});
  std::array<char, 16384> buffer;
  while (text.size() < count) {
    ssize_t const got =
        session_ != nullptr
            ? SSL_read(session_, buffer.data(), static_cast<int>(buffer.size()))
            : ::recv(socket_, buffer.data(), (std::min)(buffer.size(), count - text.size()), 0);
    if (got <= 0) break;
    received_(std::string(buffer.data(), static_cast<std::size_t>(got)));
    text.append(buffer.data(), static_cast<std::size_t>(got));
  }
  return text;
}

std::string peer::read_request() {
  std::string text;
  std::size_t whole = std::string::npos;
  while (text.size() < whole) {
    std::string const more = read(1);
    if (more.empty()) return {};
    text += more;
    std::size_t const header = text.find("\r\n\r\n");
    if (header == std::string::npos) continue;
    std::size_t const length = text.find("Content-Length: ");
    whole = header + 4 + (length < header ? std::stoul(text.substr(length + 16)) : 0);
  }
  ahead_ = text.substr(whole);
  return text.substr(0, whole);
}

bool peer::send(std::string const& text) {
  if (session_ == nullptr) return write_all(socket_, text.data(), text.size());
  for (std::size_t at = 0; at < text.size();) {
    int const count = SSL_write(session_, text.data() + at, static_cast<int>(text.size() - at));
    if (count <= 0) return false;
    at += static_cast<std::size_t>(count);
  }
  return true;
}

void peer::sleep(std::chrono::milliseconds time) const { std::this_thread::sleep_for(time); }

void peer::reset() {
  linger const at_once{1, 0}; // the close at the script's end sends RST
  ::setsockopt(socket_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

void peer::close() {
  if (session_ != nullptr) SSL_shutdown(session_);
  ::shutdown(socket_, SHUT_WR);
}

void peer::close_without_notify() { ::shutdown(socket_, SHUT_WR); }

void peer::wait_for_end() {
  std::array<char, 16384> buffer;
  for (pollfd waiting{socket_, POLLIN, 0}; ::poll(&waiting, 1, 4000) > 0;)
    if (::recv(socket_, buffer.data(), buffer.size(), 0) <= 0) return;
}

void peer::tunnel(unsigned short port) {
  int const other = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in const address = loopback(port);
  if (::connect(other, reinterpret_cast<sockaddr const*>(&address), sizeof address) == 0) {
    std::array<char, 16384> buffer;
    std::array<pollfd, 2> both{{{socket_, POLLIN, 0}, {other, POLLIN, 0}}};
    for (bool open = true; open && ::poll(both.data(), 2, 4000) > 0;)
      for (std::size_t i = 0; i < 2 && open; ++i) {
        if (both[i].revents == 0) continue;
        ssize_t const count = ::recv(both[i].fd, buffer.data(), buffer.size(), 0);
        if (count > 0) received_(std::string(buffer.data(), static_cast<std::size_t>(count)));
        open =
            count > 0 && write_all(both[1 - i].fd, buffer.data(), static_cast<std::size_t>(count));
      }
  }
  ::close(other);
}

scripted_server::scripted_server(script s, server_tls const* tls)
    : script_(std::move(s)),
      context_(tls != nullptr ? make_context(*tls) : nullptr, &SSL_CTX_free) {
  std::signal(SIGPIPE, SIG_IGN);
  listener_ = ::socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address = loopback(0);
  socklen_t size = sizeof address;
  if (::bind(listener_, reinterpret_cast<sockaddr*>(&address), size) != 0 ||
      ::listen(listener_, 64) != 0)
    throw std::runtime_error("the scripted server cannot listen");
  ::getsockname(listener_, reinterpret_cast<sockaddr*>(&address), &size);
  port_ = ntohs(address.sin_port);
  accepting_ = std::thread{[this] { accept(); }};
}

scripted_server::~scripted_server() {
  ending_ = true;
  ::shutdown(listener_, SHUT_RDWR);
  accepting_.join();
  ::close(listener_);
  {
    std::lock_guard const lock(mutex_);
    for (int socket : sockets_) ::shutdown(socket, SHUT_RDWR);
  }
  for (std::thread& each : serving_) each.join();
}

void scripted_server::accept() {
  while (!ending_) {
    int const socket = ::accept(listener_, nullptr, nullptr);
    if (socket < 0) continue;
    int const on = 1; // what is sent leaves at once, so that a reset cannot overtake it
    ::setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    std::size_t const index = connections_++;
    std::lock_guard const lock(mutex_);
    sockets_.push_back(socket);
    serving_.emplace_back([this, socket, index] { serve(socket, index); });
  }
}

void scripted_server::serve(int socket, std::size_t index) {
  std::unique_ptr<SSL, decltype(&SSL_free)> session{nullptr, &SSL_free};
  bool ready = true;
  if (context_) {
    session.reset(SSL_new(context_.get()));
    SSL_set_fd(session.get(), socket);
    ready = SSL_accept(session.get()) == 1;
    char const* name = SSL_get_servername(session.get(), TLSEXT_NAMETYPE_host_name);
    std::lock_guard const lock(mutex_);
    names_.emplace_back(name != nullptr ? name : "");
    if (ready) ++handshakes_;
  }
  if (ready) {
    peer with{socket, session.get(), index, [this](std::string const& text) {
                std::lock_guard const lock(mutex_);
                received_ += text;
              }};
    script_(with);
  }
  session.reset();
  std::lock_guard const lock(mutex_);
  std::erase(sockets_, socket);
  ::close(socket);
}

std::string scripted_server::url(std::string const& path) const {
  return (context_ ? "https://" : "http://") + authority() + path;
}

std::string scripted_server::url_by_name(std::string const& path) const {
  return (context_ ? "https://localhost:" : "http://localhost:") + std::to_string(port_) + path;
}

std::string scripted_server::received() const {
  std::lock_guard const lock(mutex_);
  return received_;
}

std::vector<std::string> scripted_server::names() const {
  std::lock_guard const lock(mutex_);
  return names_;
}

std::string reply(int status, std::string const& body, std::string const& headers) {
  return "HTTP/1.1 " + std::to_string(status) +
         " X\r\nContent-Length: " + std::to_string(body.size()) + "\r\n" + headers + "\r\n" + body;
}

void echo(peer& p) {
  while (true) {
    std::string const request = p.read_request();
    if (request.empty() || !p.send(reply(200, request.substr(0, request.find('\r'))))) return;
  }
}

scripted_server::script always(std::string text) {
  return [text = std::move(text)](peer& p) {
    while (!p.read_request().empty() && p.send(text)) {
    }
  };
}

} // namespace transport_test
