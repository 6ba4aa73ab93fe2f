#ifndef ARGUS_TICKET_IMPL_DOCUMENT_NEUTRALISE_IPP
#define ARGUS_TICKET_IMPL_DOCUMENT_NEUTRALISE_IPP

#include <argus_ticket/detail/utf8.hpp>
#include <argus_ticket/document/neutralise.hpp>

#include <algorithm>
#include <cstddef>

namespace argus_ticket::document {
namespace detail {

inline bool is_bidi_control(char32_t c) noexcept {
  return c == 0x061C || c == 0x200E || c == 0x200F || (c >= 0x202A && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069);
}

inline bool is_line_break(char32_t c) noexcept {
  return (c >= 0x0A && c <= 0x0D) || c == 0x2028 || c == 0x2029;
}

inline bool is_control(char32_t c) noexcept { return c < 0x20 || (c >= 0x7F && c <= 0x9F); }

} // namespace detail

std::string clean(std::string_view text) {
  std::string cleaned;
  cleaned.reserve(text.size());
  for (std::size_t i = 0; i < text.size();) {
    char32_t const c = argus_ticket::detail::next_code_point(text, i);
    if (c == '\r' && i < text.size() && text[i] == '\n') continue;
    if (detail::is_line_break(c)) {
      cleaned += '\n';
    } else if (c == '\t') {
      cleaned += '\t';
    } else if (detail::is_control(c)) {
      argus_ticket::detail::append_code_point(cleaned, argus_ticket::detail::replacement_character);
    } else if (!detail::is_bidi_control(c) && c != 0xFEFF) {
      argus_ticket::detail::append_code_point(cleaned, c);
    }
  }
  return cleaned;
}

std::string clean_line(std::string_view text) {
  std::string const cleaned = clean(text);
  constexpr std::string_view blanks = " \t\n";
  std::string line;
  line.reserve(cleaned.size());
  for (std::size_t i = 0; i < cleaned.size();) {
    std::size_t const end = (std::min)(cleaned.find_first_of(blanks, i), cleaned.size());
    line.append(cleaned, i, end - i);
    i = (std::min)(cleaned.find_first_not_of(blanks, end), cleaned.size());
    if (line.empty() || i == cleaned.size()) continue;
    std::string_view const gap = std::string_view{cleaned}.substr(end, i - end);
    if (gap.find_first_of("\t\n") == std::string_view::npos)
      line += gap;
    else
      line += ' ';
  }
  return line;
}

} // namespace argus_ticket::document

#endif
