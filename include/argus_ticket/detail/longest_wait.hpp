#ifndef ARGUS_TICKET_DETAIL_LONGEST_WAIT_HPP
#define ARGUS_TICKET_DETAIL_LONGEST_WAIT_HPP

#include <algorithm>
#include <chrono>

namespace argus_ticket::detail {

/// A time that may be added to now: a caller's "for ever" would overflow a time point.
[[nodiscard]] constexpr std::chrono::milliseconds
waitable(std::chrono::milliseconds time) noexcept {
  constexpr std::chrono::milliseconds longest = std::chrono::days{365};
  return std::clamp(time, std::chrono::milliseconds{0}, longest);
}

} // namespace argus_ticket::detail

#endif
