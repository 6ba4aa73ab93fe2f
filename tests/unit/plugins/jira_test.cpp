// The Jira plugin against a strict model of Jira Cloud and Data Center, and what it makes of each
// reply.

#include "../../document/jira_inputs.hpp"
#include "../../jira/model.hpp"
#include "../../support/behaviours.hpp"
#include "../running.hpp"

#include <argus_ticket/argus_ticket.hpp>
#include <argus_ticket/testing/mock_transport.hpp>

#include <cstdlib>
#include <fstream>

namespace jira_test {

namespace at = argus_ticket;
using at::errc;
using at::outcome;
using at::plugins::jira;
using at::testing::mock_transport;
using test::jira_model;

namespace {

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

using client = at::client<"jira", mock_transport, at::builtin_plugins, test::plain_policies<>>;
using json = boost::json::value;

constexpr auto& token = jira_model::token;

at::settings<"jira"> settings(bool cloud = true) { return jira_model::settings(cloud); }

/// A client of a Jira of its own.
struct world {
  explicit world(bool cloud) : world(settings(cloud)) {}
  explicit world(at::settings<"jira"> own)
      : plugin(own), server(plugin.is_cloud()), tickets(std::move(own), transport) {
    transport.answer_by([this](at::http::request const& r) {
      ++requests;
      if (instead) return at::result<at::http::response>{*instead};
      auto reply = server.answer(r);
      bool const is_lost =
          r.method() != at::http::method::get && lost > 0 && r.url().path().ends_with(lost_at);
      if (!is_lost) return reply;
      --lost;
      return at::result<at::http::response>{test::lost_reply()};
    });
  }
  world(world const&) = delete;
  world& operator=(world const&) = delete;

  /// Whether a text is in an issue's description, as it is written.
  bool describes(std::size_t number, std::string_view text) const {
    json const* const body = server.issues.at(number).fields.if_contains("description");
    return body != nullptr && boost::json::serialize(*body).find(text) != std::string::npos;
  }

