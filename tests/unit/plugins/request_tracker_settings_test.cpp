// The settings of the Request Tracker plugin: which of them go together, and what they lead to.

#include "../../request_tracker/behaviours.hpp"
#include "../../request_tracker/world.hpp"
#include "../running.hpp"

#include <argus_ticket/argus_ticket.hpp>

namespace request_tracker_test {

using at::errc;
using at::plugins::request_tracker;

namespace {

std::string problems(std::string const& authentication, std::string const& information) {
  auto const loaded = at::load_settings<"request_tracker">(
      R"({"TICKET_PLUGIN": "argus_ticket_rt.RequestTrackerPlugin",)"
      R"("TICKET_ENDPOINT": "https://rt.example.org/", "TICKET_AUTHENTICATION_SECRET": )" +
      authentication + R"(, "TICKET_INFORMATION": )" + information + '}');
  std::string text;
  if (!loaded)
    for (at::problem const& one : loaded.error().problems)
      text += one.where + ' ' + one.what + '\n';
  return text;
}

} // namespace

TEST_CASE("rt: a token beside a user name and password is what counts") {
  world w;
  auto own = rt_behaviours::settings(w);
  own.authentication.username = "staff";
  own.authentication.password = at::secret{"password of staff"};
  auto tickets = rt_behaviours::client(w, own);
  CHECK(tickets.check().value().account == "bot");
  auto const from = rt_behaviours::incident(w);
  auto const opened = tickets.find_or_create(from);
  REQUIRE(opened.has_value());
  CHECK(w.server.tickets[0].creator == "bot");
  CHECK_FALSE(tickets.find_or_create(from).value().created);
  CHECK(tickets.close(*opened).has_value());
}

TEST_CASE("rt: no error shows a secret, whether token or password") {
  world w;
  auto own = rt_behaviours::settings(w);
  w.instead = answer(400, R"({"message":"you sent )" + w.server.people.at("bot").token + "\"}");
  auto failed = rt_behaviours::client(w, own).create(rt_behaviours::incident(w));
  REQUIRE(failed.has_error());
  CHECK(failed.error().server_message == "you sent ***");
  own.authentication.token = at::secret{};
  own.authentication.username = "bot";
  own.authentication.password = at::secret{"password of bot"};
  w.instead = answer(400, R"({"message":"you sent password of bot"})");
  failed = rt_behaviours::client(w, own).create(rt_behaviours::incident(w));
  REQUIRE(failed.has_error());
  CHECK(failed.error().server_message == "you sent ***");
  std::string const request = at::http::to_string(w.carrier.requests().back());
  CHECK(request.find("Authorization: ***") != std::string::npos);
  CHECK(request.find(at::detail::base64("bot:password of bot")) == std::string::npos);
}

TEST_CASE("rt: Argus's settings work unchanged") {
  auto const loaded = at::load_settings<"request_tracker">(R"({
    "TICKET_PLUGIN": "argus.incident.ticket.request_tracker.RequestTrackerPlugin",
    "TICKET_ENDPOINT": "https://rt.example.org/",
    "TICKET_AUTHENTICATION_SECRET": {"token": "1-14-5c6f0d9b"},
    "TICKET_INFORMATION": {"queue": "General", "custom_fields_set": {"Room": "B-12", "Floor": 3},
                           "custom_fields_mapping": {"Level": "level", "Host": {"tag": "host"}}}})");
  REQUIRE(loaded.has_value());
  CHECK(request_tracker{*loaded}.api().string() == "https://rt.example.org/REST/2.0");
  auto const fields = request_tracker{*loaded}.fields_of(test::incident(1, "x"));
  CHECK(fields.fields.size() == 4);
  CHECK(fields.missing.empty());
  CHECK(problems(R"({"username": "argus", "password": "secret: \u00e9"})", R"({"queue": "1"})") ==
        "");
  static_assert(std::is_same_v<at::plugin_in<"rt", at::builtin_plugins>, request_tracker>);
}

TEST_CASE("rt: settings that do not go together, each told by its key") {
  std::string const general = R"({"queue": "General"})";
  std::string const at = "TICKET_AUTHENTICATION_SECRET.";
  CHECK(problems("{}", general) ==
        at + "token is missing or empty, and so are username and password\n");
  CHECK(problems(R"({"username": "x"})", general) == at + "password is missing or empty\n");
  CHECK(problems(R"({"password": "x"})", general) == at + "username is missing or empty\n");
  CHECK(problems(R"({"token": "t", "username": "x", "password": "y"})", general).empty());
  CHECK(problems(R"({"username": "a:b", "password": "y"})", general) ==
        at + "username must not contain colons or control characters\n");
  CHECK(problems(R"({"token_file": "/nonexistent"})", general).find("cannot be opened") !=
        std::string::npos);
  std::string const token = R"({"token": "1-14-5c6f0d9b"})";
  CHECK(problems(token, "{}") == "TICKET_INFORMATION.queue is missing or empty\n");
  CHECK(problems(token, R"({"queue": 3})").empty()); // as Argus takes it
  CHECK(problems(token, R"({"queue": "General", "key_custom_field": "a} = 'x' OR CF.{b"})")
            .starts_with("TICKET_INFORMATION.key_custom_field must not contain"));
  for (char const* wrong :
       {"noc", "@example.org", "noc@", "a@b@c", "a b@c.d", "a@b,c@d", "<a@b.c>"})
    CHECK(problems(token, R"({"queue": "General", "cc": [")" + std::string{wrong} + R"("]})")
              .starts_with("TICKET_INFORMATION.cc must be a list of addresses"));
  CHECK(problems(token, R"({"queue": "General", "admin_cc": ["a@b.c", "d"]})")
            .starts_with("TICKET_INFORMATION.admin_cc must be"));
  CHECK(problems(token, R"({"queue": "General", "cc": ["noc@example.org"], "admin_cc": ["x@y"],
                           "resolved_status": "done", "rejected_status": "no", "open_status": "yes",
                           "comments_are_replies": true, "key_custom_field": "Argus key"})") == "");
}

TEST_CASE("rt: tickets are called by number and by page") {
  world w;
  auto tickets = rt_behaviours::client(w);
  REQUIRE(tickets.create(rt_behaviours::incident(w)).has_value());
  CHECK(tickets.get("https://rt.example.org/rt/Ticket/Display.html?id=1").has_value());
  for (char const* other :
       {"https://rt.example.org/Ticket/Display.html?id=1",
        "https://rt.example.org/rt/Ticket/Display.html",
        "https://evil.example/rt/Ticket/Display.html?id=1", "1/history", "../1", "01", "", "-1",
        "https://rt.example.org/rt/Ticket/Display.html?id=1%2F2"})
    CHECK(tickets.get(other).error().code == errc::ticket_not_found);
  at::ticket known;
  known.url = "https://rt.example.org/rt/Ticket/Display.html?id=9";
  request_tracker const plugin{rt_behaviours::settings(w)};
  CHECK(plugin.is_reached(known));
  known.url = "https://rt.example.net/rt/Ticket/Display.html?id=9";
  CHECK_FALSE(plugin.is_reached(known));
}

} // namespace request_tracker_test
