#ifndef ARGUS_TICKET_IMPL_PLUGINS_SUPPORT_MARKERS_IPP
#define ARGUS_TICKET_IMPL_PLUGINS_SUPPORT_MARKERS_IPP

#include <argus_ticket/plugins/support/markers.hpp>

namespace argus_ticket::plugins::support {

inline constexpr std::string_view marker_start = "<!-- argus-ticket:v1";

inline void append_hidden_marker(std::string& to, incident_key const& key) {
  to += marker_start;
  if (!key.empty()) (to += " key=") += key.value;
  to += " -->";
}

std::string hidden_marker(incident_key const& key) {
  std::string text;
  text.reserve(marker_start.size() + key.value.size() + 9);
  append_hidden_marker(text, key);
  return text;
}

void append_marker(std::string& body, incident_key const& key) {
  if (!body.empty()) body += "\n\n";
  append_hidden_marker(body, key);
}

std::string hidden_comment_marker(incident_key const& key) {
  return std::string{marker_start} + " comment=" + key.value + " -->";
}

std::string hidden_marker_in(std::string_view body) {
  std::size_t const start = body.rfind(marker_start);
  if (start == std::string_view::npos) return {};
  std::size_t const end = body.find("-->", start);
  if (end == std::string_view::npos) return {};
  return std::string{body.substr(start, end + 3 - start)};
}

bool is_of_another(std::string_view marker, incident_key const& key) {
  return !key.empty() && marker.find("key=") != std::string_view::npos &&
         marker != hidden_marker(key);
}

std::string key_label(incident_key const& key) {
  if (key.empty()) return {};
  std::string label{ticket_label};
  return (label += '-').append(key.value, 0, 2);
}

std::vector<std::string> with_ticket_labels(draft const& d) {
  std::vector<std::string> all;
  all.reserve(2 + d.labels.size());
  all.emplace_back(ticket_label);
  if (!d.key.empty()) all.push_back(key_label(d.key));
  all.insert(all.end(), d.labels.begin(), d.labels.end());
  return all;
}

error not_marked(std::string const& number) {
  return {errc::not_ours, outcome::rejected,
          "the ticket has no marker of this library, so it is left as it is", "ticket " + number};
}

error belongs_to_another(std::string const& number) {
  return {errc::not_ours, outcome::rejected, "the ticket belongs to another incident",
          "ticket " + number};
}

} // namespace argus_ticket::plugins::support

#endif
