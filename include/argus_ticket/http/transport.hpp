#ifndef ARGUS_TICKET_HTTP_TRANSPORT_HPP
#define ARGUS_TICKET_HTTP_TRANSPORT_HPP

#include <argus_ticket/http/deadline.hpp>
#include <argus_ticket/http/request.hpp>
#include <argus_ticket/http/response.hpp>
#include <argus_ticket/result.hpp>

#include <concepts>

namespace argus_ticket::http {

/**
 * What carries requests to servers and replies back.
 *
 * `send` blocks until it has the whole reply or the deadline has passed. Any status is a reply; an
 * error means that there is none. It throws nothing but `std::bad_alloc`. It may send a request a
 * second time where that is harmless: one that is `safe` or `idempotent`, or of which not a byte
 * had left. It sets in its errors
 * - `code`: `connection_failed`, `tls_failed`, `timed_out`, `redirect_refused`, `bad_reply` (a
 * reply that is no HTTP, or is too large) or `invalid_settings` (a request that it will not send);
 * - `outcome`: `not_applied` where nothing was sent, `rejected` where trying again cannot help (a
 *   certificate that is refused), `ambiguous` once a byte of the request has left;
 * - `progress`.
 *
 * @tparam T Usable from several threads at once where operations run so.
 */
template <class T>
concept transport = requires(T& t, request const& r, deadline d) {
  { t.send(r, d) } -> std::same_as<result<response>>;
};

/**
 * What carries requests without blocking.
 *
 * `async_send` is an asynchronous operation as Boost.Asio understands it, with the signature
 * `void(result<response>)`: it takes any completion token, and what was said of `send` holds of its
 * result. The request outlives it. Where it is cancelled it ends soon, with `errc::cancelled`, and
 * `outcome` and `progress` as for other errors; a reply that has come by then is given all the
 * same. The handler is not called from inside of `async_send`.
 *
 * Headers of such transports include `<argus_ticket/async.hpp>`, so that clients can run on them.
 *
 * @tparam T Names its `executor_type`, and gives the executor where operations run by themselves.
 */
template <class T>
concept async_transport =
    requires(T& t, request const& r, deadline d, void (*handler)(result<response>)) {
      typename T::executor_type;
      { t.get_executor() } -> std::same_as<typename T::executor_type>;
      t.async_send(r, d, handler);
    };

} // namespace argus_ticket::http

#endif
