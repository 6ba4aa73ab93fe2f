// Fields that a site has added to its tickets, from the settings to the request; and what else only
// few plugins have.

#include "../support/incident.hpp"
#include "ledger.hpp"
#include "running.hpp"

#include <argus_ticket/argus_ticket.hpp>

#include <boost/json/parse.hpp>

namespace custom_fields_test {

namespace at = argus_ticket;
using at::mapping_source;
using at::testing::mock_transport;
using test::ledger;

namespace {

at::raw_settings raw(std::string information) {
  return at::parse_raw_settings(R"({"TICKET_PLUGIN": "ledger",
    "TICKET_ENDPOINT": "https://ledger.example/entries",
    "TICKET_AUTHENTICATION_SECRET": {"token": "t"}, "TICKET_INFORMATION": )" +
                                std::move(information) + "}");
}

std::string problems(std::string information) {
  auto const loaded = at::load_settings<ledger>(raw(std::move(information)));
  std::string all;
  if (!loaded)
    for (at::problem const& p : loaded.error().problems) all += p.where + ": " + p.what + '\n';
  return all;
}

using client = at::basic_client<ledger, mock_transport, test::plain_policies<>>;

struct world {
  explicit world(std::string information)
      : tickets(at::load_settings<ledger>(raw(std::move(information))).value(), server) {}
  mock_transport server;
  client tickets;

  boost::json::object sent(at::incident const& from) {
    return boost::json::parse(tickets.preview(from).value().body()).as_object();
  }
};

} // namespace

TEST_CASE("custom fields: values may be texts, numbers, truths and lists of them") {
  auto const loaded = at::load_settings<ledger>(raw(R"({
    "custom_fields_set": {"Room": "B-12", "Floor": 3, "Urgent": true, "Teams": ["core", 7]},
    "custom_fields_mapping": {"Level": "level", "Host": {"tag": "host"}}})"));
  REQUIRE(loaded.has_value());
  CHECK(loaded->information.custom_fields_set ==
        std::vector<at::custom_field>{
            {"Room", {"B-12"}}, {"Floor", {"3"}}, {"Urgent", {"true"}}, {"Teams", {"core", "7"}}});
  CHECK(loaded->information.custom_fields_mapping ==
        std::vector<at::field_mapping>{{"Level", mapping_source::attribute("level")},
                                       {"Host", mapping_source::tag("host")}});
}

TEST_CASE("custom fields: what systems write for a choice or a user is its text") {
  auto const loaded = at::load_settings<ledger>(raw(R"({
    "custom_fields_set": {"a": {"value": "High"}, "b": {"name": "x"}, "c": {"id": 10001},
                          "d": {"key": "K"}, "e": [{"accountId": "5b"}, {"value": "y"}, "z"]}})"));
  REQUIRE(loaded.has_value());
  CHECK(
      loaded->information.custom_fields_set ==
      std::vector<at::custom_field>{
          {"a", {"High"}}, {"b", {"x"}}, {"c", {"10001"}}, {"d", {"K"}}, {"e", {"5b", "y", "z"}}});
  std::string const told = problems(R"({"custom_fields_set": {
    "a": {"value": "x", "id": "1"}, "b": {"other": "x"}, "c": {"value": ""},
    "d": {"value": {"value": "x"}}, "e": {"value": ["x"]}}})");
  CHECK(std::count(told.begin(), told.end(), '\n') == 5);
}

TEST_CASE("custom fields: an incident that is open lacks no end") {
  std::vector<at::custom_field> const set{{"Until", {"today"}}};
  std::vector<at::field_mapping> const mapping{{"End", mapping_source::attribute("end_time")},
                                               {"Until", mapping_source::attribute("end_time")}};
  at::incident open = test::incident(1, "down");
  open.end_time = at::infinity;
  auto const mapped = at::plugins::support::map_fields(set, mapping, open);
  CHECK(mapped.fields == set);
  CHECK(mapped.missing.empty());
  auto const labels = at::plugins::support::map_labels({}, {mapping[0].source}, open, 255);
  CHECK(labels.labels.empty());
  CHECK(labels.missing.empty());
  open.end_time = at::parse_timestamp("2026-11-12T11:11:11Z");
  CHECK(at::plugins::support::map_fields({}, mapping, open).fields.front().values ==
        std::vector<std::string>{"2026-11-12T11:11:11Z"});
}

