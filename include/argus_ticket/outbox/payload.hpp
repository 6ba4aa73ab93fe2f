#ifndef ARGUS_TICKET_OUTBOX_PAYLOAD_HPP
#define ARGUS_TICKET_OUTBOX_PAYLOAD_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/incident.hpp>
#include <argus_ticket/result.hpp>
#include <argus_ticket/ticket.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace argus_ticket {

/**
 * What an entry's step needs: the payload of @ref outbox_entry as a value.
 *
 * As JSON it is an object with `incident`, in Argus's own form, and, where they are set, `text`,
 * `key`, `reason` (`completed`, `not_planned`), `parts` and `done`. Unknown members are left out of
 * account, so that an older program can deliver what a newer one wrote.
 *
 * Wire format: RFC 8259; the incident's is that of @ref parse_incident.
 */
struct outbox_payload {
  argus_ticket::incident incident{}; ///< The whole of it, so that nothing else is needed.
  std::string text{};                ///< Of a comment, as the user wrote it.
  std::string key{}; ///< Of a comment: a random one, by which it is found again once it is added.
  close_reason reason = close_reason::completed; ///< For closing.
  std::vector<std::string> parts{}; ///< Comments in the plugin's dialect: a text that goes on.
  std::size_t done = 0;             ///< How many comments of these are there already.
};

/// The payload as JSON text, which @ref payload_from_json reads.
[[nodiscard]] ARGUS_TICKET_DECL std::string to_json_text(outbox_payload const& payload);

/// Reads a payload's text again. `errc::invalid_incident` where it is damaged.
[[nodiscard]] ARGUS_TICKET_DECL result<outbox_payload> payload_from_json(std::string_view text);

} // namespace argus_ticket

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/outbox/payload.ipp>
#endif

#endif
