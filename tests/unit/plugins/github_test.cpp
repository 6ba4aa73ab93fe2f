// What the GitHub plugin gives to a client's policies. What it sends and reads is shown by
// tests/github/scripted_test.cpp.

#include "../../github/exchanges.hpp"
#include "../../support/catch.hpp"
#include "../running.hpp"

#include <argus_ticket/plugins/github.hpp>

namespace github_test {

using namespace exchanges;
using at::errc;
using at::outcome;
using at::http::method;
using at::plugins::github;
using at::testing::mock_transport;
using namespace std::chrono_literals;

namespace {

static_assert(at::finds_comments<github>);
static_assert(at::states_its_limits<github>);
static_assert(at::explains_errors<github>);
static_assert(!at::lags_in_search<github>, "it lists, and does not search");

std::string const comments = issues + "/17/comments";
at::incident_key const key = at::detail::derived_key({}, "a comment");

at::rate_limits asked_at(std::string endpoint) {
  return github{settings(std::move(endpoint))}.asked_of_clients();
}

/// The client that a program has, but for the time and the world's other clients.
using paced_policies = at::policies<at::default_renderer, exchanges::clock, at::backoff,
                                    at::shared_pacing, test::recorder>;
using paced_client = at::client<"github", mock_transport, at::builtin_plugins, paced_policies>;

struct world {
  mock_transport server;
  paced_policies policies;
  std::vector<std::chrono::milliseconds>& slept = policies.clock.state->slept;