TEST_CASE("custom fields: whatever else they are is told by its name") {
  CHECK(problems(R"({"custom_fields_set": [], "custom_fields_mapping": "x"})") ==
        "TICKET_INFORMATION.custom_fields_set: must be a dictionary, but is a list\n"
        "TICKET_INFORMATION.custom_fields_mapping: must be a dictionary, but is a string\n");
  std::string const shape =
      "must be a text, a number, true or false, or a list of them, and not empty\n";
  CHECK(problems(
            R"({"custom_fields_set": {"a": null, "b": {}, "c": [], "d": "", "e": ["x", []]}})") ==
        "TICKET_INFORMATION.custom_fields_set.a: " + shape +
            "TICKET_INFORMATION.custom_fields_set.b: " + shape +
            "TICKET_INFORMATION.custom_fields_set.c: " + shape +
            "TICKET_INFORMATION.custom_fields_set.d: " + shape +
            "TICKET_INFORMATION.custom_fields_set.e: " + shape);
  CHECK(problems(R"({"custom_fields_mapping": {"a": 1, "b": {"tag": ""}, "c": ""}})") ==
        "TICKET_INFORMATION.custom_fields_mapping.a: must be an attribute's name or {\"tag\": "
        "\"name\"}\n"
        "TICKET_INFORMATION.custom_fields_mapping.b: must be an attribute's name or {\"tag\": "
        "\"name\"}\n"
        "TICKET_INFORMATION.custom_fields_mapping.c: must be an attribute's name or {\"tag\": "
        "\"name\"}\n");
}

TEST_CASE("settings that contradict each other are told with all other problems") {
  CHECK(problems(R"({"custom_fields_set": {"a": "1", "b": "2"}, "tennant": "x",
                     "custom_fields_mapping": {"a": "level"}})") ==
        "TICKET_INFORMATION.tennant: is no such setting; did you mean 'tenant'?\n"
        "TICKET_INFORMATION.custom_fields_set.a: is in custom_fields_mapping as well\n");
}

TEST_CASE("custom fields: the incident's values, and what it lacks, reach the ticket") {
  world w{R"({"custom_fields_set": {"Room": "B-12"},
              "custom_fields_mapping": {"Filter": {"tag": "filter"}, "Hosts": {"tag": "host"},
                                        "Rack": {"tag": "rack"}}})"};
  at::incident from = test::incident(1, "down");
  from.tags.push_back(at::incident_tag::from("host=gw-4"));
  boost::json::object const sent = w.sent(from);
  CHECK(sent.at("fields") == boost::json::parse(R"({"Room": ["B-12"], "Filter": ["vlan=20"],
                                                    "Hosts": ["gw-3", "gw-4"]})"));
  CHECK(std::string{sent.at("text").as_string()}.find("rack (tag)") != std::string::npos);
}

TEST_CASE("custom fields: a value of the incident goes before one that is set") {
  std::vector<at::custom_field> const set{{"Host", {"unknown"}}, {"Rack", {"none"}}};
  std::vector<at::field_mapping> const mapping{{"Host", mapping_source::tag("host")},
                                               {"Rack", mapping_source::tag("rack")}};
  auto const mapped = at::plugins::support::map_fields(set, mapping, test::incident(1, "down"));
  CHECK(mapped.fields == std::vector<at::custom_field>{{"Host", {"gw-3"}}, {"Rack", {"none"}}});
  CHECK(mapped.missing == std::vector<std::string>{"rack (tag)"});
}

TEST_CASE("a ticket knows its incident's page, where that is one") {
  world w{"{}"};
  at::incident from = test::incident(1, "down");
  CHECK(w.sent(from).at("page") == "https://argus.example.org/incidents/1");
  from.argus_url = "javascript:alert(1)";
  CHECK(w.sent(from).at("page") == "");
  from.source.base_url = "https://nav.example.org";
  from.details_url = "/alerts/1";
  CHECK(w.sent(from).at("page") == "https://nav.example.org/alerts/1");
}

TEST_CASE("the settings may choose the dialect, of tickets and of comments") {
  for (bool const is_html : {false, true}) {
    world w{is_html ? R"({"tenant": "html"})" : "{}"};
    std::string const text{w.sent(test::incident(1, "<down>")).at("text").as_string()};
    CHECK((text.find("&lt;down&gt;") != std::string::npos) == is_html);
    w.server.expect(at::http::method::post, "https://ledger.example/entries/1").reply(201, "{}");
    REQUIRE(w.tickets.comment("1", "a <b>").has_value());
    std::string const& said = w.server.requests().back().body();
    CHECK((said.find("a &lt;b&gt;") != std::string::npos) == is_html);
  }
}

TEST_CASE("a comment's key may stand beside its text: one whose reply is lost is found by it") {
  world w{"{}"};
  bool const is_there = GENERATE(false, true);
  w.server.expect(at::http::method::post, "https://ledger.example/entries/1")
      .fail(test::lost_reply());
  w.server.expect(at::http::method::get, "https://ledger.example/entries/1")
      .reply(is_there ? 200 : 404);
  auto const said = w.tickets.comment("1", "text");
  CHECK(w.server.problems() == "");
  auto const sent = boost::json::parse(w.server.requests().front().body()).as_object();
  auto const asked = at::http::query_parameter(w.server.requests().back().url(), "key");
  REQUIRE(asked);
  CHECK(sent.at("key") == boost::json::value(*asked));
  CHECK_FALSE(asked->empty());
  REQUIRE(said.has_value() == is_there);
  if (is_there)
    CHECK(said->id == "there");
  else
    CHECK(said.error().outcome == at::outcome::ambiguous);
}

} // namespace custom_fields_test
