// Closing and reopening issues by the transitions of a workflow, against a model of Jira.

#include "../../jira/world.hpp"

namespace jira_test {

TEST_CASE("jira: transitions are those of the workflow") {
  world w(true);
  REQUIRE(w.tickets.create(incident()).has_value());
  auto& one = w.server.issues[0];

  auto closed = w.tickets.close("NET-1", at::close_reason::completed);
  REQUIRE(closed.has_value());
  CHECK(closed->state == at::ticket_state::closed);
  // Without a resolution there is no date of one.
  CHECK(closed->closed_at == at::parse_timestamp("2026-11-12T11:00:00+02:00"));
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

TEST_CASE("jira: when an issue was closed, with and without a resolution") {
  for (bool const cloud : {true, false})
    for (bool const has_resolution : {true, false}) {
      world w(cloud);
      if (has_resolution) w.server.workflow = {{"1", "Resolve", "*", "Done", {}, {"Fixed"}, true}};
      REQUIRE(w.tickets.create(incident()).has_value());
      auto const closed = w.tickets.close("NET-1");
      REQUIRE(closed.has_value());
      CHECK(closed->closed_at == at::parse_timestamp(has_resolution ? "2026-11-12T10:00:00+02:00"
                                                     : cloud        ? "2026-11-12T11:00:00+02:00"
                                                                    : "2026-11-12T12:00:00+02:00"));
    }
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

TEST_CASE("jira: a transition that stays open is not taken twice, one that was not taken is") {
  world w(true);
  w.server.workflow = {{"1", "Resolve", "any", "Done", {}, {}, false}};
  REQUIRE(w.tickets.create(incident()).has_value());
  w.lost = 1;
  w.lost_at = "/transitions";
  REQUIRE(w.tickets.close("NET-1").has_value());
  auto const moves = [&] {
    return std::count(w.server.asked.begin(), w.server.asked.end(), "POST issue/NET-1/transitions");
  };
  CHECK(moves() == 1);
  REQUIRE(w.tickets.create(incident(2)).has_value());
  int cut = 1;
  w.transport.answer_by([&](at::http::request const& r) -> at::result<at::http::response> {
    bool const is_cut = r.method() == at::http::method::post &&
                        r.url().path().ends_with("/transitions") && cut-- > 0;
    if (is_cut) return test::lost_reply(); // before it came to the server
    return w.server.answer(r);
  });
  REQUIRE(w.tickets.close("NET-2").has_value());
  CHECK(w.server.issues.at(1).status == "Done");
  for (auto const& r : w.transport.requests())
    if (r.method() == at::http::method::post && r.url().path().ends_with("/transitions"))
      CHECK(r.idempotency() == at::http::idempotency::creates);
}

TEST_CASE("jira: of several ways to close, one that says why, and never the opposite") {
  struct {
    std::vector<jira_model::transition> workflow;
    char const* completed; // the id of the transition, and its resolution
    char const* not_planned;
  } const cases[]{
      {{{"1", "Cancel", "*", "Done", {}, {}, false}, {"2", "Finish", "*", "Done", {}, {}, false}},
       "2",
       "1"},
      {{{"1", "Resolve", "*", "Done", {}, {}, false}, {"2", "Stop", "*", "Done", {}, {}, false}},
       "1",
       "2"},
      {{{"1", "Reject", "*", "Done", {}, {}, false}}, "1", "1"},
      {{{"1", "A", "*", "Done", {}, {"Won't Do", "Other"}, true}}, "1 Other", "1 Won't Do"},
      {{{"1", "A", "*", "Done", {}, {"Done", "Other"}, true}}, "1 Done", "1 Other"},
      {{{"1", "A", "*", "Done", {}, {"Declined"}, true}, {"2", "B", "*", "Done", {}, {}, false}},
       "2",
       "1 Declined"},
      {{{"1", "A", "*", "Done", {}, {"Declined"}, false}}, "1", "1 Declined"},
  };
  for (auto const& one : cases)
    for (auto const why : {at::close_reason::completed, at::close_reason::not_planned}) {
      world w(true);
      w.server.workflow = one.workflow;
      REQUIRE(w.tickets.create(incident()).has_value());
      REQUIRE(w.tickets.close("NET-1", why).has_value());
      std::string taken;
      for (auto const& r : w.transport.requests())
        if (r.method() == at::http::method::post && r.url().path().ends_with("/transitions"))
          taken = boost::json::parse(r.body()).at("transition").at("id").as_string();
      std::string const& resolution = w.server.issues[0].resolution;
      if (!resolution.empty()) taken += ' ' + resolution;
      CHECK(taken == (why == at::close_reason::completed ? one.completed : one.not_planned));
    }
}

} // namespace jira_test
