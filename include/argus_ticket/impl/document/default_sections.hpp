#ifndef ARGUS_TICKET_IMPL_DOCUMENT_DEFAULT_SECTIONS_HPP
#define ARGUS_TICKET_IMPL_DOCUMENT_DEFAULT_SECTIONS_HPP

#include <argus_ticket/document/dialect_tools.hpp>
#include <argus_ticket/document/neutralise.hpp>
#include <argus_ticket/incident.hpp>
#include <argus_ticket/timestamp.hpp>

#include <algorithm>
#include <string>
#include <string_view>

// What the default document says, told piece by piece: to whoever makes a document of it, or writes
// it at once.
namespace argus_ticket::document::detail {

inline void append_source(std::string& to, incident const& from) {
  std::string const name = clean_line(from.source.name);
  std::string const type = clean_line(from.source.type);
  to += name;
  if (name.empty() || type.empty())
    to += type;
  else
    ((to += " (") += type) += ')';
}

inline void append_heading(std::string& to, incident const& from) {
  if (from.pk) {
    (to += "Argus incident #") += std::to_string(*from.pk);
    return;
  }
  std::string const id = clean_line(from.source_incident_id);
  to += "Incident";
  if (!id.empty()) (to += ' ') += id;
}

/// Whether a text begins with a scheme, as an absolute URL does (RFC 3986, 3.1).
inline bool has_scheme(std::string_view url) noexcept {
  std::size_t const colon = url.find(':');
  if (colon == std::string_view::npos || colon == 0 || !is_letter(url[0])) return false;
  for (char const c : url.substr(0, colon))
    if (!is_alnum(c) && c != '+' && c != '-' && c != '.') return false;
  return true;
}

/// Writes `details_url_of` behind a text.
inline void append_details_url(std::string& to, incident const& from) {
  std::string_view const details = from.details_url;
  std::string_view const base = from.source.base_url;
  if (details.empty() || base.empty() || has_scheme(details)) {
    to += details;
    return;
  }
  to += base.substr(0, base.find_last_not_of('/') + 1);
  to += '/';
  to += details.substr((std::min)(details.find_first_not_of('/'), details.size()));
}

/**
 * Tells a sink the sections in their order:
 * - `heading(text)`;
 * - `section(name, text)` and `link(name, url)`, where there is more to say than blanks;
 * - `list(name)`, then `item(text)` for each of its items.
 * Names are letters, spaces and slashes, and end in a colon. What the sink is given are views,
 * valid during the call.
 */
template <class Sink>
void tell_default_sections(incident const& from, Sink& to) {
  auto const section = [&](std::string_view name, std::string_view text) {
    if (!is_blank_line(text)) to.section(name, text);
  };
  auto const link = [&](std::string_view name, std::string_view url) {
    if (!is_blank_line(url)) to.link(name, url);
  };
  std::string room;
  room.reserve(128); // enough for most of what is put together here
  append_heading(room, from);
  to.heading(room);
  section("Description:", from.description);
  auto const time = [&](std::string_view name, timestamp const& when) {
    room.clear();
    argus_ticket::detail::append_timestamp(room, when);
    section(name, room);
  };
  if (from.start_time) time("Start time:", *from.start_time);
  if (from.end_time && *from.end_time != infinity) time("End time:", *from.end_time);
  room.clear();
  append_source(room, from);
  section("Source:", room);
  link("Argus URL:", from.argus_url);
  room.clear();
  append_details_url(room, from);
  link("Details URL:", room);
  bool has_tags = false;
  for (incident_tag const& tag : from.tags) {
    if (tag.key.empty() && tag.value.empty()) continue;
    if (!has_tags) to.list("Tags:");
    has_tags = true;
    room.assign(tag.key).append(1, '=').append(tag.value); // as incident_tag::text
    to.item(room);
  }
  section("Argus user:", from.user);
}

/// Tells a sink what `append_missing` adds.
template <class Sink, class Names>
void tell_missing(Names const& missing, Sink& to) {
  if (missing.empty()) return;
  to.list("Missing fields/tags:");
  for (std::string const& name : missing) to.item(name);
}

} // namespace argus_ticket::document::detail

#endif
