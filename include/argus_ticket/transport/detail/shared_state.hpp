#ifndef ARGUS_TICKET_TRANSPORT_DETAIL_SHARED_STATE_HPP
#define ARGUS_TICKET_TRANSPORT_DETAIL_SHARED_STATE_HPP

#include <argus_ticket/transport/detail/blocking_connection.hpp>
#include <argus_ticket/transport/detail/connector.hpp>
#include <argus_ticket/transport/detail/idle_pool.hpp>

#include <boost/asio/io_context.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace argus_ticket::detail::https {

/// What the copies of a transport share.
class shared_state {
 public:
  /// Adds to the problems what is wrong with the options; with one it is not to be used.
  ARGUS_TICKET_DECL shared_state(https_options options, std::vector<problem>& problems);

  /// Sends over one connection, kept or new, and keeps it where it is still good.
  /// @param a Takes the outcome; its connection settings are filled in here.
  /// @return Whether the connection had carried a request before.
  ARGUS_TICKET_DECL bool send_once(http::request const& request, time_point deadline, bool fresh,
                                   std::optional<attempt>& a);

  [[nodiscard]] https_options const& options() const noexcept { return connect_.options(); }
  [[nodiscard]] idle_pool<blocking_connection>& pool() noexcept { return pool_; }

 private:
  connector connect_;
  asio::io_context context_; // which sockets cannot be without; it never runs
  idle_pool<blocking_connection> pool_;
};

} // namespace argus_ticket::detail::https

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/transport/shared_state.ipp>
#endif

#endif
