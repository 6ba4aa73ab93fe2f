#ifndef ARGUS_TICKET_PLUGINS_SUPPORT_MARKERS_HPP
#define ARGUS_TICKET_PLUGINS_SUPPORT_MARKERS_HPP

#include <argus_ticket/error.hpp>
#include <argus_ticket/plugin.hpp>
#include <argus_ticket/plugins/support/ticket_label.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace argus_ticket::plugins::support {

// The key in a text that people do not see, for systems whose Markdown has HTML comments.

/// What makes a ticket ours, and that incident's where the key is not empty.
[[nodiscard]] ARGUS_TICKET_DECL std::string hidden_marker(incident_key const& key);
/// Puts the marker of a key in a paragraph of its own behind a ticket's body, as `with_marker` puts
/// it.
ARGUS_TICKET_DECL void append_marker(std::string& body, incident_key const& key);
/// What a comment with that key is found by.
[[nodiscard]] ARGUS_TICKET_DECL std::string hidden_comment_marker(incident_key const& key);
/// The marker that stands in a ticket's body, the last one; empty where none does.
[[nodiscard]] ARGUS_TICKET_DECL std::string hidden_marker_in(std::string_view body);
/// Whether a marker is that of another incident.
[[nodiscard]] ARGUS_TICKET_DECL bool is_of_another(std::string_view marker,
                                                   incident_key const& key);

/// The label that tickets with that key have besides, one of 256; empty where the key is.
[[nodiscard]] ARGUS_TICKET_DECL std::string key_label(incident_key const& key);

/// Both of them, then the draft's own.
[[nodiscard]] ARGUS_TICKET_DECL std::vector<std::string> with_ticket_labels(draft const& d);

/// The error `errc::not_ours`: nobody has the right to change what this library has not opened, or
/// what belongs to another incident. Of the ticket of that number, which has no marker.
[[nodiscard]] ARGUS_TICKET_DECL error not_marked(std::string const& number);
/// The same of a ticket of that number whose marker is that of another incident.
[[nodiscard]] ARGUS_TICKET_DECL error belongs_to_another(std::string const& number);

} // namespace argus_ticket::plugins::support

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/plugins/support/markers.ipp>
#endif

#endif
