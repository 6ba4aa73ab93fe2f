// The GitHub plugin against scripted exchanges: what it sends, and what it makes of each reply.

#include "../support/catch.hpp"
#include "exchanges.hpp"

#include <sstream>

namespace {

using namespace exchanges;
using at::errc;
using at::outcome;
using at::http::method;
using at::testing::mock_transport;

/// What a look-up sends, of an account that may set labels.
void expect_look_up(mock_transport& server, at::incident const& from, std::string reply) {
  server.expect(method::get, api).reply(200, repository(true));
  server.expect(method::get, issues)
      .with_query("labels", key_label(from))
      .reply(200, std::move(reply));
}

/// What the look after a create sends where the new issue has all its labels.
void expect_look_again(mock_transport& server, at::incident const& from, std::string reply) {
  server.expect(method::get, issues)
      .with_query("labels", key_label(from))
      .reply(200, std::move(reply));
}

issue opened(at::incident const& from) {
  issue i;
  i.body = "text\n\n" + marker(from);
  i.labels = {"argus-ticket", key_label(from)};
  return i;
}

std::string text_of(at::error const& e) {
  std::ostringstream out;
  out << e;
  return out.str();
}

} // namespace

TEST_CASE("github: create sends one POST with GitHub's headers and reads the issue") {
  mock_transport server;
  client tickets{settings(), server};
  auto const from = incident();
  server.expect(method::post, issues)
      .with_header("Accept", "application/vnd.github+json")
      .with_header("X-GitHub-Api-Version", "2022-11-28")
      .with_header("Authorization", std::string{"Bearer "} + token)
      .with_json(R"({"title":"Netbox 11 <12345> down."})")
      .with_json(R"({"labels":["argus-ticket",")" + key_label(from) + R"("]})")
      .with_body_containing(marker(from))
      .reply(201, opened(from).text());
  auto const created = tickets.create(from);
  REQUIRE(server.problems() == "");
  REQUIRE(created.has_value());
  CHECK(created->system == "github");
  CHECK(created->id == "2894512362");
  CHECK(created->number == "17");
  CHECK(created->url == "https://github.com/octo/tickets/issues/17");
  CHECK(created->state == at::ticket_state::open);
  CHECK(created->title == "Netbox 11 <12345> down.");
  CHECK(created->created);
  CHECK(created->warnings.empty());
  CHECK(created->outcome() == outcome::applied);
  CHECK(server.requests()[0].idempotency() == at::http::idempotency::creates);
}

TEST_CASE("github: the API's place follows from the endpoint") {
  auto const api_of = [](std::string endpoint) {
    return at::plugins::github{settings(std::move(endpoint))}.api().string();
  };
  CHECK(api_of("https://github.com/") == "https://api.github.com/");
  CHECK(api_of("https://github.com") == "https://api.github.com/");
  CHECK(api_of("https://GITHUB.com/") == "https://api.github.com/");
  CHECK(api_of("HTTPS://www.GitHub.Com") == "https://api.github.com/");
  CHECK(api_of("https://api.github.com/") == "https://api.github.com/");
  CHECK(api_of("https://ghe.example.org/") == "https://ghe.example.org/api/v3");
  CHECK(api_of("https://ghe.example.org") == "https://ghe.example.org/api/v3");
  CHECK(api_of("https://example.org/git/hub/") == "https://example.org/git/hub/api/v3");
  CHECK(api_of("https://example.org/git/hub") == "https://example.org/git/hub/api/v3");
  CHECK(api_of("https://ghe.example.org:8443/") == "https://ghe.example.org:8443/api/v3");
  CHECK(api_of("https://acme.ghe.com/") == "https://api.acme.ghe.com/");
  CHECK(api_of("https://notgithub.com/") == "https://notgithub.com/api/v3");
}

TEST_CASE("github: labels come from the set and the mapping, once each; what lacks is listed") {
  auto own = settings();
  own.information.labels_set = {"network", "Network"};
  own.information.labels_mapping = {
      at::mapping_source::tag("host"), at::mapping_source::attribute("level"),
      at::mapping_source::tag("rack"), at::mapping_source::attribute("nothing")};
  mock_transport server;
  client tickets{own, server};
  auto from = incident();
  from.tags.push_back(at::incident_tag::from("host=gw=4"));
  auto reply = opened(from);
  reply.labels = {"argus-ticket", key_label(from), "network", "gw-3", "GW=4", "1"};
  server.expect(method::post, issues)
      .with_json(R"({"labels":["argus-ticket",")" + key_label(from) +
                 R"(","network","gw-3","gw=4","1"]})")
      .with_body_containing("Missing fields/tags")
      .with_body_containing("rack")
      .with_body_containing("nothing")
      .reply(201, reply.text());
  auto const created = tickets.create(from);
  REQUIRE(server.problems() == "");
  REQUIRE(created.has_value());
  CHECK(created->warnings.empty()); // GitHub compares labels without case
}

