#ifndef ARGUS_TICKET_PLUGINS_SUPPORT_ASK_HPP
#define ARGUS_TICKET_PLUGINS_SUPPORT_ASK_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/http/request.hpp>
#include <argus_ticket/http/response.hpp>
#include <argus_ticket/operation.hpp>

#include <boost/json/array.hpp>
#include <boost/json/value.hpp>

#include <string>
#include <string_view>
#include <utility>

namespace argus_ticket::plugins::support {

/// A reply that is a success, and its body as JSON.
struct answer {
  answer(http::response r, boost::json::value j) : reply(std::move(r)), json(std::move(j)) {}

  http::response reply;    ///< Whole, for its headers.
  boost::json::value json; ///< Its body.
};

/**
 * Sends a request whose reply is JSON: `co_await ask(std::move(request), http::status::created)`.
 *
 * For systems whose statuses mean what they usually do; see @ref error_of.
 *
 * @param request    What to send.
 * @param documented The status that the system documents for success. Any other one is an error,
 *                   a 2xx too: then something was done, and nobody knows what.
 * @param number     Of the ticket that the request is about, where it is about one: that it is not
 *                   there is `errc::ticket_not_found` then.
 * @return The answer; the error that the status stands for; or `errc::bad_reply`, `ambiguous`,
 *         where the body is no JSON.
 */
[[nodiscard]] ARGUS_TICKET_DECL operation<answer> ask(http::request request, int documented,
                                                      std::string number = {});

/// The list that is a member of an answer; `errc::bad_reply` where there is none. Never an empty
/// one in its place: what could not be looked up is not "not there".
[[nodiscard]] ARGUS_TICKET_DECL result<boost::json::array> list_in(answer const& from,
                                                                   std::string_view member);

} // namespace argus_ticket::plugins::support

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/plugins/support/ask.ipp>
#endif

#endif
