#ifndef ARGUS_TICKET_IMPL_DOCUMENT_LIMITS_IPP
#define ARGUS_TICKET_IMPL_DOCUMENT_LIMITS_IPP

#include <argus_ticket/detail/utf8.hpp>
#include <argus_ticket/document/limits.hpp>

namespace argus_ticket::document {
namespace detail {

inline std::size_t length_of(char32_t c, length_unit unit) noexcept {
  switch (unit) {
  case length_unit::code_points:
    return 1;
  case length_unit::bytes:
    return c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
  case length_unit::utf16:
    return c < 0x10000 ? 1 : 2;
  }
  return 1;
}

/// The longest beginning of a well-formed text that is no longer than the limit.
inline std::string_view beginning_of(std::string_view text, std::size_t limit,
                                     length_unit unit) noexcept {
  std::size_t used = 0;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t const plain =
        argus_ticket::detail::printable_ascii(text.substr(i, limit - used)); // one unit each
    i += plain;
    used += plain;
    if (i == text.size()) break;
    std::size_t const start = i;
    used += length_of(argus_ticket::detail::next_code_point(text, i), unit);
    if (used > limit) return text.substr(0, start);
  }
  return text;
}

} // namespace detail

std::size_t length(std::string_view text, length_unit unit) noexcept {
  std::size_t total = 0;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t const plain = argus_ticket::detail::printable_ascii(text.substr(i));
    i += plain;
    total += plain;
    if (i < text.size())
      total += detail::length_of(argus_ticket::detail::next_code_point(text, i), unit);
  }
  return total;
}

void detail::cut_in_place(std::string& text, std::size_t limit, length_unit unit) {
  if (!argus_ticket::detail::is_utf8(text)) text = argus_ticket::detail::repair(text);
  if (beginning_of(text, limit, unit).size() == text.size()) return;
  constexpr std::string_view ellipsis = "\xE2\x80\xA6";
  std::size_t const reserved = length(ellipsis, unit);
  if (reserved > limit) return text.resize(beginning_of(text, limit, unit).size());
  text.resize(beginning_of(text, limit - reserved, unit).size());
  text.resize(text.find_last_not_of(" \t\n") + 1);
  text += ellipsis;
}

std::string cut(std::string_view text, std::size_t limit, length_unit unit) {
  std::string shortened{text};
  detail::cut_in_place(shortened, limit, unit);
  return shortened;
}

} // namespace argus_ticket::document

#endif
