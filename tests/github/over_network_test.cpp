// The GitHub plugin over real sockets: over TLS against the local tracker, and (hidden, since they
// need servers that are installed first) against an emulator of GitHub behind GitHub's own OpenAPI
// description. One file, since each that includes the transport takes long to compile.

#include "../document/hostile_inputs.hpp"
#include "../support/conforming.hpp"
#include "../support/incident.hpp"
#include "../support/markdown_reader.hpp"

#include <argus_ticket/transport/https.hpp>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <iostream>
#include <local_tracker/server.hpp>
#include <thread>

namespace {

namespace at = argus_ticket;
using at::errc;
using at::outcome;
using namespace std::chrono_literals;

char const token[] = "tracker-token-SECRET";
using github_client = at::client<"github">;

/// A tracker with one repository, and clients of it.
struct tracker {
  local_tracker::server server;

  explicit tracker(local_tracker::api_options api = {})
      : server([&] {
          local_tracker::server_options options;
          options.api = std::move(api);
          return options;
        }()) {
    server.api().add_user(token, {.login = "argus-bot", .access = local_tracker::role::write});
    server.api().add_repository({.full_name = "octo/tickets"});
  }

  at::settings<"github"> settings(char const* with_token = token) const {
    return {.endpoint = server.endpoint(),
            .authentication = {.token = at::secret{with_token}},
            .information = {.project_namespace_and_name = "octo/tickets"}};
  }
  at::https_transport transport() const {
    at::https_options options;
    options.ca_pem = server.ca_pem();
    return at::https_transport{std::move(options)};
  }
  github_client client(char const* with_token = token) const {
    return github_client{settings(with_token), transport()};
  }
};

std::chrono::microseconds time_of(auto&& work) {
  auto const start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() -
                                                               start);
}

} // namespace

TEST_CASE("tracker: everything that every plugin must do, over TLS") {
  tracker t;
  test::check_that_it_conforms<at::plugins::github>(t.settings(), t.transport());
}

TEST_CASE("tracker: the same under a path prefix, and with cursors instead of pages") {
  tracker t{{.path_prefix = "/git/hub", .cursor_pagination = true}};
  CHECK(t.server.endpoint().ends_with("/git/hub/"));
  test::check_that_it_conforms<at::plugins::github>(t.settings(), t.transport());
}

TEST_CASE("tracker: one ticket, and one connection") {
  tracker t;
  auto tickets = t.client();
  auto const from = test::incident(1, "down");
  REQUIRE(tickets.find_or_create(from).has_value());
  REQUIRE(tickets.find_or_create(from).has_value());
  CHECK(t.server.api().issue_count("octo/tickets") == 1);
  CHECK(t.server.connections() == 1);
}

TEST_CASE("tracker: without push access labels are dropped, and the ticket is found all the same") {
  tracker t;
  t.server.api().add_user("reader", {.login = "reader", .access = local_tracker::role::read});
  auto own = t.settings("reader");
  own.information.labels_set = {"network"};
  github_client tickets{own, t.transport()};
  auto const report = tickets.check();
  REQUIRE(report.has_value());
  CHECK(report->warnings.size() == 1);
  auto const from = test::incident(1, "down");
  auto const opened = tickets.find_or_create(from);
  REQUIRE(opened.has_value());
  CHECK(opened->outcome() == outcome::applied_degraded);
  CHECK(opened->warnings.size() == 3);
  auto const again = tickets.find_or_create(from);
  REQUIRE(again.has_value());
  CHECK(again->number == opened->number);
}

TEST_CASE("tracker: another account of the same team finds the ticket by its label") {
  tracker t;
  t.server.api().add_user("second", {.login = "argus-two", .access = local_tracker::role::write});
  auto const from = test::incident(1, "down");
  auto const opened = t.client().find_or_create(from);
  REQUIRE(opened.has_value());
  auto const again = t.client("second").find_or_create(from);
  REQUIRE(again.has_value());
  CHECK(again->number == opened->number);
}

