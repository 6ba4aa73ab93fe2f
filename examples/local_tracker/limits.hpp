#pragma once
// How much a user may ask for, as GitHub documents it under "Rate limits for the REST API".

#include <chrono>
#include <cstddef>
#include <optional>

namespace local_tracker {

/// All count for each user alone; 0 is none. The primary limit's hour begins with its first request
/// and ends at `x-ratelimit-reset`; all other windows slide.
struct limits {
  unsigned requests_per_hour = 0;    ///< the primary limit; 0: `api_options::rate_limit`
  unsigned creations_per_minute = 0; ///< issues and comments
  unsigned creations_per_hour = 0;
  unsigned points_per_minute = 0; ///< GET, HEAD and OPTIONS cost 1 point, all others 5
  /// GitHub asks for this between two writes. Writes that come sooner are counted, not refused.
  std::chrono::milliseconds write_gap{};
  /// Requests at one time: those that `github_api::in_flight` was told of, as the server does.
  unsigned concurrent = 0;
  unsigned primary_status = 403; ///< GitHub answers 403 or 429
  /// What a refusal over a secondary limit (all but the primary) has as `Retry-After`; GitHub sends
  /// it or not.
  std::optional<std::chrono::seconds> retry_after{std::chrono::seconds{60}};
};

/// What github.com documents: 5,000 requests an hour, 80 creations a minute and 500 an hour, 900
/// points a minute, one second between writes, 100 requests at a time. It has the points for each
/// endpoint; here they are for all together.
limits github_com_limits();

/// How often a limit was broken. All but write_gap are requests that were refused.
struct violation_counts {
  std::size_t primary = 0;
  std::size_t creations_per_minute = 0;
  std::size_t creations_per_hour = 0;
  std::size_t points = 0;
  std::size_t write_gap = 0;
  std::size_t concurrent = 0;

  std::size_t total() const {
    return primary + creations_per_minute + creations_per_hour + points + write_gap + concurrent;
  }
};

} // namespace local_tracker
