#ifndef ARGUS_TICKET_TRANSPORT_DETAIL_BLOCKING_CONNECTION_HPP
#define ARGUS_TICKET_TRANSPORT_DETAIL_BLOCKING_CONNECTION_HPP

#include <argus_ticket/transport/detail/connection.hpp>

namespace argus_ticket::detail::https {

/// A connection whose steps block: nothing of Asio's event loop runs.
class blocking_connection final : public connection {
 public:
  explicit blocking_connection(asio::any_io_executor const& executor,
                               lookup_function lookup = system_lookup)
      : connection(executor, std::move(lookup)) {}
  /// Tells the other side, where TLS is up, and waits for nothing.
  ARGUS_TICKET_DECL ~blocking_connection() override;

  void limit(time_point when) override { limit_ = when; }
  void unlimit() override { limit_ = (time_point::max)(); }

 private:
  ARGUS_TICKET_DECL void begin_look_up(pending_step&, std::string const& host,
                                       std::string const& port, endpoints& into) override;
  ARGUS_TICKET_DECL void begin_connect(pending_step&, asio::ip::tcp::endpoint const&) override;
  ARGUS_TICKET_DECL void begin_handshake(pending_step&) override;
  ARGUS_TICKET_DECL void begin_read(pending_step&, asio::mutable_buffer) override;
  ARGUS_TICKET_DECL void begin_write(pending_step&, asio::const_buffer) override;

  /// Whether the time of the next step is over; it has failed then.
  [[nodiscard]] ARGUS_TICKET_DECL bool is_late(pending_step&);
  ARGUS_TICKET_DECL void ended(pending_step&, error_code ec, std::size_t count = 0);

  time_point limit_ = (time_point::max)();
};

} // namespace argus_ticket::detail::https

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/transport/blocking_connection.ipp>
#endif

#endif
