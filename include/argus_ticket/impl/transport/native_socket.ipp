#ifndef ARGUS_TICKET_IMPL_TRANSPORT_NATIVE_SOCKET_IPP
#define ARGUS_TICKET_IMPL_TRANSPORT_NATIVE_SOCKET_IPP

#include <argus_ticket/transport/detail/native_socket.hpp>

#include <algorithm>

#ifdef _WIN32
#include <winsock2.h>
#else
#include <cerrno>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#endif

namespace argus_ticket::detail::https {

inline error_code last_socket_error() noexcept {
#ifdef _WIN32
  return {::WSAGetLastError(), asio::error::get_system_category()};
#else
  return {errno, asio::error::get_system_category()};
#endif
}

/// The rest of the time, or a part of it; rounded up: the last millisecond is not spent in a loop.
inline int milliseconds_until(time_point limit, std::chrono::milliseconds longest) noexcept {
  time_point const now = std::chrono::steady_clock::now();
  if (limit <= now) return 0; // also where the difference of the two would overflow
  auto const left = limit - now;
  if (left >= longest) return static_cast<int>(longest.count());
  return static_cast<int>(std::chrono::ceil<std::chrono::milliseconds>(left).count());
}

bool wait_until_ready(asio::ip::tcp::socket& socket, readiness what, time_point limit,
                      error_code& ec) {
  while (true) {
    int const patience = milliseconds_until(limit, std::chrono::minutes{1});
#ifdef _WIN32
    WSAPOLLFD asked{};
    asked.fd = socket.native_handle();
    asked.events = static_cast<short>(what == readiness::to_read ? POLLRDNORM : POLLWRNORM);
    int const ready = ::WSAPoll(&asked, 1, patience);
#else
    pollfd asked{};
    asked.fd = socket.native_handle();
    asked.events = what == readiness::to_read ? POLLIN : POLLOUT;
    int const ready = ::poll(&asked, 1, patience);
#endif
    if (ready > 0) {
      ec = {};
      return true;
    }
    if (ready < 0) {
      ec = last_socket_error();
      if (ec != asio::error::interrupted) return false;
    } else if (std::chrono::steady_clock::now() >= limit) {
      ec = asio::error::timed_out;
      return false;
    }
  }
}

/// `SO_ERROR`: what a connect that went on in the background has come to.
class connect_result {
 public:
  template <class Protocol>
  [[nodiscard]] static int level(Protocol const&) noexcept {
    return SOL_SOCKET;
  }
  template <class Protocol>
  [[nodiscard]] static int name(Protocol const&) noexcept {
    return SO_ERROR;
  }
  template <class Protocol>
  [[nodiscard]] int* data(Protocol const&) noexcept {
    return &value_;
  }
  template <class Protocol>
  [[nodiscard]] static std::size_t size(Protocol const&) noexcept {
    return sizeof(int);
  }
  template <class Protocol>
  static void resize(Protocol const&, std::size_t) noexcept {}

  [[nodiscard]] error_code code() const noexcept {
    return {value_, asio::error::get_system_category()};
  }

 private:
  int value_ = 0;
};

/// Reads and writes block from now on; Asio is not told.
inline void let_block(asio::ip::tcp::socket& socket, error_code& ec) noexcept {
#ifndef _WIN32
  int const flags = ::fcntl(socket.native_handle(), F_GETFL);
  if (flags < 0 || ::fcntl(socket.native_handle(), F_SETFL, flags & ~O_NONBLOCK) < 0)
    ec = last_socket_error();
#endif
}

void connect_until(asio::ip::tcp::socket& socket, asio::ip::tcp::endpoint const& to,
                   time_point limit, error_code& ec) {
  socket.open(to.protocol(), ec);
  if (!ec) socket.non_blocking(true, ec);
  if (ec) return;
#ifdef _WIN32
  int const connected = ::connect(socket.native_handle(), to.data(), static_cast<int>(to.size()));
#else
  int const connected =
      ::connect(socket.native_handle(), to.data(), static_cast<socklen_t>(to.size()));
#endif
  if (connected != 0) {
    ec = last_socket_error();
    bool const goes_on = ec == asio::error::in_progress || ec == asio::error::would_block ||
                         ec == asio::error::interrupted;
    if (!goes_on || !wait_until_ready(socket, readiness::to_write, limit, ec)) return;
    connect_result ended;
    socket.get_option(ended, ec);
    if (!ec) ec = ended.code();
  }
  if (!ec) let_block(socket, ec);
}

#ifdef _WIN32
bool patience::renew(asio::ip::tcp::socket& socket, readiness what, time_point limit,
                     error_code& ec) {
  return wait_until_ready(socket, what, limit, ec);
}
#else
bool patience::renew(asio::ip::tcp::socket& socket, readiness, time_point limit, error_code& ec) {
  int const left = milliseconds_until(limit, std::chrono::seconds{1});
  if (left == 0) {
    ec = asio::error::timed_out;
    return false;
  }
  ec = {};
  if (left == milliseconds_) return true;
  timeval const time{.tv_sec = left / 1000, .tv_usec = suseconds_t{left % 1000} * 1000};
  for (int const option : {SO_RCVTIMEO, SO_SNDTIMEO})
    if (::setsockopt(socket.native_handle(), SOL_SOCKET, option, &time, sizeof time) != 0)
      ec = last_socket_error();
  if (!ec) milliseconds_ = left;
  return !ec;
}
#endif

} // namespace argus_ticket::detail::https

#endif
