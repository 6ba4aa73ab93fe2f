#include "../support/catch.hpp"

#include <argus_ticket/incident_json.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include <string>

namespace at = argus_ticket;

namespace {

// As in Argus's documentation.
constexpr char const* argus_example = R"({
  "pk": 10101, "start_time": "2011-11-11T11:11:11+02:00", "end_time": "infinity",
  "source": {"pk": 11, "name": "Uninett GW 3", "type": {"name": "nav"}, "user": 12,
             "base_url": "https://nav.example.org"},
  "source_incident_id": "12345", "details_url": "https://nav.example.org/alerts/12345/",
  "description": "Netbox 11 <12345> down.", "level": 1, "ticket_url": "",
  "metadata": {"a": [1, 2]},
  "tags": [{"added_by": 12, "added_time": "2011-11-11T11:11:11.111Z", "tag": "object=Netbox 4"},
           {"added_by": 12, "added_time": "2011-11-11T11:11:11.111Z", "tag": "q=a=b"}],
  "stateful": true, "open": true, "acked": false,
  "argus_url": "https://argus.example.org/incidents/10101", "user": "Ola Nordmann"})";

/// Every problem of a text that is no incident, a line each.
std::string problems(std::string_view text) {
  auto const read = at::parse_incident(text);
  if (read) return "none";
  CHECK(read.error().code == at::errc::invalid_incident);
  CHECK(read.error().outcome == at::outcome::rejected);
  CHECK(read.error().where == "incident");
  CHECK(read.error().message == "the incident cannot be read");
  std::string all;
  for (at::problem const& p : read.error().problems) all += p.where + ": " + p.what + '\n';
  return all;
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

} // namespace

TEST_CASE("incident_json: reads what Argus's API writes") {
  auto const read = at::parse_incident(argus_example);
  REQUIRE(read.has_value());
  at::incident const& i = *read;
  CHECK(i.pk == 10101);
  CHECK(at::to_string(*i.start_time) == "2011-11-11T11:11:11+02:00");
  CHECK(i.end_time == at::infinity);
  CHECK(i.source.pk == 11);
  CHECK(i.source.name == "Uninett GW 3");
  CHECK(i.source.type == "nav");
  CHECK(i.source.user == 12);
  CHECK(i.source.base_url == "https://nav.example.org");
  CHECK(i.source_incident_id == "12345");
  CHECK(i.details_url == "https://nav.example.org/alerts/12345/");
  CHECK(i.description == "Netbox 11 <12345> down.");
  CHECK(i.level == 1);
  CHECK(i.ticket_url.empty());
  CHECK(i.metadata == R"({"a":[1,2]})");
  REQUIRE(i.tags.size() == 2);
  CHECK(i.tags[0].text() == "object=Netbox 4");
  CHECK(i.tags[0].added_by == 12);
  CHECK(at::to_string(*i.tags[0].added_time) == "2011-11-11T11:11:11.111000Z");
  CHECK(i.tags[1].key == "q");
  CHECK(i.tags[1].value == "a=b");
  CHECK(i.stateful);
  CHECK(i.open);
  CHECK_FALSE(i.acked);
  CHECK(i.argus_url == "https://argus.example.org/incidents/10101");
  CHECK(i.user == "Ola Nordmann");
}

TEST_CASE("incident_json: what was written reads as an equal incident") {
  for (char const* text : {argus_example, "{}", R"({"tags": [{"tag": "alone"}], "end_time": null})",
                           R"({"end_time": "2012-02-29T23:59:60.5-09:30", "metadata": {"x": {}}})",
                           R"({"pk": -9223372036854775808, "level": -2147483648})",
                           R"({"pk": 9223372036854775807, "level": 2147483647})"}) {
    auto const once = at::parse_incident(text);
    REQUIRE(once.has_value());
    auto const twice = at::parse_incident(boost::json::serialize(at::to_json(*once)));
    REQUIRE(twice.has_value());
    CHECK(*twice == *once);
    CHECK(boost::json::serialize(at::to_json(*twice)) ==
          boost::json::serialize(at::to_json(*once)));
  }
}

