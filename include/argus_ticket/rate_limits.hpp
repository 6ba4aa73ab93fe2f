#ifndef ARGUS_TICKET_RATE_LIMITS_HPP
#define ARGUS_TICKET_RATE_LIMITS_HPP

#include <chrono>
#include <vector>

namespace argus_ticket {

/// So much within so long: the costs of the requests in any window of that length may not exceed
/// `most`. A request that changes something is a write or, where repeating it would make two of it,
/// a creation; others are reads.
struct rate_budget {
  std::chrono::seconds window{60}; ///< How long; it slides.
  unsigned most = 0;               ///< How many points the costs may come to.
  unsigned read = 0;               ///< How many points a read costs.
  unsigned write = 0;              ///< How many points a write costs.
  unsigned creation = 0;           ///< How many points a creation costs.
};

/// What a ticket system asks of all who use one credential, together.
struct rate_limits {
  /// From the end of a write to the next one; where it is above zero, writes go one at a time.
  std::chrono::milliseconds write_gap{0};
  unsigned concurrent = 0;          ///< Requests at once; 0: any number.
  std::vector<rate_budget> budgets; ///< All of them hold at once.
};

} // namespace argus_ticket

#endif
