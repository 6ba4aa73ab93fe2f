// The GitLab plugin against a strict model of GitLab, and what it makes of each reply.

#include "../../gitlab/model.hpp"
#include "../../support/incident.hpp"
#include "../running.hpp"

#include <argus_ticket/argus_ticket.hpp>
#include <argus_ticket/testing/mock_transport.hpp>

namespace gitlab_test {

namespace at = argus_ticket;
using at::errc;
using at::outcome;
using at::plugins::gitlab;
using at::testing::mock_transport;
using test::gitlab_model;

namespace {

static_assert(at::finds_comments<gitlab>);
static_assert(at::explains_errors<gitlab>);
static_assert(at::knows_its_tickets<gitlab>);
static_assert(at::prefills_tickets<gitlab>);
static_assert(at::reopens_tickets<gitlab>);
static_assert(!at::lags_in_search<gitlab>, "it lists, and does not search");

using client = at::client<"gitlab", mock_transport, at::builtin_plugins, test::plain_policies<>>;

at::settings<"gitlab"> settings() { return gitlab_model::settings(); }

/// A client of a GitLab of its own.
struct world {
  explicit world(at::settings<"gitlab"> own = settings()) : tickets(std::move(own), transport) {
    transport.answer_by([this](at::http::request const& r) {
      ++requests;
      return instead ? at::result<at::http::response>{*instead} : server.answer(r);
    });
  }
  world(world const&) = delete;
  world& operator=(world const&) = delete;

  gitlab_model server;
  std::optional<at::http::response> instead;
  int requests = 0;
  mock_transport transport;
  client tickets;
};

at::incident incident(std::int64_t pk = 10101) {
  at::incident i = test::incident(pk, "Netbox 11 <12345> down.");
  i.start_time = at::parse_timestamp("2026-11-11T11:11:11+01:00");
  return i;
}

at::http::response answer(int status, std::string body, at::http::headers headers = {}) {
  return {status, std::move(headers), std::move(body)};
}

} // namespace

TEST_CASE("gitlab: a guest's tickets are found without labels, among his own") {
  world w;
  w.server.access_level = 10;
  auto const from = incident();
  auto const opened = w.tickets.find_or_create(from);
  REQUIRE(opened.has_value());
  CHECK(opened->outcome() == outcome::applied_degraded);
  CHECK(w.server.issues.at(0).labels.empty());
  auto const again = w.tickets.find_or_create(from);
  REQUIRE(again.has_value());
  CHECK_FALSE(again->created);
  CHECK(w.server.issues.size() == 1);
}

TEST_CASE("gitlab: a stranger's copy of the marker does not count") {
  for (int const access_level : {10, 30}) {
    world w;
    w.server.access_level = access_level;
    auto const from = incident();
    gitlab_model::issue forged;
    forged.iid = 1;
    forged.author = "mallory";
    forged.created_at = w.server.now;
    forged.description = gitlab::marker(at::key_of(from));
    w.server.issues.push_back(forged);
    auto const opened = w.tickets.find_or_create(from);
    REQUIRE(opened.has_value());
    CHECK(opened->created);
    CHECK(opened->number == "2");
  }
}

TEST_CASE("gitlab: a guest's look-up takes no issue of another author, whatever is listed") {
  gitlab_model const server;
  gitlab_model::issue forged;
  forged.iid = 1;
  forged.author = "mallory";
  forged.description = gitlab::marker(at::key_of(incident()));
  forged.labels = {"argus-ticket", at::plugins::support::key_label(at::key_of(incident()))};
  gitlab_model::issue own = forged;
  own.iid = 2;
  own.author = "argus-bot";
  mock_transport canned;
  canned.answer_by([&](at::http::request const& r) -> at::result<at::http::response> {
    if (r.url().path().ends_with("/user")) return answer(200, R"({"id":7,"username":"argus-bot"})");
    if (!r.url().path().ends_with("/issues"))
      return answer(200, R"({"path_with_namespace":"net/core/tickets",
                             "permissions":{"project_access":{"access_level":10}}})");
    return answer(
        200, boost::json::serialize(boost::json::array{server.object(forged), server.object(own)}));
  });
  auto const found =
      test::run(gitlab{settings()}.find(at::ticket_query{at::key_of(incident()), {}, {}}), canned);
  REQUIRE(found.has_value());
  REQUIRE(found->size() == 1);
  CHECK(found->front().number == "2");
}

