#ifndef ARGUS_TICKET_SERVICE_HTTP_SERVER_HPP
#define ARGUS_TICKET_SERVICE_HTTP_SERVER_HPP

#include "http_values.hpp"

#include <chrono>
#include <cstddef>
#include <functional>
#include <memory>
#include <string>

namespace service {

struct server_options {
  std::string address = "127.0.0.1"; ///< There is no authentication: this machine alone.
  unsigned short port = 0;           ///< 0: any free one.
  std::size_t body_limit = std::size_t{1} * 1024 * 1024;
  std::size_t most_connections = 256; ///< Others wait to be accepted.
  int threads = 8; ///< For handlers: those that write at the same time share one wait for the disk.
  std::chrono::seconds timeout{30}; ///< For a request to come in, or a reply to be taken.
};

/// An HTTP server, until SIGTERM or SIGINT.
class http_server {
 public:
  /// Answers a request; may block; several at a time are called.
  using handler = std::function<reply(request const&)>;

  /// Listens from now on. @throws boost::system::system_error where that cannot be.
  http_server(server_options options, handler answer);
  ~http_server();
  http_server(http_server const&) = delete;
  http_server& operator=(http_server const&) = delete;

  [[nodiscard]] std::string url() const;

  /// Serves until a signal comes. Then nothing more is accepted, and requests that are being
  /// answered get their replies, for as long as `grace` allows.
  /// @param on_signal Called at that moment.
  /// @return How much of the grace is left; at least a millisecond.
  std::chrono::milliseconds run(std::chrono::milliseconds grace,
                                std::function<void()> const& on_signal);

 private:
  class state;
  std::unique_ptr<state> state_;
};

} // namespace service

#endif
