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
    if (rest.starts_with("://") && i > 0 && is_gitlab_name(text[i - 1])) return "URL: " + text;
    bool const at_word = i == 0 || !is_gitlab_name(text[i - 1]);
    if (at_word && rest.starts_with("gl-") && rest.size() > 3 && std::isdigit(rest[3]) != 0)
      return "issue by word: " + text;
    for (char const* opener :
         {"[toc]", "[[_toc_]]", "{+", "{-", "[+", "[-",
          "[issue:", "[work_item:", "[epic:", "[vulnerability:", "[feature_flag:", "[contact:",
          "[wiki_page:", "[iteration:", "*iteration:", "[cadence:", "^alert"})
      if (rest.starts_with(opener)) return std::string{opener} + ' ' + text;
  }
  return {};
}

/// A line of the text as it is written that is a quick action: anywhere but in code between three
/// backticks. In longer fences none may stand either.
inline bool has_quick_action(std::string const& rendered, bool is_code) {
  bool const fence_is_long = rendered.starts_with("````");
  if (is_code && !fence_is_long) return false;
  for (std::size_t at = 0; at < rendered.size();) {
    if (rendered[at] == '/' && at + 1 < rendered.size() &&
        std::isalpha(static_cast<unsigned char>(rendered[at + 1])) != 0)
      return true;
    at = rendered.find('\n', at);
    if (at == std::string::npos) break;
    ++at;
  }
  return false;
}

} // namespace test

#endif
