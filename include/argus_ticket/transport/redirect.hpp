#ifndef ARGUS_TICKET_TRANSPORT_REDIRECT_HPP
#define ARGUS_TICKET_TRANSPORT_REDIRECT_HPP

#include <argus_ticket/http/request.hpp>
#include <argus_ticket/http/response.hpp>
#include <argus_ticket/result.hpp>

#include <optional>

namespace argus_ticket {

/**
 * What to send after a reply that may be a redirect: pure, without I/O.
 *
 * - A `safe` request follows 301, 302, 307 and 308, and as a GET 303 too.
 * - Any other one follows 307 and 308 only, and only on its own host.
 * - Nothing that carries credentials goes to another host; nothing goes from https to http.
 *
 * "Its own host" is the same origin, or https on the default port after http on the default port.
 *
 * @param sent The request that was answered.
 * @param reply Its reply; a redirect is one with 301, 302, 303, 307 or 308 and a `Location`.
 * @param followed How many redirects were followed before this one.
 * @param limit How many may be followed.
 * @return The request to send next, or nothing where the reply is the answer.
 *
 * Errors: `errc::redirect_refused` with `outcome::rejected`; but after a 303 to a request that is
 * not safe, which the server may have carried out, with `outcome::ambiguous`. The message names the
 * other host; `where` is the origin of what was sent. Exception safety: `std::bad_alloc` at most.
 */
[[nodiscard]] ARGUS_TICKET_DECL result<std::optional<http::request>>
follow_redirect(http::request const& sent, http::response const& reply, int followed, int limit);

} // namespace argus_ticket

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/transport/redirect.ipp>
#endif

#endif
