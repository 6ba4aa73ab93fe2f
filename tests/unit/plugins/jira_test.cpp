// The Jira plugin against a strict model of Jira Cloud and Data Center: tickets.

#include "../../jira/world.hpp"

namespace jira_test {

static_assert(at::finds_comments<jira> && at::keys_comments<jira>);
static_assert(at::explains_errors<jira>);
static_assert(at::knows_its_tickets<jira>);
static_assert(at::reopens_tickets<jira>);
static_assert(at::chooses_dialect<jira>);
static_assert(at::compares_settings<jira>);
static_assert(at::fills_fields<jira>);
static_assert(at::lags_in_search<jira>);
static_assert(!at::prefills_tickets<jira>, "its page asks for ids that settings do not have");
static_assert(!at::marks_bodies<jira>, "the key travels beside the text");

TEST_CASE("jira: where a ticket has its key, on both deployments") {
  for (bool const cloud : {true, false}) {
    INFO((cloud ? "Cloud" : "Data Center"));
    world w(cloud);
    at::incident const from = test::incident(10101, "");
    REQUIRE(w.tickets.create(from).has_value());
    REQUIRE(w.server.issues.size() == 1);
    auto const& one = w.server.issues[0];
    CHECK(has_label(one, "argus-ticket"));
    CHECK(has_label(one, "argus-" + at::key_of(from).value));
    CHECK(one.properties.at("argus-ticket").at("key") == json(at::key_of(from).value));
    CHECK(one.status == "To Do");
  }
}

TEST_CASE("jira: the same without properties, which old servers ignore") {
  world w(false);
  w.server.keeps_properties = false;
  auto const report = at::testing::check_conformance<jira>(w.own, w.transport, test::fake_clock{});
  INFO(report);
  // There a comment has no key: one whose reply was lost stays of unknown outcome, and is not
  // written again.
  REQUIRE(report.failures.size() == 1);
  CHECK(report.failures[0].behaviour == "comments are text, and are written once");
  CHECK(report.failures[0].what.find("it may have been done") != std::string::npos);
}

TEST_CASE("jira: a key field carries the key where labels cannot be set") {
  for (bool const cloud : {true, false}) {
    for (char const* name : {"Alert key", "customfield_10077"}) {
      auto own = settings(cloud);
      own.information.key_field = name;
      world w{own};
      w.server.may_set_labels = false;
      w.server.fields = {
          {"customfield_10077", "Alert key", "string", "", "customfieldtypes:textfield"}};
      w.check_that_it_conforms();
      REQUIRE_FALSE(w.server.issues.empty());
      for (auto const& one : w.server.issues) CHECK(one.labels.empty());
    }
  }
  auto own = settings();
  own.information.key_field = "Alert kee";
  world w{own};
  w.server.fields = {
      {"customfield_10077", "Alert key", "string", "", "customfieldtypes:textfield"}};
  auto const failed = w.tickets.find_or_create(incident());
  REQUIRE(failed.has_error());
  CHECK(failed.error().code == errc::invalid_settings);
  CHECK(failed.error().message.find("did you mean 'Alert key'?") != std::string::npos);
  CHECK(w.server.issues.empty());
}

TEST_CASE("jira: a look-up is bounded by time, with a day for the account's time zone") {
  world w(true);
  auto from = incident();
  from.start_time = at::parse_timestamp("2024-03-01T00:30:00+01:00");
  REQUIRE(w.tickets.find(from).has_value());
  CHECK(w.server.queries.at(0).find(R"(AND created >= "2024-02-27" ORDER)") != std::string::npos);
}

TEST_CASE("jira: a fresh incident costs four requests, a known one three, a new one one") {
  for (bool const cloud : {true, false}) {
    world w(cloud);
    REQUIRE(w.tickets.find_or_create(incident()).has_value());
    CHECK(w.requests == 4);
    w.requests = 0;
    REQUIRE(w.tickets.find_or_create(incident()).has_value());
    CHECK(w.requests == 1); // the search may not see it yet: the client remembers its number
    w.requests = 0;
    REQUIRE(w.tickets.find(incident()).value().has_value());
    CHECK(w.requests == 3);
  }
}

TEST_CASE("jira: after a create its search lags, and the issue is named to it") {
  world w(true);
  w.server.lag = 5;
  REQUIRE(w.tickets.find_or_create(incident()).has_value());
  REQUIRE(w.transport.requests().size() == 4);
  auto const body = boost::json::parse(w.transport.requests()[3].body());
  CHECK(body.at("reconcileIssues") == json{10001});
  CHECK(w.transport.requests()[3].idempotency() == at::http::idempotency::safe);
}

TEST_CASE("jira: duplicates are healed: the first stays, the others are commented and closed") {
  for (bool const cloud : {true, false}) {
    world w(cloud);
    for (int i = 0; i < 3; ++i) REQUIRE(w.tickets.create(incident()).has_value());
    auto const kept = w.tickets.find_or_create(incident());
    REQUIRE(kept.has_value());
    CHECK(kept->number == "NET-1");
    CHECK(kept->warnings.empty());
    CHECK(w.server.issues[0].status == "To Do");
    for (std::size_t const other : {1U, 2U}) {
      CHECK(w.server.issues[other].status == "Done");
      CHECK(w.server.issues[other].comments.size() == 1);
    }
    REQUIRE(w.tickets.find_or_create(incident()).has_value());
    CHECK(w.server.issues[1].comments.size() == 1);
  }
}

TEST_CASE("jira: ids grow past the number of their digits") {
  world w(true);
  for (int i = 0; i < 2; ++i) REQUIRE(w.tickets.create(incident()).has_value());
  w.server.issues[0].id = 9999;
  w.server.issues[1].id = 10000;
  auto const kept = w.tickets.find_or_create(incident());
  REQUIRE(kept.has_value());
  CHECK(kept->number == "NET-1");
}

TEST_CASE("jira: what strangers forge does not count") {
  for (bool const cloud : {true, false}) {
    world w(cloud);
    auto const from = incident();
    auto& forged = w.server.add("mallory", "forged");
    forged.labels = {"argus-ticket", jira::key_label(at::key_of(from))};
    forged.properties["argus-ticket"] = {{"version", 1}, {"key", at::key_of(from).value}};
    auto const opened = w.tickets.find_or_create(from);
    REQUIRE(opened.has_value());
    CHECK(opened->created);
    CHECK(opened->number == "NET-2");
    CHECK(w.tickets.close("NET-1").error().code == errc::not_ours);
    CHECK(w.tickets.update("NET-1", from).error().code == errc::not_ours);
    CHECK(w.server.issues[0].status == "To Do");
  }
}

TEST_CASE("jira: what the search lets through is matched again, by the issue itself") {
  for (bool const cloud : {true, false}) {
    world w(cloud);
    auto const from = incident();
    REQUIRE(w.tickets.create(from).has_value());
    REQUIRE(w.tickets.create(incident(2)).has_value()); // another incident's
    auto& forged = w.server.add("mallory", "forged");
    forged.labels = {jira::key_label(at::key_of(from))};
    forged.properties["argus-ticket"] = {{"version", 1}, {"key", at::key_of(from).value}};
    w.transport.answer_by([&](at::http::request const& r) -> at::result<at::http::response> {
      if (r.url().path().find("/search") == std::string::npos) return w.server.answer(r);
      return answer(200, R"({"issues":[{"key":"NET-3"},{"key":"NET-2"},{"key":"NET-1"},
                             {"key":"NET-4"}],"total":4})"); // the last was deleted
    });
    at::ticket_query const query{at::key_of(from), {}, {}};
    auto const found = test::run(w.plugin.find(query), w.transport);
    REQUIRE(found.has_value());
    REQUIRE(found->size() == 1);
    CHECK(found->front().number == "NET-1");
    // An issue that cannot be read is not one that is not there.
    w.transport.answer_by([&](at::http::request const& r) -> at::result<at::http::response> {
      if (r.url().path().ends_with("/NET-1")) return answer(500, "");
      return w.server.answer(r);
    });
    CHECK(test::run(w.plugin.find(query), w.transport).error().code == errc::server_failed);
  }
}

