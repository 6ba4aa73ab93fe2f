#ifndef ARGUS_TICKET_DETAIL_JSON_TEXT_HPP
#define ARGUS_TICKET_DETAIL_JSON_TEXT_HPP

#include <argus_ticket/detail/config.hpp>

#include <string>
#include <string_view>

namespace argus_ticket::detail {

/**
 * Writes a text as a JSON string (RFC 8259, 7), quotes included, behind another text.
 *
 * For requests whose texts are long: no tree is made of them first. Only what must be escaped is.
 * @param text Well-formed UTF-8.
 */
ARGUS_TICKET_DECL void append_json_string(std::string& to, std::string_view text);

} // namespace argus_ticket::detail

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/json_text.ipp>
#endif

#endif
