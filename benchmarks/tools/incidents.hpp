#pragma once
// Incidents of a wanted size.

#include <argus_ticket/incident.hpp>

#include <cstddef>
#include <string>

/// An incident whose texts have so many bytes in all: what monitoring systems write, with
/// addresses, identifiers and the odd character that is markup.
inline argus_ticket::incident incident_of(std::size_t size) {
  namespace at = argus_ticket;
  at::incident from;
  from.pk = 10101;
  from.start_time = at::parse_timestamp("2026-11-11T11:11:11+01:00");
  from.end_time = at::infinity;
  from.source.pk = 11;
  from.source.name = "Campus GW 3";
  from.source.type = "nav";
  from.source.base_url = "https://nav.example.org";
  from.source_incident_id = "12345";
  from.details_url = "/alerts/12345/";
  from.level = 2;
  for (char const* tag : {"host=campus-gw3", "interface=xe-0/0/1", "filter=vlan=20"})
    from.tags.push_back(at::incident_tag::from(tag));
  from.argus_url = "https://argus.example.org/incidents/10101";
  from.user = "operator";
  std::size_t used = from.source.name.size() + from.source.type.size() +
                     from.source.base_url.size() + from.source_incident_id.size() +
                     from.details_url.size() + from.argus_url.size() + from.user.size();
  for (at::incident_tag const& tag : from.tags) used += tag.key.size() + tag.value.size();
  from.description = "Link <campus-gw3 xe-0/0/1> down: no light since 11:11 @ core | see #42\n";
  for (std::size_t line = 1; from.description.size() + used < size; ++line)
    from.description +=
        "11:" + std::to_string(10 + line % 50) +
        ":07 campus-gw3.example.org snmpd[4711]: linkDown trap from 192.0.2.17, ifIndex 531, "
        "rx power -40.0 dBm (threshold -14.0 dBm), carrier_transitions=3, peer core-sw1 at Oslo\n";
  from.description.resize(size > used ? size - used : 1);
  return from;
}