TEST_CASE("github: labels that the server dropped degrade the ticket, and do not fail it") {
  auto own = settings();
  own.information.labels_set = {"network"};
  mock_transport server;
  client tickets{own, server};
  auto const from = incident();
  auto reply = opened(from);
  reply.labels = {};
  server.expect(method::post, issues).reply(201, reply.text());
  auto const created = tickets.create(from);
  REQUIRE(created.has_value());
  CHECK(created->outcome() == outcome::applied_degraded);
  REQUIRE(created->warnings.size() == 3);
  CHECK(created->warnings[0].where == "label 'argus-ticket'");
  CHECK(created->warnings[1].where == "label '" + key_label(from) + "'");
  CHECK(created->warnings[2].where == "label 'network'");
}

TEST_CASE("github: a body that lost its marker degrades the ticket") {
  mock_transport server;
  client tickets{settings(), server};
  auto reply = opened(incident());
  reply.body = "text";
  server.expect(method::post, issues).reply(201, reply.text());
  auto const created = tickets.create(incident());
  REQUIRE(created.has_value());
  REQUIRE(created->warnings.size() == 1);
  CHECK(created->warnings[0].where == "body");
}

TEST_CASE(
    "github: find lists by the key's label, since the incident's start, and matches the marker") {
  mock_transport server;
  client tickets{settings(), server};
  auto const from = incident();
  issue other = opened(incident(1));
  other.number = 3;
  issue pull = opened(from);
  pull.number = 4;
  pull.pull_request = true;
  server.expect(method::get, api).reply(200, repository(true));
  server.expect(method::get, issues)
      .with_query("labels", key_label(from))
      .with_query("state", "all")
      .with_query("per_page", "100")
      .with_query("since", "2026-11-10T10:11:11Z")
      .reply(200, list({other, pull, opened(from)}));
  auto const found = tickets.find(from);
  REQUIRE(server.problems() == "");
  REQUIRE(found.has_value());
  REQUIRE(found->has_value());
  CHECK((*found)->number == "17");
  CHECK_FALSE((*found)->created);
}

TEST_CASE("github: find follows all pages, and takes only the query from the server's links") {
  mock_transport server;
  client tickets{settings(), server};
  auto const from = incident();
  server.expect(method::get, api).reply(200, repository(true));
  server.expect(method::get, issues)
      .reply(200, "[]",
             {{"Link", "<https://evil.example.org/steal?state=all&page=2>; rel=\"next\", "
                       "<https://api.github.com/x?page=9>; rel=\"last\""}});
  server.expect(method::get, issues + "?state=all&page=2")
      .reply(200, "[]",
             {{"link", "<https://api.github.com/repositories/1/issues?page=3>; rel=next"}});
  server.expect(method::get, issues + "?page=3").reply(200, list({opened(from)}));
  auto const found = tickets.find(from);
  REQUIRE(server.problems() == "");
  REQUIRE(found.has_value());
  CHECK(found->has_value());
}

TEST_CASE("github: a link to the same page over and over is a bad reply, not an endless loop") {
  mock_transport server;
  client tickets{settings(), server};
  server.expect(method::get, api).reply(200, repository(true));
  server.expect(method::get, issues).reply(200, "[]", {{"Link", "<?a=1>; rel=\"next\""}});
  server.expect(method::get, issues + "?a=1").reply(200, "[]", {{"Link", "<?a=1>; rel=\"next\""}});
  auto const found = tickets.find(incident());
  REQUIRE(found.has_error());
  CHECK(found.error().code == errc::bad_reply);
  CHECK(found.error().outcome == outcome::not_applied);
}

TEST_CASE("github: an account that may not set labels looks among its own issues") {
  mock_transport server;
  client tickets{settings(), server};
  auto const from = incident();
  auto own = opened(from);
  own.labels = {};
  own.association = "NONE";
  server.expect(method::get, api).reply(200, repository(false));
  server.expect(method::get, "https://api.github.com/user").reply(200, R"({"login":"Argus-Bot"})");
  server.expect(method::get, issues).with_query("creator", "Argus-Bot").reply(200, list({own}));
  auto const found = tickets.find(from);
  REQUIRE(server.problems() == "");
  REQUIRE(found.has_value());
  CHECK(found->has_value());
  CHECK_FALSE(at::http::query_parameter(server.requests()[2].url(), "labels"));
}