TEST_CASE("incident_json: writes every member, in Argus's form") {
  CHECK(at::to_json(at::incident{}) == boost::json::parse(R"({
    "pk": null, "start_time": null, "end_time": null,
    "source": {"pk": null, "name": "", "type": {"name": ""}, "user": null, "base_url": ""},
    "source_incident_id": "", "details_url": "", "description": "", "level": 5, "ticket_url": "",
    "metadata": {}, "tags": [], "stateful": true, "open": true, "acked": false,
    "argus_url": "", "user": ""})"));
  auto const read = at::parse_incident(argus_example);
  REQUIRE(read.has_value());
  CHECK(at::to_json(*read).at("end_time") == "infinity");
  CHECK(at::to_json(*read).at("start_time") == "2011-11-11T11:11:11+02:00");
}

TEST_CASE("incident_json: metadata that is no object is written as an empty one") {
  for (char const* text : {"", "[]", "null", "1", "{", "{} {}", "not JSON"}) {
    at::incident i;
    i.metadata = text;
    CHECK(at::to_json(i).at("metadata") == boost::json::object{});
  }
}

TEST_CASE("incident_json: absent, null and unknown members") {
  auto const empty = at::parse_incident("{}");
  REQUIRE(empty.has_value());
  CHECK(*empty == at::incident{});
  auto const nulls = at::parse_incident(
      R"({"pk": null, "start_time": null, "end_time": null, "source": null,
          "source_incident_id": null, "details_url": null, "description": null, "level": null,
          "ticket_url": null, "metadata": null, "tags": null, "stateful": null, "open": null,
          "acked": null, "argus_url": null, "user": null})");
  REQUIRE(nulls.has_value());
  CHECK(*nulls == at::incident{});
  CHECK(problems(R"({"new in Argus 3": [{}], "source": {"more": 1, "type": {"x": 2}},
                     "tags": [{"tag": "a=b", "x": 1}]})") == "none");
}

TEST_CASE("incident_json: every problem is told at once, by its member") {
  CHECK(problems(R"({
    "pk": "10101", "start_time": 5, "end_time": "tomorrow",
    "source": {"pk": [], "name": 1, "type": "nav", "user": "Ola", "base_url": {}},
    "source_incident_id": 12345, "details_url": true, "description": ["x"], "level": "1",
    "ticket_url": 0, "metadata": "{}",
    "tags": ["a=b", {}, {"tag": null}, {"tag": 7, "added_by": "x", "added_time": "infinity"}],
    "stateful": 1, "open": "yes", "acked": {}, "argus_url": 1.5, "user": 12})") ==
        R"(incident.pk: must be a whole number, but is a string
incident.start_time: must be a time in a string, but is a number
incident.end_time: is no time as in RFC 3339, such as 2011-11-11T11:11:11+02:00
incident.source.pk: must be a whole number, but is a list
incident.source.name: must be a string, but is a number
incident.source.user: must be a whole number, but is a string
incident.source.base_url: must be a string, but is an object
incident.source.type: must be an object with a name, but is a string
incident.source_incident_id: must be a string, but is a number
incident.details_url: must be a string, but is a boolean
incident.description: must be a string, but is a list
incident.level: must be a whole number, but is a string
incident.ticket_url: must be a string, but is a number
incident.metadata: must be an object, but is a string
incident.tags[0]: must be an object with a tag, but is a string
incident.tags[1].tag: is missing
incident.tags[2].tag: is missing
incident.tags[3].tag: must be a string, but is a number
incident.tags[3].added_by: must be a whole number, but is a string
incident.tags[3].added_time: is no time as in RFC 3339, such as 2011-11-11T11:11:11+02:00
incident.stateful: must be a boolean, but is a number
incident.open: must be a boolean, but is a string
incident.acked: must be a boolean, but is an object
incident.argus_url: must be a string, but is a number
incident.user: must be a string, but is a number
)");
  CHECK(problems(R"({"source": [], "tags": {}})") ==
        "incident.source: must be an object, but is a list\n"
        "incident.tags: must be a list, but is an object\n");
  CHECK(problems(R"({"source": {"type": {"name": 1}}})") ==
        "incident.source.type.name: must be a string, but is a number\n");
  // Only an end may be infinite.
  CHECK(problems(R"({"start_time": "infinity"})") ==
        "incident.start_time: is no time as in RFC 3339, such as 2011-11-11T11:11:11+02:00\n");
}