TEST_CASE(
    "tracker: a forged marker in a stranger's issue does not keep a ticket from being opened") {
  tracker t;
  t.server.api().add_user("stranger", {.login = "mallory", .access = local_tracker::role::read});
  auto const from = test::incident(1, "down");
  auto const marker = at::plugins::github::marker(at::key_of(from));
  t.server.api().add_issue(
      "octo/tickets",
      {.title = "mine", .body = marker, .author = "mallory", .labels = {"argus-ticket"}});
  auto const opened = t.client().find_or_create(from);
  REQUIRE(opened.has_value());
  CHECK(opened->created);
}

TEST_CASE("tracker: refusals") {
  tracker t;
  auto const from = test::incident(1, "down");
  SECTION("a wrong token") {
    auto const got = t.client("wrong-token-SECRET").find_or_create(from);
    REQUIRE(got.has_error());
    CHECK(got.error().code == errc::bad_credentials);
    CHECK(got.error().outcome == outcome::rejected);
    CHECK(at::to_string(got.error()).find("SECRET") == std::string::npos);
  }
  SECTION("no such repository") {
    auto own = t.settings();
    own.information.project_namespace_and_name = "octo/nothing";
    auto const got = github_client{own, t.transport()}.find_or_create(from);
    REQUIRE(got.has_error());
    CHECK(got.error().code == errc::target_not_found);
    CHECK(got.error().where == "octo/nothing");
  }
  SECTION("issues disabled") {
    t.server.api().add_repository({.full_name = "octo/off", .has_issues = false});
    auto own = t.settings();
    own.information.project_namespace_and_name = "octo/off";
    github_client tickets{own, t.transport()};
    CHECK(tickets.check().error().code == errc::target_not_found);
    CHECK(tickets.create(from).error().code == errc::target_not_found);
  }
  SECTION("the rate limit") {
    t.server.api().set_rate_limit(2);
    at::policies<> own; // whose limit is used up is nobody else's business
    own.pacing.registry = std::make_shared<at::pacer_registry>();
    auto const got = github_client{t.settings(), t.transport(), own}.find_or_create(from);
    REQUIRE(got.has_error());
    CHECK(got.error().code == errc::rate_limited);
    CHECK(got.error().outcome == outcome::not_applied);
    REQUIRE(got.error().retry_after);
    CHECK(*got.error().retry_after > 0s);
    CHECK(*got.error().retry_after <= 3601s);
  }
  SECTION("a pull request is no ticket") {
    auto const number =
        t.server.api().add_issue("octo/tickets", {.title = "pull", .pull_request = true});
    CHECK(t.client().get(std::to_string(number)).error().code == errc::ticket_not_found);
  }
  SECTION("a deleted issue") {
    auto const number = t.server.api().add_issue("octo/tickets", {.title = "gone"});
    t.server.api().change_issue("octo/tickets", number,
                                [](local_tracker::issue& i) { i.removed = true; });
    CHECK(t.client().get(std::to_string(number)).error().code == errc::ticket_not_found);
  }
  CHECK(t.server.api().issues("octo/tickets").size() <= 1);
}

TEST_CASE("tracker: a repository that moved is followed") {
  tracker t;
  auto const from = test::incident(1, "down");
  t.server.api().move_repository("octo/tickets", "octo/moved");
  auto tickets = t.client();
  auto const opened = tickets.find_or_create(from);
  REQUIRE(opened.has_value());
  CHECK(t.server.api().issue_count("octo/moved") == 1);
  auto const again = tickets.find_or_create(from);
  REQUIRE(again.has_value());
  CHECK(again->number == opened->number);
}

TEST_CASE("tracker: the reply to a create is lost, and there is one ticket all the same") {
  tracker t;
  auto const from = test::incident(1, "down");
  bool lost = false;
  t.server.api().set_reply_hook([&](local_tracker::request const& r, local_tracker::response& a) {
    if (r.method == "POST" && !lost) lost = a.drop = true;
  });
  auto const opened = t.client().find_or_create(from);
  CHECK(lost);
  REQUIRE(opened.has_value());
  CHECK(opened->created);
  CHECK(t.server.api().issue_count("octo/tickets") == 1);
}

