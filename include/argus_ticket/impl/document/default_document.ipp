#ifndef ARGUS_TICKET_IMPL_DOCUMENT_DEFAULT_DOCUMENT_IPP
#define ARGUS_TICKET_IMPL_DOCUMENT_DEFAULT_DOCUMENT_IPP

#include <argus_ticket/document/default_document.hpp>
#include <argus_ticket/document/dialect_tools.hpp>
#include <argus_ticket/document/neutralise.hpp>
#include <argus_ticket/timestamp.hpp>

#include <algorithm>
#include <utility>

namespace argus_ticket::document {
namespace detail {

/// Whether a text begins with a scheme, as an absolute URL does (RFC 3986, 3.1).
inline bool has_scheme(std::string_view url) noexcept {
  std::size_t const colon = url.find(':');
  if (colon == std::string_view::npos || colon == 0 || !is_letter(url[0])) return false;
  for (char const c : url.substr(0, colon))
    if (!is_alnum(c) && c != '+' && c != '-' && c != '.') return false;
  return true;
}

inline bool is_blank(std::string_view text) { return clean_line(text).empty(); }

/// A paragraph that begins with its name; nothing where it has no more to say.
inline void add_section(document& to, std::string name, inline_node content, bool empty) {
  if (empty) return;
  to.add(paragraph{inlines{strong{std::move(name) + ':'}, " ", std::move(content)}});
}

inline void add_text(document& to, std::string name, std::string const& value) {
  add_section(to, std::move(name), text{value}, is_blank(value));
}

inline void add_link(document& to, std::string name, std::string const& url) {
  add_section(to, std::move(name), link{url}, is_blank(url));
}

inline std::string source_of(incident const& from) {
  std::string const name = clean_line(from.source.name);
  std::string const type = clean_line(from.source.type);
  if (name.empty() || type.empty()) return name + type;
  return name + " (" + type + ')';
}

inline std::string heading_of(incident const& from) {
  if (from.pk) return "Argus incident #" + std::to_string(*from.pk);
  std::string const id = clean_line(from.source_incident_id);
  return id.empty() ? "Incident" : "Incident " + id;
}

inline void add_codes(document& to, std::string name, std::vector<inlines> codes) {
  if (codes.empty()) return;
  to.add(paragraph{strong{std::move(name) + ':'}});
  to.add(list{std::move(codes)});
}

} // namespace detail

document default_document(incident const& from) {
  document d;
  d.add(heading{2, detail::heading_of(from)});
  detail::add_text(d, "Description", from.description);
  if (from.start_time) detail::add_text(d, "Start time", to_string(*from.start_time));
  if (from.end_time && *from.end_time != infinity)
    detail::add_text(d, "End time", to_string(*from.end_time));
  detail::add_text(d, "Source", detail::source_of(from));
  detail::add_link(d, "Argus URL", from.argus_url);
  detail::add_link(d, "Details URL", details_url_of(from));
  std::vector<inlines> tags;
  for (incident_tag const& tag : from.tags)
    if (!tag.key.empty() || !tag.value.empty()) tags.emplace_back(code{tag.text()});
  detail::add_codes(d, "Tags", std::move(tags));
  detail::add_text(d, "Argus user", from.user);
  return d;
}

std::string default_title(incident const& from) {
  if (std::string title = clean_line(from.description); !title.empty()) return title;
  if (from.pk) return "Incident " + std::to_string(*from.pk);
  std::string const id = clean_line(from.source_incident_id);
  return id.empty() ? "Incident" : "Incident " + id;
}

void append_missing(document& to, std::vector<std::string> const& missing) {
  std::vector<inlines> names;
  for (std::string const& name : missing) names.emplace_back(code{name});
  detail::add_codes(to, "Missing fields/tags", std::move(names));
}

std::string details_url_of(incident const& from) {
  std::string_view const details = from.details_url;
  std::string_view const base = from.source.base_url;
  if (details.empty() || base.empty() || detail::has_scheme(details)) return from.details_url;
  std::string joined{base.substr(0, base.find_last_not_of('/') + 1)};
  joined += '/';
  return joined += details.substr((std::min)(details.find_first_not_of('/'), details.size()));
}

} // namespace argus_ticket::document

#endif
