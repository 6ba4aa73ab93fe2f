#ifndef ARGUS_TICKET_IMPL_DOCUMENT_MARKDOWN_REFERENCES_HPP
#define ARGUS_TICKET_IMPL_DOCUMENT_MARKDOWN_REFERENCES_HPP

#include <argus_ticket/document/dialect_tools.hpp>
#include <argus_ticket/document/markdown_rules.hpp>

#include <algorithm>
#include <cstddef>
#include <string_view>

// Where a text would become a reference, by the rules of a flavour.
namespace argus_ticket::document::detail {

/// Whether a few characters hold one; they are too few for `find` to be worth a call.
inline bool is_among(std::string_view few, char c) noexcept {
  return std::any_of(few.begin(), few.end(), [c](char one) { return one == c; });
}

inline bool is_word(char c) noexcept { return is_alnum(c) || c == '_'; }

inline bool ends_with_any_case(std::string_view text, std::string_view suffix) {
  return text.size() >= suffix.size() &&
         starts_with_any_case(text.substr(text.size() - suffix.size()), suffix);
}

inline bool begins_name(char sigil, std::string_view after) {
  if (after.empty() || after.starts_with(zero_width_space)) return false;
  char const c = after.front();
  if (sigil == '@' && c == '.') return true; // GitHub makes an e-mail address of `a@.b`
  if (sigil == '%' && c == '{') return true; // a placeholder of GitLab's
  return is_word(c) || c == '-' || c == '"' || c == '/' || static_cast<unsigned char>(c) >= 0x80;
}

inline bool begins_shortcode(markdown_rules const& rules, std::string_view after) {
  if (rules.is_shortcode == nullptr || after.empty() || after.front() == ' ') return false;
  std::size_t end = 0;
  while (end < after.size() && (is_word(after[end]) || after[end] == '+' || after[end] == '-'))
    ++end;
  return end > 0 && end < after.size() && after[end] == ':' &&
         rules.is_shortcode(after.substr(0, end));
}

inline bool ends_word(markdown_rules const& rules, std::string_view until) {
  return std::any_of(rules.words.begin(), rules.words.end(), [&](std::string_view word) {
    if (lower(until.back()) != word.back() || !ends_with_any_case(until, word)) return false;
    std::size_t const start = until.size() - word.size();
    return start == 0 || !is_word(until[start - 1]);
  });
}

/// Whether a text begins with the 40 digits of a commit.
inline bool begins_hash(std::string_view from) {
  std::size_t end = 0;
  while (end < from.size() && end <= 40 && is_hex(from[end])) ++end;
  return end == 40 && (from.size() == 40 || !is_word(from[40]));
}

/// Whether the character there makes a reference together with what follows it.
inline bool begins_reference(markdown_rules const& rules, std::string_view value, std::size_t i) {
  char const c = value[i];
  std::string_view const after{value.data() + i + 1, value.size() - i - 1};
  if (is_among(rules.sigils, c) && begins_name(c, after)) return true;
  if (c == ':' && begins_shortcode(rules, after)) return true;
  if (std::any_of(rules.openers.begin(), rules.openers.end(), [&](std::string_view opener) {
        return starts_with_any_case(value.substr(i), opener);
      }))
    return true;
  if (!after.empty() && is_digit(after.front()) && ends_word(rules, value.substr(0, i + 1)))
    return true;
  return is_hex(c) && (i == 0 || !is_word(value[i - 1])) && begins_hash(value.substr(i));
}

/// Whether the character there makes a reference of the name in front of it.
inline bool ends_reference(markdown_rules const& rules, std::string_view value, std::size_t i) {
  return is_among(rules.closers, value[i]) && i > 0 && is_word(value[i - 1]);
}

/// Whether the character there is the dash of `NET-17`, an issue of another tracker.
inline bool ends_tracker_prefix(std::string_view value, std::size_t i) {
  if (value[i] != '-' || i + 1 == value.size() || !is_digit(value[i + 1])) return false;
  auto const is_upper = [](char c) { return is_letter(c) && lower(c) != c; };
  std::size_t start = i;
  while (start > 0 &&
         (is_upper(value[start - 1]) || is_digit(value[start - 1]) || value[start - 1] == '_'))
    --start;
  std::string_view const prefix = value.substr(start, i - start);
  return prefix.size() > 1 && std::any_of(prefix.begin(), prefix.end(), is_upper);
}

} // namespace argus_ticket::document::detail

#endif
