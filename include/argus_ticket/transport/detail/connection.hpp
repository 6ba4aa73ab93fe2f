#ifndef ARGUS_TICKET_TRANSPORT_DETAIL_CONNECTION_HPP
#define ARGUS_TICKET_TRANSPORT_DETAIL_CONNECTION_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/transport/detail/counted_socket.hpp>
#include <argus_ticket/transport/detail/lookup.hpp>
#include <argus_ticket/transport/detail/procedure.hpp>
#include <argus_ticket/transport/detail/step.hpp>

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/beast/core/flat_buffer.hpp>

#include <cstddef>
#include <optional>
#include <string>

namespace argus_ticket::detail::https {

/**
 * A TCP connection that may become a TLS connection, and the limit that ends what takes too long.
 *
 * One step at a time is under way on it. When its limit passes, the socket is closed, the step
 * fails with whatever error that gives, and @ref expired tells why. Whether a step blocks is up to
 * the derived class, which begins it.
 *
 * Thread safety: one thread at a time. Object lifetimes: outlives the procedures that use it.
 */
class connection {
 public:
  connection(connection const&) = delete;
  connection& operator=(connection const&) = delete;
  virtual ~connection() = default;

  /// The steps that come next must end by then.
  virtual void limit(time_point) = 0;
  /// No step is under way. To be called before a procedure that used @ref limit ends.
  virtual void unlimit() = 0;
  [[nodiscard]] bool expired() const noexcept { return expired_; }

  /// The addresses of a host.
  [[nodiscard]] auto look_up(std::string const& host, std::string const& port, endpoints& into,
                             error_code& ec) {
    return step{ec, [this, &host, &port, &into](pending_step& s) {
                  error_code bad_port;
                  auto known = known_endpoints(host, port, bad_port);
                  if (!known) return begin_look_up(s, host, port, into);
                  into = std::move(*known);
                  s.finish(bad_port);
                }};
  }
  /// Connects to the first address that answers. Each gets its share of the time, so that one that
  /// is silent leaves some for the others.
  [[nodiscard]] ARGUS_TICKET_DECL procedure<void> connect(endpoints addresses, time_point limit,
                                                          error_code& ec);
  /// Starts TLS, checking that the certificate is trusted and made out to that host.
  /// @param host A name or an address, without brackets.
  [[nodiscard]] auto handshake(asio::ssl::context& context, std::string const& host,
                               error_code& ec) {
    return step{ec, [this, &context, &host](pending_step& s) {
                  if (!start_tls(context, host)) return s.finish(asio::error::invalid_argument);
                  begin_handshake(s);
                }};
  }
  [[nodiscard]] auto read_some(asio::mutable_buffer into, error_code& ec) {
    return step{ec, [this, into](pending_step& s) { begin_read(s, into); }};
  }
  [[nodiscard]] auto write_some(asio::const_buffer from, error_code& ec) {
    return step{ec, [this, from](pending_step& s) { begin_write(s, from); }};
  }

  /// It has carried a request, reply included, and rests now.
  void rest() noexcept {
    resting_since_ = std::chrono::steady_clock::now();
    ++carried_;
  }
  /// Whether it has carried a request.
  [[nodiscard]] bool has_carried() const noexcept { return carried_ > 0; }
  /// Whether it is idle and open: the other side has neither closed it nor sent anything. The
  /// kernel is not asked for what has been used again and again up to this moment: that costs a
  /// system call for each request, and a server that hangs up after each reply shows it before.
  [[nodiscard]] ARGUS_TICKET_DECL bool is_reusable();
  /// Ends the step under way and every one after it.
  void cancel() noexcept {
    cancelled_ = true;
    close();
  }
  [[nodiscard]] bool cancelled() const noexcept { return cancelled_; }

  virtual void close() noexcept {
    error_code ignored;
    socket().close(ignored);
  }

  /// Where the bytes of a reply stand until they are read, emptied; kept for those that follow.
  [[nodiscard]] boost::beast::flat_buffer& reply_room() noexcept {
    constexpr std::size_t kept = std::size_t{16} * 1024;
    reply_room_.clear();
    if (reply_room_.capacity() > kept) reply_room_.shrink_to_fit(); // a large header is rare
    return reply_room_;
  }
  /// Bytes that went to the socket, of whatever layer.
  [[nodiscard]] std::size_t bytes_sent() const noexcept {
    return tls_ ? tls_->next_layer().bytes_sent() : tcp_->bytes_sent();
  }
  /// The TLS session; null where there is none.
  [[nodiscard]] SSL* session() noexcept { return tls_ ? tls_->native_handle() : nullptr; }
  [[nodiscard]] bool is_open() const noexcept { return socket().is_open(); }

 protected:
  connection(asio::any_io_executor const& executor, lookup_function lookup)
      : tcp_(std::in_place, executor), lookup_(std::move(lookup)) {}

  /// The limit has passed.
  void expire() noexcept {
    expired_ = true;
    close();
  }
  [[nodiscard]] std::shared_ptr<pending_lookup>
  start_lookup(std::string const& host, std::string const& port, std::function<void()> wake) const {
    return pending_lookup::start(host, port, std::move(wake), lookup_);
  }
  [[nodiscard]] counted_socket& counted() noexcept { return tls_ ? tls_->next_layer() : *tcp_; }
  [[nodiscard]] asio::ip::tcp::socket& socket() noexcept { return counted().next_layer(); }
  [[nodiscard]] asio::ip::tcp::socket const& socket() const noexcept {
    return tls_ ? tls_->next_layer().next_layer() : tcp_->next_layer();
  }

  std::optional<counted_socket> tcp_; // empty once TLS has it
  std::optional<asio::ssl::stream<counted_socket>> tls_;

 private:
  virtual void begin_look_up(pending_step&, std::string const& host, std::string const& port,
                             endpoints& into) = 0;
  [[nodiscard]] auto connect_to(asio::ip::tcp::endpoint const& address, error_code& ec) {
    return step{ec, [this, &address](pending_step& s) { begin_connect(s, address); }};
  }
  /// Opens the socket, too.
  virtual void begin_connect(pending_step&, asio::ip::tcp::endpoint const&) = 0;
  virtual void begin_handshake(pending_step&) = 0;
  virtual void begin_read(pending_step&, asio::mutable_buffer) = 0;
  virtual void begin_write(pending_step&, asio::const_buffer) = 0;

  /// @return Whether the handshake may begin.
  ARGUS_TICKET_DECL bool start_tls(asio::ssl::context& context, std::string host);

  lookup_function lookup_;
  boost::beast::flat_buffer reply_room_;
  time_point resting_since_{};
  unsigned long carried_ = 0;
  bool expired_ = false;
  bool cancelled_ = false;
};

} // namespace argus_ticket::detail::https

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/transport/connection.ipp>
#endif

#endif
