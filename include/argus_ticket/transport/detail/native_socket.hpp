#ifndef ARGUS_TICKET_TRANSPORT_DETAIL_NATIVE_SOCKET_HPP
#define ARGUS_TICKET_TRANSPORT_DETAIL_NATIVE_SOCKET_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/transport/detail/asio.hpp>

#include <boost/asio/ip/tcp.hpp>

// What Asio's blocking operations lack, asked of the operating system itself: an end to waiting.

namespace argus_ticket::detail::https {

enum class readiness { to_read, to_write };

/// Blocks until a socket is ready, or in error, or the time is over.
/// @return Whether it is ready. Errors: `asio::error::timed_out`, those of `poll`.
[[nodiscard]] ARGUS_TICKET_DECL bool wait_until_ready(asio::ip::tcp::socket& socket, readiness what,
                                                      time_point limit, error_code& ec);

/// Opens a socket and connects it; blocks until it is connected or the time is over. Asio takes it
/// for one that does not block, so that it waits for nothing by itself; @ref patience does.
/// Errors: `asio::error::timed_out`, those of `connect`.
ARGUS_TICKET_DECL void connect_until(asio::ip::tcp::socket& socket,
                                     asio::ip::tcp::endpoint const& to, time_point limit,
                                     error_code& ec);

/**
 * How long reads and writes of a connected socket block.
 *
 * The operating system ends them after a while (`SO_RCVTIMEO`), with `would_block`, to be begun
 * again until the limit. To wait with `poll` before each would cost a system call for each.
 */
class patience {
 public:
  /// To be called before a read or write.
  /// @return Whether there is time left; else `asio::error::timed_out`.
  [[nodiscard]] ARGUS_TICKET_DECL bool renew(asio::ip::tcp::socket& socket, readiness what,
                                             time_point limit, error_code& ec);

 private:
  int milliseconds_ = -1; // as the operating system knows it; below zero: nothing yet
};

} // namespace argus_ticket::detail::https

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/transport/native_socket.ipp>
#endif

#endif
