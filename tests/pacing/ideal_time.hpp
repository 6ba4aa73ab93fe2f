#pragma once
// How fast work can be done at all under GitHub's limits, whoever does it. Computed from the limits
// as GitHub documents them; nothing of the library or of the local tracker is used.

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <vector>

namespace simulation {

/// What one piece of work takes. A fresh ticket of `find_or_create` on GitHub: it asks for the
/// repository, lists, creates, and lists once more for duplicates.
struct work {
  std::size_t reads = 3;
  std::size_t writes = 1; ///< Issues or comments that are created.
};

/**
 * A lower bound of the time from the first request to the last one, for so many equal pieces, by
 * any number of clients with one credential and a network that takes no time: the greatest of
 *
 *   w(n)                      where w(i), the time of the i-th write from 0, is the greatest of
 *       w(i - 1) + 1 s        a second between writes
 *       w(i - 80) + 60 s      80 creations in any minute
 *       w(i - 500) + 3600 s   500 creations in any hour
 *   floor((points - 1) / 900) * 60 s        in each minute from the first one 900 points are spent
 *   floor((requests - 1) / 5000) * 3600 s   and in each hour 5,000 requests
 */
inline std::chrono::seconds ideal_time(std::size_t pieces, work const& each = {}) {
  using std::chrono::seconds;
  if (pieces == 0) return seconds{0};
  std::vector<seconds> written;
  for (std::size_t i = 0; i < pieces * each.writes; ++i) {
    seconds at{0};
    auto const apart = [&](std::size_t count, seconds window) {
      if (i >= count) at = (std::max)(at, written[i - count] + window);
    };
    apart(1, seconds{1});
    apart(80, seconds{60});
    apart(500, seconds{3600});
    written.push_back(at);
  }
  auto const of_budget = [](std::size_t spent, std::size_t most, seconds window) {
    return window * static_cast<seconds::rep>((spent - 1) / most);
  };
  return (std::max)({written.empty() ? seconds{0} : written.back(),
                     of_budget(pieces * (each.reads + 5 * each.writes), 900, seconds{60}),
                     of_budget(pieces * (each.reads + each.writes), 5'000, seconds{3600})});
}

} // namespace simulation
