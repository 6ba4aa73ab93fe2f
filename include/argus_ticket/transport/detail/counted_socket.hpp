#ifndef ARGUS_TICKET_TRANSPORT_DETAIL_COUNTED_SOCKET_HPP
#define ARGUS_TICKET_TRANSPORT_DETAIL_COUNTED_SOCKET_HPP

#include <argus_ticket/transport/detail/asio.hpp>
#include <argus_ticket/transport/detail/native_socket.hpp>

#include <boost/asio/compose.hpp>
#include <boost/asio/ip/tcp.hpp>

#include <cstddef>
#include <utility>

namespace argus_ticket::detail::https {

/**
 * A TCP socket below TLS. It counts what it has sent, so that "nothing was sent" is the truth even
 * when a TLS record did not get through; and its blocking operations end when their time is over,
 * which Asio's do not.
 */
class counted_socket {
 public:
  using next_layer_type = asio::ip::tcp::socket;
  using lowest_layer_type = next_layer_type::lowest_layer_type;
  using executor_type = next_layer_type::executor_type;

  explicit counted_socket(asio::any_io_executor const& executor) : socket_(executor) {}

  [[nodiscard]] executor_type get_executor() noexcept { return socket_.get_executor(); }
  [[nodiscard]] lowest_layer_type& lowest_layer() noexcept { return socket_.lowest_layer(); }
  [[nodiscard]] lowest_layer_type const& lowest_layer() const noexcept {
    return socket_.lowest_layer();
  }
  [[nodiscard]] next_layer_type& next_layer() noexcept { return socket_; }
  [[nodiscard]] next_layer_type const& next_layer() const noexcept { return socket_; }
  [[nodiscard]] std::size_t bytes_sent() const noexcept { return sent_; }

  /// When a blocking operation fails with `timed_out`.
  void limit(time_point when) noexcept { limit_ = when; }

  /// Blocks, on a socket of `connect_until`.
  template <class Buffers>
  std::size_t read_some(Buffers const& into, error_code& ec) {
    return patiently(readiness::to_read, ec, [&] { return socket_.read_some(into, ec); });
  }
  /// Blocks, as @ref read_some.
  template <class Buffers>
  std::size_t write_some(Buffers const& from, error_code& ec) {
    std::size_t const count =
        patiently(readiness::to_write, ec, [&] { return socket_.write_some(from, ec); });
    sent_ += count;
    return count;
  }

  template <class Buffers, class Token>
  auto async_read_some(Buffers const& into, Token&& token) {
    return socket_.async_read_some(into, std::forward<Token>(token));
  }
  template <class Buffers, class Token>
  auto async_write_some(Buffers const& from, Token&& token) {
    return asio::async_compose<Token, void(error_code, std::size_t)>(
        counted_write<Buffers>{*this, from}, token, socket_);
  }

 private:
  /// Moves bytes, until the limit. A signal's handler interrupts what has a time-out (signal(7)).
  template <class Move>
  std::size_t patiently(readiness what, error_code& ec, Move move) {
    std::size_t count = 0;
    do {
      if (!patience_.renew(socket_, what, limit_, ec)) return 0;
      count = move();
    } while (ec == asio::error::would_block || ec == asio::error::interrupted);
    return count;
  }

  template <class Buffers>
  class counted_write {
   public:
    counted_write(counted_socket& to, Buffers const& from) : to_(&to), from_(from) {}

    template <class Self>
    void operator()(Self& self) {
      to_->socket_.async_write_some(from_, std::move(self));
    }
    template <class Self>
    void operator()(Self& self, error_code ec, std::size_t count) {
      to_->sent_ += count;
      self.complete(ec, count);
    }

   private:
    counted_socket* to_;
    Buffers from_;
  };

  next_layer_type socket_;
  time_point limit_ = (time_point::max)();
  patience patience_;
  std::size_t sent_ = 0;
};

} // namespace argus_ticket::detail::https

#endif
