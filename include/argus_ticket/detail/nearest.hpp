#ifndef ARGUS_TICKET_DETAIL_NEAREST_HPP
#define ARGUS_TICKET_DETAIL_NEAREST_HPP

#include <array>
#include <cstddef>
#include <span>
#include <string_view>

namespace argus_ticket::detail {

/// How many characters must be added, removed or replaced to make one text of the other
/// (Levenshtein's distance). Texts count by their first 128 characters.
[[nodiscard]] constexpr std::size_t edit_distance(std::string_view a, std::string_view b) {
  constexpr std::size_t limit = 128;
  a = a.substr(0, limit);
  b = b.substr(0, limit);
  std::array<std::size_t, limit + 1> row{};
  for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
  for (std::size_t i = 0; i < a.size(); ++i) {
    std::size_t diagonal = row[0];
    row[0] = i + 1;
    for (std::size_t j = 0; j < b.size(); ++j) {
      std::size_t const replaced = diagonal + (a[i] == b[j] ? 0 : 1);
      diagonal = row[j + 1];
      std::size_t const added = (row[j] < row[j + 1] ? row[j] : row[j + 1]) + 1;
      row[j + 1] = replaced < added ? replaced : added;
    }
  }
  return row[b.size()];
}

/// How little a text is like a known name. The beginning of a name (`project` for
/// `project_key_or_id`) counts as one slip, however long the rest is.
[[nodiscard]] constexpr std::size_t unlikeness(std::string_view wanted, std::string_view known) {
  constexpr std::size_t too_short = 3;
  std::size_t const distance = edit_distance(wanted, known);
  return wanted.size() > too_short && known.starts_with(wanted)
             ? (std::min)(distance, std::size_t{1})
             : distance;
}

/// Where in `known` the name stands that is most like `wanted`; 0 where `known` is empty.
[[nodiscard]] constexpr std::size_t nearest_index(std::string_view wanted,
                                                  std::span<std::string_view const> known) {
  std::size_t best = 0;
  for (std::size_t i = 1; i < known.size(); ++i)
    if (unlikeness(wanted, known[i]) < unlikeness(wanted, known[best])) best = i;
  return best;
}

/// The name that is most like `wanted`; empty where there is none.
[[nodiscard]] constexpr std::string_view nearest(std::string_view wanted,
                                                 std::span<std::string_view const> known) {
  return known.empty() ? std::string_view{} : known[nearest_index(wanted, known)];
}

} // namespace argus_ticket::detail

#endif
