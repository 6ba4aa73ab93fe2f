#ifndef ARGUS_TICKET_IMPL_DOCUMENT_GITLAB_MARKDOWN_IPP
#define ARGUS_TICKET_IMPL_DOCUMENT_GITLAB_MARKDOWN_IPP

#include <argus_ticket/document/gitlab_markdown.hpp>

namespace argus_ticket::document::detail {

bool is_gitlab_reference(std::string_view url) {
  for (; !url.empty(); url.remove_prefix(1))
    for (std::string_view const telling :
         {"/issues/", "/merge_requests/", "/commit/", "/epics/", "/work_items/", "/snippets/",
          "/milestones/", "/alert_management/", "/vulnerabilities/", "/compare/", "/designs/"})
      if (starts_with_any_case(url, telling)) return true;
  return false;
}

} // namespace argus_ticket::document::detail

#endif
