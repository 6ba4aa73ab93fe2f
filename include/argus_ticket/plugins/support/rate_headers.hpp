#ifndef ARGUS_TICKET_PLUGINS_SUPPORT_RATE_HEADERS_HPP
#define ARGUS_TICKET_PLUGINS_SUPPORT_RATE_HEADERS_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/http/response.hpp>

#include <chrono>
#include <optional>

namespace argus_ticket::plugins::support {

/**
 * How long until a budget that is used up is full again, a second of slack included: where
 * `X-RateLimit-Remaining` or `RateLimit-Remaining` is 0, by `X-RateLimit-Reset` or
 * `RateLimit-Reset`, a Unix time, which counts from the reply's own `Date`, or a number of seconds.
 * Nothing where the budget is not used up, or the reset cannot be read. At most a day.
 *
 * Headers: https://docs.github.com/en/rest/using-the-rest-api/rate-limits-for-the-rest-api,
 * https://docs.gitlab.com/security/rate_limits/.
 */
[[nodiscard]] ARGUS_TICKET_DECL std::optional<std::chrono::seconds>
until_reset(http::response const& reply);

} // namespace argus_ticket::plugins::support

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/plugins/support/rate_headers.ipp>
#endif

#endif
