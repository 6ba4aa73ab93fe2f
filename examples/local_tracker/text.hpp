#pragma once
// Small text tools: case, UTF-8, percent and base64 encoding, times.

#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace local_tracker {

std::string lower(std::string_view text);
bool same_text(std::string_view left, std::string_view right); ///< ASCII case-insensitive
bool valid_utf8(std::string_view text);
std::size_t code_points(std::string_view text); ///< of valid UTF-8
bool blank(std::string_view text);

std::string percent_decode(std::string_view text, bool plus_is_space);
std::string form_encode(std::string_view text);
std::string escape_html(std::string_view text);

std::string base64(std::string_view bytes);
std::optional<std::string> from_base64(std::string_view text);

/// "2025-02-03T04:05:06Z"
std::string iso_time(std::chrono::sys_seconds when);
/// The same, also with a fraction or an offset; nothing for anything else.
std::optional<std::chrono::sys_seconds> parse_time(std::string_view text);
/// "Sun, 06 Nov 1994 08:49:37 GMT"
std::string http_date(std::chrono::sys_seconds when);

/// A request target, taken apart and decoded.
struct target {
  std::vector<std::string> segments;
  std::vector<std::pair<std::string, std::string>> query;

  std::string const* find(std::string_view name) const;
};
target parse_target(std::string_view text);

} // namespace local_tracker
