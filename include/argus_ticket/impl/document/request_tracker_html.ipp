#ifndef ARGUS_TICKET_IMPL_DOCUMENT_REQUEST_TRACKER_HTML_IPP
#define ARGUS_TICKET_IMPL_DOCUMENT_REQUEST_TRACKER_HTML_IPP

#include <argus_ticket/document/request_tracker_html.hpp>

#include <cstddef>

namespace argus_ticket::document::detail {

std::string without_live_urls(std::string_view html) {
  std::string out;
  out.reserve(html.size());
  bool is_in_tag = false; // `<` and `>` stand for nothing else: in texts and attributes they are
                          // entities
  for (std::size_t i = 0; i < html.size(); ++i) {
    if (html[i] == '<') is_in_tag = true;
    if (html[i] == '>') is_in_tag = false;
    if (!is_in_tag && html.substr(i, 3) == "://") {
      out += ":<span>//</span>";
      i += 2;
    } else {
      out += html[i];
    }
  }
  return out;
}

} // namespace argus_ticket::document::detail

#endif
