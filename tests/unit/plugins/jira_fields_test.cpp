// Custom fields, workflows and what `check` says of them, against a model of Jira.

#include "../../jira/world.hpp"

namespace jira_test {

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

TEST_CASE("jira: a field that Jira refuses does not cost the ticket") {
  for (bool const cloud : {true, false}) {
    auto own = settings(cloud);
    own.information.custom_fields_set = {field("Severity", {"Huge"}), field("Hidden", {"x"}),
                                         field("Team", {"noc"})};
    world w{own};
    w.server.fields = {{"customfield_1", "Severity", "option", "", "customfieldtypes:select"},
                       {"customfield_2", "Hidden", "string", "", "", false},
                       {"customfield_3", "Team", "string", "", ""}};
    w.server.fields[0].options = {"Low", "High"};
    auto const opened = w.tickets.create(incident());
    REQUIRE(opened.has_value());
    REQUIRE(opened->warnings.size() == 2);
    CHECK(opened->warnings[0].where == "field 'Severity'");
    CHECK(opened->warnings[0].what ==
          "is left out, as Jira refused it: Option value 'Huge' is not valid");
    CHECK(opened->warnings[1].where == "field 'Hidden'");
    CHECK(w.server.issues.at(0).fields.at("customfield_3") == "noc");
    auto const report = w.tickets.check();
    REQUIRE(report.has_value());
    REQUIRE(report->warnings.size() == 1);
    CHECK(report->warnings[0].where == "field 'Hidden'");
    auto from = incident();
    from.description = "another text";
    auto const updated = w.tickets.update(*opened, from);
    REQUIRE(updated.has_value());
    CHECK(updated->warnings.size() == 2);
    CHECK(w.describes(0, "another text"));
    // What is refused beside them is an error still, and nothing is sent again.
    w.server.fields.push_back({"customfield_4", "Cause", "string", "", "", true, true});
    w.server.asked.clear();
    CHECK(w.tickets.create(incident(2)).error().code == errc::refused);
    CHECK(std::count(w.server.asked.begin(), w.server.asked.end(), "POST issue") == 1);
  }
}

TEST_CASE("jira: labels that cannot be set cost the ticket only where they carry the key") {
  auto own = settings();
  own.information.labels_set = {"network"};
  {
    world w{own};
    w.server.may_set_labels = false;
    auto const failed = w.tickets.create(incident());
    REQUIRE(failed.has_error());
    REQUIRE(failed.error().problems.size() == 1);
    CHECK(failed.error().problems[0].where == "Labels");
    CHECK(failed.error().problems[0].what.find("TICKET_INFORMATION.key_field") !=
          std::string::npos);
    auto const report = w.tickets.check();
    REQUIRE(report.has_error());
    CHECK(report.error().where == "TICKET_INFORMATION.key_field");
    // An issue that has its labels can be changed where no label can.
    w.server.may_set_labels = true;
    REQUIRE(w.tickets.create(incident()).has_value());
    w.server.may_set_labels = false;
    CHECK(w.tickets.update("NET-1", incident()).value().warnings.empty());
  }
  own.information.key_field = "Alert key";
  world w{own};
  w.server.may_set_labels = false;
  w.server.fields = {{"customfield_77", "Alert key", "string", "", "customfieldtypes:textfield"}};
  auto const opened = w.tickets.find_or_create(incident());
  REQUIRE(opened.has_value());
  REQUIRE(opened->warnings.size() == 1);
  CHECK(opened->warnings[0].where == "field 'Labels'");
  CHECK(w.tickets.update(*opened, incident()).value().warnings.size() == 1);
  CHECK(w.tickets.check().has_value());
  w.server.fields[0].on_screen = false;
  auto const report = w.tickets.check();
  REQUIRE(report.has_error());
  CHECK(report.error().message == "is not on the form for new issues");
}

TEST_CASE("jira: a key field must be one for a line of text") {
  for (char const* given : {"Notes", "Floor", "customfield_2"}) {
    auto own = settings();
    own.information.key_field = given;
    world w{own};
    w.server.fields = {{"customfield_1", "Notes", "string", "", "customfieldtypes:textarea"},
                       {"customfield_2", "Floor", "number", "", "customfieldtypes:float"}};
    CHECK(w.tickets.check().error().message == "is no custom field for a line of text");
    CHECK(w.tickets.create(incident()).error().code == errc::invalid_settings);
  }
}

TEST_CASE("jira: values are cut to what their fields take") {
  std::string long_text;
  for (int i = 0; i < 9'000; ++i) long_text += "\xF0\x9F\x94\xA5 {x} ";
  for (bool const cloud : {true, false}) {
    auto own = settings(cloud);
    own.information.custom_fields_set = {field("Notes", {long_text}), field("Marks", {long_text}),
                                         field("Any", {long_text}), field("Line", {long_text})};
    world w{own};
    w.server.fields = {{"customfield_1", "Notes", "string", "", "customfieldtypes:textarea"},
                       {"customfield_2", "Marks", "array", "string", "customfieldtypes:labels"},
                       {"customfield_3", "Any", "any", "", "other:any"},
                       {"customfield_4", "Line", "string", "", "customfieldtypes:textfield"}};
    auto const opened = w.tickets.create(incident()); // the model measures
    REQUIRE(opened.has_value());
    CHECK(opened->warnings.empty());
    CHECK(w.server.issues.at(0).fields.size() == 8);
  }
}

TEST_CASE("jira: Data Center renders a line of text, so that nothing in one is markup") {
  auto own = settings(false);
  own.information.custom_fields_set = {field("Line", {"[~admin] {x} !http://evil/x.png!\nb"}),
                                       field("Link", {"https://a.example/[x]"})};
  world w{own};
  w.server.fields = {{"customfield_1", "Line", "string", "", "customfieldtypes:textfield"},
                     {"customfield_2", "Link", "string", "", "customfieldtypes:url"}};
  REQUIRE(w.tickets.create(incident()).has_value());
  auto const& there = w.server.issues.at(0).fields;
  std::string const line{there.at("customfield_1").as_string()};
  for (char const* alive : {"[~", "{x", "!http", "http://evil", "\n"})
    CHECK(line.find(alive) == std::string::npos);
  CHECK(line.find("admin") != std::string::npos);
  CHECK(there.at("customfield_2") == "https://a.example/[x]");
}

TEST_CASE("jira: without a form to be read, a field whose name others have is left out") {
  for (int const status : {404, 403}) {
    auto own = settings(false);
    own.information.custom_fields_set = {field("Team", {"noc"})};
    world w{own};
    w.server.form_status = status;
    w.server.fields = {{"customfield_1", "Team", "string", "", ""},
                       {"customfield_2", "Team", "string", "", ""}};
    auto const opened = w.tickets.create(incident());
    REQUIRE(opened.has_value());
    REQUIRE(opened->warnings.size() == 1);
    CHECK(opened->warnings[0].what.find("several fields have this name") != std::string::npos);
    auto const report = w.tickets.check();
    REQUIRE(report.has_value());
    CHECK(report->warnings.size() == 1);
  }
}

TEST_CASE("jira: an issue type by its id") {
  auto own = settings();
  own.information.type = "3";
  world w{own};
  CHECK(w.tickets.create(incident()).has_value());
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

} // namespace jira_test