TEST_CASE("github: a marker in a stranger's issue does not count, whatever its labels") {
  mock_transport server;
  client tickets{settings(), server};
  auto const from = incident();
  auto forged = opened(from);
  forged.author = "mallory";
  forged.association = "NONE";
  expect_look_up(server, from, list({forged}));
  server.expect(method::get, "https://api.github.com/user").reply(200, R"({"login":"argus-bot"})");
  auto found = tickets.find(from);
  REQUIRE(server.problems() == "");
  REQUIRE(found.has_value());
  CHECK_FALSE(found->has_value());

  auto real = opened(from);
  real.number = 18;
  real.association = "NONE"; // such as that of a member who hides it
  expect_look_up(server, from, list({forged, real}));
  server.expect(method::get, "https://api.github.com/user").reply(200, R"({"login":"argus-bot"})");
  found = tickets.find(from);
  REQUIRE(server.problems() == "");
  REQUIRE(found.has_value());
  REQUIRE(found->has_value());
  CHECK((*found)->number == "18");
}

TEST_CASE("github: a stranger's marker does not win over a member's that comes later") {
  mock_transport server;
  client tickets{settings(), server};
  auto const from = incident();
  auto forged = opened(from);
  forged.number = 3;
  forged.author = "mallory";
  forged.association = "NONE";
  expect_look_up(server, from, list({forged, opened(from)}));
  server.expect(method::get, "https://api.github.com/user").reply(200, R"({"login":"argus-bot"})");
  auto const found = tickets.find(from);
  REQUIRE(server.problems() == "");
  REQUIRE(found.has_value());
  REQUIRE(found->has_value());
  CHECK((*found)->number == "17");
}

TEST_CASE("github: the token of an app's installation has no user, and finds by label alone") {
  mock_transport server;
  client tickets{settings(), server};
  auto const from = incident();
  auto own = opened(from);
  own.author = "argus[bot]";
  own.association = "NONE";
  for (bool may_push : {true, false}) {
    server.expect(method::get, api).reply(200, repository(may_push));
    auto const expect_no_user = [&] {
      server.expect(method::get, "https://api.github.com/user")
          .reply(403, failure("Resource not accessible by integration"));
    };
    if (!may_push) expect_no_user();
    server.expect(method::get, issues)
        .with_query("labels", key_label(from))
        .reply(200, list({own}));
    if (may_push) expect_no_user(); // asked once
    auto const found = tickets.find(from);
    REQUIRE(server.problems() == "");
    REQUIRE(found.has_value());
    CHECK(found->has_value());
  }
}

TEST_CASE("github: find_or_create looks, creates, and looks for another one: four requests") {
  mock_transport server;
  client tickets{settings(), server};
  auto const from = incident();
  expect_look_up(server, from, "[]");
  server.expect(method::post, issues).reply(201, opened(from).text());
  expect_look_again(server, from, list({opened(from)}));
  auto const got = tickets.find_or_create(from);
  REQUIRE(server.problems() == "");
  REQUIRE(got.has_value());
  CHECK(got->created);
  CHECK(server.requests().size() == 4);
}

TEST_CASE("github: find_or_create without the right to set labels: seven requests") {
  mock_transport server;
  client tickets{settings(), server};
  auto const from = incident();
  auto own = opened(from);
  own.labels = {};
  auto const expect_look = [&](std::string reply) {
    server.expect(method::get, api).reply(200, repository(false));
    server.expect(method::get, "https://api.github.com/user")
        .reply(200, R"({"login":"argus-bot"})");
    server.expect(method::get, issues).with_query("creator", "argus-bot").reply(200, reply);
  };
  expect_look("[]");
  server.expect(method::post, issues).reply(201, own.text());
  expect_look(list({own}));
  auto const got = tickets.find_or_create(from);
  REQUIRE(server.problems() == "");
  CHECK(got.has_value());
}

TEST_CASE("github: find_or_create of a known incident is two requests") {
  mock_transport server;
  client tickets{settings(), server};
  auto const from = incident();
  expect_look_up(server, from, list({opened(from)}));
  auto const got = tickets.find_or_create(from);
  REQUIRE(server.problems() == "");
  REQUIRE(got.has_value());
  CHECK_FALSE(got->created);
}

