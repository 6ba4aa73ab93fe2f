#ifndef ARGUS_TICKET_IMPL_DOCUMENT_REQUEST_TRACKER_HTML_IPP
#define ARGUS_TICKET_IMPL_DOCUMENT_REQUEST_TRACKER_HTML_IPP

#include <argus_ticket/document/request_tracker_html.hpp>

#include <cstddef>

namespace argus_ticket::document {
namespace detail {

std::string request_tracker_html(std::string_view html) {
  std::string out;
  out.reserve(html.size());
  // In texts and attributes `<` and `>` are entities: these begin and end tags.
  for (std::size_t i = 0; i < html.size();) {
    if (html[i] == '<') {
      std::string_view const tag = html.substr(i, html.find('>', i) + 1 - i);
      out += tag;
      i += tag.size();
      // What is in front of the first line of a code block, RT leaves out.
      bool const begins_line = tag == "<br>" || tag == "<code>";
      if (begins_line && i < html.size() && html[i] != '<') out += "<span></span>";
    } else if (html.substr(i, 3) == "://") {
      out += ":<span>//</span>";
      i += 3;
    } else {
      out += html[i];
      ++i;
      if (html[i - 1] == '\n' && i < html.size() && html[i] != '<' && html[i] != '\n')
        out += "<span></span>";
    }
  }
  return out;
}

} // namespace detail

std::string request_tracker_html::title(std::string_view line) {
  std::string out;
  for (std::size_t i = 0; i < line.size(); ++i) {
    out += line[i];
    if (line.substr(i, 3) == "://") out += detail::zero_width_space;
  }
  return out;
}

} // namespace argus_ticket::document

#endif