  world() { policies.pacing.registry = std::make_shared<at::pacer_registry>(); }
  paced_client client() { return paced_client{settings(), server, policies}; }
};

std::string comment_with(std::string const& text, int id = 5) {
  return boost::json::serialize(
      boost::json::object{{"id", id},
                          {"body", text},
                          {"html_url", "https://github.com/octo/tickets/issues/17#issuecomment-" +
                                           std::to_string(id)}});
}

at::result<std::optional<at::comment>> find_comment(mock_transport& server,
                                                    at::ticket_ref which = "17") {
  github const plugin{settings()};
  return test::run(plugin.find_comment(std::move(which), key), server);
}

issue numbered(int number, at::incident const& from) {
  issue i;
  i.number = number;
  i.body = "text\n\n" + marker(from);
  i.labels = {"argus-ticket", key_label(from)};
  return i;
}

} // namespace

TEST_CASE("github: asks its clients for what GitHub documents, and only at GitHub") {
  for (char const* endpoint :
       {"https://github.com/", "https://github.com", "https://GITHUB.com/",
        "https://www.github.com/", "https://api.github.com/", "https://acme.ghe.com/"}) {
    INFO(endpoint);
    at::rate_limits const asked = asked_at(endpoint);
    CHECK(asked.write_gap == 1s);
    CHECK(asked.concurrent == 100);
    REQUIRE(asked.budgets.size() == 4);
    CHECK(asked.budgets[0].window == 60s); // 900 points a minute
    CHECK(asked.budgets[0].most == 900);
    CHECK(asked.budgets[0].read == 1);
    CHECK(asked.budgets[0].write == 5);
    CHECK(asked.budgets[0].creation == 5);
    CHECK(asked.budgets[1].window == 60s); // 80 creations a minute
    CHECK(asked.budgets[1].most == 80);
    CHECK(asked.budgets[2].window == 3600s); // 500 an hour
    CHECK(asked.budgets[2].most == 500);
    CHECK(asked.budgets[3].window == 3600s); // 5,000 requests an hour
    CHECK(asked.budgets[3].most == 5'000);
    CHECK(asked.budgets[3].read == 1);
    CHECK(asked.budgets[3].write == 1);
    CHECK(asked.budgets[3].creation == 1);
    for (std::size_t i : {1U, 2U}) {
      CHECK(asked.budgets[i].read == 0);
      CHECK(asked.budgets[i].write == 0);
      CHECK(asked.budgets[i].creation == 1);
    }
  }
  for (char const* endpoint :
       {"https://ghe.example.org/", "https://notgithub.com/", "https://evilghe.com/",
        "https://github.com.example.org/", "https://example.org/github.com", "http://127.0.0.1/"}) {
    INFO(endpoint);
    at::rate_limits const asked = asked_at(endpoint);
    CHECK(asked.write_gap == 0ms);
    CHECK(asked.concurrent == 0);
    CHECK(asked.budgets.empty());
  }
}

TEST_CASE("github: a comment's marker is hidden, and is no ticket's") {
  std::string const marked = github::comment_marker(key);
  CHECK(marked.starts_with("<!-- argus-ticket:v1 "));
  CHECK(marked.ends_with(" -->"));
  CHECK(marked.find(key.value) != std::string::npos);
  CHECK(marked.find("key=") == std::string::npos);
}

TEST_CASE("github: a client's comment carries a marker, behind the text") {
  mock_transport server;
  client tickets{settings(), server};
  server.expect(method::post, comments)
      .with_body_containing("hello\\n\\n<!-- argus-ticket:v1 comment=")
      .reply(201, comment_with("x"));
  CHECK(tickets.comment("17", "hello").value().id == "5");
  CHECK(server.problems() == "");
  CHECK(server.requests()[0].urgency() == at::http::urgency::low);
}

TEST_CASE("github: a comment whose reply was lost is found on any page, and not written twice") {
  mock_transport server;
  client tickets{settings(), server};
  std::string written;
  int pages = 0;
  server.answer_by([&](at::http::request const& r) -> at::result<at::http::response> {
    if (r.method() == method::post) {
      REQUIRE(written.empty());
      written = boost::json::parse(r.body()).at("body").as_string();
      return test::lost_reply();
    }
    CHECK(r.url().path() == "/repos/octo/tickets/issues/17/comments");
    at::http::headers headers;
    if (++pages < 3) {
      headers.add({"Link", "<https://api.github.com/x?page=" + std::to_string(pages + 1) +
                               ">; rel=\"next\""});
      return at::http::response{200, headers, '[' + comment_with("somebody's") + ']'};
    }
    return at::http::response{200, headers, '[' + comment_with(written, 6) + ']'};
  });
  auto const added = tickets.comment("17", "hello");
  REQUIRE(added.has_value());
  CHECK(added->id == "6");
  CHECK(added->url == "https://github.com/octo/tickets/issues/17#issuecomment-6");
  CHECK(pages == 3);
}

TEST_CASE("github: find_comment lists a hundred at a time, and takes only queries from links") {
  mock_transport server;
  server.expect(method::get, comments)
      .with_header("Authorization", std::string{"Bearer "} + token)
      .with_query("per_page", "100")
      .reply(200, "[]", {{"Link", "<https://evil.example.org/x?page=2>; rel=\"next\""}});
  server.expect(method::get, comments + "?page=2")
      .reply(200, '[' + comment_with(github::comment_marker(key)) + ']');
  auto const found = find_comment(server);
  CHECK(server.problems() == "");
  REQUIRE(found.has_value());
  REQUIRE(found->has_value());
  CHECK((*found)->id == "5");
}

TEST_CASE("github: a comment of another key is not the one") {
  mock_transport server;
  server.expect(method::get, comments)
      .reply(200, '[' + comment_with(github::comment_marker(at::detail::derived_key({}, "other"))) +
                      ',' + comment_with(github::marker(key)) + ",null,1,{}]");
  auto const found = find_comment(server);
  REQUIRE(found.has_value());
  CHECK_FALSE(found->has_value());
}

TEST_CASE("github: comments that cannot be listed are not known to be absent") {
  struct row {
    int status;
    char const* body;
    errc code;
  };
  for (row const& r : {row{404, "{}", errc::ticket_not_found}, row{500, "", errc::server_failed},
                       row{200, "{}", errc::bad_reply}, row{200, "<html>", errc::bad_reply}}) {
    mock_transport server;
    server.expect(method::get, comments).reply(r.status, r.body);
    auto const found = find_comment(server);
    REQUIRE(found.has_error());
    CHECK(found.error().code == r.code);
  }
  mock_transport endless;
  endless.expect(method::get, comments).reply(200, "[]", {{"Link", "<?a=1>; rel=\"next\""}});
  endless.expect(method::get, comments + "?a=1")
      .reply(200, "[]", {{"Link", "<?a=1>; rel=\"next\""}});
  CHECK(find_comment(endless).error().code == errc::bad_reply);
  mock_transport server;
  CHECK(find_comment(server, "no number").error().code == errc::ticket_not_found);
  CHECK(server.requests().empty());
  // A comment that was found, but is none.
  server.expect(method::get, comments)
      .reply(200, boost::json::serialize(boost::json::array{
                      boost::json::object{{"body", github::comment_marker(key)}}}));
  CHECK(find_comment(server).error().code == errc::bad_reply);
}

TEST_CASE("github: find gives all tickets of the key, the first one first") {
  github const plugin{settings()};
  auto const from = incident();
  mock_transport server;
  auto closed = numbered(18, from);
  closed.state = "closed";
  server.expect(method::get, api).reply(200, repository(true));
  server.expect(method::get, issues)
      .with_query("sort", "created")
      .with_query("direction", "asc")
      .reply(200, list({numbered(17, from), closed, numbered(18, incident(5))}));
  at::ticket_query query;
  query.key = at::key_of(from);
  auto const found = test::run(plugin.find(query), server);
  REQUIRE(found.has_value());
  REQUIRE(found->size() == 2);
  CHECK((*found)[0].number == "17");
  CHECK((*found)[1].number == "18");
  CHECK((*found)[1].state == at::ticket_state::closed);
}

TEST_CASE("github: a duplicate gets a comment and is closed as not planned") {
  world w;
  auto const from = incident();
  auto closed = numbered(18, from);
  closed.state = "closed";
  std::string const other = issues + "/18";
  w.server.expect(method::get, api).reply(200, repository(true));
  w.server.expect(method::get, issues).reply(200, list({numbered(17, from), numbered(18, from)}));
  w.server.expect(method::get, other + "/comments").reply(200, "[]");
  w.server.expect(method::post, other + "/comments")
      .with_body_containing("//github.com/octo/tickets/issues/17") // as text: it links nothing
      .reply(201, comment_with("x"));
  w.server.expect(method::get, other).reply(200, numbered(18, from).text());
  w.server.expect(method::patch, other)
      .with_json(R"({"state":"closed","state_reason":"not_planned"})")
      .reply(200, closed.text());
  auto const got = w.client().find_or_create(from);
  REQUIRE(w.server.problems() == "");
  REQUIRE(got.has_value());
  CHECK(got->number == "17");
  CHECK(got->warnings.empty());
  CHECK(w.policies.observer.count("duplicate 18 of 17") == 1);
  CHECK(w.slept == std::vector<std::chrono::milliseconds>{1s}); // between the two writes
}

TEST_CASE("github: a storm of alerts goes a second apart, and 80 a minute at the most") {
  world w;
  w.policies.timeout = 5min;
  w.policies.look_for_duplicates = false;
  auto tickets = w.client();
  std::vector<at::http::deadline> posts;
  w.server.answer_by([&](at::http::request const& r) -> at::result<at::http::response> {
    if (r.method() == method::post) {
      posts.push_back(w.policies.clock.steady_now());
      return at::http::response{201, {}, issue{}.text()};
    }
    if (r.url().path() == "/repos/octo/tickets")
      return at::http::response{200, {}, repository(true)};
    return at::http::response{200, {}, "[]"};
  });
  for (int i = 0; i < 200; ++i) REQUIRE(tickets.find_or_create(incident(i)).has_value());
  REQUIRE(posts.size() == 200);
  for (std::size_t i = 1; i < posts.size(); ++i) CHECK(posts[i] - posts[i - 1] >= 1s);
  for (std::size_t i = 80; i < posts.size(); ++i) CHECK(posts[i] - posts[i - 80] >= 60s);
}

TEST_CASE("github: a secondary limit without a time is waited for a minute or more") {
  world w;
  w.policies.timeout = 5min;
  w.server.expect(method::post, issues)
      .reply(403, failure("You have exceeded a secondary rate limit"));
  w.server.expect(method::post, issues).reply(201, issue{}.text());
  auto tickets = w.client();
  auto const start = w.policies.clock.steady_now();
  CHECK(tickets.create(incident()).has_value());
  CHECK(w.server.problems() == "");
  CHECK(w.policies.clock.steady_now() - start >= 60s);
  CHECK(w.policies.clock.steady_now() - start <= 67s);
}

TEST_CASE("github: a primary limit that is used up is waited for by everything that comes after") {
  world w;
  std::vector<at::http::field> const used_up{{"x-ratelimit-remaining", "0"},
                                             {"x-ratelimit-reset", "1794394830"},
                                             {"Date", "Wed, 11 Nov 2026 11:00:00 GMT"}};
  w.server.expect(method::get, issues + "/17").reply(200, numbered(17, incident()).text(), used_up);
  w.server.expect(method::get, issues + "/17").reply(200, numbered(17, incident()).text());
  auto tickets = w.client();
  CHECK(tickets.get("17").has_value());
  CHECK(w.slept.empty());
  CHECK(tickets.get("17").has_value());
  CHECK(w.slept == std::vector<std::chrono::milliseconds>{31s});
}

TEST_CASE("github: says when and why a ticket was closed, where GitHub does") {
  auto const got = [](boost::json::object more) {
    boost::json::object issue{{"id", 1},
                              {"number", 17},
                              {"title", "Link down"},
                              {"state", "closed"},
                              {"html_url", "https://github.com/octo/tickets/issues/17"}};
    for (auto const& member : more) issue[member.key()] = member.value();
    mock_transport server;
    server.expect(method::get, issues + "/17").reply(200, boost::json::serialize(issue));
    github const plugin{settings()};
    auto const t = test::run(plugin.get("17"), server);
    REQUIRE(t.has_value());
    return *t;
  };
  auto const done = got({{"closed_at", "2024-05-30T10:00:00Z"}, {"state_reason", "completed"}});
  REQUIRE(done.closed_at.has_value());
  CHECK(to_string(*done.closed_at) == "2024-05-30T10:00:00Z");
  CHECK(done.closed_as == at::close_reason::completed);
  CHECK(got({{"state_reason", "not_planned"}}).closed_as == at::close_reason::not_planned);
  CHECK(got({{"state_reason", "duplicate"}}).closed_as == at::close_reason::not_planned);
  auto const unknown = got({{"closed_at", nullptr}, {"state_reason", "something new"}});
  CHECK_FALSE(unknown.closed_at.has_value());
  CHECK_FALSE(unknown.closed_as.has_value());
  auto const open = got({{"state", "open"}, {"state_reason", "reopened"}});
  CHECK_FALSE(open.closed_as.has_value());
}

TEST_CASE("github: knows the issues of its repository, and no others") {
  static_assert(at::knows_its_tickets<github>);
  github const plugin{settings()};
  at::ticket t;
  t.number = "17";
  CHECK(plugin.is_reached(t)); // of which no page is known
  t.url = "https://github.com/octo/tickets/issues/17";
  CHECK(plugin.is_reached(t));
  for (char const* other : {"https://github.com/octo/other/issues/17",
                            "https://github.example.org/octo/tickets/issues/17", "17b"}) {
    t.url = other;
    CHECK_FALSE(plugin.is_reached(t));
  }
}

TEST_CASE("github: no event shows the token, even where a link to the next page repeats it") {
  world w;
  w.server.expect(method::get, api).reply(200, repository(true));
  w.server.expect(method::get, issues)
      .reply(200, "[]", {{"Link", std::string{"<?page=2&t="} + token + ">; rel=\"next\""}});
  w.server.expect(method::get, issues)
      .reply(403, failure(std::string{"no rate limit for "} + token));
  CHECK(w.client().find(incident()).has_error());
  CHECK(w.server.problems() == "");
  CHECK(w.policies.observer.count("page=2") == 1);
  CHECK(w.policies.observer.count("SECRET") == 0);
}

} // namespace github_test
