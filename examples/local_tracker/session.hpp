#pragma once
// One connection of the server. Not for users.

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>

#include <atomic>
#include <local_tracker/reply_bytes.hpp>
#include <local_tracker/server.hpp>
#include <memory>
#include <mutex>
#include <optional>
#include <set>

namespace local_tracker::detail {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = asio::ip::tcp;
using boost::system::error_code;

class session;

/// What all sessions share. Everything runs in the one thread of `context`.
struct shared_state {
  server_options options;
  github_api api;
  std::atomic<std::size_t> connections{0};
  std::atomic<std::size_t> faults{0}; ///< that struck
  std::size_t heads = 0;              ///< of requests, read so far
  std::mutex hook_lock;
  connection_fault_hook hook;
  std::set<session*> sessions;
  std::optional<asio::ssl::context> tls;
  asio::io_context context{1}; // last, so that what still waits in it goes first

  explicit shared_state(server_options given) : options(std::move(given)), api(options.api) {}
  bool has_hook();
  /// What the hook says of this event; nothing where it is for another point.
  std::optional<connection_fault> ask(connection_event const& event);
};

/// Handshake, then requests until one side closes or a fault strikes.
class session : public std::enable_shared_from_this<session> {
 public:
  session(tcp::socket socket, shared_state& shared, std::size_t number);
  ~session();
  void start();
  void stop();

 private:
  // session.cpp: the connection, and how it ends.
  void expire_after(std::chrono::milliseconds time);
  void handshake();
  void close();
  std::optional<connection_fault> ask(fault_point at);
  void strike(fault_manner how);
  void throw_away();
  void keep_silent();

  // session_read.cpp: one request.
  void read();
  void read_some();
  void parse();
  bool fault_is_due() const;
  bool head_is_read(); ///< false where it goes on by itself, or not at all
  void refuse(error_code failed);
  void respond();

  // session_write.cpp: one reply.
  void send(response answer, unsigned version, bool keep, bool head,
            std::optional<connection_fault> fault = std::nullopt);
  void write_next();
  void write_piece();
  void reply_is_sent();

  tcp::socket& socket() { return beast::get_lowest_layer(stream_).socket(); }

  shared_state& shared_;
  connection_event event_;
  beast::ssl_stream<beast::tcp_stream> stream_;
  asio::steady_timer timer_;

  beast::flat_buffer buffer_;
  std::optional<http::request_parser<http::string_body>> parser_;
  std::size_t taken_ = 0; ///< bytes from the connection since the request began
  std::size_t head_size_ = 0;
  std::optional<connection_fault> request_fault_;
  std::optional<std::size_t> fault_place_; ///< in bytes of the request, once it is known

  std::shared_ptr<void const> in_flight_; ///< from the request's last byte to the reply's
  reply_bytes reply_;
  std::size_t sent_ = 0;
  std::size_t end_ = 0; ///< so much is to be sent
  std::optional<fault_manner> strike_after_;
  std::chrono::milliseconds drip_{};
  bool cut_ = false;
  bool keep_ = false;
};

} // namespace local_tracker::detail
