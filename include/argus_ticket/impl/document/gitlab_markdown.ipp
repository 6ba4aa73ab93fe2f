#ifndef ARGUS_TICKET_IMPL_DOCUMENT_GITLAB_MARKDOWN_IPP
#define ARGUS_TICKET_IMPL_DOCUMENT_GITLAB_MARKDOWN_IPP

#include <argus_ticket/document/gitlab_markdown.hpp>

#include <string>

namespace argus_ticket::document::detail {

/// A text with each `%41` as the byte that it stands for.
inline std::string percent_decoded(std::string_view text) {
  auto const value = [](char c) { return is_digit(c) ? c - '0' : lower(c) - 'a' + 10; };
  std::string out;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '%' && i + 2 < text.size() && is_hex(text[i + 1]) && is_hex(text[i + 2])) {
      out += static_cast<char>(value(text[i + 1]) * 16 + value(text[i + 2]));
      i += 2;
    } else {
      out += text[i];
    }
  }
  return out;
}

bool is_gitlab_reference(std::string_view encoded) {
  std::string const decoded = percent_decoded(encoded);
  for (std::string_view url{decoded}; !url.empty(); url.remove_prefix(1))
    for (std::string_view const telling :
         {"/issues/", "/merge_requests/", "/commit/", "/epics/", "/work_items/", "/snippets/",
          "/milestones/", "/alert_management/", "/vulnerabilities/", "/compare/", "/designs/"})
      if (starts_with_any_case(url, telling)) return true;
  return false;
}

} // namespace argus_ticket::document::detail

#endif
