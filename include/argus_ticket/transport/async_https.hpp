#ifndef ARGUS_TICKET_TRANSPORT_ASYNC_HTTPS_HPP
#define ARGUS_TICKET_TRANSPORT_ASYNC_HTTPS_HPP

#include <argus_ticket/async.hpp>
#include <argus_ticket/http/transport.hpp>
#include <argus_ticket/transport/executor_threads.hpp>
#include <argus_ticket/transport/https_options.hpp>

#include <boost/asio/any_completion_handler.hpp>
#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/consign.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <memory>
#include <utility>

namespace argus_ticket {
namespace detail::https {
class async_state;
}

/**
 * HTTP over TLS without blocking, on Boost.Beast, Boost.Asio and OpenSSL.
 *
 *     asio::io_context io{1};
 *     at::client<"github", at::async_https_transport> tickets{
 *         settings, at::async_https_transport{io.get_executor(), {}, at::executor_threads::one}};
 *     at::result<at::ticket> opened = co_await tickets.async_find_or_create(incident);
 *
 * As @ref https_transport in all that it sends, verifies, follows, repeats and reports. Of the
 * connections to one server no more than `https_options::max_connections_per_host` are in use at a
 * time; what is sent beyond that waits in its order. Name look-ups run in threads of their own.
 * Connections that are kept have no timer, so that an execution context without work ends; those
 * that are too old are closed when another one is looked for.
 *
 * A handle: copies share the settings and the connections. Satisfies @ref http::async_transport.
 * Errors: those of @ref async_send. Exception safety: the constructor throws; others
 * `std::bad_alloc` at most.
 * Thread safety: every member may be called from several threads at once.
 * Object lifetimes: the execution context must outlive all copies.
 * Cancellation: see @ref async_send.
 */
class async_https_transport {
 public:
  using executor_type = boost::asio::any_io_executor; ///< Any executor of Boost.Asio's.
  /// What clients use where no token is given.
  using default_completion_token_type = boost::asio::use_awaitable_t<>;
  /// A handler of @ref async_send, whatever it is.
  using send_handler = boost::asio::any_completion_handler<void(result<http::response>)>;

  /// Connects to nothing yet.
  /// @param on Where everything runs that no handler runs elsewhere.
  /// @param options How it connects.
  /// @param threads Of that executor. A strand counts as one.
  /// @throws ticket_error with `errc::invalid_settings` and every problem of the options.
  ARGUS_TICKET_DECL explicit async_https_transport(
      executor_type on, https_options options = {},
      executor_threads threads = executor_threads::several);
  /// The same without exceptions: `errc::invalid_settings` with every problem of the options.
  [[nodiscard]] static ARGUS_TICKET_DECL result<async_https_transport>
  make(executor_type on, https_options options = {},
       executor_threads threads = executor_threads::several);

  /// The executor that it was given.
  [[nodiscard]] ARGUS_TICKET_DECL executor_type get_executor() const noexcept;

  /**
   * Sends a request and gives the whole reply, redirects followed.
   *
   * @param request What to send; must live until the operation has ended.
   * @param deadline When to give up; `https_options::total_timeout` may end it earlier.
   * @param token A completion token of signature `void(result<http::response>)`.
   * @return What the token makes of it.
   *
   * Errors: those of `https_transport::send`, with the same outcomes; `timed_out` also where no
   * connection was free in time; `cancelled`. Cancellation: `terminal` and `partial`; the
   * connection is closed where a request is on it.
   */
  template <class Token = default_completion_token_type>
  auto async_send(http::request const& request, http::deadline deadline,
                  Token&& token = Token{}) const {
    namespace asio = boost::asio;
    using signature = void(result<http::response>);
    return asio::async_initiate<Token, signature>(
        [state = state_, on = get_executor()](auto handler, http::request const* what,
                                              http::deadline until) {
          // Who waits for the handler's executor to be out of work waits for the handler.
          auto work = asio::make_work_guard(asio::get_associated_executor(handler, on));
          auto tracked = asio::consign(std::move(handler), std::move(work));
          asio::async_initiate<decltype(tracked), signature>(
              [&](send_handler erased) { start(state, *what, until, std::move(erased)); }, tracked);
        },
        token, &request, deadline);
  }

  /// Closes the connections that are kept for later and not in use.
  ARGUS_TICKET_DECL void close_idle() const;

 private:
  explicit async_https_transport(std::shared_ptr<detail::https::async_state> state) noexcept
      : state_(std::move(state)) {}
  static ARGUS_TICKET_DECL void start(std::shared_ptr<detail::https::async_state> state,
                                      http::request const& request, http::deadline deadline,
                                      send_handler handler);

  std::shared_ptr<detail::https::async_state> state_;
};

static_assert(http::async_transport<async_https_transport>);

} // namespace argus_ticket

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/transport/async_https.ipp>
#endif

#endif
