#ifndef ARGUS_TICKET_TESTS_SUPPORT_GITLAB_READER_HPP
#define ARGUS_TICKET_TESTS_SUPPORT_GITLAB_READER_HPP

#include <algorithm>
#include <cctype>
#include <string>
#include <string_view>

/// What GitLab makes of texts beyond Markdown, after https://docs.gitlab.com/user/markdown/ and
/// https://docs.gitlab.com/user/project/quick_actions/.
namespace test {

inline bool is_gitlab_name(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_' || c == '"';
}

inline std::string in_lower_case(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  return text;
}

/// What GitLab makes something of in a text that Markdown has left; empty is good.
inline std::string gitlab_reference_in(std::string const& original) {
  std::string const text = in_lower_case(original);
  std::size_t digits = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string_view const rest = std::string_view{text}.substr(i);
    digits = std::isxdigit(static_cast<unsigned char>(text[i])) != 0 ? digits + 1 : 0;
    if (digits == 7) return "commit: " + text;
    if (std::string_view{"@#!&%~$"}.find(text[i]) != std::string_view::npos && rest.size() > 1 &&
        is_gitlab_name(rest[1]))
      return "reference: " + text;
    if (text[i] == '$' && rest.size() > 1 && rest[1] != ' ' && rest[1] != '\n')
      return "formula: " + text;
    if (text[i] == '>' && i > 0 && text[i - 1] != '"' && is_gitlab_name(text[i - 1]))
      return "project: " + text;
    if (rest.starts_with("%{")) return "placeholder: " + text;
    if (original[i] == '-' && i > 1 && rest.size() > 1 && std::isdigit(rest[1]) != 0 &&
        std::isupper(static_cast<unsigned char>(original[i - 1])) != 0 &&
        std::isupper(static_cast<unsigned char>(original[i - 2])) != 0)
      return "another tracker's issue: " + text;
    if (rest.starts_with("://") && i > 0 && is_gitlab_name(text[i - 1])) return "URL: " + text;
    bool const at_word = i == 0 || !is_gitlab_name(text[i - 1]);
    if (at_word && rest.starts_with("gl-") && rest.size() > 3 && std::isdigit(rest[3]) != 0)
      return "issue by word: " + text;
    for (char const* opener : {"[toc]", "[[", "{+", "{-", "[+", "[-", "[issue:", "[work_item:",
                               "[epic:", "[vulnerability:", "[feature_flag:", "[contact:",
                               "[wiki_page:", "[iteration:", "*iteration:", "[cadence:", "^alert"})
      if (rest.starts_with(opener)) return std::string{opener} + ' ' + text;
  }
  return {};
}

/// A line of the text as it is written that is a quick action: code or not, since who looks for
/// them does not read all of Markdown.
inline bool has_quick_action(std::string const& rendered) {
  for (std::size_t at = 0; at < rendered.size();) {
    std::size_t end = at + 1;
    while (end < rendered.size() &&
           (std::isalnum(static_cast<unsigned char>(rendered[end])) != 0 || rendered[end] == '_'))
      ++end;
    if (rendered[at] == '/' && end > at + 1 &&
        (end == rendered.size() || rendered[end] == ' ' || rendered[end] == '\n'))
      return true;
    at = rendered.find('\n', at);
    if (at == std::string::npos) break;
    ++at;
  }
  return false;
}

/// A dollar sign in text as it is written that no backslash stands before: newer versions read
/// formulas there.
inline bool has_bare_dollar(std::string const& rendered) {
  for (std::size_t at = 0; (at = rendered.find('$', at)) != std::string::npos; ++at) {
    std::size_t backslashes = 0;
    while (backslashes < at && rendered[at - 1 - backslashes] == '\\') ++backslashes;
    if (backslashes % 2 == 0) return true;
  }
  return false;
}

} // namespace test

#endif