TEST_CASE("github: whichever request fails, there is never a second issue") {
  auto const from = incident();
  for (auto const how : {outcome::not_applied, outcome::ambiguous}) {
    std::size_t const points = at::testing::for_each_failure_point([&](std::size_t n) {
      mock_transport server;
      std::size_t present = 0;
      server.answer_by([&](at::http::request const& r) -> at::result<at::http::response> {
        if (r.url().path() == "/repos/octo/tickets")
          return at::http::response{200, {}, repository(true)};
        if (r.method() == method::post) {
          ++present;
          return at::http::response{201, {}, opened(from).text()};
        }
        return at::http::response{200, {}, present == 0 ? "[]" : list({opened(from)})};
      });
      server.fail_at(n, at::error{errc::timed_out, how, "the line is dead"});
      client tickets{settings(), server};
      auto const got = tickets.find_or_create(from);
      CHECK(present <= 1);
      if (n < 2 || (n == 2 && how == outcome::not_applied)) {
        REQUIRE(got.has_error());
        CHECK(got.error().code == errc::timed_out);
        CHECK(got.error().outcome == outcome::not_applied); // nothing was written
        CHECK(present == 0);
      } else { // a create that was not found was repeated; a look after it changes nothing
        REQUIRE(got.has_value());
        CHECK(got->created);
        CHECK(present == 1);
      }
      return server.requests().size();
    });
    CHECK(points == 4);
  }
}

TEST_CASE("github: an ambiguous create that was done is found again") {
  auto const from = incident();
  mock_transport server;
  client tickets{settings(), server};
  expect_look_up(server, from, "[]");
  server.expect(method::post, issues)
      .fail(at::error{errc::timed_out, outcome::ambiguous, "no reply"});
  expect_look_up(server, from, list({opened(from)}));
  auto const got = tickets.find_or_create(from);
  REQUIRE(server.problems() == "");
  REQUIRE(got.has_value());
  CHECK(got->number == "17");
  CHECK(got->created);
}

TEST_CASE("github: get, close, reopen") {
  mock_transport server;
  client tickets{settings(), server};
  auto const from = incident();
  auto closed = opened(from);
  closed.state = "closed";
  std::string const url = issues + "/17";
  server.expect(method::get, url).reply(200, opened(from).text());
  CHECK(tickets.get("17")->state == at::ticket_state::open);

  server.expect(method::get, url).reply(200, opened(from).text());
  server.expect(method::patch, url)
      .with_json(R"({"state":"closed","state_reason":"not_planned"})")
      .reply(200, closed.text());
  CHECK(tickets.close("17", at::close_reason::not_planned)->state == at::ticket_state::closed);

  server.expect(method::get, url).reply(200, closed.text());
  CHECK(tickets.close("17")->state == at::ticket_state::closed); // it is closed: nothing is sent

  server.expect(method::get, url).reply(200, closed.text());
  server.expect(method::patch, url)
      .with_json(R"({"state":"open","state_reason":"reopened"})")
      .reply(200, opened(from).text());
  CHECK(tickets.reopen("17")->state == at::ticket_state::open);

  server.expect(method::get, url).reply(200, opened(from).text());
  CHECK(tickets.reopen("17")->state == at::ticket_state::open);
  CHECK(server.problems() == "");
}

TEST_CASE("github: a ticket is named by its number or by its page") {
  mock_transport server;
  client tickets{settings(), server};
  auto const from = incident();
  for (std::string name : {"17", "https://github.com/octo/tickets/issues/17",
                           "https://GitHub.com/Octo/Tickets/issues/17"}) {
    server.expect(method::get, issues + "/17").reply(200, opened(from).text());
    CHECK(tickets.get(name).has_value());
  }
  for (std::string name : {"", "0", "-1", "17a", "../user", "1e3", "#17", "99999999999999999999",
                           "https://github.com/other/tickets/issues/17",
                           "https://evil.example.org/octo/tickets/issues/17",
                           "http://github.com/octo/tickets/issues/17",
                           "https://github.com/octo/tickets/issues/17/x"}) {
    auto const got = tickets.get(name);
    REQUIRE(got.has_error());
    CHECK(got.error().code == errc::ticket_not_found);
    CHECK(got.error().outcome == outcome::rejected);
  }
  CHECK(server.problems() == "");
}

TEST_CASE("github: an issue without a marker of ours is left alone") {
  mock_transport server;
  client tickets{settings(), server};
  issue foreign;
  foreign.body = "somebody's own";
  std::string const url = issues + "/17";
  for (int i = 0; i < 3; ++i) server.expect(method::get, url).reply(200, foreign.text());
  CHECK(tickets.close("17").error().code == errc::not_ours);
  CHECK(tickets.reopen("17").error().code == errc::not_ours);
  CHECK(tickets.update("17", incident()).error().code == errc::not_ours);
  CHECK(server.problems() == "");
}

