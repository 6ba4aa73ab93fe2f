// What an entry has in it: written, read again, and damaged.
#include "outbox_scenario.hpp"

#include <argus_ticket/incident_json.hpp>

#include <boost/json/serialize.hpp>

#include <cstdint>
#include <limits>

using namespace test;

namespace {

at::incident full_incident() {
  at::incident i = some_incident();
  i.end_time = at::infinity;
  i.source = {std::int64_t{7}, "GW \"3\"", "nav", std::int64_t{9}, "https://nav.example/"};
  i.source_incident_id = "x/1";
  i.details_url = "/incident/1";
  i.description = "Line one\nline two \xC3\xB8 \xE2\x82\xAC";
  i.level = -1;
  i.metadata = R"({"a":[1,2.5,{"b":null}],"c":"\u0000"})";
  i.tags.push_back(at::incident_tag::from("host=gw=3"));
  i.tags.push_back(at::incident_tag::from("no_value"));
  i.tags.back().added_by = 4;
  i.tags.back().added_time = at::parse_timestamp("2024-05-31T12:00:00.123456-03:30");
  i.stateful = false;
  i.open = false;
  i.acked = true;
  i.argus_url = "https://argus.example/1";
  i.user = "ola";
  return i;
}

void check_round_trip(at::outbox_payload const& written) {
  std::string const text = to_json_text(written);
  INFO(text);
  auto const read = at::payload_from_json(text);
  REQUIRE(problem_of(read) == "");
  CHECK(read->incident.pk == written.incident.pk);
  CHECK(to_json(read->incident) == to_json(written.incident));
  CHECK(read->text == written.text);
  CHECK(read->key == written.key);
  CHECK(read->reason == written.reason);
  CHECK(read->parts == written.parts);
  CHECK(read->done == written.done);
  CHECK(to_json_text(*read) == text);
}

/// Puts an entry into a store as it might stand there.
template <class Delivering>
std::uint64_t put(Delivering& d, outbox_step step, std::string payload) {
  at::new_entry const entry{at::key_of(incident_of(1)).value, step, std::move(payload)};
  auto const made = d.store.insert({&entry, 1}, at::outbox_caps{}, d.now());
  REQUIRE(problem_of(made) == "");
  return made->front().id;
}

} // namespace

TEST_CASE("payload: what is written can be read", "[outbox]") {
  check_round_trip({});
  at::outbox_payload p;
  p.incident = full_incident();
  check_round_trip(p);
  p.text = "a comment\n\"quoted\" \xF0\x9F\x98\x80";
  p.text += '\0';
  p.key = "a-key";
  p.reason = at::close_reason::not_planned;
  check_round_trip(p);
  p.parts = {"one", "", "three \x01"};
  check_round_trip(p);
  p.done = 2;
  check_round_trip(p);
  p.incident = at::incident{};
  p.incident.pk = std::numeric_limits<std::int64_t>::min();
  p.incident.start_time = at::parse_timestamp("0001-01-01T00:00:00Z");
  p.incident.end_time = at::parse_timestamp("9999-12-31T23:59:59.999999-12:00");
  check_round_trip(p);
}

TEST_CASE("payload: members that are not known are left out of account", "[outbox]") {
  at::outbox_payload p;
  p.incident = incident_of(1);
  p.text = "text";
  std::string text = to_json_text(p);
  text.insert(1, R"("later":{"than":["us"]},)");
  auto const read = at::payload_from_json(text);
  REQUIRE(problem_of(read) == "");
  CHECK(to_json_text(*read) == to_json_text(p));
}

