#ifndef ARGUS_TICKET_TRANSPORT_HTTPS_HPP
#define ARGUS_TICKET_TRANSPORT_HTTPS_HPP

#include <argus_ticket/http/transport.hpp>
#include <argus_ticket/transport/https_options.hpp>

#include <memory>

namespace argus_ticket {
namespace detail::https {
class shared_state;
}

/**
 * HTTP over TLS, on Boost.Beast, Boost.Asio and OpenSSL.
 *
 * A handle: copies share the settings and the connections, which are kept open for the next request
 * to the same server. Certificates and host names are always verified; see @ref https_options for
 * the rest, and @ref follow_redirect for redirects.
 *
 * A request over a kept connection that turns out to be dead is sent once more over a new one where
 * it is `safe` or `idempotent`, or where nothing of it was sent. Where that does not succeed
 * either, an `idempotent` one ends `ambiguous`: it may have been done the first time.
 *
 * Satisfies @ref http::transport. Not to be used across `fork`: call @ref close_idle before it.
 *
 * Errors: those of @ref send. Exception safety: the constructors throw; others `std::bad_alloc` at
 * most.
 * Guarantees: in all else those of a @ref handle.
 */
class https_transport {
 public:
  /// With the default options.
  ARGUS_TICKET_DECL https_transport();
  /// Connects to nothing yet.
  /// @param options How it connects.
  /// @throws ticket_error with `errc::invalid_settings` and every problem of the options.
  ARGUS_TICKET_DECL explicit https_transport(https_options options);
  /// The same without exceptions: `errc::invalid_settings` with every problem of the options.
  [[nodiscard]] static ARGUS_TICKET_DECL result<https_transport> make(https_options options);

  /**
   * Sends a request and waits for the whole reply, redirects followed.
   *
   * @param request What to send. `Host`, `Content-Length`, and `User-Agent` where there is none,
   * are added; what it says itself about its framing is left out.
   * @param deadline When to give up; `https_options::total_timeout` may end it earlier.
   * @return The reply, whatever its status (but for redirects that are followed).
   *
   * Errors: each with `where` (the server's origin), `outcome` and `progress`:
   * - `connection_failed`: name look-up, connect, proxy; the connection broke off;
   * - `tls_failed`: certificate or protocol version refused, by either side; `outcome::rejected`,
   *   or `not_applied` where the handshake failed for another reason;
   * - `timed_out`;
   * - `redirect_refused`: see @ref follow_redirect;
   * - `bad_reply`: a reply that is no HTTP or exceeds a limit;
   * - `invalid_settings`: http to another machine, or a header that is not well formed; nothing is
   *   sent.
   *
   * Before a byte of the request has left, and for `safe` requests, `outcome` is `not_applied`;
   * after it `ambiguous`.
   *
   * Exception safety: `std::bad_alloc` at most; the transport stays as good as before.
   */
  [[nodiscard]] ARGUS_TICKET_DECL result<http::response> send(http::request const& request,
                                                              http::deadline deadline) const;

  /// Closes the connections that are kept for later and not in use.
  ARGUS_TICKET_DECL void close_idle() const;

 private:
  explicit https_transport(std::shared_ptr<detail::https::shared_state> state) noexcept
      : state_(std::move(state)) {}

  std::shared_ptr<detail::https::shared_state> state_;
};

static_assert(http::transport<https_transport>);

} // namespace argus_ticket

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/transport/https.ipp>
#endif

#endif
