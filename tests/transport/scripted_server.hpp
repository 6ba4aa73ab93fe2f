#pragma once
// A server that does to each connection what a script says: also what no server should do.

#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

typedef struct ssl_st SSL;
typedef struct ssl_ctx_st SSL_CTX;

namespace transport_test {

/// One connection, as the script sees it. Reads and writes go through TLS where the server has it.
class peer {
 public:
  peer(int socket, SSL* session, std::size_t index,
       std::function<void(std::string const&)> received)
      : socket_(socket), session_(session), index_(index), received_(std::move(received)) {}

  /// Which connection of the server's this is, from 0.
  std::size_t index() const { return index_; }
  /// At least that many bytes, or less where the client closes.
  std::string read(std::size_t count);
  /// A whole request: header, and the body its Content-Length announces. Empty at the end.
  std::string read_request();
  /// @return Whether all of it was taken.
  bool send(std::string const& text);
  void sleep(std::chrono::milliseconds) const;
  /// Makes the connection end with RST, at the script's end: to be the last thing it does.
  void reset();
  /// Ends it in order, with close_notify where TLS is up.
  void close();
  /// Ends it without close_notify.
  void close_without_notify();
  /// Until the client closes, or a few seconds have passed.
  void wait_for_end();
  /// Connects to that port of 127.0.0.1 and passes bytes both ways until one side closes.
  void tunnel(unsigned short port);

 private:
  int socket_;
  SSL* session_;
  std::size_t index_;
  std::function<void(std::string const&)> received_;
  std::string ahead_; // read, but of the next request
};

struct server_tls {
  std::string certificate_pem;
  std::string private_key_pem;
  std::string client_ca_pem{}; ///< asks for a client certificate of that CA
  bool only_tls_1_1 = false;
  bool only_tls_1_2 = false;
};

class scripted_server {
 public:
  using script = std::function<void(peer&)>;

  explicit scripted_server(script s) : scripted_server(std::move(s), nullptr) {}
  scripted_server(script s, server_tls const& tls) : scripted_server(std::move(s), &tls) {}
  ~scripted_server();
  scripted_server(scripted_server const&) = delete;
  scripted_server& operator=(scripted_server const&) = delete;

  unsigned short port() const { return port_; }
  std::string authority() const { return "127.0.0.1:" + std::to_string(port_); }
  /// `http://` or `https://`, 127.0.0.1 and the path.
  std::string url(std::string const& path = "/") const;
  std::string url_by_name(std::string const& path = "/") const; ///< with `localhost`

  std::size_t connections() const { return connections_; }
  std::size_t handshakes() const { return handshakes_; }
  /// All that scripts have read.
  std::string received() const;
  /// The server names that clients asked for (SNI), one each connection; empty for none.
  std::vector<std::string> names() const;

 private:
  scripted_server(script s, server_tls const* tls);
  void accept();
  void serve(int socket, std::size_t index);

  script script_;
  std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context_;
  int listener_ = -1;
  unsigned short port_ = 0;
  std::atomic<bool> ending_{false};
  std::atomic<std::size_t> connections_{0};
  std::atomic<std::size_t> handshakes_{0};
  mutable std::mutex mutex_;
  std::string received_;
  std::vector<std::string> names_;
  std::vector<int> sockets_;
  std::vector<std::thread> serving_;
  std::thread accepting_;
};

/// A reply with a Content-Length.
std::string reply(int status, std::string const& body = {}, std::string const& headers = {});
/// Answers each request of a connection with 200 and its own first line.
void echo(peer&);
/// A script that answers each request with that text.
scripted_server::script always(std::string text);

} // namespace transport_test