TEST_CASE("gitlab: a role that the project does not tell is asked for") {
  for (int const access_level : {0, 10, 40}) {
    INFO(access_level);
    world w;
    w.server.access_level = access_level;
    w.server.tells_role = false;
    CHECK(w.tickets.check().value().warnings.size() == (access_level < 20 ? 1 : 0));
    (void)w.tickets.find(incident());
    std::string const list = w.transport.requests().back().url().query();
    CHECK((list.find("labels=argus-ticket-") != std::string::npos) == (access_level >= 20));
    CHECK((list.find("scope=created_by_me") != std::string::npos) == (access_level < 20));
  }
}

TEST_CASE("gitlab: a ticket whose labels got lost when it was opened has them at once") {
  world w;
  w.server.drops_labels_of_next = true;
  auto const opened = w.tickets.find_or_create(incident());
  REQUIRE(opened.has_value());
  CHECK(opened->warnings.empty());
  CHECK(w.server.issues.at(0).labels.size() == 2);
  CHECK_FALSE(w.tickets.find_or_create(incident()).value().created);
  CHECK(w.server.issues.size() == 1);
}

TEST_CASE("gitlab: what was opened before the incident began is not looked at") {
  world w;
  auto const from = incident();
  auto old = gitlab_model::issue{};
  old.iid = 1;
  old.author = "argus-bot";
  old.created_at = "2026-10-01T00:00:00.000Z";
  old.description = gitlab::marker(at::key_of(from));
  old.labels = {at::plugins::support::key_label(at::key_of(from))};
  w.server.issues.push_back(old);
  at::ticket_query const query{at::key_of(from), at::parse_timestamp("2026-11-10T00:00:00Z"), {}};
  CHECK(test::run(gitlab{settings()}.find(query), w.transport).value().empty());
  w.server.issues[0].created_at = w.server.now;
  CHECK(test::run(gitlab{settings()}.find(query), w.transport).value().size() == 1);
}

TEST_CASE("gitlab: references in titles are apart, and no commands stand in the new issue page") {
  world w;
  auto from = incident();
  from.description = "@all see #12, !3, gl-7, :bug: and "
                     "https://gitlab.example.org/a/b/-/issues/1 on <RTR-01> at deadbeef0";
  auto const opened = w.tickets.create(from);
  REQUIRE(opened.has_value());
  std::string const& title = w.server.issues.at(0).title;
  CHECK(test::visible(title) == from.description);
  for (char const* live : {"@all", "#12", "!3", "gl-7", ":bug:", "https://"})
    CHECK(title.find(live) == std::string::npos);
  for (char const* plain : {"<RTR-01>", "deadbeef0"}) CHECK(title.find(plain) != std::string::npos);
  from.description = std::string(300, '@') + "all";
  REQUIRE(w.tickets.create(from).has_value());
  CHECK(at::document::length(w.server.issues.at(1).title, at::document::length_unit::code_points) <=
        255);
}

TEST_CASE("gitlab: why an issue is closed is kept in a label") {
  world w;
  auto const opened = w.tickets.find_or_create(incident());
  REQUIRE(opened.has_value());
  auto const& labels = w.server.issues.at(0).labels;
  CHECK(w.tickets.close(*opened, at::close_reason::not_planned).value().closed_as ==
        at::close_reason::not_planned);
  CHECK(labels.size() == 3);
  CHECK(w.tickets.get(*opened).value().closed_as == at::close_reason::not_planned);
  REQUIRE(w.tickets.reopen(*opened).has_value());
  CHECK(labels.size() == 2);
  CHECK(w.tickets.close(*opened, at::close_reason::completed).value().closed_as ==
        at::close_reason::completed);
}

TEST_CASE("gitlab: a state that does not change is no success") {
  world w;
  auto const opened = w.tickets.find_or_create(incident());
  REQUIRE(opened.has_value());
  w.server.issues.at(0).is_locked = true;
  auto const closed = w.tickets.close(*opened, at::close_reason::completed);
  REQUIRE(closed.has_error());
  CHECK(closed.error().code == errc::refused);
  CHECK(closed.error().outcome == outcome::rejected);
  CHECK(closed.error().where == "ticket 1");
}

