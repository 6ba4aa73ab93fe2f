#pragma once
// RT's traps one by one, run over the model and over a real RT alike: see site.hpp.

#include "people.hpp"
#include "site.hpp"

#include <argus_ticket/impl/plugins/request_tracker_replies.ipp> // inline: in both link modes

namespace rt_behaviours {

/// By token, by password, as an account whose language is German and whose day begins 14 hours
/// before ours, and with a field for the key.
template <class Site>
void whole_lives(Site& site) {
  auto const check = [&](at::settings<"request_tracker"> const& own) {
    test::check_that_it_conforms<request_tracker>(own, site.transport(),
                                                  typename Site::clock_type{});
  };
  check(settings(site));

  auto by_password = settings(site);
  by_password.authentication.token = at::secret{};
  by_password.authentication.username = "bot";
  by_password.authentication.password = at::secret{"password of bot"};
  check(by_password);

  check(settings(site, "later_bot"));

  auto with_field = settings(site);
  with_field.information.key_custom_field = "IdemKey";
  check(with_field);
}

template <class Site>
void wrong_credentials(Site& site) {
  auto own = settings(site);
  own.authentication.token = at::secret{"1-2-0123456789abcdef0123456789abcdef"};
  auto const failed = client(site, own).create(incident(site));
  REQUIRE(failed.has_error());
  CHECK(failed.error().code == errc::bad_credentials);
  CHECK(failed.error().outcome == outcome::rejected);
  own.authentication.token = at::secret{};
  own.authentication.username = "bot";
  own.authentication.password = at::secret{"wrong"};
  CHECK(client(site, own).find_or_create(incident(site)).error().code == errc::bad_credentials);
  CHECK(client(site, own).check().error().code == errc::bad_credentials);
}

template <class Site>
void wrong_queue(Site& site) {
  auto own = settings(site);
  for (char const* queue : {"No such queue", "Disabled", "77"}) {
    own.information.queue = queue;
    auto const failed = client(site, own).create(incident(site));
    REQUIRE(failed.has_error());
    CHECK(failed.error().code == errc::target_not_found);
    CHECK(failed.error().outcome == outcome::rejected);
    CHECK(client(site, own).check().error().code == errc::target_not_found);
  }
  // By name in any case, by number, and with all that a name may have.
  for (char const* queue : {"general", "1", R"(it's "a/b" \ 50%)"}) {
    own.information.queue = queue;
    auto tickets = client(site, own);
    auto const report = tickets.check();
    REQUIRE(report.has_value());
    CHECK(report->warnings.empty());
    auto const opened = tickets.find_or_create(incident(site));
    REQUIRE(opened.has_value());
    CHECK(opened->warnings.empty());
  }
}

/// 201, and half of what was given is not there.
template <class Site>
void dropped_fields(Site& site) {
  auto own = settings(site);
  own.information.custom_fields_set = {{"Room", {"B-12"}},
                                       {"Teams", {"core", "noc"}},
                                       {"Day", {"2026-11-23"}},
                                       {"Digits", {"no digits"}},
                                       {"No such field", {"x"}}};
  own.information.custom_fields_mapping = {{"Room", at::mapping_source::tag("host")},
                                           {"Rack", at::mapping_source::tag("rack")}};
  auto tickets = client(site, own);
  auto const report = tickets.check();
  REQUIRE(report.has_value());
  REQUIRE(report->warnings.size() == 2);
  CHECK(report->warnings[0].where == "custom field 'No such field'");
  CHECK(report->warnings[1].where == "custom field 'Rack'");

  auto const from = incident(site);
  auto const opened = tickets.find_or_create(from);
  REQUIRE(opened.has_value());
  CHECK(opened->outcome() == outcome::applied_degraded);
  INFO(all_warnings(*opened));
  REQUIRE(opened->warnings.size() == 2);
  CHECK(opened->warnings[0].where == "custom field 'Digits'");
  CHECK(opened->warnings[1].where == "custom field 'No such field'");
  auto const there = record(site, opened->number);
  namespace detail = at::plugins::detail;
  CHECK(detail::rt_field(there, "Room") == std::vector<std::string>{"gw-3"});
  CHECK(detail::rt_field(there, "Teams") == std::vector<std::string>{"core", "noc"});

  // What people add to a field with several values stays.
  sent(site, "staff", at::http::method::put, "ticket/" + opened->number,
       {{"CustomFields", {{"Teams", {"core", "noc", "night"}}, {"Room", "changed"}}}});
  REQUIRE(tickets.update(*opened, from).has_value());
  auto const after = record(site, opened->number);
  CHECK(detail::rt_field(after, "Room") == std::vector<std::string>{"gw-3"});
  CHECK(detail::rt_field(after, "Teams")->size() == 3);
}

/// RT reads no time with a Z in full, and takes each for one in the account's time zone.
template <class Site>
void times(Site& site) {
  namespace detail = at::plugins::detail;
  for (char const* user : {"bot", "later_bot"})
    for (char const* time : {"2026-11-23T10:11:12Z", "2026-11-23T01:11:12+02:00"}) {
      INFO(user << ' ' << time);
      auto own = settings(site, user);
      for (char const* field : {"Room", "Day", "Date"})
        own.information.custom_fields_mapping.push_back(
            {field, at::mapping_source::attribute("start_time")});
      auto tickets = client(site, own);
      auto from = incident(site);
      from.start_time = at::parse_timestamp(time);
      auto const opened = tickets.find_or_create(from);
      REQUIRE(opened.has_value());
      CHECK(all_warnings(*opened).empty());
      std::string const utc = time[19] == 'Z' ? "2026-11-23T10:11:12Z" : "2026-11-22T23:11:12Z";
      std::string const text = utc.substr(0, 10) + ' ' + utc.substr(11, 8) + " UTC";
      auto const there = record(site, opened->number);
      CHECK(detail::rt_field(there, "Day") == std::vector<std::string>{utc});
      CHECK(detail::rt_field(there, "Date") == std::vector<std::string>{utc.substr(0, 10)});
      CHECK(detail::rt_field(there, "Room") == std::vector<std::string>{text});

      // It stays as it is until it changes.
      auto const written = count(site, opened->number, "CustomField");
      REQUIRE(tickets.update(*opened, from).has_value());
      CHECK(count(site, opened->number, "CustomField") == written);
      from.start_time->instant += std::chrono::hours{2};
      auto const updated = tickets.update(*opened, from);
      REQUIRE(updated.has_value());
      CHECK(all_warnings(*updated).empty());
      auto const day = detail::rt_field(record(site, opened->number), "Day");
      REQUIRE(day->size() == 1);
      CHECK(at::parse_timestamp(day->front()) == from.start_time);
    }
}

template <class Site>
void watchers(Site& site) {
  auto own = settings(site);
  own.information.cc = {"noc@example.org", "staff@example.test"}; // the latter has an account
  own.information.admin_cc = {"boss@example.org"};
  auto const opened = client(site, own).create(incident(site));
  REQUIRE(opened.has_value());
  INFO(all_warnings(*opened));
  CHECK(opened->warnings.empty());
  auto const there = record(site, opened->number);
  CHECK(there.at("Cc").as_array().size() == 2);
  CHECK(there.at("AdminCc").as_array().size() == 1);

  own.authentication.token = site.token("low"); // without ModifyTicket
  auto const by_low = client(site, own).create(incident(site));
  REQUIRE(by_low.has_value());
  REQUIRE(by_low->warnings.size() == 1);
  CHECK(by_low->warnings[0].where == "AdminCc");
}

/// 200, and the refusal is a line in a list.
template <class Site>
void low_privileges(Site& site) {
  auto tickets = client(site, "low");
  auto const from = incident(site);
  auto const opened = tickets.find_or_create(from);
  REQUIRE(opened.has_value());
  CHECK(opened->warnings.empty());
  CHECK_FALSE(tickets.find_or_create(from).value().created);
  auto const closed = tickets.close(*opened, at::close_reason::completed);
  REQUIRE(closed.has_error());
  CHECK(closed.error().code == errc::refused);
  CHECK(closed.error().outcome == outcome::rejected);
  CHECK(closed.error().server_message.find("Permission Denied") != std::string::npos);
  CHECK(tickets.get(*opened).value().state == at::ticket_state::open);
  auto other = from;
  other.description = "another text";
  CHECK(tickets.update(*opened, other).error().code == errc::refused);
  auto const comment = tickets.comment(*opened, "text");
  REQUIRE(comment.has_error());
  CHECK(comment.error().code == errc::refused);
  CHECK(comment.error().outcome == outcome::rejected);
  CHECK(tickets.comment("999999", "text").error().code == errc::ticket_not_found);

  // Who may not even see what he has opened is told.
  auto const unseen = client(site, "blind").create(incident(site));
  REQUIRE(unseen.has_value());
  REQUIRE(unseen->warnings.size() == 1);
  CHECK(unseen->warnings[0].what.find("ShowTicket") != std::string::npos);
  CHECK(client(site, "blind").check().error().code == errc::target_not_found);
  CHECK(client(site, "idle").check().error().code == errc::not_permitted);
  CHECK(client(site, "idle").create(incident(site)).error().code == errc::not_permitted);
}

/// The key is found in the link and in the field, whichever of them is left.
template <class Site>
void key_in_two_places(Site& site) {
  auto own = settings(site);
  own.information.key_custom_field = "IdemKey";
  auto tickets = client(site, own);
  auto const from = incident(site);
  auto const opened = tickets.find_or_create(from);
  REQUIRE(opened.has_value());
  std::string const mark = request_tracker::mark(at::key_of(from));
  auto const there = record(site, opened->number);
  CHECK(at::plugins::detail::has_rt_mark(there, mark));
  CHECK(at::plugins::detail::has_rt_link(there, at::plugins::detail::rt_refers_to, from.argus_url));
  CHECK(at::plugins::detail::rt_field(there, "IdemKey") ==
        std::vector<std::string>{at::key_of(from).value});
  sent(site, "staff", at::http::method::put, "ticket/" + opened->number,
       {{"DeleteReferredToBy", mark}});
  CHECK(tickets.find_or_create(from).value().number == opened->number);
  REQUIRE(tickets.update(*opened, from).has_value()); // mends it
  CHECK(at::plugins::detail::has_rt_mark(record(site, opened->number), mark));

  // A field that the queue has not is told, and the link is enough.
  own.information.key_custom_field = "No such field";
  auto without = client(site, own);
  auto const second = incident(site);
  auto const degraded = without.find_or_create(second);
  REQUIRE(degraded.has_value());
  CHECK(degraded->warnings.size() == 1);
  CHECK(without.find_or_create(second).value().number == degraded->number);
  REQUIRE(without.check().has_value());
  CHECK(without.check()->warnings.size() == 1);
}

/// A queue whose lifecycle has statuses of its own.
template <class Site>
void other_statuses(Site& site) {
  auto own = settings(site);
  own.information.queue = "Repairs";
  auto const from = incident(site);
  auto plain = client(site, own);
  CHECK(plain.check().value().warnings.size() == 1);
  auto const opened = plain.find_or_create(from);
  REQUIRE(opened.has_value());
  auto const refused = plain.close(*opened, at::close_reason::completed);
  REQUIRE(refused.has_error());
  CHECK(refused.error().code == errc::refused);
  CHECK(refused.error().server_message.find("resolved") != std::string::npos);
  CHECK(plain.find(from).value()->state == at::ticket_state::open);

  own.information.resolved_status = "repaired";
  own.information.rejected_status = "scrapped";
  own.information.open_status = "in repair";
  auto tickets = client(site, own);
  CHECK(tickets.check().value().warnings.empty());
  auto const closed = tickets.close(*opened, at::close_reason::completed);
  REQUIRE(closed.has_value());
  CHECK(closed->closed_as == at::close_reason::completed);
  CHECK(closed->closed_at.has_value());
  // Those settings are not needed to know what is closed.
  auto const known = plain.get(*opened);
  REQUIRE(known.has_value());
  CHECK(known->state == at::ticket_state::closed);
  CHECK(known->closed_at.has_value());
  REQUIRE(tickets.reopen(*opened).has_value());
  CHECK(record(site, opened->number).at("Status") == "in repair");
  CHECK(tickets.close(*opened, at::close_reason::not_planned).value().closed_as ==
        at::close_reason::not_planned);
}

/// A text that changed becomes a comment, once; comments go to few unless the settings say so.
template <class Site>
void texts_and_comments(Site& site) {
  auto tickets = client(site);
  auto from = incident(site);
  auto const opened = tickets.find_or_create(from);
  REQUIRE(opened.has_value());
  REQUIRE(tickets.update(*opened, from).has_value());
  CHECK(count(site, opened->number, "Comment") == 0);
  from.description = "Netbox 11 is \xe2\x98\x8e = back"; // RT encodes it where it stores it
  for (int twice = 0; twice < 2; ++twice) REQUIRE(tickets.update(*opened, from).has_value());
  CHECK(count(site, opened->number, "Comment") == 1);
  // Also where it is one that the ticket has had before, and others have written since.
  REQUIRE(tickets.comment(*opened, "more").has_value());
  from.description = "Netbox 11 <12345> down.";
  for (int twice = 0; twice < 2; ++twice) REQUIRE(tickets.update(*opened, from).has_value());
  CHECK(count(site, opened->number, "Comment") == 3);
  from.description = "Netbox 11 is \xe2\x98\x8e = back";
  for (int twice = 0; twice < 2; ++twice) REQUIRE(tickets.update(*opened, from).has_value());
  CHECK(count(site, opened->number, "Comment") == 4);

  at::incident_key const key = at::detail::derived_key({}, "a comment " + opened->url);
  request_tracker const plugin{settings(site)};
  REQUIRE_FALSE(run(site, plugin.find_comment(*opened, key)).value().has_value());
  auto const added = run(
      site, plugin.comment(*opened, "<p>\xc3\xa9</p>\n\n" + request_tracker::comment_marker(key)));
  REQUIRE(added.has_value());
  CHECK(added->url == opened->url + "#txn-" + added->id);
  auto const found = run(site, plugin.find_comment(*opened, key));
  REQUIRE(found.has_value());
  REQUIRE(found->has_value());

  CHECK(count(site, opened->number, "Correspond") == 0);
  auto own = settings(site);
  own.information.comments_are_replies = true;
  REQUIRE(client(site, own).comment(*opened, "to requestors").has_value());
  CHECK(count(site, opened->number, "Correspond") == 1);
}

/// RT counts bytes, and takes line breaks out of subjects.
template <class Site>
void long_titles(Site& site) {
  auto tickets = client(site);
  std::string long_text;
  for (int n = 0; n < 200; ++n) long_text += "\xf0\x9d\x84\x9e";
  auto const opened = tickets.find_or_create(incident(site, long_text));
  REQUIRE(opened.has_value());
  CHECK(opened->warnings.empty());
  CHECK(opened->title.size() <= 200);
  CHECK(opened->title.ends_with("\xe2\x80\xa6")); // cut by us, not by RT
  CHECK(record(site, opened->number).at("Subject").as_string() == opened->title);
  auto const lines = tickets.create(incident(site, "one\ntwo"));
  REQUIRE(lines.has_value());
  CHECK(lines->title == "one two");
}

/// Whatever a key is, it stays a text in the search.
template <class Site>
void hostile_keys(Site& site) {
  request_tracker const plugin{settings(site)};
  for (char const* key : {"a' OR id > 0 OR ReferredToBy = '", "a\\", "a\\' OR id > 0 OR '", "'"}) {
    auto const found = run(site, plugin.find(at::ticket_query{at::incident_key{key}, {}, {}}));
    REQUIRE(found.has_value());
    CHECK(found->empty());
  }
}

/// Two that were opened at the same moment become one.
template <class Site>
void duplicates(Site& site) {
  auto tickets = client(site);
  auto const from = incident(site);
  auto const first = tickets.create(from);
  auto const second = tickets.create(from);
  auto const third = tickets.create(from);
  REQUIRE(third.has_value());
  auto const kept = tickets.find_or_create(from);
  REQUIRE(kept.has_value());
  CHECK(kept->number == first->number);
  CHECK(kept->warnings.empty());
  for (auto const* one : {&*second, &*third}) {
    CHECK(tickets.get(*one).value().closed_as == at::close_reason::not_planned);
    CHECK(count(site, one->number, "Comment") == 1);
  }
}

/// All of them, each in a section of the test.
template <class Site>
void all_traps(Site& site) {
  SECTION("whole lives") { whole_lives(site); }
  SECTION("wrong credentials") { wrong_credentials(site); }
  SECTION("wrong queue") { wrong_queue(site); }
  SECTION("dropped fields") { dropped_fields(site); }
  SECTION("times") { times(site); }
  SECTION("watchers") { watchers(site); }
  SECTION("low privileges") { low_privileges(site); }
  SECTION("the key in two places") { key_in_two_places(site); }
  SECTION("forged tickets") { forged_tickets(site); }
  SECTION("marked by people") { marked_by_people(site); }
  SECTION("changed by people") { changed_by_people(site); }
  SECTION("merged into an old one") { merged_into_an_old_one(site); }
  SECTION("other statuses") { other_statuses(site); }
  SECTION("texts and comments") { texts_and_comments(site); }
  SECTION("long titles") { long_titles(site); }
  SECTION("hostile keys") { hostile_keys(site); }
  SECTION("duplicates") { duplicates(site); }
}

} // namespace rt_behaviours
