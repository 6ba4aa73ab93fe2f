#ifndef ARGUS_TICKET_TRANSPORT_DETAIL_CONNECTION_HPP
#define ARGUS_TICKET_TRANSPORT_DETAIL_CONNECTION_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/transport/detail/asio.hpp>
#include <argus_ticket/transport/detail/counted_socket.hpp>
#include <argus_ticket/transport/detail/lookup.hpp>

#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/stream.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/beast/core/flat_buffer.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

namespace argus_ticket::detail::https {

/**
 * A TCP connection that may become a TLS connection, and the clock that ends what takes too long.
 *
 * One step at a time is under way on it. When the limit of a step passes, the socket is closed, the
 * step fails with whatever error that gives, and @ref expired tells why.
 *
 * Thread safety: everything runs on the executor, which must not run two handlers at once.
 * Object lifetimes: owned by a `shared_ptr`, which the clock's handler shares.
 */
class connection : public std::enable_shared_from_this<connection> {
 public:
  /// Who ends a step whose limit has passed.
  enum class clock {
    own,     ///< A timer.
    runner_s ///< Who runs the executor: it looks at @ref limit and calls @ref expire.
  };

  explicit connection(asio::any_io_executor executor, clock whose = clock::own)
      : timer_(executor), clock_(whose), tcp_(std::in_place, executor) {}

  [[nodiscard]] asio::any_io_executor executor() { return timer_.get_executor(); }

  /// The step that comes next must end by then.
  ARGUS_TICKET_DECL void limit(time_point);
  /// No step is under way. To be called before a coroutine that used @ref limit ends.
  ARGUS_TICKET_DECL void unlimit();
  /// When the step under way must end; never, where none is.
  [[nodiscard]] time_point limit() const noexcept { return limit_; }
  /// The limit has passed.
  void expire() noexcept {
    limit_ = (time_point::max)();
    expired_ = true;
    close();
  }
  [[nodiscard]] bool expired() const noexcept { return expired_; }

  /// Connects to the first address that answers. Each gets its share of the time, so that one that
  /// is silent leaves some for the others.
  [[nodiscard]] ARGUS_TICKET_DECL asio::awaitable<void> connect(endpoints addresses,
                                                                time_point limit, error_code& ec);
  /// Starts TLS, checking that the certificate is trusted and made out to that host.
  /// @param host A name or an address, without brackets.
  [[nodiscard]] ARGUS_TICKET_DECL asio::awaitable<void> handshake(asio::ssl::context& context,
                                                                  std::string host, error_code& ec);

  [[nodiscard]] ARGUS_TICKET_DECL asio::awaitable<std::size_t> read_some(asio::mutable_buffer into,
                                                                         error_code& ec);
  [[nodiscard]] ARGUS_TICKET_DECL asio::awaitable<std::size_t> write_some(asio::const_buffer from,
                                                                          error_code& ec);

  /// It has carried a request, reply included, and rests now.
  void rest() noexcept {
    ++carried_;
    resting_since_ = std::chrono::steady_clock::now();
  }
  /// Whether it is idle and open: the other side has neither closed it nor sent anything. The
  /// kernel is not asked for what has been used again and again up to this moment: that costs a
  /// system call for each request, and a server that hangs up after each reply shows it before.
  [[nodiscard]] ARGUS_TICKET_DECL bool is_reusable();
  /// Ends the step under way and every one after it. On the executor.
  void cancel() noexcept {
    cancelled_ = true;
    close();
  }
  [[nodiscard]] bool cancelled() const noexcept { return cancelled_; }

  /// Closes it, telling the other side where TLS is up; waits for nothing.
  ARGUS_TICKET_DECL void close_gracefully() noexcept;
  ARGUS_TICKET_DECL void close() noexcept;

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

 private:
  [[nodiscard]] asio::ip::tcp::socket& socket() noexcept {
    return tls_ ? tls_->next_layer().next_layer() : tcp_->next_layer();
  }
  [[nodiscard]] asio::ip::tcp::socket const& socket() const noexcept {
    return tls_ ? tls_->next_layer().next_layer() : tcp_->next_layer();
  }

  asio::steady_timer timer_;
  clock clock_;
  time_point limit_ = (time_point::max)();
  std::optional<counted_socket> tcp_; // empty once TLS has it
  std::optional<asio::ssl::stream<counted_socket>> tls_;
  boost::beast::flat_buffer reply_room_;
  unsigned long step_ = 0; // the clock of an earlier step may go off late
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
