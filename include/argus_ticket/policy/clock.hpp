#ifndef ARGUS_TICKET_POLICY_CLOCK_HPP
#define ARGUS_TICKET_POLICY_CLOCK_HPP

#include <argus_ticket/detail/config.hpp>

#include <chrono>
#include <concepts>

namespace argus_ticket {

/// What a client asks about time, so that a test can answer: the calendar's time, a clock for
/// deadlines, and sleep.
///
/// @tparam T Thread-safe where operations run in several threads.
template <class T>
concept clock_policy = requires(T& clock, std::chrono::milliseconds time) {
  { clock.now() } -> std::same_as<std::chrono::system_clock::time_point>;
  { clock.steady_now() } -> std::same_as<std::chrono::steady_clock::time_point>;
  clock.sleep_for(time);
};

/// The machine's own clocks.
///
/// Guarantees: those of a @ref value, without state.
struct real_clock {
  /// The calendar's time.
  [[nodiscard]] std::chrono::system_clock::time_point now() const noexcept {
    return std::chrono::system_clock::now();
  }
  /// The time that deadlines are of.
  [[nodiscard]] std::chrono::steady_clock::time_point steady_now() const noexcept {
    return std::chrono::steady_clock::now();
  }
  /// Blocks the thread for that time.
  ARGUS_TICKET_DECL void sleep_for(std::chrono::milliseconds time) const;
};

} // namespace argus_ticket

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/policy/clock.ipp>
#endif

#endif
