// The Request Tracker plugin against a strict model of RT, and what it makes of each reply.

#include "../../request_tracker/behaviours.hpp"
#include "../../request_tracker/world.hpp"
#include "../running.hpp"

#include <argus_ticket/argus_ticket.hpp>
#include <argus_ticket/impl/plugins/request_tracker_values.ipp> // inline: in both link modes
#include <argus_ticket/testing/mock_transport.hpp>

namespace request_tracker_test {

namespace at = argus_ticket;
using at::errc;
using at::outcome;
using at::plugins::request_tracker;

namespace {

static_assert(at::finds_comments<request_tracker>);
static_assert(at::fills_fields<request_tracker>);
static_assert(at::compares_settings<request_tracker>);
static_assert(at::explains_errors<request_tracker>);
static_assert(at::knows_its_tickets<request_tracker>);
static_assert(at::prefills_tickets<request_tracker>);
static_assert(at::reopens_tickets<request_tracker>);
static_assert(!at::lags_in_search<request_tracker>, "it searches the database itself");
static_assert(!at::marks_bodies<request_tracker>, "the key is a link");

} // namespace

TEST_CASE("rt: the model has all the traps of a real one") {
  world w;
  rt_behaviours::all_traps(w);
}

TEST_CASE("rt: an RT whose lists do not tell links, and whose ids are numbers") {
  world w;
  w.server.tells_links = false;
  w.server.ids_are_numbers = true;
  rt_behaviours::whole_lives(w);
  rt_behaviours::forged_tickets(w);
}

TEST_CASE("rt: an RT that takes one link of a kind at a time") {
  world w;
  w.server.takes_lists_of_links = false;
  rt_behaviours::whole_lives(w);
  rt_behaviours::key_in_two_places(w);
  // Not even who may change nothing afterwards loses one.
  auto const opened = rt_behaviours::client(w, "low").create(rt_behaviours::incident(w));
  REQUIRE(opened.has_value());
  CHECK(rt_behaviours::all_warnings(*opened).empty());
}

TEST_CASE("rt: a link with the key that was dropped is set again, or told") {
  world w;
  w.server.drops_links = true;
  auto const from = rt_behaviours::incident(w);
  auto const opened = rt_behaviours::client(w).find_or_create(from);
  REQUIRE(opened.has_value());
  CHECK(opened->warnings.empty());
  CHECK(w.server.tickets[0].marks ==
        std::vector<std::string>{request_tracker::mark(at::key_of(from))});
  CHECK_FALSE(rt_behaviours::client(w).find_or_create(from).value().created);
  auto const unmarked = rt_behaviours::client(w, "low").create(rt_behaviours::incident(w));
  REQUIRE(unmarked.has_value());
  REQUIRE(unmarked->warnings.size() == 1);
  CHECK(unmarked->warnings[0].where.starts_with("link to urn:argus-ticket:v1:"));
}

TEST_CASE("rt: a fresh incident costs four requests, a known one three") {
  world w;
  auto tickets = rt_behaviours::client(w);
  auto const from = rt_behaviours::incident(w);
  REQUIRE(tickets.find_or_create(from).has_value());
  CHECK(w.requests == 4); // search, create, read back, search
  REQUIRE(tickets.find_or_create(from).has_value());
  CHECK(w.requests == 7); // search, account, who opened it
}

TEST_CASE("rt: a ticket whose reply is lost is found, and not opened twice") {
  auto const lost = [](std::size_t point) {
    world w;
    auto tickets = rt_behaviours::client(w);
    auto const from = rt_behaviours::incident(w);
    // The server does what it is asked to, and its reply does not come.
    w.carrier.answer_by([&](at::http::request const& r) -> at::result<at::http::response> {
      auto reply = w.server.answer(r);
      if (static_cast<std::size_t>(w.requests++) == point) return test::lost_reply();
      return reply;
    });
    auto const opened = tickets.find_or_create(from);
    std::size_t const came = static_cast<std::size_t>(w.requests);
    INFO(point);
    CHECK(w.server.tickets.size() <= 1);
    if (point != 0) {
      REQUIRE(opened.has_value());
      CHECK(opened->number == "1");
    }
    w.carrier.answer_by([&](at::http::request const& r) { return w.server.answer(r); });
    REQUIRE(tickets.find_or_create(from).has_value());
    CHECK(w.server.tickets.size() == 1);
    return came;
  };
  CHECK(at::testing::for_each_failure_point(lost) >= 4);
}

TEST_CASE("rt: an update's text whose reply is lost is written once") {
  world w;
  auto tickets = rt_behaviours::client(w);
  auto from = rt_behaviours::incident(w);
  auto const opened = tickets.create(from);
  REQUIRE(opened.has_value());
  bool loses = true;
  w.carrier.answer_by([&](at::http::request const& r) -> at::result<at::http::response> {
    auto reply = w.server.answer(r);
    if (loses && r.url().path().ends_with("/comment")) return test::lost_reply();
    return reply;
  });
  from.description = "another text";
  CHECK(tickets.update(*opened, from).error().outcome == outcome::ambiguous);
  CHECK(w.server.count("Comment") == 1);
  loses = false;
  REQUIRE(tickets.update(*opened, from).has_value());
  CHECK(w.server.count("Comment") == 1);
}

TEST_CASE("rt: a failed read-back is a warning, and no failure") {
  world w;
  auto tickets = rt_behaviours::client(w);
  w.carrier.answer_by([&](at::http::request const& r) -> at::result<at::http::response> {
    if (r.method() == at::http::method::post) return w.server.answer(r);
    return answer(500, "<html>");
  });
  auto const opened = tickets.create(rt_behaviours::incident(w));
  REQUIRE(opened.has_value());
  CHECK(opened->created);
  CHECK(opened->url == "https://rt.example.org/rt/Ticket/Display.html?id=1");
  REQUIRE(opened->warnings.size() == 1);
  CHECK(opened->warnings[0].where == "ticket 1");
}

TEST_CASE("rt: a subject that the database cannot hold is a warning") {
  world w;
  auto tickets = rt_behaviours::client(w);
  auto from = rt_behaviours::incident(w);
  auto const opened = tickets.create(from);
  REQUIRE(opened.has_value());
  auto const mangled = [&](at::http::request const& r) -> at::result<at::http::response> {
    auto reply = w.server.answer(r);
    if (!w.server.tickets.empty() && r.method() != at::http::method::get)
      for (auto& one : w.server.tickets)
        std::replace(one.subject.begin(), one.subject.end(), '<', '?');
    return reply;
  };
  w.carrier.answer_by(mangled);
  from.description = "Netbox <12> is flapping";
  auto const updated = tickets.update(*opened, from);
  REQUIRE(updated.has_value());
  REQUIRE(updated->warnings.size() == 1);
  CHECK(updated->warnings[0].where == "Subject");
  auto const second = tickets.create(rt_behaviours::incident(w, "<x>"));
  REQUIRE(second.has_value());
  CHECK(second->warnings.size() == 1);
}

TEST_CASE("rt: values are the same where they read the same, times where they are") {
  auto const same = at::plugins::detail::is_same_rt_value;
  CHECK(same("B-12", "B-12"));
  CHECK_FALSE(same("b-12", "B-12"));
  CHECK_FALSE(same("20261123", "2026-11-23"));
  CHECK_FALSE(same("4712345678-9", "47 12345678"));
  CHECK(same("2026-11-23T08:00:00Z", "2026-11-23T10:00:00+02:00"));
  CHECK(same("2026-11-23 08:00:00 UTC", "2026-11-23T10:00:00.5+02:00"));
  CHECK_FALSE(same("2026-11-23T10:00:00Z", "2026-11-23T10:00:00+02:00"));
  CHECK(same("2026-11-22", "2026-11-23T01:00:00+02:00"));
  CHECK_FALSE(same("2026-11-23", "2026-11-23T01:00:00+02:00"));
  CHECK(same("2026-11-22T10:00:00Z", "2026-11-23"));
  CHECK(same("2026-11-23T12:00:00Z", "2026-11-23 10:00"));
  CHECK_FALSE(same("2026-11-25T00:00:00Z", "2026-11-23"));
  CHECK_FALSE(same("1970-01-01T00:00:00Z", "2026-11-23T10:00:00Z"));
}

TEST_CASE("rt: addresses that RT refuses") {
  world w;
  w.server.refused_addresses = {"noc@example.org"};
  auto own = rt_behaviours::settings(w);
  own.information.cc = {"noc@example.org", "staff@example.test", "boss@example.org"};
  auto const opened = rt_behaviours::client(w, own).create(rt_behaviours::incident(w));
  REQUIRE(opened.has_value());
  // Either of the first two may stand behind the account that is there.
  CHECK(opened->warnings.size() == 2);
}

TEST_CASE("rt: all pages of a search are read, and only from the server in the settings") {
  world w;
  auto tickets = rt_behaviours::client(w);
  auto const from = rt_behaviours::incident(w);
  for (int n = 0; n < 7; ++n) REQUIRE(tickets.create(from).has_value());
  auto const since = at::parse_timestamp("2026-11-11T11:11:11+01:00");
  auto const found = test::run(request_tracker{rt_behaviours::settings(w)}.find(
                                   at::ticket_query{at::key_of(from), since, {}}),
                               w.carrier);
  REQUIRE(found.has_value());
  REQUIRE(found->size() == 7);
  CHECK(found->front().number == "1");
  for (auto const& request : w.carrier.requests())
    CHECK(request.url().origin() == "https://rt.example.org");
  // Texts have no total: only an empty page is the last one.
  for (int n = 0; n < 39; ++n) REQUIRE(tickets.comment("7", "text").has_value());
  auto const first = test::run(request_tracker{rt_behaviours::settings(w)}.find_comment(
                                   "7", at::detail::derived_key(at::key_of(from), "not there")),
                               w.carrier);
  REQUIRE(first.has_value());
  CHECK_FALSE(first->has_value());
  CHECK(at::http::query_parameter(w.carrier.requests().back().url(), "page") == "3");
}

TEST_CASE("rt: a page that lacks what is hidden is not the last one") {
  world w;
  auto tickets = rt_behaviours::client(w);
  REQUIRE(tickets.create(rt_behaviours::incident(w)).has_value());
  request_tracker const plugin{rt_behaviours::settings(w)};
  at::incident_key const key = at::detail::derived_key({}, "first of all");
  auto const said =
      test::run(plugin.comment("1", "x" + request_tracker::comment_marker(key)), w.carrier);
  REQUIRE(said.has_value());
  for (int n = 0; n < 30; ++n) REQUIRE(tickets.comment("1", "text").has_value());
  w.server.hidden = {w.server.history.back().number};
  auto const found = test::run(plugin.find_comment("1", key), w.carrier);
  REQUIRE(found.has_value());
  REQUIRE(found->has_value());
  CHECK((*found)->id == said->id);
}

TEST_CASE("rt: what the server's own filters let through is matched again") {
  world w;
  auto tickets = rt_behaviours::client(w);
  REQUIRE(tickets.create(rt_behaviours::incident(w)).has_value());
  w.instead = answer(200, boost::json::serialize(boost::json::object{
                              {"items", {w.server.object(w.server.tickets[0])}}, {"total", 1}}));
  auto const found = tickets.find(rt_behaviours::incident(w));
  REQUIRE(found.has_value());
  CHECK_FALSE(found->has_value());
}

TEST_CASE("rt: replies are taken for what they are") {
  world w;
  auto tickets = rt_behaviours::client(w);
  struct {
    int status;
    char const* body;
    errc code;
    char const* words;
  } const cases[]{
      {400, R"({"message":"Could not create ticket. Queue not set"})", errc::refused,
       "Could not create ticket. Queue not set"},
      {401, R"({"message":"Unauthorized"})", errc::bad_credentials, "Unauthorized"},
      {403, R"({"message":"No permission"})", errc::target_not_found, "No permission"},
      {404, "<html>", errc::target_not_found, ""},
      {302, "Login required", errc::redirect_refused, ""},
      {500, "<html>", errc::server_failed, ""},
      {502, R"({"message":17})", errc::server_failed, ""},
      {200, R"({"id":"1"})", errc::bad_reply, ""},
      {201, R"({"type":"ticket"})", errc::bad_reply, ""},
      {201, R"({"id":"0"})", errc::bad_reply, ""},
      {201, R"({"id":"1/../2"})", errc::bad_reply, ""},
      {201, "<html>", errc::bad_reply, ""},
      {201, "[]", errc::bad_reply, ""},
  };
  for (auto const& one : cases) {
    INFO(one.status << ' ' << one.body);
    w.instead = answer(one.status, one.body);
    auto const failed = tickets.create(rt_behaviours::incident(w));
    REQUIRE(failed.has_error());
    CHECK(failed.error().code == one.code);
    CHECK(failed.error().server_message == one.words);
    bool const may_be_done = one.status < 300 || one.status >= 500;
    CHECK((failed.error().outcome == outcome::ambiguous) == may_be_done);
  }
  for (char const* body : {"<html>", "{}", R"({"items":{}})", R"({"items":"x"})",
                           R"({"items":[{"_hyperlinks":[]}],"total":1})", R"({"items":[7]})"}) {
    w.instead = answer(200, body);
    auto const failed = tickets.find_or_create(rt_behaviours::incident(w));
    REQUIRE(failed.has_error());
    CHECK(failed.error().code == errc::bad_reply);
  }
  CHECK(w.server.tickets.empty());
}

TEST_CASE("rt: a ticket without a key is ours all the same") {
  world w;
  auto tickets = rt_behaviours::client(w);
  at::incident nameless;
  nameless.description = "Something is wrong";
  auto const opened = tickets.create(nameless);
  REQUIRE(opened.has_value());
  CHECK(opened->warnings.empty());
  CHECK(w.server.tickets[0].marks == std::vector<std::string>{"urn:argus-ticket:v1"});
  auto const from = rt_behaviours::incident(w);
  REQUIRE(tickets.update(*opened, from).has_value());
  CHECK(tickets.find(from).value().has_value()); // it has a key now
  CHECK(tickets.close(*opened).value().state == at::ticket_state::closed);
}

TEST_CASE("rt: a link that RT would cut is left out") {
  world w;
  auto tickets = rt_behaviours::client(w);
  auto from = rt_behaviours::incident(w);
  from.argus_url = "https://argus.example.org/" + std::string(240, 'x');
  auto const opened = tickets.create(from);
  REQUIRE(opened.has_value());
  CHECK(opened->warnings.empty());
  CHECK(w.server.tickets[0].marks.size() == 1);
  CHECK(w.server.tickets[0].links.empty());
}

TEST_CASE("rt: the new ticket page, filled in") {
  world w;
  auto const from = rt_behaviours::incident(w, "<script>alert(1)</script> & more");
  auto const url = rt_behaviours::client(w).prefilled_url(from);
  REQUIRE(url.has_value());
  auto const page = at::http::url::parse(*url);
  REQUIRE(page);
  CHECK(page->path() == "/rt/Ticket/Create.html");
  CHECK(at::http::query_parameter(*page, "Queue") == "General");
  CHECK(at::http::query_parameter(*page, "Subject") == "<script>alert(1)</script> & more");
  auto const content = at::http::query_parameter(*page, "Content");
  REQUIRE(content);
  CHECK(content->find("<script") == std::string::npos);
  CHECK(content->find("&lt;script&gt;") != std::string::npos);
  CHECK(at::http::query_parameter(*page, "new-RefersTo") == from.argus_url);
}

} // namespace request_tracker_test
