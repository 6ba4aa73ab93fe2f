#ifndef ARGUS_TICKET_TRANSPORT_DETAIL_SHARED_STATE_HPP
#define ARGUS_TICKET_TRANSPORT_DETAIL_SHARED_STATE_HPP

#include <argus_ticket/transport/detail/connector.hpp>
#include <argus_ticket/transport/detail/idle_pool.hpp>

#include <boost/asio/io_context.hpp>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace argus_ticket::detail::https {

/// A connection for callers that block: with an execution context of its own, which one of them at
/// a time runs.
class blocking_connection {
 public:
  blocking_connection()
      : connection_(
            std::make_shared<connection>(context_.get_executor(), connection::clock::runner_s)) {}
  blocking_connection(blocking_connection const&) = delete;
  blocking_connection& operator=(blocking_connection const&) = delete;
  ARGUS_TICKET_DECL ~blocking_connection();

  [[nodiscard]] bool is_reusable() { return connection_->is_reusable(); }
  /// Runs an attempt to its end. @throws What the attempt throws.
  ARGUS_TICKET_DECL void run(attempt&);

 private:
  asio::io_context context_{1};
  std::shared_ptr<connection> connection_;
};

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
  idle_pool<blocking_connection> pool_;
};

} // namespace argus_ticket::detail::https

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/transport/shared_state.ipp>
#endif

#endif
