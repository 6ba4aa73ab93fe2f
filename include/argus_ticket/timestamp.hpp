#ifndef ARGUS_TICKET_TIMESTAMP_HPP
#define ARGUS_TICKET_TIMESTAMP_HPP

#include <argus_ticket/detail/config.hpp>

#include <chrono>
#include <optional>
#include <string>
#include <string_view>

namespace argus_ticket {

/// An instant, and the offset from UTC in which its author wrote it, so that people read the time
/// that they know from the alert.
struct timestamp {
  /// UTC, in microseconds since 1970.
  using instant_type = std::chrono::sys_time<std::chrono::microseconds>;

  instant_type instant{};         ///< UTC, in microseconds.
  std::chrono::minutes offset{0}; ///< East of UTC is above zero.

  constexpr timestamp() = default;
  constexpr timestamp(instant_type i, std::chrono::minutes o = std::chrono::minutes{0})
      : instant(i), offset(o) {}

  /// Two are equal where they are the same instant, whatever their offsets.
  friend bool operator==(timestamp const& a, timestamp const& b) { return a.instant == b.instant; }
};

/// The end time of an incident that is still open; Argus writes it `"infinity"`.
inline constexpr timestamp infinity{(timestamp::instant_type::max)()};

/**
 * Reads a time as in RFC 3339: `2011-11-11T11:11:11+02:00`, with or without fractions of a second,
 * ending in an offset or in `Z`. Digits past the microseconds are left out.
 * @return Nothing where the text is no such time.
 *
 * Wire format: RFC 3339, 5.6.
 */
[[nodiscard]] ARGUS_TICKET_DECL std::optional<timestamp> parse_timestamp(std::string_view text);

namespace detail {
/// As @ref to_string, behind a text.
ARGUS_TICKET_DECL void append_timestamp(std::string& to, timestamp const& value);
} // namespace detail

/// Writes a time as in RFC 3339, in its own offset (`Z` where that is zero); `infinity` as
/// `"infinity"`.
[[nodiscard]] ARGUS_TICKET_DECL std::string to_string(timestamp const& value);

} // namespace argus_ticket

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/timestamp.ipp>
#endif

#endif
