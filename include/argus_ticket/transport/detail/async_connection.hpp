#ifndef ARGUS_TICKET_TRANSPORT_DETAIL_ASYNC_CONNECTION_HPP
#define ARGUS_TICKET_TRANSPORT_DETAIL_ASYNC_CONNECTION_HPP

#include <argus_ticket/transport/detail/connection.hpp>

#include <boost/asio/steady_timer.hpp>

#include <memory>

namespace argus_ticket::detail::https {

/// Who has a procedure run on an asynchronous connection.
class procedure_owner {
 public:
  /// The procedure has gone on after a step, and waits for another one or has ended.
  virtual void went_on() = 0;

 protected:
  ~procedure_owner() = default;
};

/**
 * A connection whose steps go on in the background, with a timer for their limit.
 *
 * Thread safety: everything runs on the executor, which must not run two handlers at once.
 * Object lifetimes: owned by a `shared_ptr`. What is under way shares the connection and the owner
 * of the procedure: where an execution context is destroyed with its handlers, so are these.
 */
class async_connection final : public connection,
                               public std::enable_shared_from_this<async_connection> {
 public:
  explicit async_connection(asio::any_io_executor const& executor,
                            lookup_function lookup = system_lookup)
      : connection(executor, std::move(lookup)), timer_(executor) {}
  ARGUS_TICKET_DECL ~async_connection() override;

  [[nodiscard]] asio::any_io_executor executor() { return timer_.get_executor(); }
  /// Whose procedure runs next.
  void serve(std::weak_ptr<procedure_owner> owner) noexcept { owner_ = std::move(owner); }

  ARGUS_TICKET_DECL void limit(time_point) override;
  ARGUS_TICKET_DECL void unlimit() override;
  /// Ends a look-up as well.
  ARGUS_TICKET_DECL void close() noexcept override;
  /// Nobody waits for a look-up any more; none is to be begun. From any thread.
  ARGUS_TICKET_DECL void forget_look_up() noexcept;
  /// Tells the other side, where TLS is up; waits for nothing.
  ARGUS_TICKET_DECL void close_gracefully() noexcept;

 private:
  ARGUS_TICKET_DECL void begin_look_up(pending_step&, std::string const& host,
                                       std::string const& port, endpoints& into) override;
  ARGUS_TICKET_DECL void begin_connect(pending_step&, asio::ip::tcp::endpoint const&) override;
  ARGUS_TICKET_DECL void begin_handshake(pending_step&) override;
  ARGUS_TICKET_DECL void begin_read(pending_step&, asio::mutable_buffer) override;
  ARGUS_TICKET_DECL void begin_write(pending_step&, asio::const_buffer) override;
  /// The handler that ends a step.
  [[nodiscard]] ARGUS_TICKET_DECL auto ends(pending_step&);
  ARGUS_TICKET_DECL void end_look_up(error_code why);

  asio::steady_timer timer_;
  unsigned long step_ = 0; // the clock of an earlier step may go off late
  std::weak_ptr<procedure_owner> owner_;
  std::shared_ptr<pending_lookup> lookup_; // the one that is waited for
  pending_step* looking_up_ = nullptr;
  endpoints* found_ = nullptr;
};

} // namespace argus_ticket::detail::https

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/transport/async_connection.ipp>
#endif

#endif
