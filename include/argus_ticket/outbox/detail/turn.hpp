#ifndef ARGUS_TICKET_OUTBOX_DETAIL_TURN_HPP
#define ARGUS_TICKET_OUTBOX_DETAIL_TURN_HPP

#include <argus_ticket/outbox/delivery.hpp>
#include <argus_ticket/outbox/runner_options.hpp>
#include <argus_ticket/policy/retry.hpp>
#include <argus_ticket/result.hpp>

#include <boost/config.hpp>

#include <algorithm>
#include <chrono>
#include <stop_token>

namespace argus_ticket::detail {

/// How a worker of a runner goes on.
struct worker_state {
  int failures = 0; ///< Of the store, one after the other.
};

/// After a fault of the store, or of this process.
inline std::chrono::milliseconds rest_after_failure(worker_state& worker) noexcept {
  constexpr backoff after_failure{.first = std::chrono::milliseconds{200},
                                  .longest = std::chrono::seconds{30}};
  worker.failures = (std::min)(worker.failures + 1, 30);
  return after_failure.bound(worker.failures);
}

/// How long to rest after a delivery: nothing where there may be more.
template <class Outbox>
std::chrono::milliseconds rest_after(Outbox& box, result<delivery> const& done,
                                     worker_state& worker, std::chrono::milliseconds poll) {
  // A lease that somebody else has by now is no fault of the store.
  if (!done && done.error().code != errc::lease_lost) return rest_after_failure(worker);
  worker.failures = 0;
  if (!done || done->what != delivery::kind::nothing) return std::chrono::milliseconds{0};
  if (!done->next) return poll;
  return std::clamp(*done->next - box.now(), std::chrono::milliseconds{1}, poll);
}

/// Calls what says how long to rest. Where it cannot, out of memory for instance, what was begun is
/// delivered again when its lease has ended.
template <class F>
std::chrono::milliseconds rest_or_failure(worker_state& worker, F rest) noexcept {
#ifdef BOOST_NO_EXCEPTIONS
  return rest();
#else
  try {
    return rest();
  } catch (...) {
    return rest_after_failure(worker);
  }
#endif
}

/// Delivers one entry, and says how long to rest before the next: nothing where there may be more.
template <class Outbox>
std::chrono::milliseconds take_turn(Outbox& box, worker_state& worker,
                                    std::chrono::milliseconds poll,
                                    std::stop_token const& stop) noexcept {
  return rest_or_failure(worker,
                         [&] { return rest_after(box, box.deliver_one(stop), worker, poll); });
}

} // namespace argus_ticket::detail

#endif
