#ifndef ARGUS_TICKET_POLICY_CLOCK_HPP
#define ARGUS_TICKET_POLICY_CLOCK_HPP

#include <chrono>
#include <concepts>
#include <thread>

namespace argus_ticket {

/// What a client asks about time, so that a test can answer: the calendar's time, a clock for
/// deadlines, and sleep.
template <class T>
concept clock_policy = requires(T& clock, std::chrono::milliseconds time) {
  { clock.now() } -> std::same_as<std::chrono::system_clock::time_point>;
  { clock.steady_now() } -> std::same_as<std::chrono::steady_clock::time_point>;
  clock.sleep_for(time);
};

/// The machine's own clocks.
struct real_clock {
  [[nodiscard]] std::chrono::system_clock::time_point now() const noexcept {
    return std::chrono::system_clock::now();
  }
  [[nodiscard]] std::chrono::steady_clock::time_point steady_now() const noexcept {
    return std::chrono::steady_clock::now();
  }
  void sleep_for(std::chrono::milliseconds time) const { std::this_thread::sleep_for(time); }
};

} // namespace argus_ticket

#endif