TEST_CASE("github: update writes title and body, keeps the marker, and merges labels") {
  auto own = settings();
  own.information.labels_set = {"network", "core"};
  mock_transport server;
  client tickets{own, server};
  auto from = incident();
  from.description = "Netbox 11 is up again";
  auto present = opened(from);
  present.labels = {"argus-ticket", key_label(from), "people's own", "Network"};
  std::string const url = issues + "/17";
  server.expect(method::get, url).reply(200, present.text());
  server.expect(method::patch, url)
      .with_json(R"({"title":"Netbox 11 is up again"})")
      .with_body_containing(marker(from))
      .reply(200, present.text());
  server.expect(method::post, url + "/labels").with_json(R"({"labels":["core"]})").reply(200, "[]");
  auto const updated = tickets.update("17", from);
  REQUIRE(server.problems() == "");
  REQUIRE(updated.has_value());
  CHECK(updated->warnings.empty());
  // neither assignees nor the labels as a whole are written
  CHECK(server.requests()[1].body().find("assignee") == std::string::npos);
  CHECK(server.requests()[1].body().find("\"labels\"") == std::string::npos);
}

TEST_CASE("github: update refuses the ticket of another incident") {
  mock_transport server;
  client tickets{settings(), server};
  server.expect(method::get, issues + "/17").reply(200, opened(incident(5)).text());
  auto const updated = tickets.update("17", incident(6));
  REQUIRE(updated.has_error());
  CHECK(updated.error().code == errc::not_ours);
  CHECK(server.problems() == "");
}

TEST_CASE("github: labels that cannot be added to a ticket are warnings") {
  auto own = settings();
  own.information.labels_set = {"core"};
  mock_transport server;
  client tickets{own, server};
  auto const from = incident();
  server.expect(method::get, issues + "/17").reply(200, opened(from).text());
  server.expect(method::patch, issues + "/17").reply(200, opened(from).text());
  server.expect(method::post, issues + "/17/labels").reply(403, failure("Forbidden"));
  auto const updated = tickets.update("17", from);
  REQUIRE(updated.has_value());
  REQUIRE(updated->warnings.size() == 1);
  CHECK(updated->warnings[0].where == "label 'core'");
}

TEST_CASE("github: a label that gets no reply does not make an update that was done a failure") {
  auto own = settings();
  own.information.labels_set = {"core"};
  mock_transport server;
  client tickets{own, server};
  auto const from = incident();
  server.expect(method::get, issues + "/17").reply(200, opened(from).text());
  server.expect(method::patch, issues + "/17").reply(200, opened(from).text());
  server.expect(method::post, issues + "/17/labels")
      .fail(at::error{errc::connection_failed, outcome::not_applied, "the line is dead"});
  auto const updated = tickets.update("17", from);
  REQUIRE(server.problems() == "");
  REQUIRE(updated.has_value());
  CHECK(updated->outcome() == outcome::applied_degraded);
}

