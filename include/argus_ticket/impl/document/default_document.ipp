#ifndef ARGUS_TICKET_IMPL_DOCUMENT_DEFAULT_DOCUMENT_IPP
#define ARGUS_TICKET_IMPL_DOCUMENT_DEFAULT_DOCUMENT_IPP

#include <argus_ticket/document/default_document.hpp>
#include <argus_ticket/document/dialect_tools.hpp>
#include <argus_ticket/document/neutralise.hpp>
#include <argus_ticket/impl/document/default_sections.hpp>

#include <algorithm>
#include <utility>

namespace argus_ticket::document {
namespace detail {

/// Makes a document of what it is told.
class document_sink {
 public:
  explicit document_sink(document& to) : to_(to) {}

  void heading(std::string_view text) { to_.add(argus_ticket::document::heading{2, text}); }
  void section(std::string_view name, std::string_view words) { add(name, text{words}); }
  void link(std::string_view name, std::string_view url) {
    add(name, argus_ticket::document::link{std::string{url}});
  }
  void list(std::string_view name) {
    to_.add(paragraph{strong{std::string{name}}});
    to_.add(argus_ticket::document::list{});
  }
  void item(std::string_view text) {
    std::get<argus_ticket::document::list>(to_.blocks.back())
        .items.emplace_back(code{std::string{text}});
  }

 private:
  /// A paragraph that begins with its name.
  void add(std::string_view name, inline_node content) {
    to_.add(paragraph{inlines{strong{std::string{name}}, " ", std::move(content)}});
  }

  document& to_;
};

} // namespace detail

document default_document(incident const& from) {
  document d;
  detail::document_sink sink{d};
  detail::tell_default_sections(from, sink);
  return d;
}

std::string detail::title_without_description(incident const& from) {
  if (from.pk) return "Incident " + std::to_string(*from.pk);
  std::string const id = clean_line(from.source_incident_id);
  return id.empty() ? "Incident" : "Incident " + id;
}

std::string default_title(incident const& from) {
  std::string title = clean_line(from.description);
  return title.empty() ? detail::title_without_description(from) : title;
}

void append_missing(document& to, std::vector<std::string> const& missing) {
  detail::document_sink sink{to};
  detail::tell_missing(missing, sink);
}

std::string details_url_of(incident const& from) {
  std::string url;
  detail::append_details_url(url, from);
  return url;
}

} // namespace argus_ticket::document

#endif