  jira plugin;
  jira_model server;
  std::optional<at::http::response> instead;
  int lost = 0; ///< How many replies of writes to a path that ends so are lost.
  std::string lost_at;
  int requests = 0;
  mock_transport transport;
  client tickets;
};

at::incident incident(std::int64_t pk = 10101) {
  at::incident i = behaviours::incident(pk, "Netbox 11 <12345> down.");
  i.start_time = at::parse_timestamp("2026-11-11T11:11:11+01:00");
  return i;
}

at::http::response answer(int status, std::string body, at::http::headers headers = {}) {
  return {status, std::move(headers), std::move(body)};
}

bool has_label(jira_model::issue const& one, std::string const& label) {
  return std::find(one.labels.begin(), one.labels.end(), label) != one.labels.end();
}

at::custom_field field(std::string name, std::vector<std::string> values) {
  at::custom_field f;
  f.name = std::move(name);
  f.values = std::move(values);
  return f;
}

} // namespace

TEST_CASE("jira: everything that happens to one ticket, on both deployments") {
  for (bool const cloud : {true, false}) {
    INFO((cloud ? "Cloud" : "Data Center"));
    world w(cloud);
    behaviours::whole_life(w.tickets, 10101);
    REQUIRE(w.server.issues.size() == 1);
    auto const& one = w.server.issues[0];
    CHECK(one.comments.size() == 1);
    CHECK(has_label(one, "argus-ticket"));
    at::incident const from = behaviours::incident(10101, "");
    CHECK(has_label(one, "argus-" + at::key_of(from).value));
    CHECK(one.properties.at("argus-ticket").at("key") == json(at::key_of(from).value));
    CHECK(one.status == "To Do");
  }
}

TEST_CASE("jira: the same without properties, which old servers ignore") {
  world w(false);
  w.server.keeps_properties = false;
  behaviours::whole_life(w.tickets, 10101);
  CHECK(w.server.issues.size() == 1);
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
      behaviours::whole_life(w.tickets, 10101);
      REQUIRE(w.server.issues.size() == 1);
      CHECK(w.server.issues[0].labels.empty());
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

TEST_CASE("jira: the deployment is told by the e-mail, or by the settings") {
  auto const deployment = [](at::settings<"jira"> s) { return jira{std::move(s)}.api().string(); };
  CHECK(deployment(settings(true)) == "https://jira.example.org/jira/rest/api/3");
  CHECK(deployment(settings(false)) == "https://jira.example.org/jira/rest/api/2");
  auto own = settings(true);
  own.information.deployment = "data_center";
  CHECK(deployment(own) == "https://jira.example.org/jira/rest/api/2");
  own.information.deployment = "cloud";
  CHECK(deployment(own) == "https://jira.example.org/jira/rest/api/3");
}

TEST_CASE("jira: each kind of credentials goes where it belongs") {
  auto const header = [](at::settings<"jira"> s) {
    world w{std::move(s)};
    (void)w.tickets.check();
    return std::string{w.transport.requests().front().headers().get("Authorization")};
  };
  CHECK(header(settings(true)) == "Basic Ym90QGV4YW1wbGUub3JnOkFUQVRUM3hGZkdGMC1zZWNyZXQ=");
  CHECK(header(settings(false)) == std::string{"Bearer "} + token);
  auto own = settings(true); // the e-mail is of no use to Data Center
  own.information.deployment = "data_center";
  CHECK(header(own) == std::string{"Bearer "} + token);
  own = settings(false);
  own.authentication.token = at::secret{};
  own.authentication.username = "bot";
  own.authentication.password = at::secret{"pass:word"};
  CHECK(at::check_settings<jira>(own).empty());
  CHECK(header(own) == "Basic Ym90OnBhc3M6d29yZA==");
}

TEST_CASE("jira: settings that do not go together") {
  auto const problems = [](auto change) {
    auto own = settings(true);
    change(own);
    std::string all;
    for (at::problem const& p : at::check_settings<jira>(own)) all += p.where + ' ' + p.what + '\n';
    return all;
  };
  using s = at::settings<"jira">;
  CHECK(problems([](s&) {}).empty());
  CHECK(problems([](s& own) { own.authentication.token = at::secret{}; }) ==
        "TICKET_AUTHENTICATION_SECRET.token is missing or empty\n");
  CHECK(problems([](s& own) {
          own.authentication.email.clear();
          own.information.deployment = "cloud";
        }).starts_with("TICKET_AUTHENTICATION_SECRET.email is missing"));
  CHECK(problems([](s& own) {
          own.authentication.password = at::secret{"x"};
        }).starts_with("TICKET_AUTHENTICATION_SECRET.password is of no use with Jira Cloud"));
  CHECK(problems([](s& own) {
          own.authentication.email.clear();
          own.authentication.username = "bot";
          own.authentication.password = at::secret{"x"};
        }).starts_with("TICKET_AUTHENTICATION_SECRET.token is given beside a user name"));
  CHECK(problems([](s& own) {
          own.authentication = {};
          own.authentication.username = "bot";
        }) == "TICKET_AUTHENTICATION_SECRET.password is missing or empty\n");
  CHECK(problems([](s& own) {
          own.authentication = {};
          own.authentication.password = at::secret{"x"};
        }) == "TICKET_AUTHENTICATION_SECRET.username is missing\n");
  CHECK(problems([](s& own) {
          own.authentication.email = "a:b";
        }).starts_with("TICKET_AUTHENTICATION_SECRET.email must not contain colons"));
  CHECK(problems([](s& own) { own.information.deployment = "server"; }) ==
        "TICKET_INFORMATION.deployment must be cloud or data_center\n");
  CHECK(problems([](s& own) {
          own.information.custom_fields_set = {field("labels", {"x"})};
        }).starts_with("TICKET_INFORMATION.custom_fields_set.labels is no custom field"));
  CHECK(problems([](s& own) { own.information.project_key_or_id.clear(); }) ==
        "TICKET_INFORMATION.project_key_or_id is missing or empty\n");
}

TEST_CASE("jira: Argus's settings work unchanged") {
  auto const cloud = at::load_settings<"jira">(R"({
    "TICKET_PLUGIN": "argus_ticket_jira.JiraPlugin",
    "TICKET_ENDPOINT": "https://example.atlassian.net/",
    "TICKET_AUTHENTICATION_SECRET": {"token": "x", "email": "bot@example.org"},
    "TICKET_INFORMATION": {"project_key_or_id": "NET", "type": "Incident",
      "custom_fields_set": {"Team": "noc", "Rooms": ["a", "b"], "Floor": 3},
      "custom_fields_mapping": {"Host": {"tag": "host"}, "Level": "level"}}})");
  REQUIRE(cloud.has_value());
  CHECK(jira{*cloud}.is_cloud());
  CHECK(cloud->information.custom_fields_set.size() == 3);
  auto const center = at::load_settings<"jira">(R"({
    "TICKET_PLUGIN": "argus.incident.ticket.jira.JiraPlugin",
    "TICKET_ENDPOINT": "https://jira.example.org/",
    "TICKET_AUTHENTICATION_SECRET": {"token": "x"},
    "TICKET_INFORMATION": {"project_key_or_id": "10000"}})");
  REQUIRE(center.has_value());
  CHECK_FALSE(jira{*center}.is_cloud());
}

