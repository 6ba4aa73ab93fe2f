#ifndef ARGUS_TICKET_PLUGINS_SUPPORT_REPLY_HPP
#define ARGUS_TICKET_PLUGINS_SUPPORT_REPLY_HPP

#include <argus_ticket/http/response.hpp>
#include <argus_ticket/result.hpp>
#include <argus_ticket/ticket.hpp>

#include <boost/json/value.hpp>

#include <chrono>
#include <optional>
#include <string_view>

namespace argus_ticket::plugins::support {

/// What all JSON systems' replies have in common: which outcome a status means, when to come back.

/**
 * The error that a reply's status stands for, whatever the system: 401 `bad_credentials`, 403
 * `not_permitted`, 404 and 410 `target_not_found`, 429 `rate_limited`, other 4xx `refused`, 5xx
 * `server_failed`, 3xx `redirect_refused`, anything else `bad_reply`. Outcomes are those of a
 * write: `ambiguous` wherever the server may have done it.
 */
[[nodiscard]] ARGUS_TICKET_DECL error error_of(http::response const& reply);

/// The server's words as they may be shown: one line, repaired, at most 500 characters.
[[nodiscard]] ARGUS_TICKET_DECL std::string presentable(std::string_view server_text);

/// `Retry-After` (RFC 9110, 10.2.3), in seconds or as a date, which counts from the reply's own
/// `Date`. At most a day.
[[nodiscard]] ARGUS_TICKET_DECL std::optional<std::chrono::seconds>
retry_after(http::response const& reply);

/// The time of a text that is an HTTP date in its preferred form, `Sun, 06 Nov 1994 08:49:37 GMT`
/// (RFC 9110, 5.6.7).
[[nodiscard]] ARGUS_TICKET_DECL std::optional<std::chrono::sys_seconds>
parse_http_date(std::string_view text);

/// The reply's body as JSON; `errc::bad_reply` and `ambiguous` where it is none.
[[nodiscard]] ARGUS_TICKET_DECL result<boost::json::value> json_of(http::response const& reply);

/// A reply that is JSON, but not what the system documents.
[[nodiscard]] ARGUS_TICKET_DECL error bad_reply(http::response const& reply, std::string what);

/// A ticket as it was read from a reply; `errc::bad_reply` where it has no id or number, no page
/// that is http or https, or a state that is unknown.
[[nodiscard]] ARGUS_TICKET_DECL result<ticket> checked(ticket read, http::response const& reply);

} // namespace argus_ticket::plugins::support

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/plugins/support/reply.ipp>
#endif

#endif
