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

inline bool is_blank_character(char c) noexcept { return c == ' ' || c == '\t' || c == '\n'; }

/// How many of the bytes at a text's start `clean` leaves as they are.
inline std::size_t clean_prefix(std::string_view text) noexcept {
  using argus_ticket::detail::printable_ascii;
  std::size_t i = printable_ascii(text);
  while (i < text.size()) {
    if (text[i] == '\n' || text[i] == '\t') {
      ++i;
    } else {
      std::size_t next = i;
      char32_t const c = argus_ticket::detail::next_code_point(text, next);
      bool const is_replaced = c == argus_ticket::detail::replacement_character &&
                               text.substr(i, next - i) != "\xEF\xBF\xBD";
      if (is_replaced || is_line_break(c) || is_control(c) || is_bidi_control(c) || c == 0xFEFF)
        return i;
      i = next;
    }
    i += printable_ascii(text.substr(i));
  }
  return i;
}

/// The position of the first line break or tab of a cleaned text, or its end.
inline std::size_t end_of_line(std::string_view text) noexcept {
  std::size_t i = 0;
  while (true) {
    i += argus_ticket::detail::printable_ascii(text.substr(i));
    if (i == text.size() || text[i] == '\n' || text[i] == '\t') return i;
    ++i;
  }
}

/// Writes what `clean` makes of a text behind another.
inline void append_clean(std::string& cleaned, std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    std::size_t const same = clean_prefix(text.substr(i));
    cleaned += text.substr(i, same);
    i += same;
    if (i == text.size()) return;
    char32_t const c = argus_ticket::detail::next_code_point(text, i);
    if (c == '\r' && i < text.size() && text[i] == '\n') continue;
    if (is_line_break(c))
      cleaned += '\n';
    else if (is_control(c) || c == argus_ticket::detail::replacement_character)
      argus_ticket::detail::append_code_point(cleaned, argus_ticket::detail::replacement_character);
  }
}

std::string_view clean_view(std::string_view text, std::string& room) {
  std::size_t const same = clean_prefix(text);
  if (same == text.size()) return text;
  room.assign(text.substr(0, same));
  append_clean(room, text.substr(same));
  return room;
}

bool is_blank_line(std::string_view text) noexcept {
  for (std::size_t i = 0; i < text.size();) {
    char32_t const c = argus_ticket::detail::next_code_point(text, i);
    if (c != ' ' && c != '\t' && !is_line_break(c) && !is_bidi_control(c) && c != 0xFEFF)
      return false;
  }
  return true;
}

} // namespace detail

std::string clean(std::string_view text) {
  std::string cleaned;
  cleaned.reserve(text.size());
  detail::append_clean(cleaned, text);
  return cleaned;
}

std::string clean_line(std::string_view text, std::size_t enough) {
  std::string room;
  std::string_view cleaned = detail::clean_view(text, room);
  auto const skip_blanks = [&] {
    std::size_t i = 0;
    while (i < cleaned.size() && detail::is_blank_character(cleaned[i])) ++i;
    cleaned.remove_prefix(i);
  };
  while (!cleaned.empty() && detail::is_blank_character(cleaned.back())) cleaned.remove_suffix(1);
  skip_blanks();
  std::string line;
  line.reserve((std::min)(cleaned.size(), enough));
  while (!cleaned.empty() && line.size() <= enough) {
    std::size_t end = detail::end_of_line(cleaned);
    bool const is_last = end == cleaned.size();
    std::string_view const kept = cleaned.substr(0, end);
    while (end > 0 && kept[end - 1] == ' ') --end; // spaces beside a line break go with it
    line += kept.substr(0, end);
    cleaned.remove_prefix(kept.size());
    skip_blanks();
    if (!is_last) line += ' ';
  }
  return line;
}

} // namespace argus_ticket::document

#endif
