#pragma once
// What every plugin must do over any server that speaks its system's API: run over the local
// tracker, over models of servers, and over servers that others wrote.

#include "catch.hpp"

#include <argus_ticket/argus_ticket.hpp>

namespace behaviours {

namespace at = argus_ticket;

inline at::incident incident(std::int64_t pk, std::string description) {
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

/// Everything that happens to one ticket, from the first alert to its end.
template <class Client>
void whole_life(Client& tickets, std::int64_t pk) {
  auto from = incident(pk, "Link <gw-3> down @core #42");

  auto const report = tickets.check();
  REQUIRE(report.has_value());
  CHECK_FALSE(report->account.empty());

  auto const nothing = tickets.find(from);
  REQUIRE(nothing.has_value());
  CHECK_FALSE(nothing->has_value());

  auto const opened = tickets.find_or_create(from);
  REQUIRE(opened.has_value());
  CHECK(opened->created);
  CHECK(opened->warnings.empty());
  CHECK(visible(opened->title) == from.description);
  CHECK(opened->state == at::ticket_state::open);

  auto const again = tickets.find_or_create(from);
  REQUIRE(again.has_value());
  CHECK_FALSE(again->created);
  CHECK(again->number == opened->number);
  CHECK(again->url == opened->url);

  auto const found = tickets.find(from);
  REQUIRE(found.has_value());
  REQUIRE(found->has_value());
  CHECK((*found)->number == opened->number);

  auto const got = tickets.get(*opened);
  REQUIRE(got.has_value());
  CHECK(got->id == opened->id);

  auto const commented = tickets.comment(*opened, "/close @all <b>not</b> #1");
  REQUIRE(commented.has_value());
  CHECK_FALSE(commented->id.empty());

  from.description = "Link <gw-3> is flapping";
  auto const updated = tickets.update(*opened, from);
  REQUIRE(updated.has_value());
  CHECK(visible(updated->title) == from.description);
  CHECK(updated->warnings.empty());

  auto const closed = tickets.close(*opened, at::close_reason::not_planned);
  REQUIRE(closed.has_value());
  CHECK(closed->state == at::ticket_state::closed);

  auto const still_found = tickets.find_or_create(from);
  REQUIRE(still_found.has_value());
  CHECK(still_found->number == opened->number);
  CHECK(still_found->state == at::ticket_state::closed);

  auto const reopened = tickets.reopen(*opened);
  REQUIRE(reopened.has_value());
  CHECK(reopened->state == at::ticket_state::open);

  auto const absent = tickets.get("999999");
  REQUIRE(absent.has_error());
  CHECK(absent.error().code == at::errc::ticket_not_found);

  auto const other = tickets.update(*opened, incident(pk + 1, "another incident"));
  REQUIRE(other.has_error());
  CHECK(other.error().code == at::errc::not_ours);
}

} // namespace behaviours