TEST_CASE("jira: an issue of the own account that people wrote by it is none of ours") {
  world w(true);
  auto const from = incident();
  auto& other = w.server.add("self-1", "written by hand");
  CHECK(w.tickets.close("NET-1").error().code == errc::not_ours);
  // Its label is right, its property is not: the property tells.
  other.labels = {jira::key_label(at::key_of(from))};
  other.properties["argus-ticket"] = {{"version", 1}, {"key", "another"}};
  auto const found = w.tickets.find(from);
  REQUIRE(found.has_value());
  CHECK_FALSE(found->has_value());
}

TEST_CASE("jira: labels are merged, and have no spaces") {
  auto own = settings();
  own.information.labels_set = {"network core", "network_core", "x"};
  own.information.labels_mapping = {at::mapping_source::tag("filter"),
                                    at::mapping_source::tag("rack")};
  world w{own};
  auto const opened = w.tickets.create(incident());
  REQUIRE(opened.has_value());
  auto& there = w.server.issues.at(0);
  CHECK(there.labels.size() == 5);
  CHECK(there.labels.at(0) == "network_core");
  CHECK(has_label(there, "vlan=20"));
  CHECK(w.describes(0, "rack (tag)"));
  there.labels.push_back("by-people");
  auto const updated = w.tickets.update(*opened, incident());
  REQUIRE(updated.has_value());
  CHECK(updated->warnings.empty());
  CHECK(there.labels.size() == 6);
}

