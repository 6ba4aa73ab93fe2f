#ifndef ARGUS_TICKET_TRANSPORT_DETAIL_ATTEMPT_HPP
#define ARGUS_TICKET_TRANSPORT_DETAIL_ATTEMPT_HPP

#include <argus_ticket/http/request.hpp>
#include <argus_ticket/http/response.hpp>
#include <argus_ticket/transport/detail/connection.hpp>
#include <argus_ticket/transport/detail/failure.hpp>
#include <argus_ticket/transport/detail/proxy.hpp>
#include <argus_ticket/transport/detail/reply_reader.hpp>
#include <argus_ticket/transport/https_options.hpp>

#include <optional>

namespace argus_ticket::detail::https {

/// One request over one connection: what it needs, and what became of it.
struct attempt {
  attempt(http::request const& r, https_options const& o, asio::ssl::context* t,
          proxy_address const* p, time_point d)
      : request(r), options(o), tls(t), proxy(p), deadline(d),
        failures(r.url().origin(), r.url().host() + ':' + r.url().port(), r.idempotency()) {}

  http::request const& request;
  https_options const& options;
  asio::ssl::context* tls;    ///< Null for http.
  proxy_address const* proxy; ///< Null where the server is reached directly.
  time_point deadline;
  failure_maker failures;

  progress sent = progress::nothing_sent;
  bool reusable = false; ///< The connection may carry another request.
  bool broken = false;   ///< The connection ended before a byte of the reply.
  std::optional<result<http::response>> reply;
};

/// Opens a connection for that attempt: name look-up, TCP, proxy, TLS.
/// @return Why it cannot be opened; nothing where it is open.
[[nodiscard]] ARGUS_TICKET_DECL procedure<std::optional<error>> open(connection&, attempt const&);

/// Sends the request and reads the reply, over an open connection.
[[nodiscard]] ARGUS_TICKET_DECL procedure<void> exchange(connection&, attempt&);

/**
 * Opens the connection where it is not open, sends the request and reads the reply.
 *
 * Ends by the deadline, with `attempt::reply` set. Blocking and asynchronous callers run this same
 * procedure. Object lifetimes: both must outlive it.
 */
[[nodiscard]] ARGUS_TICKET_DECL procedure<void> run(connection&, attempt&);

} // namespace argus_ticket::detail::https

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/transport/attempt_exchange.ipp>
#include <argus_ticket/impl/transport/attempt_open.ipp>
#endif

#endif
