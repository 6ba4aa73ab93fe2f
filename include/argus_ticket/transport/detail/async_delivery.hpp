#ifndef ARGUS_TICKET_TRANSPORT_DETAIL_ASYNC_DELIVERY_HPP
#define ARGUS_TICKET_TRANSPORT_DETAIL_ASYNC_DELIVERY_HPP

#include <argus_ticket/transport/detail/async_connection.hpp>
#include <argus_ticket/transport/detail/connection_slots.hpp>
#include <argus_ticket/transport/detail/connector.hpp>
#include <argus_ticket/transport/detail/delivery.hpp>
#include <argus_ticket/transport/detail/idle_pool.hpp>
#include <argus_ticket/transport/executor_threads.hpp>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/steady_timer.hpp>

#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace argus_ticket::detail::https {

/// An asynchronous connection that is closed where it is used, when nobody holds it any more.
class held_connection {
 public:
  explicit held_connection(asio::any_io_executor const& executor)
      : connection_(std::make_shared<async_connection>(executor)) {}
  held_connection(held_connection const&) = delete;
  held_connection& operator=(held_connection const&) = delete;
  ARGUS_TICKET_DECL ~held_connection();

  [[nodiscard]] bool is_reusable() { return connection_->is_reusable(); }
  [[nodiscard]] async_connection& get() const noexcept { return *connection_; }

 private:
  std::shared_ptr<async_connection> connection_;
};

/// What the copies of an asynchronous transport share.
class async_state {
 public:
  async_state(asio::any_io_executor on, https_options options, executor_threads run_by,
              std::vector<problem>& problems)
      : connect(std::move(options), problems),
        pool(connect.options().max_idle_connections, connect.options().idle_timeout),
        slots(connect.options().max_connections_per_host), executor(std::move(on)),
        threads(run_by) {}

  /// Something that runs one handler at a time.
  [[nodiscard]] ARGUS_TICKET_DECL asio::any_io_executor one_at_a_time() const;

  connector connect;
  idle_pool<held_connection> pool;
  connection_slots slots;
  asio::any_io_executor executor;
  executor_threads threads;
};

/**
 * Carries one request of an asynchronous transport to its end: waits for its turn with the server,
 * takes or opens a connection, follows redirects.
 *
 * All of it runs on an executor of its own, but for what happens on a connection, which has one of
 * its own too. Cancellation may come from any thread.
 */
class async_delivery final : public std::enable_shared_from_this<async_delivery>,
                             private procedure_owner,
                             private slot_waiter {
 public:
  using handler = asio::any_completion_handler<void(result<http::response>)>;

  ARGUS_TICKET_DECL async_delivery(std::shared_ptr<async_state> all, http::request const& request,
                                   time_point deadline, handler to);
  ARGUS_TICKET_DECL void start();

 private:
  ARGUS_TICKET_DECL void wait_for_slot();
  ARGUS_TICKET_DECL void leave_line(errc why);
  ARGUS_TICKET_DECL void granted() override;
  ARGUS_TICKET_DECL void send_soon();
  ARGUS_TICKET_DECL void send();
  /// On the connection's executor, as @ref went_on.
  ARGUS_TICKET_DECL void begin();
  ARGUS_TICKET_DECL void went_on() override;
  ARGUS_TICKET_DECL void sent(std::exception_ptr const& thrown);
  ARGUS_TICKET_DECL void cancel();
  ARGUS_TICKET_DECL void give_slot_back();
  /// Not from inside of who starts it.
  ARGUS_TICKET_DECL void finish(result<http::response> reply);
  ARGUS_TICKET_DECL void finish_soon(error why);
  [[nodiscard]] ARGUS_TICKET_DECL error not_sent(errc why) const;

  std::shared_ptr<async_state> all_;
  delivery delivery_;
  time_point deadline_;
  handler to_;
  asio::any_io_executor own_;
  std::optional<attempt> attempt_;
  std::string key_; // of the slot that it has or waits for; empty where none
  std::optional<asio::steady_timer> in_line_;
  std::unique_ptr<held_connection> used_;
  bool kept_ = false;                      // it had carried a request before
  std::optional<procedure<void>> running_; // on the connection
  bool cancelled_ = false;
};

} // namespace argus_ticket::detail::https

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/transport/async_delivery.ipp>
#endif

#endif