TEST_CASE("jira: a label of ours that people took away comes back with an update") {
  world w(true);
  auto const opened = w.tickets.find_or_create(incident());
  REQUIRE(opened.has_value());
  auto& there = w.server.issues.at(0);
  there.labels = {"by-people"};
  auto const updated = w.tickets.update(*opened, incident());
  REQUIRE(updated.has_value());
  CHECK(updated->warnings.empty());
  CHECK(has_label(there, "by-people"));
  CHECK(has_label(there, "argus-ticket"));
  CHECK(w.tickets.find(incident()).value().has_value()); // by the other one
}

TEST_CASE("jira: an incident's values are no labels of the library's own") {
  auto own = settings(false);
  at::incident_key const other = at::key_of(incident(2));
  own.information.labels_set = {"x", "Argus-Ticket"};
  own.information.labels_mapping = {at::mapping_source::tag("claim")};
  world w{own};
  w.server.keeps_properties = false; // then labels tell whose an issue is
  auto from = incident();
  from.tags.push_back(at::incident_tag::from("claim=" + jira::key_label(other)));
  auto const opened = w.tickets.find_or_create(from);
  REQUIRE(opened.has_value());
  CHECK(w.server.issues.at(0).labels ==
        std::vector<std::string>{"x", "argus-ticket", jira::key_label(at::key_of(from))});
  CHECK_FALSE(w.tickets.find(incident(2)).value().has_value());
  // Where people add another incident's label, the issue's own one still tells.
  w.server.issues.at(0).labels.insert(w.server.issues.at(0).labels.begin(), jira::key_label(other));
  auto const found = w.tickets.find(from);
  REQUIRE(found.has_value());
  CHECK(found->has_value());
  CHECK(w.tickets.update(*opened, from).has_value());
}

TEST_CASE("jira: a long text goes on in comments, each within Jira's limit") {
  for (bool const cloud : {true, false}) {
    world w(cloud);
    auto from = incident();
    for (int i = 0; i < 9'000; ++i) from.description += "\xF0\x9F\x94\xA5 {x} ";
    auto const opened = w.tickets.find_or_create(from);
    REQUIRE(opened.has_value()); // the model measures
    CHECK(opened->warnings.empty());
    CHECK(at::document::length(opened->title, at::document::length_unit::utf16) <= 255);
    CHECK(w.server.issues[0].comments.size() >= 1);
  }
}

TEST_CASE("jira: hostile texts reach Jira as text") {
  world center(false);
  auto from = incident();
  from.description = "[~admin] {code}x{code} !http://evil/x.png! NET-7 h1. x\nh1. y";
  REQUIRE(center.tickets.create(from).has_value());
  auto const& raw = center.server.issues[0].fields.at("description").as_string();
  for (char const* alive : {"[~", "{code", "!http", "http://evil", "NET-7", "\nh1. "})
    CHECK(raw.find(alive) == boost::json::string::npos);
  // A title is shown as it is.
  CHECK(center.server.issues[0].fields.at("summary").as_string().find('\n') ==
        boost::json::string::npos);
}

TEST_CASE("jira: an issue that was moved to another project is the incident's ticket still") {
  for (bool const cloud : {true, false}) {
    world w(cloud);
    auto const opened = w.tickets.find_or_create(incident());
    REQUIRE(opened.has_value());
    w.server.move_to(w.server.issues[0], "OPS-7");
    auto const again = w.tickets.find_or_create(incident());
    REQUIRE(again.has_value());
    CHECK_FALSE(again->created);
    CHECK(again->number == "OPS-7");
    CHECK(w.server.issues.size() == 1);
    // By the key that it had when it was opened, too.
    REQUIRE(w.tickets.close(*opened).has_value());
    CHECK(w.server.issues[0].status == "Done");
    // The ticket just opened is no other one because it was moved since.
    at::ticket_query const query{at::key_of(incident()), {}, *opened};
    CHECK(test::run(w.plugin.find(query), w.transport).value().size() == 1);
  }
}

} // namespace jira_test
