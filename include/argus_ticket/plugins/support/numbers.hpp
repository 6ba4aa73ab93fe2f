#ifndef ARGUS_TICKET_PLUGINS_SUPPORT_NUMBERS_HPP
#define ARGUS_TICKET_PLUGINS_SUPPORT_NUMBERS_HPP

#include <argus_ticket/http/url.hpp>
#include <argus_ticket/result.hpp>
#include <argus_ticket/ticket.hpp>

#include <string>
#include <vector>

namespace argus_ticket::plugins::support {

/**
 * The number of a ticket that people call by a number or by its page.
 *
 * @param which   What the caller has given.
 * @param folders Where the pages are: `https://github.com/owner/name/issues`. The page of another
 *                server or project is no ticket of ours.
 * @param project The project's name, for the error.
 * @return Digits; `errc::ticket_not_found` where it is neither.
 */
[[nodiscard]] ARGUS_TICKET_DECL result<std::string>
ticket_number(ticket_ref const& which, std::vector<http::url> const& folders,
              std::string const& project);

} // namespace argus_ticket::plugins::support

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/plugins/support/numbers.ipp>
#endif

#endif
