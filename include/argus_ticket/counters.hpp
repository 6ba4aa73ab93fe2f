#ifndef ARGUS_TICKET_COUNTERS_HPP
#define ARGUS_TICKET_COUNTERS_HPP

#include <argus_ticket/outbox/events.hpp>
#include <argus_ticket/policy/observer.hpp>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>

namespace argus_ticket {

/// How long things took, in buckets: the shape of a histogram of Prometheus.
///
/// Guarantees: those of a @ref value.
struct latency_histogram {
  /// The buckets' upper bounds, inclusive. What took longer is in `count` alone.
  static constexpr std::array<std::chrono::milliseconds, 16> bounds{
      std::chrono::milliseconds{5},    std::chrono::milliseconds{10},
      std::chrono::milliseconds{25},   std::chrono::milliseconds{50},
      std::chrono::milliseconds{100},  std::chrono::milliseconds{250},
      std::chrono::milliseconds{500},  std::chrono::seconds{1},
      std::chrono::milliseconds{2500}, std::chrono::seconds{5},
      std::chrono::seconds{10},        std::chrono::seconds{30},
      std::chrono::minutes{1},         std::chrono::minutes{10},
      std::chrono::hours{1},           std::chrono::days{1}};

  std::array<std::uint64_t, bounds.size()> in_bucket{}; ///< Of each bucket alone, not cumulated.
  std::uint64_t count = 0;                              ///< How many things took their time.
  std::chrono::milliseconds sum{0};                     ///< Of all of them.

  /// Counts one that `took` so long. What is below zero, since a clock was set back, counts as
  /// nothing.
  void add(std::chrono::milliseconds took) noexcept {
    took = (std::max)(took, std::chrono::milliseconds{0});
    for (std::size_t i = 0; i < bounds.size(); ++i) {
      if (took > bounds[i]) continue;
      ++in_bucket[i];
      break;
    }
    ++count;
    sum += took;
  }
};

/// What @ref counters have counted.
struct counter_values {
  /// Numbers of type `T` by the name of what they count.
  template <class T>
  using by_name = std::map<std::string, T, std::less<>>;

  // Of a client.
  std::uint64_t created = 0;   ///< Tickets opened.
  std::uint64_t found = 0;     ///< Operations whose incident had its ticket.
  std::uint64_t requests = 0;  ///< Requests sent, repetitions included.
  std::uint64_t retried = 0;   ///< Requests that were repetitions.
  std::uint64_t ambiguous = 0; ///< Creates that may or may not have been done, and were looked for.
  std::uint64_t reconciled = 0;              ///< Of these creates, those that had been done.
  std::uint64_t duplicates = 0;              ///< Second tickets of one incident that were found.
  by_name<std::uint64_t> failures;           ///< Operations that failed, by the error's code.
  by_name<std::uint64_t> outcomes;           ///< Operations, by outcome.
  by_name<latency_histogram> operation_time; ///< By the client's member.
  latency_histogram request_time;            ///< From sending to the reply's end.
  std::chrono::milliseconds waited_for_retry{0};  ///< Before repetitions.
  std::chrono::milliseconds waited_for_pacing{0}; ///< For the limits of credentials.
  std::chrono::milliseconds waited_for_search{0}; ///< For searches that lag.

  // Of an outbox.
  std::uint64_t submitted = 0; ///< Calls that were accepted.
  std::uint64_t coalesced = 0; ///< Of these calls, those that replaced a text that waited.
  std::uint64_t delivered = 0; ///< Steps.
  std::uint64_t postponed = 0; ///< Deliveries that will be tried again.
  std::uint64_t dead = 0;      ///< Entries given up.
  by_name<std::uint64_t> dead_by_reason; ///< By the error's code.
  std::uint64_t store_failures = 0;      ///< Submissions and deliveries that failed at the store.
  latency_histogram delivery_time;       ///< From submission to delivery.
};

/**
 * An observer that counts.
 *
 *     at::counters counts;
 *     at::policies p{.observer = counts};
 *     at::client<"github", at::https_transport, at::builtin_plugins, decltype(p)> tickets{
 *         settings, at::https_transport{}, p};
 *     ...
 *     counts.values().created;
 *
 * Guarantees: those of a @ref handle, whose copies share the numbers.
 * Members: those of @ref observers, of a client and of its outbox.
 */
class counters {
 public:
  /// All numbers are 0.
  counters() : state_(std::make_shared<state>()) {}

  /// A copy of all the numbers as they are at one moment.
  [[nodiscard]] counter_values values() const {
    std::lock_guard const hold(state_->lock);
    return state_->values;
  }

  void on_response(response_event const& e) {
    change([&](counter_values& v) {
      ++v.requests;
      if (e.attempt > 1) ++v.retried;
      v.request_time.add(e.took);
    });
  }
  void on_wait(wait_event const& e) {
    change([&](counter_values& v) {
      if (e.why == wait_reason::retry) v.waited_for_retry += e.time;
      if (e.why == wait_reason::pacing) v.waited_for_pacing += e.time;
      if (e.why == wait_reason::search) v.waited_for_search += e.time;
    });
  }
  void on_ambiguous(ambiguous_event const& e) {
    change([&](counter_values& v) {
      ++v.ambiguous;
      if (e.found) ++v.reconciled;
    });
  }
  void on_duplicate(duplicate_event const&) {
    change([](counter_values& v) { ++v.duplicates; });
  }
  void on_outcome(outcome_event const& e) {
    change([&](counter_values& v) {
      if (e.opened) ++v.created;
      if (e.found) ++v.found;
      ++at(v.outcomes, to_string(e.outcome));
      if (e.failure != nullptr) ++at(v.failures, to_string(e.failure->code));
      at(v.operation_time, e.operation).add(e.took);
    });
  }
  void on_submitted(submitted_event const& e) {
    change([&](counter_values& v) {
      ++v.submitted;
      if (e.what.was_waiting) ++v.coalesced;
    });
  }
  void on_delivered(delivered_event const& e) {
    change([&](counter_values& v) {
      ++v.delivered;
      v.delivery_time.add(e.since_submitted);
    });
  }
  void on_postponed(postponed_event const&) {
    change([](counter_values& v) { ++v.postponed; });
  }
  void on_dead(dead_event const& e) {
    change([&](counter_values& v) {
      ++v.dead;
      ++at(v.dead_by_reason, to_string(e.failure.code));
    });
  }
  void on_store_failed(store_failed_event const&) {
    change([](counter_values& v) { ++v.store_failures; });
  }

 private:
  struct state {
    std::mutex lock;
    counter_values values;
  };

  template <class F>
  void change(F const& how) {
    std::lock_guard const hold(state_->lock);
    how(state_->values);
  }
  template <class T>
  static T& at(counter_values::by_name<T>& all, std::string_view name) {
    auto const found = all.find(name);
    return found != all.end() ? found->second : all.emplace(name, T{}).first->second;
  }

  std::shared_ptr<state> state_;
};

} // namespace argus_ticket

#endif