TEST_CASE("payload: what is damaged is told, whatever is wrong with it", "[outbox]") {
  for (std::string const text :
       {"", " ", "{", "null", "5", "[]", "\"text\"", "{}", R"({"text":"x"})", R"({"incident":5})",
        R"({"incident":null})", R"({"incident":[]})", R"({"incident":{"pk":"1"}})",
        R"({"incident":{"pk":1,"start_time":"yesterday"}})", R"({"incident":{"pk":1}}{})",
        R"({"incident":{"pk":1},"parts":["one",2]})", "\xFF\xFE", "{\"incident\":{\"pk\":1}"}) {
    INFO(text);
    auto const read = at::payload_from_json(text);
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().code == at::errc::invalid_incident);
    CHECK(read.error().outcome == at::outcome::rejected);
    CHECK_FALSE(read.error().message.empty());
    CHECK_FALSE(read.error().where.empty());
  }
  at::outbox_payload p;
  p.incident = full_incident();
  p.parts = {"one", "two"};
  std::string const whole = to_json_text(p);
  for (std::size_t n = 0; n < whole.size(); ++n)
    CHECK_FALSE(at::payload_from_json(whole.substr(0, n)).has_value());
  for (std::size_t n = 0; n < whole.size(); ++n)
    for (char const c : {'\0', '"', '{', 'x', '9'}) {
      std::string other = whole;
      other[n] = c;
      (void)at::payload_from_json(other); // does not crash
    }
}

TEMPLATE_TEST_CASE("payload: a damaged entry is dead with a clear reason", "[outbox]",
                   STORE_TYPES) {
  for (outbox_step const step : {outbox_step::open, outbox_step::update, outbox_step::comment,
                                 outbox_step::close, outbox_step::reopen})
    for (std::string const text : {"", "no JSON", "{}", R"({"incident":{"pk":"x"}})"}) {
      INFO(to_string(step) << " " << text);
      delivering<TestType> d;
      auto const id = put(d, step, text);
      d.submit(incident_of(2));
      auto const all = d.deliver_due();
      REQUIRE(all.size() == 2);
      CHECK(all[0].what == what::dead);
      CHECK(all[0].entry.id == id);
      CHECK(all[1].what == what::delivered); // others go on
      auto const dead = d.entry(id);
      CHECK(dead.state == entry_state::dead);
      CHECK(dead.reason_code == "invalid_incident");
      bool const names_it = dead.reason.find("payload") != std::string::npos ||
                            dead.reason.find("incident.pk") != std::string::npos;
      CHECK(names_it);
      CHECK(dead.payload == text); // kept for whoever wants to look
      CHECK(d.net.server.tickets.size() == 1);
      CHECK(d.deliver().what == what::nothing);
    }
}

TEMPLATE_TEST_CASE("payload: no text is taken for delivered that was not", "[outbox]",
                   STORE_TYPES) {
  std::string const begin =
      R"({"incident":)" + boost::json::serialize(to_json(incident_of(1))) + ',';
  for (std::string const rest :
       {R"("done":0})", R"("parts":[],"done":0})", R"("parts":"one","done":0})",
        R"("parts":["one","two"],"done":2})", R"("parts":["one"],"done":7})",
        R"("parts":["one","two"],"done":-1})", R"("parts":["one","two"],"done":"1"})",
        R"("parts":[""],"done":0})", R"("parts":["one",""],"done":1})"}) {
    INFO(rest);
    delivering<TestType> d;
    d.submit(incident_of(1));
    (void)d.deliver();
    auto const id = put(d, outbox_step::comment, begin + rest);
    std::vector<at::delivery> const all = d.deliver_all();
    std::size_t const comments = d.net.ticket_of(incident_of(1)).comments.size();
    if (comments == 0) {
      auto const dead = d.list({.id = id, .state = entry_state::dead});
      CHECK(dead.size() == 1);
      for (at::outbox_entry const& one : dead) CHECK_FALSE(one.reason.empty());
    } else {
      CHECK(comments == all.size());
    }
    for (std::string const& text : without_markers(d.net.ticket_of(incident_of(1)).comments))
      CHECK_FALSE(text.empty());
  }
}

TEMPLATE_TEST_CASE("payload: an entry of an unlike incident does no harm", "[outbox]",
                   STORE_TYPES) {
  // Its incident has no id, though the entry has a key.
  for (outbox_step const step : {outbox_step::open, outbox_step::comment, outbox_step::close}) {
    delivering<TestType> d;
    auto const id = put(d, step, R"({"incident":{"description":"x"},"text":"y"})");
    CHECK(d.deliver().what == what::dead);
    CHECK(d.entry(id).reason_code == "invalid_incident");
    CHECK(d.net.done.empty());
  }
}