TEST_CASE("tracker: many calls for one incident at the same time open one ticket") {
  tracker t;
  auto tickets = t.client();
  auto const from = test::incident(1, "down");
  std::atomic<int> created{0};
  std::atomic<int> failed{0};
  std::vector<std::thread> callers;
  for (int i = 0; i < 8; ++i)
    callers.emplace_back([&] {
      auto const opened = tickets.find_or_create(from);
      if (!opened)
        ++failed;
      else if (opened->created)
        ++created;
    });
  for (std::thread& caller : callers) caller.join();
  CHECK(failed == 0);
  CHECK(created == 1);
  CHECK(t.server.api().issue_count("octo/tickets") == 1);
}

TEST_CASE("tracker: a certificate that is not trusted stops everything before the token is sent") {
  tracker t;
  github_client tickets{t.settings()}; // trusts the system's authorities alone
  auto const got = tickets.find_or_create(test::incident(1, "down"));
  REQUIRE(got.has_error());
  CHECK(got.error().code == errc::tls_failed);
  CHECK(got.error().outcome == outcome::rejected);
  CHECK(t.server.api().statistics().total == 0);
}

TEST_CASE("tracker: with 10,000 tickets a fresh incident costs as many requests as with 10") {
  auto const fresh_costs = [](std::size_t present, std::chrono::seconds apart) {
    tracker t;
    auto const now = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now());
    for (std::size_t i = 0; i < present; ++i) {
      auto const when = now - apart * static_cast<int>(present - i);
      auto old = test::incident(static_cast<std::int64_t>(1'000'000 + i), "old");
      t.server.api().add_issue(
          "octo/tickets",
          {.title = "old",
           .body = "old\n\n" + at::plugins::github::marker(at::key_of(old)),
           .author = "argus-bot",
           .labels = {"argus-ticket", at::plugins::github::key_label(at::key_of(old))},
           .created_at = when,
           .updated_at = when});
    }
    auto tickets = t.client();
    REQUIRE(tickets.check().has_value()); // connects
    std::vector<std::chrono::microseconds> times;
    std::size_t requests = 0;
    for (int i = 0; i < 15; ++i) {
      t.server.api().reset_statistics();
      times.push_back(time_of([&] {
        auto const opened = tickets.find_or_create(test::incident(i, "fresh"));
        REQUIRE(opened.has_value());
        CHECK(opened->created);
      }));
      requests = (std::max)(requests, t.server.api().statistics().total);
    }
    // A known one among them all is found.
    auto known = test::incident(static_cast<std::int64_t>(1'000'000), "old");
    known.start_time = at::timestamp{now - std::chrono::minutes{10} * static_cast<int>(present)};
    auto const found = tickets.find_or_create(known);
    REQUIRE(found.has_value());
    CHECK_FALSE(found->created);
    CHECK(found->number == "1");
    std::sort(times.begin(), times.end());
    return std::pair{requests, times[times.size() / 2]};
  };
  auto const [few_requests, few_time] = fresh_costs(10, 10min);
  auto const [many_requests, many_time] = fresh_costs(10'000, 10min);
  // All within the last hours, so that the time of the incident does not bound the list.
  auto const [storm_requests, storm_time] = fresh_costs(10'000, 1s);
  CHECK(few_requests <= 4);
  CHECK(many_requests <= 4);
  CHECK(storm_requests <= 4);
  auto const ratio = [base = few_time](std::chrono::microseconds time) {
    return static_cast<double>(time.count()) / static_cast<double>(base.count());
  };
  std::cout << "open_requests_10 " << few_requests << "\nopen_requests_10000 " << many_requests
            << "\nopen_requests_10000_in_a_storm " << storm_requests << "\nopen_time_10000_to_10 "
            << ratio(many_time) << "\nopen_time_10000_in_a_storm_to_10 " << ratio(storm_time)
            << '\n';
}

// ---- an emulator of GitHub behind GitHub's OpenAPI description: tests/servers/github.sh ---------

namespace {

std::string variable(char const* name) {
  char const* value = std::getenv(name);
  REQUIRE(value != nullptr);
  return value;
}

at::settings<"github"> contract_settings() {
  at::settings<"github"> own;
  own.endpoint = variable("CONTRACT_URL");
  own.authentication.token = at::secret::from_environment("GITHUB_TEST_TOKEN");
  own.information.project_namespace_and_name = variable("GITHUB_TEST_REPOSITORY");
  own.information.labels_set = {"network"};
  own.information.labels_mapping = {at::mapping_source::tag("host"),
                                    at::mapping_source::attribute("level")};
  return own;
}
github_client contract_client() {
  return github_client{contract_settings(), at::https_transport{}};
}

} // namespace

TEST_CASE("contract: everything that every plugin must do", "[.contract]") {
  test::check_that_it_conforms<at::plugins::github>(contract_settings(), at::https_transport{});
}

TEST_CASE("contract: many tickets are found over all pages", "[.contract]") {
  auto tickets = contract_client();
  for (int i = 0; i < 120; ++i)
    REQUIRE(tickets.create(test::incident(5'000 + i, "one of many")).has_value());
  for (int i : {0, 60, 119}) {
    auto const found = tickets.find(test::incident(5'000 + i, "one of many"));
    REQUIRE(found.has_value());
    CHECK(found->has_value());
  }
}

TEST_CASE("contract: a text of a megabyte becomes a ticket and comments", "[.contract]") {
  auto tickets = contract_client();
  auto from = test::incident(7'000, std::string(1 << 20, 'x'));
  auto const opened = tickets.find_or_create(from);
  REQUIRE(opened.has_value());
  CHECK(opened->warnings.empty());
}

TEST_CASE("contract: a reader sees hostile text as it was written", "[.contract]") {
  auto tickets = contract_client();
  at::https_transport reader;
  std::int64_t pk = 9'000;
  std::size_t read = 0;
  for (test::hostile_input const& input : test::hostile_inputs()) {
    if (input.bytes.size() > 10'000) continue; // goes on in comments: see the test before
    INFO(input.name);
    auto from = test::incident(++pk, input.bytes);
    from.argus_url.clear();
    auto const opened = tickets.find_or_create(from);
    REQUIRE(opened.has_value());
    auto const again = tickets.find(from); // the marker is found whatever stands beside it
    REQUIRE(again.has_value());
    REQUIRE(again->has_value());
    CHECK((*again)->number == opened->number);

    auto const url = tickets.plugin().issue_url(opened->number);
    auto const reply = reader.send(at::http::get(url)
                                       .header("Accept", "application/vnd.github+json")
                                       .header("User-Agent", "reader"),
                                   std::chrono::steady_clock::now() + 10s);
    REQUIRE(reply.has_value());
    std::string problem;
    auto const json = at::detail::parse_json(reply->body(), problem);
    REQUIRE(json);
    test::markdown_reading const reading =
        test::read_markdown(at::detail::text_member(*json, "body"));
    CHECK(test::github_references(reading) == std::vector<std::string>{});
    CHECK(reading.links.empty());
    CHECK(reading.images.empty());
    std::size_t comments = 0;
    for (std::string const& html : reading.html) {
      if (html.starts_with("<!--"))
        ++comments; // the marker
      else
        CHECK((html == "<br>" || html == "<span>" || html == "</span>"));
    }
    CHECK(comments == 1);
    std::string const wanted = test::as_read(at::document::clean(input.bytes));
    CHECK(test::as_read(reading.visible).find(wanted) != std::string::npos);
    ++read;
  }
  CHECK(read >= 60);
  std::cout << "hostile_inputs_read " << read << '\n';
}