TEST_CASE("jira: a project by its key, its id or its name") {
  for (bool const cloud : {true, false})
    for (char const* given : {"NET", "10000", "Network team", "network team"}) {
      INFO(given);
      auto own = settings(cloud);
      own.information.project_key_or_id = given;
      world w{own};
      CHECK(w.tickets.create(incident()).has_value());
      if (std::string_view{given} != "network team") // JQL compares with the server's own rules
        CHECK(w.tickets.find(incident()).value().has_value());
      auto const report = w.tickets.check();
      REQUIRE(report.has_value());
      CHECK(report->target == "NET");
    }
  for (char const* given : {"NOT", "99", "No such \" team"}) {
    INFO(given);
    auto own = settings();
    own.information.project_key_or_id = given;
    world w{own};
    auto const created = w.tickets.create(incident());
    REQUIRE(created.has_error());
    CHECK(created.error().code == errc::target_not_found);
    auto const found = w.tickets.find(incident());
    REQUIRE(found.has_error());
    CHECK(found.error().code == errc::target_not_found);
    CHECK(w.tickets.check().has_error());
  }
}

TEST_CASE("jira: nothing in the settings gets into the query but as a value") {
  auto own = settings();
  own.information.project_key_or_id = "x\" OR project = \"NET\\";
  world w{own};
  w.server.project_name = own.information.project_key_or_id;
  CHECK(w.tickets.find(incident()).has_value()); // the model reads the one query that there is
  REQUIRE(w.server.queries.size() == 1);
  CHECK(w.server.queries[0].starts_with(R"(project = "x\" OR project = \"NET\\" AND creator)"));
}

TEST_CASE("jira: a look-up is bounded by time, with a day for the account's time zone") {
  world w(true);
  auto from = incident();
  from.start_time = at::parse_timestamp("2024-03-01T00:30:00+01:00");
  REQUIRE(w.tickets.find(from).has_value());
  CHECK(w.server.queries.at(0).find(R"(AND created >= "2024-02-27" ORDER)") != std::string::npos);
}

TEST_CASE("jira: a fresh incident costs four requests, a known one three") {
  for (bool const cloud : {true, false}) {
    world w(cloud);
    REQUIRE(w.tickets.find_or_create(incident()).has_value());
    CHECK(w.requests == 4);
    w.requests = 0;
    REQUIRE(w.tickets.find_or_create(incident()).has_value());
    CHECK(w.requests == 3);
  }
}

TEST_CASE("jira: an empty list means nothing where Jira does not know who asks") {
  for (bool const cloud : {true, false}) {
    world w(cloud);
    REQUIRE(w.tickets.create(incident()).has_value());
    w.server.authorization = "another one";
    auto const found = w.tickets.find(incident());
    REQUIRE(found.has_error());
    CHECK(found.error().code == errc::bad_credentials);
    auto const opened = w.tickets.find_or_create(incident());
    REQUIRE(opened.has_error());
    CHECK(w.server.issues.size() == 1);
    // What Jira hides from strangers is no ticket that is not there.
    CHECK(w.tickets.get("NET-1").error().code == errc::bad_credentials);
  }
}

TEST_CASE("jira: a lost reply makes no second ticket, even where the search lags") {
  for (bool const cloud : {true, false})
    for (int const lag : {0, 1}) {
      world w(cloud);
      w.server.lag = lag;
      w.lost = 1;
      w.lost_at = "/issue";
      auto const opened = w.tickets.find_or_create(incident());
      REQUIRE(opened.has_value());
      CHECK(opened->created);
      CHECK(opened->number == "NET-1");
      CHECK(w.server.issues.size() == 1);
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

TEST_CASE("jira: all pages are read") {
  for (bool const cloud : {true, false}) {
    world w(cloud);
    for (int i = 0; i < 5; ++i) REQUIRE(w.tickets.create(incident()).has_value());
    auto const all =
        test::run(w.plugin.find(at::ticket_query{at::key_of(incident()), {}, {}}), w.transport);
    REQUIRE(all.has_value());
    CHECK(all->size() == 5);
    at::incident_key const key = at::detail::derived_key({}, "a comment");
    for (int n = 1; n <= 5; ++n) REQUIRE(w.tickets.comment("NET-1", "text").has_value());
    auto const text = w.plugin.is_cloud()
                          ? at::document::adf::render(at::document::document{
                                at::document::paragraph{at::document::inlines{"x"}}})
                          : std::string{"x"};
    auto const added = test::run(w.plugin.comment("NET-1", text, key), w.transport);
    REQUIRE(added.has_value());
    CHECK(added->url == "https://jira.example.org/jira/browse/NET-1?focusedCommentId=20006");
    auto const found = test::run(w.plugin.find_comment("NET-1", key), w.transport);
    REQUIRE(found.has_value());
    REQUIRE(found->has_value());
    CHECK((*found)->id == added->id);
    // A stranger's comment with the same property is another one.
    w.server.issues[0].comments.back().author = "mallory";
    CHECK_FALSE(test::run(w.plugin.find_comment("NET-1", key), w.transport).value().has_value());
  }
}

TEST_CASE("jira: a list that does not end is a fault") {
  world w(true);
  w.instead = answer(200, R"({"issues":[],"nextPageToken":"again"})");
  CHECK(w.tickets.find(incident()).error().code == errc::bad_reply);
  for (char const* body : {R"({})", R"([])", R"({"issues":{}})", R"({"issues":[{"id":"1"}]})"}) {
    w.instead = answer(200, body);
    CHECK(w.tickets.find(incident()).error().code == errc::bad_reply);
  }
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

TEST_CASE("jira: custom fields by name, as their types ask") {
  for (bool const cloud : {true, false}) {
    auto own = settings(cloud);
    auto& set = own.information.custom_fields_set;
    set = {field("Host name", {"gw-3"}),
           field("Floor", {"3"}),
           field("Load", {"1.5"}),
           field("Severity", {"High"}),
           field("Sites", {"a b", "c"}),
           field("Seen", {"2026-11-11T23:30:00+01:00"}),
           field("Day", {"2026-11-11T23:30:00-05:00"}),
           field("Owner", {"u-1"}),
           field("Marks", {"a b", "c"}),
           field("Notes", {"one\n*two*"}),
           field("No such field", {"x"}),
           field("Priority", {"High"})};
    own.information.custom_fields_mapping = {{"Filter", at::mapping_source::tag("filter")},
                                             {"Rack", at::mapping_source::tag("rack")}};
    world w{own};
    w.server.fields = {
        {"customfield_1", "Host name", "string", "", "customfieldtypes:textfield"},
        {"customfield_2", "Floor", "number", "", "customfieldtypes:float"},
        {"customfield_3", "Load", "number", "", "customfieldtypes:float"},
        {"customfield_4", "Severity", "option", "", "customfieldtypes:select"},
        {"customfield_5", "Sites", "array", "option", "customfieldtypes:multicheckboxes"},
        {"customfield_6", "Seen", "datetime", "", "customfieldtypes:datetime"},
        {"customfield_7", "Day", "date", "", "customfieldtypes:datepicker"},
        {"customfield_8", "Owner", "user", "", "customfieldtypes:userpicker"},
        {"customfield_9", "Marks", "array", "string", "customfieldtypes:labels"},
        {"customfield_10", "Notes", "string", "", "customfieldtypes:textarea"},
        {"customfield_11", "Filter", "string", "", "customfieldtypes:textfield"},
        {"customfield_12", "Rack", "string", "", "customfieldtypes:textfield"},
        {"priority", "Priority", "priority", "", ""}};
    auto const opened = w.tickets.create(incident());
    REQUIRE(opened.has_value());
    REQUIRE(opened->warnings.size() == 1);
    CHECK(opened->warnings[0].where == "field 'No such field'");
    CHECK(opened->outcome() == outcome::applied_degraded);
    auto const& there = w.server.issues.at(0).fields;
    CHECK(there.at("customfield_1") == "gw-3");
    CHECK(there.at("customfield_2") == 3);
    CHECK(there.at("customfield_3") == 1.5);
    CHECK(there.at("customfield_4") == json{{"value", "High"}});
    CHECK(boost::json::serialize(there.at("customfield_5")) ==
          R"([{"value":"a b"},{"value":"c"}])");
    CHECK(there.at("customfield_6") == "2026-11-11T23:30:00.000+0100");
    CHECK(there.at("customfield_7") == "2026-11-11");
    CHECK(there.at("customfield_8") == json{{cloud ? "accountId" : "name", "u-1"}});
    CHECK(boost::json::serialize(there.at("customfield_9")) == R"(["a_b","c"])");
    CHECK(there.at("customfield_11") == "vlan=20");
    CHECK_FALSE(there.contains("customfield_12")); // the incident has no such tag
    CHECK(w.describes(0, "rack "));
    CHECK(there.at("priority") == json{{"name", "High"}});
    if (cloud)
      CHECK(test::adf_reader::read_tree(there.at("customfield_10")).visible == "\none\n*two*");
    else
      CHECK(there.at("customfield_10") == "one\n&#42;two&#42;");
    REQUIRE(w.tickets.update(*opened, incident()).has_value());
  }
}

TEST_CASE("jira: a value that its field cannot have is left out, and the ticket opened") {
  auto own = settings();
  own.information.custom_fields_set = {field("Floor", {"third"}), field("Day", {"today"}),
                                       field("Seen", {"now"}), field("Sizes", {"1", "x"})};
  world w{own};
  w.server.fields = {{"customfield_1", "Floor", "number", "", ""},
                     {"customfield_2", "Day", "date", "", ""},
                     {"customfield_3", "Seen", "datetime", "", ""},
                     {"customfield_4", "Sizes", "array", "number", ""}};
  auto const opened = w.tickets.create(incident());
  REQUIRE(opened.has_value());
  CHECK(opened->warnings.size() == 4);
  CHECK(opened->warnings.at(0).what == "is left out: its value is no number");
}

TEST_CASE("jira: of fields with one name, that on the form counts") {
  for (bool const cloud : {true, false}) {
    auto own = settings(cloud);
    own.information.custom_fields_set = {field("Team", {"noc"})};
    world w{own};
    w.server.fields = {{"customfield_1", "Team", "number", "", "", false, false},
                       {"customfield_2", "Other", "string", "", ""},
                       {"customfield_3", "More", "string", "", ""},
                       {"customfield_4", "Team", "string", "", ""}};
    auto const opened = w.tickets.create(incident());
    REQUIRE(opened.has_value());
    CHECK(opened->warnings.empty());
    CHECK(w.server.issues.at(0).fields.at("customfield_4") == "noc");
    w.server.fields[0].on_screen = true; // nobody can tell
    auto const unsure = w.tickets.create(incident(2));
    REQUIRE(unsure.has_value());
    REQUIRE(unsure->warnings.size() == 1);
    CHECK(unsure->warnings[0].what.find("several fields have this name") != std::string::npos);
  }
}

TEST_CASE("jira: nothing is asked about fields where none are configured") {
  world w(true);
  REQUIRE(w.tickets.find_or_create(incident()).has_value());
  for (std::string const& one : w.server.asked) CHECK(one.find("field") == std::string::npos);
}

TEST_CASE("jira: a look-up before the create that fails leaves no doubt: nothing was opened") {
  at::draft d;
  d.title = "x";
  d.fields = {field("Team", {"noc"})};
  jira const plugin{settings()};
  auto create = plugin.create(d);
  create.start();
  REQUIRE(create.request() != nullptr);
  CHECK(create.request()->method() == at::http::method::get);
  create.resume(answer(502, ""));
  REQUIRE(create.done());
  auto const failed = create.take();
  REQUIRE(failed.has_error());
  CHECK(failed.error().code == errc::server_failed);
  CHECK(failed.error().outcome == outcome::not_applied);
}

TEST_CASE("jira: a field that Jira asks for is named as people name it") {
  world w(true);
  w.server.fields = {{"customfield_7", "Root cause", "string", "", "", true, true}};
  auto const failed = w.tickets.create(incident());
  REQUIRE(failed.has_error());
  CHECK(failed.error().code == errc::refused);
  CHECK(failed.error().outcome == outcome::rejected);
  REQUIRE(failed.error().problems.size() == 1);
  CHECK(failed.error().problems[0].where == "Root cause (customfield_7)");
  CHECK(failed.error().problems[0].what == "Root cause is required.");
  auto own = settings();
  own.information.type = "Story";
  world other{own};
  auto const no_type = other.tickets.create(incident());
  REQUIRE(no_type.has_error());
  CHECK(no_type.error().code == errc::refused);
  CHECK(no_type.error().problems.at(0).where == "Issue Type");
}

TEST_CASE("jira: an issue type by its id") {
  auto own = settings();
  own.information.type = "3";
  world w{own};
  CHECK(w.tickets.create(incident()).has_value());
}

TEST_CASE("jira: transitions are those of the workflow") {
  world w(true);
  REQUIRE(w.tickets.create(incident()).has_value());
  auto& one = w.server.issues[0];

  auto closed = w.tickets.close("NET-1", at::close_reason::completed);
  REQUIRE(closed.has_value());
  CHECK(closed->state == at::ticket_state::closed);
  CHECK(closed->closed_at == at::parse_timestamp("2026-11-12T10:00:00+02:00"));
  CHECK_FALSE(closed->closed_as == at::close_reason::not_planned);
  auto reopened = w.tickets.reopen("NET-1");
  REQUIRE(reopened.has_value());
  CHECK(one.status == "To Do"); // rather than in progress

  w.server.workflow = {{"1", "Start", "To Do", "In Progress", {}, {}, false}};
  auto const stuck = w.tickets.close("NET-1");
  REQUIRE(stuck.has_error());
  CHECK(stuck.error().code == errc::refused);
  CHECK(stuck.error().message.find("'Start' to 'In Progress'") != std::string::npos);

  w.server.fields = {{"customfield_7", "Root cause", "string", "", ""}};
  w.server.workflow = {{"1", "Resolve", "*", "Done", {"customfield_7"}, {}, false}};
  auto const asks = w.tickets.close("NET-1");
  REQUIRE(asks.has_error());
  CHECK(asks.error().code == errc::refused);
  CHECK(asks.error().message.find("Root cause") != std::string::npos);
  w.server.workflow.push_back({"2", "Close", "*", "Done", {}, {}, false});
  CHECK(w.tickets.close("NET-1").has_value()); // another one that asks for nothing
}

TEST_CASE("jira: transitions by name") {
  auto own = settings(false);
  own.information.close_transition = "give UP";
  own.information.reopen_transition = "In Progress"; // the status's name will do
  world w{own};
  w.server.workflow.push_back({"7", "Give up", "*", "Done", {}, {}, false});
  REQUIRE(w.tickets.create(incident()).has_value());
  REQUIRE(w.tickets.close("NET-1").has_value());
  CHECK(w.transport.requests().size() > 3);
  bool by_name = false;
  for (auto const& r : w.transport.requests())
    by_name = by_name || r.body() == R"({"transition":{"id":"7"}})";
  CHECK(by_name);
  REQUIRE(w.tickets.reopen("NET-1").has_value());
  CHECK(w.server.issues[0].status == "In Progress");
  w.server.workflow.pop_back();
  auto const gone = w.tickets.close("NET-1");
  REQUIRE(gone.has_error());
  CHECK(gone.error().message.find("no transition 'give UP' from 'In Progress'") !=
        std::string::npos);
}

TEST_CASE("jira: why an issue was closed is its resolution, and is kept where it has none") {
  for (bool const has_resolution : {true, false}) {
    world w(true);
    if (has_resolution)
      w.server.workflow = {{"1", "Resolve", "*", "Done", {}, {"Fixed", "Won't Do"}, true},
                           {"2", "Reopen", "Done", "To Do", {}, {}, false}};
    REQUIRE(w.tickets.create(incident()).has_value());
    auto const closed = w.tickets.close("NET-1", at::close_reason::not_planned);
    REQUIRE(closed.has_value());
    CHECK(closed->closed_as == at::close_reason::not_planned);
    CHECK(w.server.issues[0].resolution == (has_resolution ? "Won't Do" : ""));
    auto const found = w.tickets.find(incident()).value();
    REQUIRE(found.has_value());
    CHECK(found->closed_as == at::close_reason::not_planned);
    REQUIRE(w.tickets.reopen("NET-1").has_value());
    auto const again = w.tickets.close("NET-1", at::close_reason::completed);
    REQUIRE(again.has_value());
    CHECK_FALSE(again->closed_as == at::close_reason::not_planned);
    CHECK(w.server.issues[0].resolution == (has_resolution ? "Fixed" : ""));
    // The key stays in the property.
    CHECK(w.server.issues[0].properties.at("argus-ticket").at("key") ==
          json(at::key_of(incident()).value));
  }
}

TEST_CASE("jira: a transition whose reply is lost was taken all the same") {
  world w(true);
  REQUIRE(w.tickets.create(incident()).has_value());
  w.lost = 1;
  w.lost_at = "/transitions";
  auto const closed = w.tickets.close("NET-1", at::close_reason::completed);
  REQUIRE(closed.has_value());
  CHECK(closed->state == at::ticket_state::closed);
}

TEST_CASE("jira: a comment whose reply is lost is not written twice") {
  for (bool const cloud : {true, false}) {
    world w(cloud);
    REQUIRE(w.tickets.create(incident()).has_value());
    w.lost = 1;
    w.lost_at = "/comment";
    REQUIRE(w.tickets.comment("NET-1", "text").has_value());
    CHECK(w.server.issues[0].comments.size() == 1);
  }
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

TEST_CASE("jira: its words, and what they mean") {
  world w(true);
  at::http::headers captcha;
  captcha.add({"X-Authentication-Denied-Reason", "CAPTCHA_CHALLENGE; login-url=x"});
  struct {
    int status;
    char const* body;
    errc code;
    char const* words;
  } const cases[]{
      {400, R"({"errorMessages":["a","b"],"errors":{}})", errc::refused, "a, b"},
      {400, R"({"errorMessages":[],"errors":{"project":"valid project is required"}})",
       errc::target_not_found, ""},
      {401, "", errc::bad_credentials, ""},
      {401, R"({"message":"Client must be authenticated","status-code":401})",
       errc::bad_credentials, "Client must be authenticated"},
      {403, R"({"errorMessages":["no"],"errors":{}})", errc::not_permitted, "no"},
      {404, R"({"errorMessages":["no"],"errors":{}})", errc::target_not_found, "no"},
      {413, R"({"errorMessages":["large"]})", errc::refused, "large"},
      {429, "", errc::rate_limited, ""},
      {500, R"({"errorMessages":17,"errors":[]})", errc::server_failed, ""},
      {503, "<html>", errc::server_failed, ""},
      {200, R"({"id":"1","key":"NET-1"})", errc::bad_reply, ""},
      {201, R"({"id":"1"})", errc::bad_reply, ""},
      {201, R"({"key":"NET-1"})", errc::bad_reply, ""},
      {201, R"({"id":"1","key":"../x"})", errc::bad_reply, ""},
      {201, "<html>", errc::bad_reply, ""},
  };
  for (auto const& one : cases) {
    INFO(one.status << ' ' << one.body);
    w.instead = answer(one.status, one.body);
    auto const failed = w.tickets.create(incident());
    REQUIRE(failed.has_error());
    CHECK(failed.error().code == one.code);
    CHECK(failed.error().server_message == one.words);
    bool const may_be_done = one.status < 400 || one.status >= 500;
    CHECK((failed.error().outcome == outcome::ambiguous) == may_be_done);
  }
  w.instead = answer(403, "", captcha);
  CHECK(w.tickets.create(incident()).error().code == errc::bad_credentials);
}

TEST_CASE("jira: a rate limit says when to come back") {
  world w(true);
  at::http::headers stated;
  stated.add({"Retry-After", "17"});
  w.instead = answer(429, "", stated);
  auto failed = w.tickets.create(incident());
  REQUIRE(failed.has_error());
  CHECK(failed.error().outcome == outcome::not_applied);
  CHECK(failed.error().retry_after == std::chrono::seconds{17});
  w.instead = answer(429, "");
  CHECK(w.tickets.create(incident()).error().retry_after == std::chrono::seconds{60});
}

TEST_CASE("jira: no error shows the token or the password") {
  world w(true);
  w.instead = answer(400, std::string{R"({"errorMessages":["you sent )"} + token + "\"]}");
  auto const failed = w.tickets.create(incident());
  REQUIRE(failed.has_error());
  CHECK(failed.error().server_message == "you sent ***");
  std::string const request = at::http::to_string(w.transport.requests().front());
  CHECK(request.find("Authorization: ***") != std::string::npos);
  CHECK(request.find(token) == std::string::npos);
}

TEST_CASE("jira: tickets that are not there") {
  world w(true);
  REQUIRE(w.tickets.create(incident()).has_value());
  CHECK(w.tickets.get("NET-2").error().code == errc::ticket_not_found);
  CHECK(w.tickets.get("https://jira.example.org/jira/browse/NET-1").has_value());
  for (char const* other :
       {"https://jira.example.org/browse/NET-1", "https://evil.example/jira/browse/NET-1", "17",
        "NET", "NET-", "NET-01", "net-1", "NET-1/comment", "../NET-1", "-1", ""}) {
    INFO(other);
    CHECK(w.tickets.get(other).error().code == errc::ticket_not_found);
  }
  at::ticket known;
  known.url = "https://jira.example.org/jira/browse/NET-1";
  CHECK(w.plugin.is_reached(known));
  known.url = "https://jira.example.org/jira/browse/OTHER-1";
  CHECK_FALSE(w.plugin.is_reached(known));
}

TEST_CASE("jira: a create whose reply is no issue ends in doubt, and the look-up tells") {
  world w(true);
  bool first = true;
  w.transport.answer_by([&](at::http::request const& r) {
    auto reply = w.server.answer(r);
    if (!r.url().path().ends_with("/issue") || !first) return reply;
    first = false;
    return at::result<at::http::response>{answer(200, "<html>sleeping</html>")};
  });
  auto const opened = w.tickets.find_or_create(incident());
  REQUIRE(opened.has_value());
  CHECK(w.server.issues.size() == 1);
}

TEST_CASE("jira: check says what will not work") {
  for (bool const cloud : {true, false}) {
    auto own = settings(cloud);
    own.information.custom_fields_mapping = {{"Hosts", at::mapping_source::tag("host")}};
    world w{own};
    w.server.fields = {{"customfield_1", "Host", "string", "", ""}};
    auto const report = w.tickets.check();
    REQUIRE(report.has_value());
    CHECK(report->account == "Argus bot");
    CHECK(report->target == "NET");
    REQUIRE(report->warnings.size() == 1);
    CHECK(report->warnings[0].what == "is no field of this Jira; did you mean 'Host'?");
    w.server.denied = {"TRANSITION_ISSUES", "EDIT_ISSUES"};
    CHECK(w.tickets.check().value().warnings.size() == 3);
    w.server.denied = {"CREATE_ISSUES"};
    CHECK(w.tickets.check().error().code == errc::not_permitted);
    w.server.types = {"Bug"};
    auto const no_type = w.tickets.check();
    REQUIRE(no_type.has_error());
    CHECK(no_type.error().message.find("it has: Bug") != std::string::npos);
  }
}

// Hidden: servers/run_jira.sh holds what it writes down against Atlassian's own descriptions.
TEST_CASE("jira: what is sent is written down", "[.contract]") {
  char const* const path = std::getenv("JIRA_RECORDS");
  REQUIRE(path != nullptr);
  std::ofstream out(path);
  std::size_t written = 0;
  auto const write_down = [&](world& w) {
    for (at::http::request const& r : w.transport.requests()) {
      boost::json::object headers;
      for (at::http::field const& f : r.headers()) headers[f.name] = f.value;
      std::string const prefix = "/jira";
      out << boost::json::serialize(json{{"method", at::http::to_string(r.method())},
                                         {"target", r.url().target().substr(prefix.size())},
                                         {"headers", headers},
                                         {"body", r.body()}})
          << '\n';
      ++written;
    }
  };
  {
    world w(true);
    behaviours::whole_life(w.tickets, 10101);
    for (int i = 0; i < 4; ++i) REQUIRE(w.tickets.create(incident()).has_value()); // pages
    REQUIRE(w.tickets.find_or_create(incident()).has_value()); // heals, and looks for comments
    write_down(w);
  }
  {
    auto own = settings();
    own.information.project_key_or_id = "Network team";
    own.information.labels_set = {"network core"};
    own.information.custom_fields_set = {field("Team", {"noc"}), field("Notes", {"a\nb"}),
                                         field("Floor", {"3"}), field("Sites", {"a", "b"})};
    world w{own};
    w.server.fields = {{"customfield_1", "Team", "number", "", "", false, false},
                       {"customfield_2", "Team", "string", "", ""},
                       {"customfield_3", "Notes", "string", "", "customfieldtypes:textarea"},
                       {"customfield_4", "Floor", "number", "", ""},
                       {"customfield_5", "Sites", "array", "option", ""}};
    w.server.workflow = {{"1", "Resolve", "*", "Done", {}, {"Done", "Won't Do"}, true},
                         {"2", "Reopen", "Done", "To Do", {}, {}, false}};
    auto const opened = w.tickets.find_or_create(incident());
    REQUIRE(opened.has_value());
    REQUIRE(opened->warnings.empty());
    REQUIRE(w.tickets.update(*opened, incident()).has_value());
    REQUIRE(w.tickets.close(*opened, at::close_reason::not_planned).has_value());
    REQUIRE(w.tickets.check().has_value());
    write_down(w);
  }
  for (auto const& input : test::all_jira_inputs()) {
    at::document::document d;
    d.add(at::document::heading{2, input.bytes})
        .add(at::document::paragraph{at::document::strong{input.bytes}, input.bytes,
                                     at::document::code{input.bytes},
                                     at::document::link{input.bytes, "https://a.example"}})
        .add(at::document::list{input.bytes, at::document::link{input.bytes}})
        .add(at::document::table{{input.bytes}, {{input.bytes, "x"}}})
        .add(at::document::code_block{input.bytes});
    for (std::string const& page : at::document::split<at::document::adf>(
             d, jira::limits.body, jira::limits.body, jira::limits.unit, 100))
      out << boost::json::serialize(json{{"document", page}}) << '\n';
  }
  CHECK(written > 40);
  CHECK(out.good());
}

} // namespace jira_test
