#ifndef ARGUS_TICKET_IMPL_TICKET_OPERATIONS_IPP
#define ARGUS_TICKET_IMPL_TICKET_OPERATIONS_IPP

#include <argus_ticket/detail/ticket_operations.hpp>

namespace argus_ticket::detail {

std::optional<timestamp> since_when(incident const& from, instant now) {
  if (!from.start_time) return std::nullopt;
  using std::chrono::days;
  using std::chrono::microseconds;
  timestamp::instant_type const start =
      (std::min)(from.start_time->instant, std::chrono::time_point_cast<microseconds>(now));
  // No ticket is older than 1970, and not every system can read such a year.
  return timestamp{(std::max)(start, timestamp::instant_type{days{1}}) - days{1}};
}

result<ticket> known_ticket(std::string_view system, incident const& from) {
  std::string_view const url = from.ticket_url;
  bool const is_page =
      (http::iequals(url.substr(0, 8), "https://") || http::iequals(url.substr(0, 7), "http://")) &&
      std::none_of(url.begin(), url.end(),
                   [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == 0x7f; });
  if (!is_page)
    return error{errc::invalid_incident, outcome::rejected,
                 "the incident has a ticket already, but its URL is no http or https URL",
                 "incident.ticket_url"};
  ticket t;
  t.system = system;
  t.url = from.ticket_url;
  return t;
}

error without_id() {
  return {errc::invalid_incident, outcome::rejected,
          "the incident has neither a pk nor a source_incident_id to be found by",
          "incident.source_incident_id"};
}

document::document text_document(std::string text) {
  if (text.empty()) return {};
  return document::document{document::paragraph{document::inlines{std::move(text)}}};
}

} // namespace argus_ticket::detail

#endif