TEST_CASE("gitlab: what the server's own filters let through is matched again") {
  world w;
  auto const from = incident();
  gitlab_model::issue other;
  other.iid = 1;
  other.author = "argus-bot";
  other.description = gitlab::marker(at::key_of(from));
  // A server that does not know the label lists everything.
  w.instead = answer(200, boost::json::serialize(boost::json::array{w.server.object(other)}));
  at::ticket opened_before;
  auto const found = test::run(
      gitlab{settings()}.find(at::ticket_query{at::key_of(from), {}, opened_before}), w.transport);
  REQUIRE(found.has_value());
  CHECK(found->empty());
}

TEST_CASE("gitlab: all pages of a list are read, and only the query is taken from its links") {
  world w;
  for (int pk = 1; pk <= 7; ++pk) REQUIRE(w.tickets.create(incident(pk)).has_value());
  for (auto& one : w.server.issues)
    one.labels = {"argus-ticket", at::plugins::support::key_label(at::key_of(incident(7)))};
  auto const found = w.tickets.find(incident(7));
  REQUIRE(found.has_value());
  REQUIRE(found->has_value());
  CHECK((*found)->number == "7");
  for (int n = 1; n <= 5; ++n) REQUIRE(w.tickets.comment("7", "text").has_value());
  at::incident_key const key = at::detail::derived_key({}, "a comment");
  w.server.issues[6].notes[0] += gitlab::comment_marker(key); // the last one to be listed
  auto const comment = test::run(gitlab{settings()}.find_comment("7", key), w.transport);
  REQUIRE(comment.has_value());
  REQUIRE(comment->has_value());
  CHECK((*comment)->id == "7001"); // and not what GitLab tells of it
  CHECK((*comment)->url == "https://gitlab.example.org/git/net/core/tickets/-/issues/7#note_7001");
}

TEST_CASE("gitlab: a fresh incident costs four requests, a known one two") {
  world w;
  REQUIRE(w.tickets.find_or_create(incident()).has_value());
  CHECK(w.requests == 4);
  REQUIRE(w.tickets.find_or_create(incident()).has_value());
  CHECK(w.requests == 6);
}

TEST_CASE("gitlab: labels are merged, and have no commas") {
  auto own = settings();
  own.information.labels_set = {"network", "a,b", "A;B", "<gw-3>"};
  own.information.labels_mapping = {at::mapping_source::tag("filter"),
                                    at::mapping_source::tag("rack")};
  world w{own};
  auto const opened = w.tickets.create(incident());
  REQUIRE(opened.has_value());
  CHECK(opened->warnings.empty());
  auto& there = w.server.issues.at(0);
  CHECK(there.labels.size() == 6);
  CHECK(there.labels.at(2) == "network");
  CHECK(there.labels.at(3) == "a;b");
  CHECK(there.labels.at(4) == "(gw-3)");
  CHECK(there.labels.at(5) == "vlan=20");                     // a tag's value may hold a `=`
  CHECK(there.description.find("rack") != std::string::npos); // under Missing fields/tags
  there.labels.push_back("set by people");
  REQUIRE(w.tickets.update(*opened, incident()).has_value());
  CHECK(there.labels.size() == 7);
}

TEST_CASE("gitlab: confidential issues and other types") {
  auto own = settings();
  own.information.confidential = true;
  own.information.issue_type = "incident";
  world w{own};
  auto const opened = w.tickets.create(incident());
  REQUIRE(opened.has_value());
  CHECK(opened->warnings.empty());
  CHECK(w.server.issues.at(0).confidential);
  CHECK(w.server.issues.at(0).type == "incident");
  gitlab_model::issue plain = w.server.issues.at(0);
  plain.confidential = false;
  plain.type = "issue";
  w.instead = answer(201, boost::json::serialize(w.server.object(plain)));
  auto const dropped = w.tickets.create(incident());
  REQUIRE(dropped.has_value());
  REQUIRE(dropped->warnings.size() == 2);
  CHECK(dropped->warnings[0].where == "confidential");
  CHECK(dropped->warnings[1].where == "issue_type");
}

