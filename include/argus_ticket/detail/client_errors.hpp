#ifndef ARGUS_TICKET_DETAIL_CLIENT_ERRORS_HPP
#define ARGUS_TICKET_DETAIL_CLIENT_ERRORS_HPP

#include <argus_ticket/error.hpp>

#include <chrono>

namespace argus_ticket::detail {

// The errors of a client itself, of which neither plugin nor transport knows.

inline error still_in_flight() {
  return {errc::timed_out, outcome::not_applied,
          "another call for the same incident is still under way"};
}

/// The caller cancelled what was not begun.
inline error cancelled() {
  return {errc::cancelled, outcome::not_applied, "the caller cancelled the operation"};
}

/// A request was held back, so that no limit of its credential is passed.
inline error paced(std::chrono::milliseconds wait) {
  error e{errc::rate_limited, outcome::not_applied,
          "the ticket system's limits for this credential leave no room before the deadline"};
  e.retry_after = std::chrono::ceil<std::chrono::seconds>(wait);
  return e;
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
