#ifndef ARGUS_TICKET_DETAIL_CLIENT_ERRORS_HPP
#define ARGUS_TICKET_DETAIL_CLIENT_ERRORS_HPP

#include <argus_ticket/error.hpp>

namespace argus_ticket::detail {

// The errors of a client itself, of which neither plugin nor transport knows.

inline error still_in_flight() {
  return {errc::timed_out, outcome::not_applied,
          "another call for the same incident is still under way"};
}

inline error nothing_to_preview() {
  return {errc::invalid_incident, outcome::rejected,
          "the incident has a ticket already: nothing would be sent", "incident.ticket_url"};
}

/// Stands where the compiler has given up already.
inline error unsupported() {
  return {errc::unsupported, outcome::rejected, "the ticket system has no such operation"};
}

} // namespace argus_ticket::detail

#endif
