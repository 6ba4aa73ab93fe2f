#pragma once
// What people do to tickets, and what others do to look like us: over the model and over a real RT.

#include "site.hpp"

namespace rt_behaviours {

/// Whoever may open tickets may set any link, and say that somebody else has opened it.
template <class Site>
void forged_tickets(Site& site) {
  auto tickets = client(site);
  auto const from = incident(site);
  std::string const bot = std::string{site.token("bot").expose()};
  std::int64_t const number = std::stoll(bot.substr(2));
  sent(site, "stranger", at::http::method::post, "ticket",
       {{"Queue", "General"},
        {"Subject", "forged"},
        {"Creator", number},
        {"ReferredToBy", {request_tracker::mark(at::key_of(from)), from.argus_url}}});
  auto const opened = tickets.find_or_create(from);
  REQUIRE(opened.has_value());
  CHECK(opened->created);
  CHECK(opened->title == from.description);
  CHECK(tickets.find(from).value()->number == opened->number);
  // Nor does what an account opens count for another one.
  CHECK_FALSE(client(site, "later_bot").find(from).value().has_value());
}

/// Neither a link nor a field makes a ticket of other people's ours.
template <class Site>
void marked_by_people(Site& site) {
  auto own = settings(site);
  own.information.key_custom_field = "IdemKey";
  auto tickets = client(site, own);
  auto const from = incident(site);
  std::string const key = at::key_of(from).value;
  boost::json::object const marked[]{
      {{"Queue", "General"}, {"Subject", "theirs"}, {"ReferredToBy", "urn:argus-ticket:v1:" + key}},
      {{"Queue", "General"}, {"Subject", "theirs"}, {"CustomFields", {{"IdemKey", key}}}}};
  for (auto const& one : marked) {
    auto const made = sent(site, "staff", at::http::method::post, "ticket", one);
    std::string const number = at::detail::id_member(boost::json::parse(made.body()), "id");
    CHECK(tickets.close(number).error().code == errc::not_ours);
    CHECK(tickets.update(number, from).error().code == errc::not_ours);
    sent(site, "staff", at::http::method::put, "ticket/" + number, {{"Status", "resolved"}});
    CHECK(tickets.close(number).error().code == errc::not_ours);
    CHECK(tickets.reopen(number).error().code == errc::not_ours);
    CHECK(record(site, number).at("Status") == "resolved");
    CHECK(record(site, number).at("Subject") == "theirs");
  }
  // Nor does any text in the field, though this account has opened the ticket.
  auto const by_hand = sent(site, "bot", at::http::method::post, "ticket",
                            {{"Queue", "General"},
                             {"Subject", "by hand"},
                             {"CustomFields", {{"IdemKey", "see ticket 12"}}}});
  std::string const number = at::detail::id_member(boost::json::parse(by_hand.body()), "id");
  CHECK(tickets.close(number).error().code == errc::not_ours);
}

/// People merge tickets, move them and delete them.
template <class Site>
void changed_by_people(Site& site) {
  auto tickets = client(site);
  auto const from = incident(site);
  auto const opened = tickets.find_or_create(from);
  REQUIRE(opened.has_value());
  auto const made = sent(site, "staff", at::http::method::post, "ticket",
                         {{"Queue", "General"}, {"Subject", "written by people"}});
  std::string const into = at::detail::id_member(boost::json::parse(made.body()), "id");
  CHECK(tickets.close(into).error().code == errc::not_ours);
  sent(site, "staff", at::http::method::put, "ticket/" + opened->number,
       {{"MergeInto", std::stoll(into)}});

  auto const found = tickets.find_or_create(from);
  REQUIRE(found.has_value());
  CHECK_FALSE(found->created);
  CHECK(found->number == into);
  CHECK(tickets.get(*opened).value().number == into);
  CHECK(tickets.comment(*opened, "text").has_value());
  CHECK(tickets.close(*opened).error().code == errc::not_ours);
  CHECK(tickets.close(into).error().code == errc::not_ours);
  CHECK(tickets.update(into, from).error().code == errc::not_ours);
  CHECK(tickets.get(into).value().title == "written by people");
  sent(site, "staff", at::http::method::put, "ticket/" + into, {{"Status", "resolved"}});
  CHECK(tickets.reopen(into).value().state == at::ticket_state::open);

  auto const second = incident(site);
  auto const moved = tickets.find_or_create(second);
  REQUIRE(moved.has_value());
  sent(site, "staff", at::http::method::put, "ticket/" + moved->number,
       {{"Queue", R"(it's "a/b" \ 50%)"}});
  CHECK(tickets.find_or_create(second).value().number == moved->number);
  CHECK(tickets.close(*moved).value().state == at::ticket_state::closed);

  auto const third = incident(site);
  auto const deleted = tickets.find_or_create(third);
  REQUIRE(deleted.has_value());
  sent(site, "staff", at::http::method::put, "ticket/" + deleted->number, {{"Status", "deleted"}});
  CHECK(tickets.get(*deleted).error().code == errc::ticket_not_found);
  CHECK(tickets.find_or_create(third).value().created);
}

/// People merge an incident's ticket into one that is older than the incident.
template <class Site>
void merged_into_an_old_one(Site& site) {
  std::string const old = site.old_ticket();
  REQUIRE(record(site, old).at("Created").as_string().starts_with("2020-02-02"));
  auto tickets = client(site);
  auto const from = incident(site);
  REQUIRE(from.start_time.has_value());
  auto const opened = tickets.find_or_create(from);
  REQUIRE(opened.has_value());
  sent(site, "staff", at::http::method::put, "ticket/" + opened->number,
       {{"MergeInto", std::stoll(old)}});
  auto const found = tickets.find_or_create(from);
  REQUIRE(found.has_value());
  CHECK_FALSE(found->created);
  CHECK(found->number == old);
}

} // namespace rt_behaviours
