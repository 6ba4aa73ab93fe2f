#ifndef ARGUS_TICKET_TRANSPORT_DETAIL_LOOKUP_HPP
#define ARGUS_TICKET_TRANSPORT_DETAIL_LOOKUP_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/transport/detail/asio.hpp>

#include <boost/asio/ip/tcp.hpp>

#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

namespace argus_ticket::detail::https {

using endpoints = std::vector<asio::ip::tcp::endpoint>;

/// Blocks until a host's addresses are known.
using lookup_function =
    std::function<endpoints(std::string const& host, std::string const& port, error_code&)>;

/// The system's name look-up (`getaddrinfo`).
[[nodiscard]] ARGUS_TICKET_DECL endpoints system_lookup(std::string const& host,
                                                        std::string const& port, error_code& ec);

/// The addresses of a host that needs no look-up: of an address, and of `localhost`. Nothing where
/// the name has to be looked up.
/// @param ec `asio::error::invalid_argument` where the port is no number of one.
[[nodiscard]] ARGUS_TICKET_DECL std::optional<endpoints>
known_endpoints(std::string const& host, std::string const& port, error_code& ec);

/**
 * A name look-up that can be waited for, and left behind.
 *
 * `getaddrinfo` cannot be cancelled, and Asio's resolver makes the end of an `io_context` wait for
 * it. So it runs in a thread of its own, which ends by itself. Thread safety: all members may be
 * called at once.
 */
class pending_lookup {
 public:
  /// Starts the thread, which shares the look-up.
  /// @param wake Called once in that thread when the addresses are known, or never.
  /// @return Null where no thread can be started.
  [[nodiscard]] static ARGUS_TICKET_DECL std::shared_ptr<pending_lookup>
  start(std::string host, std::string port, std::function<void()> wake, lookup_function lookup);

  /// Blocks until the addresses are known. @return Whether they are; else the time is over.
  [[nodiscard]] ARGUS_TICKET_DECL bool wait(time_point limit);
  /// Nobody waits any more: once this has returned, nobody is woken.
  ARGUS_TICKET_DECL void abandon() noexcept;
  /// The addresses, once they are known, and once. Errors: those of the look-up,
  /// `asio::error::host_not_found` where there are none.
  [[nodiscard]] ARGUS_TICKET_DECL endpoints take(error_code& ec);

 private:
  explicit pending_lookup(std::function<void()> wake) : wake_(std::move(wake)) {}
  ARGUS_TICKET_DECL void finish(endpoints found, error_code ec);

  std::mutex mutex_;
  std::condition_variable ended_;
  std::function<void()> wake_;
  endpoints found_;
  error_code ec_;
  bool done_ = false;
};

} // namespace argus_ticket::detail::https

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/transport/lookup.ipp>
#endif

#endif
