#ifndef ARGUS_TICKET_OUTBOX_OPTIONS_HPP
#define ARGUS_TICKET_OUTBOX_OPTIONS_HPP

#include <argus_ticket/outbox/entry.hpp>
#include <argus_ticket/policy/retry.hpp>

#include <chrono>

namespace argus_ticket {

/// How an outbox goes about its work. All times are above zero.
struct outbox_options {
  outbox_caps caps{}; ///< How much it may hold.
  /// How long an entry may wait. When the ticket system fails it after that it is dead, with the
  /// reason `expired`; each entry is tried once at least.
  std::chrono::milliseconds longest_wait = std::chrono::days{7};
  /// How many attempts at delivering an entry may be begun; 0: as often as `longest_wait` leaves
  /// time for. Attempts that a rate limit or an outage stopped before anything was done do not
  /// count.
  int most_attempts = 0;
  /// How long is waited between two attempts; its own `attempts` is not heeded.
  backoff between{.first = std::chrono::seconds{2}, .longest = std::chrono::minutes{15}};
  /// How long nobody else takes an entry that is being delivered, at the least; never less than
  /// twice the client's timeout.
  std::chrono::milliseconds lease = std::chrono::minutes{2};
  /// How long an entry rests at least of which nobody knows whether it was done: after a reply that
  /// was lost, and after a crash. So long may a server take over a request.
  std::chrono::milliseconds grace = std::chrono::seconds{5};
  /// How long it is remembered which ticket an incident has; after that it is looked for.
  std::chrono::milliseconds remember_tickets = std::chrono::days{90};
};

} // namespace argus_ticket

#endif