TEST_CASE("gitlab: quick actions in an incident are text") {
  world w;
  auto from = incident();
  from.description = "/close\n/assign @all\n  /spend 3h\n```\n/confidential\n```\n/label ~x";
  from.details_url = "/unlabel";
  REQUIRE(w.tickets.create(from).has_value());
  REQUIRE(w.tickets.comment("1", "/close\n\n/todo\n/award :x:").has_value());
  CHECK(w.server.commands.empty());
  CHECK(w.server.issues.at(0).description.find("spend 3h") != std::string::npos);
  // The model does carry them out.
  auto raw = at::http::post(*at::http::url::parse(
      "https://gitlab.example.org/git/api/v4/projects/net%2Fcore%2Ftickets/issues/1/notes"));
  (void)w.server.answer(std::move(raw)
                            .header("PRIVATE-TOKEN", at::secret{gitlab_model::token})
                            .json(boost::json::object{{"body", "/close"}}));
  CHECK(w.server.commands.size() == 1);
}

TEST_CASE("gitlab: its words come in many shapes, and none of them is taken for anything else") {
  world w;
  struct {
    int status;
    char const* body;
    errc code;
    char const* words;
  } const cases[]{
      {400, R"({"message":{"title":["is too long","can't be blank"],"base":"no"}})", errc::refused,
       "title: is too long, can't be blank, base: no"},
      {400, R"({"error":"title is missing"})", errc::refused, "title is missing"},
      {409, R"({"message":["Duplicated","issue"]})", errc::refused, "Duplicated, issue"},
      {422, R"({"message":"Unprocessable"})", errc::refused, "Unprocessable"},
      {401, R"({"message":"401 Unauthorized"})", errc::bad_credentials, "401 Unauthorized"},
      {403, R"({"error":"insufficient_scope","error_description":"needs api"})",
       errc::not_permitted, "insufficient_scope, needs api"},
      {404, R"({"message":"404 Project Not Found"})", errc::target_not_found,
       "404 Project Not Found"},
      {404, R"({"error":"404 Not Found"})", errc::target_not_found, "404 Not Found"},
      {500, "__import__('os').system('true')", errc::server_failed, ""},
      {502, R"({"message":17})", errc::server_failed, ""},
      {429, "Retry later", errc::rate_limited, ""},
      {200, R"({"iid":1})", errc::bad_reply, ""},
      {201, R"x({"id":1,"iid":1,"state":"opened","web_url":"javascript:alert(1)"})x",
       errc::bad_reply, ""},
      {201, R"({"id":1,"iid":1,"state":"merged","web_url":"https://x.example/1"})", errc::bad_reply,
       ""},
      {201, "<html>", errc::bad_reply, ""},
      {202, R"({"commands_changes":{}})", errc::bad_reply, ""},
  };
  for (auto const& one : cases) {
    INFO(one.status << ' ' << one.body);
    w.instead = answer(one.status, one.body);
    auto const failed = w.tickets.create(incident());
    REQUIRE(failed.has_error());
    CHECK(failed.error().code == one.code);
    CHECK(failed.error().server_message == one.words);
    bool const may_be_done = one.status < 400 || one.status == 500 || one.status == 502;
    CHECK((failed.error().outcome == outcome::ambiguous) == may_be_done);
  }
}

TEST_CASE("gitlab: no error and no event shows the token") {
  world w;
  w.instead = answer(400, std::string{R"({"message":"you sent )"} + gitlab_model::token + "\"}");
  auto const failed = w.tickets.create(incident());
  REQUIRE(failed.has_error());
  CHECK(failed.error().server_message == "you sent ***");
  REQUIRE_FALSE(w.transport.requests().empty());
  std::string const request = at::http::to_string(w.transport.requests().front());
  CHECK(request.find("PRIVATE-TOKEN: ***") != std::string::npos);
  CHECK(request.find(gitlab_model::token) == std::string::npos);
}

TEST_CASE("gitlab: a rate limit says when to come back") {
  world w;
  at::http::headers budget;
  budget.add({"RateLimit-Remaining", "0"});
  budget.add({"RateLimit-Reset", "1795000030"});
  budget.add({"Date", "Wed, 18 Nov 2026 11:06:40 GMT"});
  w.instead = answer(429, "Retry later", budget);
  auto failed = w.tickets.create(incident());
  REQUIRE(failed.has_error());
  CHECK(failed.error().outcome == outcome::not_applied);
  CHECK(failed.error().retry_after == std::chrono::seconds{31});
  at::http::headers stated;
  stated.add({"Retry-After", "17"});
  w.instead = answer(429, "Retry later", stated);
  failed = w.tickets.create(incident());
  CHECK(failed.error().retry_after == std::chrono::seconds{17});
  w.instead = answer(429, "Retry later");
  failed = w.tickets.create(incident());
  CHECK(failed.error().retry_after == std::chrono::seconds{60});
}