TEST_CASE("incident_json: JSON that is no object") {
  CHECK(problems("[]") == "incident: must be an object, but is a list\n");
  CHECK(problems("null") == "incident: must be an object, but is null\n");
  CHECK(problems("\"x\"") == "incident: must be an object, but is a string\n");
  CHECK(problems("1") == "incident: must be an object, but is a number\n");
  CHECK(at::incident_from_json(boost::json::value(true)).error().problems.front().what ==
        "must be an object, but is a boolean");
}

TEST_CASE("incident_json: text that is no JSON is told with its place") {
  auto const starts = [](std::string_view text) {
    std::string const what = problems(text);
    CHECK(what.starts_with("incident: is no JSON: "));
    return what.substr(what.rfind(" at line"));
  };
  CHECK(starts("") == " at line 1, column 1\n");
  CHECK(starts("{\"pk\": 1") == " at line 1, column 9\n");
  CHECK(starts("{\n  \"pk\": x\n}") == " at line 2, column 9\n");
  CHECK(starts("{} {}") == " at line 1, column 4\n");
  CHECK(starts("{}x") == " at line 1, column 3\n");
  CHECK(starts("{'pk': 1}") == " at line 1, column 2\n");
  CHECK(starts("{\"pk\": 01}") == " at line 1, column 9\n");
  CHECK(starts("{\"pk\": NaN}") == " at line 1, column 8\n");
  CHECK(starts("{\"pk\": 1,}") == " at line 1, column 10\n");
  CHECK(starts("\xEF\xBB\xBF{}") == " at line 1, column 1\n");
  CHECK(problems("  {} \n") == "none");
}

TEST_CASE("incident_json: nesting is bounded") {
  CHECK(problems(R"({"x": )" + nested(31) + "}") == "none");
  CHECK(problems(R"({"x": )" + nested(32) + "}").find("is no JSON") != std::string::npos);
  CHECK(problems(std::string(1'000'000, '[')).find("is no JSON") != std::string::npos);
  CHECK(problems(R"({"metadata": )" + std::string(1'000'000, '{')).find("is no JSON") !=
        std::string::npos);
}

TEST_CASE("incident_json: numbers that do not fit") {
  CHECK(problems(R"({"pk": 9223372036854775808})") ==
        "incident.pk: must be a whole number, but is a number\n");
  CHECK(problems(R"({"pk": 1.5})") == "incident.pk: must be a whole number, but is a number\n");
  CHECK(problems(R"({"pk": 1e2})") == "incident.pk: must be a whole number, but is a number\n");
  CHECK(problems(R"({"level": 2147483648})") == "incident.level: is out of range\n");
  CHECK(problems(R"({"level": -2147483649})") == "incident.level: is out of range\n");
  CHECK(problems(R"({"pk": 1e999999})") != "none");
  CHECK(problems(R"({"pk": )" + std::string(100'000, '9') + "}") != "none");
}

TEST_CASE("incident_json: the last of two members of one name counts") {
  auto const read =
      at::parse_incident(R"({"pk": 1, "pk": 2, "ticket_url": "x", "ticket_url": ""})");
  REQUIRE(read.has_value());
  CHECK(read->pk == 2);
  CHECK(read->ticket_url.empty());
}

TEST_CASE("incident_json: texts are kept as they are, for the renderer to repair") {
  auto const bytes = at::parse_incident("{\"description\": \"a\xFF\xC3\"}");
  REQUIRE(bytes.has_value());
  CHECK(bytes->description == "a\xFF\xC3");
  auto const nul = at::parse_incident(R"({"description": "a\u0000b\u202e"})");
  REQUIRE(nul.has_value());
  CHECK(nul->description == std::string("a\0b\xE2\x80\xAE", 6));
  std::string const megabytes(5'000'000, 'x');
  auto const large = at::parse_incident("{\"description\": \"" + megabytes + "\"}");
  REQUIRE(large.has_value());
  CHECK(large->description == megabytes);
}
