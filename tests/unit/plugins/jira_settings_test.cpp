// What the Jira plugin makes of its settings.

#include "../../jira/world.hpp"

namespace jira_test {

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
          own.information.custom_fields_set = {field("summary", {"x"})};
        }).starts_with("TICKET_INFORMATION.custom_fields_set.summary is no custom field"));
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
    "TICKET_INFORMATION": {"project_key_or_id": 10000, "type": "Task",
      "custom_fields_set": {"Labels": ["noc", "b c"], "Severity": {"value": "High"}},
      "custom_fields_mapping": {"labels": {"tag": "filter"}, "Level": "level"}}})");
  REQUIRE(center.has_value());
  CHECK(center->information.project_key_or_id == "10000");
  CHECK(jira{*center}.labels_of(incident()).labels ==
        std::vector<std::string>{"noc", "b_c", "vlan=20"});
  auto const filled = jira{*center}.fields_of(incident()).fields;
  REQUIRE(filled.size() == 2);
  CHECK(filled[0].name == "Severity");
  CHECK(filled[0].values == std::vector<std::string>{"High"});
  auto const fraction = at::load_settings<"jira">(R"({
    "TICKET_PLUGIN": "jira", "TICKET_ENDPOINT": "https://jira.example.org/",
    "TICKET_AUTHENTICATION_SECRET": {"token": "x"},
    "TICKET_INFORMATION": {"project_key_or_id": 1.5, "type": 3}})");
  REQUIRE(fraction.has_error());
  CHECK(fraction.error().problems.size() == 2);
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
    CHECK(w.tickets.check().has_error());
  }
}

TEST_CASE("jira: nothing in the settings gets into the query") {
  auto own = settings();
  own.information.project_key_or_id = "x\" OR project = \"NET\\";
  world w{own};
  CHECK(w.tickets.find(incident()).has_value()); // the model reads the one query that there is
  REQUIRE(w.server.queries.size() == 1);
  CHECK(w.server.queries[0].find("project") == std::string::npos);
}

} // namespace jira_test