TEST_CASE("github: comment") {
  mock_transport server;
  client tickets{settings(), server};
  server.expect(method::post, issues + "/17/comments")
      .with_body_containing("@\u200bops")
      .reply(201,
             R"({"id":5,"html_url":"https://github.com/octo/tickets/issues/17#issuecomment-5"})");
  auto const added = tickets.comment("17", "ping @ops");
  REQUIRE(server.problems() == "");
  REQUIRE(added.has_value());
  CHECK(added->id == "5");
  CHECK(added->url == "https://github.com/octo/tickets/issues/17#issuecomment-5");
  CHECK(tickets.comment("17", "").error().code == errc::refused);
}

TEST_CASE("github: a text that is too long goes on in comments") {
  mock_transport server;
  client tickets{settings(), server};
  auto from = incident();
  from.description = std::string(100'000, 'x');
  std::vector<std::size_t> lengths;
  int comments = 0;
  server.answer_by([&](at::http::request const& r) -> at::result<at::http::response> {
    auto const body = boost::json::parse(r.body());
    lengths.push_back(at::document::length(std::string_view{body.at("body").as_string()},
                                           at::document::length_unit::code_points));
    if (r.url().path().ends_with("/issues")) {
      CHECK(body.at("title").as_string().size() <= 258); // 255 letters and an ellipsis
      return at::http::response{201, {}, opened(from).text()};
    }
    ++comments;
    return at::http::response{201, {}, R"({"id":5})"};
  });
  auto const created = tickets.create(from);
  REQUIRE(created.has_value());
  CHECK(created->warnings.empty());
  CHECK(comments == 1);
  for (std::size_t length : lengths) CHECK(length <= 65'536);
}

TEST_CASE("github: a long text is whole even where the reply to the create was lost") {
  mock_transport server;
  client tickets{settings(), server};
  auto from = incident();
  from.description = std::string(100'000, 'x');
  expect_look_up(server, from, "[]");
  server.expect(method::post, issues)
      .fail(at::error{errc::timed_out, outcome::ambiguous, "no reply"});
  expect_look_up(server, from, list({opened(from)}));
  server.expect(method::post, issues + "/17/comments").reply(201, R"({"id":5})");
  auto const got = tickets.find_or_create(from);
  REQUIRE(server.problems() == "");
  REQUIRE(got.has_value());
  CHECK(got->warnings.empty());
}

TEST_CASE("github: a transport that throws after the create does not lose the ticket") {
  mock_transport server;
  client tickets{settings(), server};
  auto from = incident();
  from.description = std::string(100'000, 'x');
  server.answer_by([&](at::http::request const& r) -> at::result<at::http::response> {
    if (r.url().path().ends_with("/comments")) throw std::bad_alloc{};
    return at::http::response{201, {}, opened(from).text()};
  });
  auto const created = tickets.create(from);
  REQUIRE(created.has_value());
  CHECK(created->number == "17");
  CHECK(created->outcome() == outcome::applied_degraded);
}

TEST_CASE("github: a comment that fails after the create is a warning") {
  mock_transport server;
  client tickets{settings(), server};
  auto from = incident();
  from.description = std::string(100'000, 'x');
  server.expect(method::post, issues).reply(201, opened(from).text());
  server.expect(method::post, issues + "/17/comments").reply(502, "<html>");
  server.expect(method::get, issues + "/17/comments").reply(200, "[]"); // was it added?
  auto const created = tickets.create(from);
  REQUIRE(server.problems() == "");
  REQUIRE(created.has_value());
  CHECK(created->outcome() == outcome::applied_degraded);
  REQUIRE(created->warnings.size() == 1);
  CHECK(created->warnings[0].where == "comment 1 of 1");
}

TEST_CASE("github: check") {
  mock_transport server;
  client tickets{settings(), server};
  auto const expect_repository = [&](std::string body) {
    server.expect(method::get, "https://api.github.com/user")
        .reply(200, R"({"login":"argus-bot"})");
    server.expect(method::get, api).reply(200, std::move(body));
  };
  expect_repository(
      R"({"full_name":"octo/tickets","has_issues":true,"permissions":{"push":true}})");
  auto report = tickets.check();
  REQUIRE(report.has_value());
  CHECK(report->account == "argus-bot");
  CHECK(report->target == "octo/tickets");
  CHECK(report->warnings.empty());

  expect_repository(
      R"({"full_name":"octo/tickets","has_issues":true,"permissions":{"push":false}})");
  report = tickets.check();
  REQUIRE(report.has_value());
  REQUIRE(report->warnings.size() == 1);
  CHECK(report->warnings[0].where == "labels");

  expect_repository(R"({"full_name":"octo/tickets","has_issues":false})");
  CHECK(tickets.check().error().code == errc::target_not_found);
  expect_repository(R"({"full_name":"octo/tickets","archived":true})");
  CHECK(tickets.check().error().code == errc::target_not_found);
  CHECK(server.problems() == "");
}

TEST_CASE("github: prefilled_url is GitHub's own page, within the length that it accepts") {
  client tickets{settings(), mock_transport{}};
  auto from = incident();
  auto url = tickets.prefilled_url(from);
  REQUIRE(url.has_value());
  auto const parsed = at::http::url::parse(*url);
  REQUIRE(parsed);
  CHECK(parsed->with_query("").string() == "https://github.com/octo/tickets/issues/new");
  CHECK(at::http::query_parameter(*parsed, "title") == "Netbox 11 <12345> down.");
  CHECK(at::http::query_parameter(*parsed, "labels") == "argus-ticket," + key_label(from));
  from.description = std::string(1 << 20, '\n') + std::string(1 << 20, '@');
  url = tickets.prefilled_url(from);
  REQUIRE(url.has_value());
  CHECK(url->size() <= 8'000);
}

TEST_CASE("github: preview is the request that create sends, and shows no token") {
  mock_transport server;
  client tickets{settings(), server};
  auto const from = incident();
  auto const shown = tickets.preview(from);
  REQUIRE(shown.has_value());
  CHECK(server.requests().empty());
  CHECK(at::http::to_string(*shown).find(token) == std::string::npos);
  server.expect(method::post, issues).reply(201, opened(from).text());
  REQUIRE(tickets.create(from).has_value());
  CHECK(server.requests()[0].body() == shown->body());
  CHECK(server.requests()[0].url() == shown->url());
}

// ---- what can go wrong --------------------------------------------------------------------------

namespace {

struct refusal {
  char const* name;
  int status;
  std::string body;
  std::vector<at::http::field> headers;
  errc code;
  outcome what;
  std::optional<int> come_back = std::nullopt;
};

std::vector<refusal> const& refusals() {
  static std::vector<refusal> const all{
      {"bad token", 401, failure("Bad credentials"), {}, errc::bad_credentials, outcome::rejected},
      {"no permission",
       403,
       failure("Resource not accessible"),
       {},
       errc::not_permitted,
       outcome::rejected},
      {"primary limit",
       403,
       failure("API rate limit exceeded"),
       {{"x-ratelimit-remaining", "0"},
        {"x-ratelimit-reset", "1794394860"},
        {"Date", "Wed, 11 Nov 2026 11:00:00 GMT"}},
       errc::rate_limited,
       outcome::not_applied,
       61},
      {"secondary limit",
       403,
       failure("You have exceeded a secondary rate limit"),
       {},
       errc::rate_limited,
       outcome::not_applied,
       60},
      {"secondary limit with a time",
       403,
       failure("slow down"),
       {{"Retry-After", "7"}},
       errc::rate_limited,
       outcome::not_applied,
       7},
      {"429", 429, failure("Too many"), {}, errc::rate_limited, outcome::not_applied, 60},
      {"429 with a date",
       429,
       "",
       {{"Retry-After", "Wed, 11 Nov 2026 11:02:00 GMT"},
        {"Date", "Wed, 11 Nov 2026 11:00:00 GMT"}},
       errc::rate_limited,
       outcome::not_applied,
       120},
      {"no repository", 404, failure("Not Found"), {}, errc::target_not_found, outcome::rejected},
      {"issues disabled",
       410,
       failure("Issues are disabled for this repo"),
       {},
       errc::target_not_found,
       outcome::rejected},
      {"refused",
       422,
       R"({"message":"Validation Failed","errors":[{"resource":"Issue","code":"missing_field","field":"title"}]})",
       {},
       errc::refused,
       outcome::rejected},
      {"bad request", 400, failure("Problems parsing JSON"), {}, errc::refused, outcome::rejected},
      {"moved",
       301,
       "",
       {{"Location", "https://api.github.com/repositories/1/issues"}},
       errc::redirect_refused,
       outcome::rejected},
      {"500", 500, "", {}, errc::server_failed, outcome::ambiguous},
      {"502", 502, "<html>Bad gateway", {}, errc::server_failed, outcome::ambiguous},
      {"503", 503, "", {}, errc::server_failed, outcome::ambiguous},
      {"503 with a time",
       503,
       "",
       {{"Retry-After", "30"}},
       errc::server_failed,
       outcome::not_applied,
       30},
      {"504", 504, "", {}, errc::server_failed, outcome::ambiguous},
      {"200 with HTML", 200, "<html>", {}, errc::bad_reply, outcome::ambiguous},
      {"200 with an issue", 200, issue{}.text(), {}, errc::bad_reply, outcome::ambiguous},
      {"201 with HTML", 201, "<html>", {}, errc::bad_reply, outcome::ambiguous},
      {"201 empty", 201, "", {}, errc::bad_reply, outcome::ambiguous},
      {"201 cut short", 201, R"({"id":1,"num)", {}, errc::bad_reply, outcome::ambiguous},
      {"201 list", 201, "[]", {}, errc::bad_reply, outcome::ambiguous},
      {"201 without URL",
       201,
       R"({"id":1,"number":1,"state":"open"})",
       {},
       errc::bad_reply,
       outcome::ambiguous},
      {"201 javascript:",
       201,
       R"J({"id":1,"number":1,"state":"open","html_url":"javascript:alert(1)"})J",
       {},
       errc::bad_reply,
       outcome::ambiguous},
      {"201 data:",
       201,
       R"({"id":1,"number":1,"state":"open","html_url":"data:text/html,x"})",
       {},
       errc::bad_reply,
       outcome::ambiguous},
      {"201 URL with password",
       201,
       R"({"id":1,"number":1,"state":"open","html_url":"https://a:b@c/d"})",
       {},
       errc::bad_reply,
       outcome::ambiguous},
      {"201 without number",
       201,
       R"({"id":1,"state":"open","html_url":"https://a/b"})",
       {},
       errc::bad_reply,
       outcome::ambiguous},
      {"201 odd number",
       201,
       R"({"id":1,"number":{},"state":"open","html_url":"https://a/b"})",
       {},
       errc::bad_reply,
       outcome::ambiguous},
      {"201 deep", 201, std::string(100'000, '['), {}, errc::bad_reply, outcome::ambiguous},
      {"204", 204, "", {}, errc::bad_reply, outcome::ambiguous},
      {"600", 600, "", {}, errc::server_failed, outcome::ambiguous},
  };
  return all;
}

} // namespace

TEST_CASE("github: every refusal of a create has its code and its outcome, and shows no token") {
  for (refusal const& r : refusals()) {
    INFO(r.name);
    mock_transport server;
    client tickets{settings(), server};
    server.expect(method::post, issues)
        .reply(r.status, r.body.empty() ? failure(std::string{"echo: "} + token) : r.body,
               r.headers);
    auto const created = tickets.create(incident());
    REQUIRE(created.has_error());
    CHECK(created.error().code == r.code);
    CHECK(created.error().outcome == r.what);
    CHECK(created.error().http_status == r.status);
    if (r.come_back) {
      REQUIRE(created.error().retry_after);
      CHECK(created.error().retry_after->count() == *r.come_back);
    }
    CHECK(text_of(created.error()).find(token) == std::string::npos);
  }
}

TEST_CASE("github: the same refusals of a look-up never lead to a create") {
  for (refusal const& r : refusals()) {
    if (r.status == 200 || r.status == 201) continue;
    INFO(r.name);
    mock_transport server;
    client tickets{settings(), server};
    server.expect(method::get, api).reply(200, repository(true));
    server.expect(method::get, issues).reply(r.status, r.body, r.headers);
    auto const got = tickets.find_or_create(incident());
    REQUIRE(got.has_error());
    CHECK(server.requests().size() == 2);
    CHECK(got.error().outcome != outcome::ambiguous); // nothing was written
  }
}

TEST_CASE("github: GitHub's own words are kept apart, cut and cleaned") {
  mock_transport server;
  client tickets{settings(), server};
  server.expect(method::post, issues)
      .reply(422,
             R"({"message":"Validation Failed","errors":[{"field":"title","code":"missing_field"},)"
             R"({"message":"body is too long"},"as text"]})");
  auto e = tickets.create(incident()).error();
  CHECK(e.server_message == "Validation Failed: title missing_field, body is too long, as text");
  server.expect(method::post, issues)
      .reply(422, failure("\x1b[31m\r\nred" + std::string(100'000, 'x')));
  e = tickets.create(incident()).error();
  CHECK(at::document::length(e.server_message, at::document::length_unit::code_points) <= 500);
  CHECK(e.server_message.find('\x1b') == std::string::npos);
  CHECK(e.server_message.find('\n') == std::string::npos);
}

TEST_CASE("github: an incident with a ticket gets no second one") {
  mock_transport server;
  client tickets{settings(), server};
  auto from = incident();
  from.ticket_url = "https://github.com/octo/tickets/issues/3";
  for (auto const& got : {tickets.find_or_create(from), tickets.create(from)}) {
    REQUIRE(got.has_value());
    CHECK(got->url == from.ticket_url);
    CHECK_FALSE(got->created);
  }
  CHECK(server.requests().empty());
}

TEST_CASE("github: without an id find_or_create refuses, and create works") {
  mock_transport server;
  client tickets{settings(), server};
  at::incident from;
  from.description = "nobody knows my name";
  auto const got = tickets.find_or_create(from);
  REQUIRE(got.has_error());
  CHECK(got.error().code == errc::invalid_incident);
  CHECK(server.requests().empty());
  server.expect(method::post, issues)
      .with_body_containing("<!-- argus-ticket:v1 -->")
      .reply(201, opened(from).text());
  CHECK(tickets.create(from).has_value());
}

TEST_CASE("github: an incident without a title is named by its id") {
  mock_transport server;
  client tickets{settings(), server};
  auto from = incident();
  from.description = " \t\r\n";
  CHECK(tickets.preview(from)->body().find(R"("title":"Incident 10101")") != std::string::npos);
}
