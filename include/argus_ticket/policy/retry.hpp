#ifndef ARGUS_TICKET_POLICY_RETRY_HPP
#define ARGUS_TICKET_POLICY_RETRY_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/error.hpp>
#include <argus_ticket/http/idempotency.hpp>

#include <chrono>
#include <concepts>

namespace argus_ticket {

/**
 * How often a request is sent, and how long is waited between: `attempts` counts the first one;
 * `wait_before(n)` is how long to wait before the n-th repetition, from 1 up.
 *
 * Whether a request may be repeated at all is not the policy's business; see @ref
 * argus_ticket::may_repeat. A server's `Retry-After` goes before a shorter wait. No wait goes
 * beyond the operation's own deadline: the error says when to come back instead.
 *
 * @tparam T Callable from several threads at once where operations run so.
 */
template <class T>
concept retry_policy = requires(T& policy, int repetition) {
  { policy.attempts } -> std::convertible_to<int>;
  { policy.wait_before(repetition) } -> std::convertible_to<std::chrono::milliseconds>;
};

/// Whether a request (of which is known `what` twice would do) may be sent again that ended in an
/// error: where nothing was done, or where
/// doing it twice is the same as once. One that `creates` never goes out again once it may have
/// been done.
[[nodiscard]] constexpr bool may_repeat(http::idempotency what, outcome ended) noexcept {
  return ended == outcome::not_applied ||
         (ended == outcome::ambiguous && what != http::idempotency::creates);
}

/// Exponential backoff with full jitter: a random time between nothing and a bound that doubles.
///
/// Guarantees: those of a @ref value.
struct backoff {
  int attempts = 4; ///< How many times a request is sent, the first one included.
  std::chrono::milliseconds first{500};                        ///< The first bound. Above zero.
  std::chrono::milliseconds longest{std::chrono::seconds{30}}; ///< No bound is above it.

  /// The longest that `wait_before` may give for that repetition, from 1 up.
  [[nodiscard]] constexpr std::chrono::milliseconds bound(int repetition) const noexcept {
    std::chrono::milliseconds time = first;
    for (int i = 1; i < repetition && time < longest; ++i)
      time = time > longest / 2 ? longest : time * 2; // no overflow
    return time < longest ? time : longest;
  }
  /// A random time from nothing to @ref bound, another one each time.
  [[nodiscard]] ARGUS_TICKET_DECL std::chrono::milliseconds wait_before(int repetition) const;
};

/// Sends each request once.
///
/// Guarantees: those of a @ref value, without state.
struct no_retry {
  static constexpr int attempts = 1; ///< How many times a request is sent.
  /// Nothing: there is no repetition.
  [[nodiscard]] static constexpr std::chrono::milliseconds wait_before(int) noexcept {
    return std::chrono::milliseconds{0};
  }
};

/// What `find_or_create` does after a create that may or may not have been done: it looks for the
/// ticket, `looks` times, with `pause` before each look after the first (and the system's own
/// `search_lag` before all of them, where its search lags). Only when none has found it may the
/// ticket be created again.
struct reconciliation {
  int looks = 2; ///< How many times it is looked for; at least 1.
  std::chrono::milliseconds pause{std::chrono::seconds{2}}; ///< Between two looks.
  int creates = 2; ///< How many creates there may be in all; 1: never a second one.
};

} // namespace argus_ticket

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/policy/retry.ipp>
#endif

#endif
