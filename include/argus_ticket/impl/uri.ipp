#ifndef ARGUS_TICKET_IMPL_URI_IPP
#define ARGUS_TICKET_IMPL_URI_IPP

#include <argus_ticket/detail/uri.hpp>

#include <algorithm>
#include <cstddef>

namespace argus_ticket::detail::uri {

inline bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }

/// A hexadecimal digit's value; -1 where it is none.
inline int digit_value(char c) noexcept {
  if (is_digit(c)) return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

inline bool is_escape(std::string_view text, std::size_t at) noexcept {
  return text[at] == '%' && text.size() - at > 2 && digit_value(text[at + 1]) >= 0 &&
         digit_value(text[at + 2]) >= 0;
}

bool holds(charset set, char c) noexcept {
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || is_digit(c)) return true;
  constexpr std::string_view others = "-._~!$&'()*+,;=:@/?";
  constexpr std::size_t known[] = {4, 15, 17, 19}; // of the others, by set
  return others.substr(0, known[static_cast<std::size_t>(set)]).find(c) != std::string_view::npos;
}

bool is_made_of(charset set, std::string_view text) noexcept {
  for (std::size_t i = 0; i < text.size(); ++i)
    if (is_escape(text, i))
      i += 2;
    else if (!holds(set, text[i]))
      return false;
  return true;
}

std::string escaped(charset kept, std::string_view text) {
  constexpr char const digits[] = "0123456789ABCDEF";
  std::string made;
  made.reserve(text.size());
  for (char const c : text)
    if (holds(kept, c)) {
      made += c;
    } else {
      auto const byte = static_cast<unsigned char>(c);
      made += {'%', digits[byte / 16], digits[byte % 16]};
    }
  return made;
}

std::string unescaped(std::string_view text) {
  std::string made;
  made.reserve(text.size());
  for (std::size_t i = 0; i < text.size(); ++i)
    if (is_escape(text, i)) {
      made += static_cast<char>(digit_value(text[i + 1]) * 16 + digit_value(text[i + 2]));
      i += 2;
    } else {
      made += text[i];
    }
  return made;
}

std::string lower(std::string_view text) {
  std::string lowered{text};
  std::transform(lowered.begin(), lowered.end(), lowered.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return lowered;
}

/// Takes what stands before a separator off the text, and the separator too.
inline std::string_view take_part(std::string_view& text, char separator) noexcept {
  std::size_t const end = (std::min)(text.find(separator), text.size());
  std::string_view const part = text.substr(0, end);
  text.remove_prefix((std::min)(end + 1, text.size()));
  return part;
}

bool is_ipv4(std::string_view text) noexcept {
  if (std::count(text.begin(), text.end(), '.') != 3) return false;
  for (int i = 0; i < 4; ++i) {
    std::string_view const part = take_part(text, '.');
    if (part.empty() || part.size() > 3 || (part.size() > 1 && part.front() == '0')) return false;
    int number = 0;
    for (char const c : part) {
      if (!is_digit(c)) return false;
      number = number * 10 + (c - '0');
    }
    if (number > 255) return false;
  }
  return true;
}

/// How many groups of 16 bits stand in a part of an address, with colons between them; -1 where
/// they are none.
inline int groups_in(std::string_view text, bool may_end_in_ipv4) noexcept {
  if (text.empty()) return 0;
  if (text.back() == ':') return -1;
  int count = 0;
  while (!text.empty()) {
    bool const is_last = text.find(':') == std::string_view::npos;
    std::string_view const group = take_part(text, ':');
    if (is_last && may_end_in_ipv4 && is_ipv4(group)) return count + 2;
    bool const is_group =
        !group.empty() && group.size() <= 4 &&
        std::all_of(group.begin(), group.end(), [](char c) { return digit_value(c) >= 0; });
    if (!is_group) return -1;
    ++count;
  }
  return count;
}

bool is_ipv6(std::string_view text) noexcept {
  std::size_t const gap = text.find("::");
  if (gap == std::string_view::npos) return groups_in(text, true) == 8;
  int const before = groups_in(text.substr(0, gap), false);
  int const after = groups_in(text.substr(gap + 2), true);
  return before >= 0 && after >= 0 && before + after <= 7;
}

std::string without_dots(std::string_view path) {
  std::string made;
  made.reserve(path.size());
  for (std::size_t at = 0; at < path.size();) {
    std::size_t const end = (std::min)(path.find('/', at + 1), path.size());
    std::string_view const step = path.substr(at, end - at); // with the slash before it
    if (step == "/..") made.erase((std::min)(made.rfind('/'), made.size()));
    if (step != "/." && step != "/..")
      made += step;
    else if (end == path.size())
      made += '/';
    at = end;
  }
  return made;
}

} // namespace argus_ticket::detail::uri

#endif
