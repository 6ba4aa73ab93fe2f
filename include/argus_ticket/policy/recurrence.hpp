#ifndef ARGUS_TICKET_POLICY_RECURRENCE_HPP
#define ARGUS_TICKET_POLICY_RECURRENCE_HPP

#include <chrono>

namespace argus_ticket {

/**
 * What `find_or_create` does with an incident whose ticket is closed.
 *
 * By default the closed ticket is the answer, and the caller sees its `state`: an incident is
 * usually handed in more often than it happens, and a ticket that a person has closed must not come
 * back each time. Where the same incident does happen again, `again` lets its ticket be reopened if
 * it was closed no longer ago than `reopen_within`; past that a new ticket is opened, which ends
 * with a link to the old one. A ticket that was closed as not planned stays closed in any case, and
 * so does one of which the system does not say when it was closed.
 */
struct recurrence {
  bool again = false; ///< Whether an incident that is handed in again has happened again.
  /// How long after it was closed a ticket is reopened rather than another one opened.
  std::chrono::seconds reopen_within = std::chrono::days{7};
};

} // namespace argus_ticket

#endif
