#ifndef ARGUS_TICKET_OUTBOX_RUNNER_OPTIONS_HPP
#define ARGUS_TICKET_OUTBOX_RUNNER_OPTIONS_HPP

#include <chrono>

namespace argus_ticket {

/// How a runner goes about its work.
struct runner_options {
  int workers = 1; ///< Deliveries at a time; above zero. Those of one incident are never parallel.
  /// After how long the store is asked again although nothing was submitted here: for what other
  /// processes accept or requeue. Above zero.
  std::chrono::milliseconds poll{1'000};
};

} // namespace argus_ticket

#endif
