#pragma once
// An incident that tests open tickets for.

#include <argus_ticket/argus_ticket.hpp>

namespace test {

inline argus_ticket::incident incident(std::int64_t pk, std::string description) {
  namespace at = argus_ticket;
  at::incident i;
  i.pk = pk;
  i.start_time =
      at::timestamp{std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())};
  i.end_time = at::infinity;
  i.source.pk = 11;
  i.source.name = "Campus GW 3";
  i.description = std::move(description);
  i.argus_url = "https://argus.example.org/incidents/" + std::to_string(pk);
  i.tags.push_back(at::incident_tag::from("host=gw-3"));
  i.tags.push_back(at::incident_tag::from("filter=vlan=20"));
  return i;
}

/// A title as people see it.
inline std::string visible(std::string title) {
  constexpr std::string_view zero_width_space = "\xE2\x80\x8B";
  for (std::size_t at = 0; (at = title.find(zero_width_space, at)) != std::string::npos;)
    title.erase(at, zero_width_space.size());
  return title;
}

} // namespace test