TEST_CASE("gitlab: tickets that are not there, and those of others") {
  world w;
  REQUIRE(w.tickets.create(incident()).has_value());
  CHECK(w.tickets.get("2").error().code == errc::ticket_not_found);
  for (char const* page : {"/-/issues/1", "/-/work_items/1", "/-/issues/incident/1", "/issues/1"})
    CHECK(w.tickets.get(std::string{"https://gitlab.example.org/git/net/core/tickets"} + page)
              .has_value());
  for (char const* other :
       {"https://gitlab.example.org/git/net/core/other/-/issues/1",
        "https://gitlab.example.org/net/core/tickets/-/issues/1",
        "https://gitlab.example.org/git/net/core/tickets/-/merge_requests/1",
        "https://evil.example/git/net/core/tickets/-/issues/1", "1/notes", "../1", "01", ""})
    CHECK(w.tickets.get(other).error().code == errc::ticket_not_found);
  gitlab_model::issue people;
  people.iid = 2;
  people.description = "written by people";
  w.server.issues.push_back(people);
  CHECK(w.tickets.close("2").error().code == errc::not_ours);
  CHECK(w.tickets.update("2", incident()).error().code == errc::not_ours);
  CHECK(w.server.issues.at(1).state == "opened");
}

TEST_CASE("gitlab: check says what will not work") {
  world w;
  auto const fine = w.tickets.check();
  REQUIRE(fine.has_value());
  CHECK(fine->account == "argus-bot");
  CHECK(fine->target == gitlab_model::project);
  CHECK(fine->warnings.empty());
  w.server.access_level = 10;
  CHECK(w.tickets.check().value().warnings.size() == 1);
  w.server.archived = true;
  CHECK(w.tickets.check().error().code == errc::target_not_found);
  w.server.archived = false;
  w.server.issues_enabled = false;
  CHECK(w.tickets.check().error().code == errc::target_not_found);
}

TEST_CASE("gitlab: the new issue page, filled in") {
  auto own = gitlab_model::settings("https://gitlab.com");
  own.information.confidential = true;
  own.information.issue_type = "incident";
  mock_transport nobody;
  client tickets{own, nobody};
  auto const url = tickets.prefilled_url(incident());
  REQUIRE(url.has_value());
  auto const page = at::http::url::parse(*url);
  REQUIRE(page);
  CHECK(page->host() == "gitlab.com");
  CHECK(page->path() == "/net/core/tickets/-/issues/new");
  CHECK(at::http::query_parameter(*page, "issue[title]") == "Netbox 11 <12345> down.");
  auto const text = at::http::query_parameter(*page, "issue[description]");
  REQUIRE(text);
  CHECK(text->ends_with("\n\n/label ~\"argus-ticket\" ~\"" +
                        at::plugins::support::key_label(at::key_of(incident())) + '"'));
  CHECK(at::http::query_parameter(*page, "issue[confidential]") == "true");
  CHECK(at::http::query_parameter(*page, "issue[issue_type]") == "incident");
}

TEST_CASE("gitlab: Argus's settings work unchanged") {
  auto const loaded = at::load_settings<"gitlab">(R"({
    "TICKET_PLUGIN": "argus_ticket_gitlab.GitlabPlugin",
    "TICKET_ENDPOINT": "https://gitlab.com/",
    "TICKET_AUTHENTICATION_SECRET": {"token": "glpat-x"},
    "TICKET_INFORMATION": {"project_namespace_and_name": "a/b/c",
                           "labels_set": ["x"], "labels_mapping": ["level", {"tag": "host"}]}})");
  REQUIRE(loaded.has_value());
  CHECK(gitlab{*loaded}.project_url().string() == "https://gitlab.com/api/v4/projects/a%2Fb%2Fc");
  auto const wrong = at::load_settings<"gitlab">(R"({
    "TICKET_ENDPOINT": "https://gitlab.com/", "TICKET_AUTHENTICATION_SECRET": {"token": "x"},
    "TICKET_INFORMATION": {"project_namespace_and_name": "a/b", "issue_type": "bug"}})");
  REQUIRE(wrong.has_error());
  CHECK(to_string(wrong.error()).find("TICKET_INFORMATION.issue_type") != std::string::npos);
}

} // namespace gitlab_test
