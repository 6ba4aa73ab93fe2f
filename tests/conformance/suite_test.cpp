// The conformance suite finds what it is there to find: plugins with one fault each.

#include "../gitlab/model.hpp"
#include "../support/catch.hpp"
#include "../support/plain_policies.hpp"

#include <argus_ticket/argus_ticket.hpp>
#include <argus_ticket/testing/conformance.hpp>
#include <argus_ticket/testing/mock_transport.hpp>

#include <set>

namespace suite_test {

namespace at = argus_ticket;
using at::plugins::gitlab;

namespace {

/// Finds no ticket.
struct forgetful : gitlab {
  using gitlab::gitlab;
  at::operation<std::vector<at::ticket>> find(at::ticket_query) const {
    co_return std::vector<at::ticket>{};
  }
};

/// Takes any reply for a ticket.
struct trusting : gitlab {
  using gitlab::gitlab;
  at::operation<at::ticket> create(at::draft d) const {
    boost::json::object body;
    body["title"] = d.title;
    body["description"] = at::with_marker(d.body, marker(d.key));
    body["labels"] = "";
    at::http::request r = at::http::post(project_url() / "issues")
                              .json(body)
                              .header("PRIVATE-TOKEN", at::secret{test::gitlab_model::token});
    (void)co_await at::send(std::move(r));
    at::ticket made;
    made.system = "gitlab";
    made.id = made.number = "1";
    made.url = "https://gitlab.example.org/git/net/core/tickets/-/issues/1";
    made.state = at::ticket_state::open;
    made.title = d.title;
    made.created = true;
    co_return made;
  }
};

/// Changes whatever ticket it is told to, writes comments without looking, and lets texts act.
struct careless : gitlab {
  using gitlab::gitlab;
  at::operation<at::ticket> update(at::ticket_ref which, at::draft d) const {
    d.key = {};
    co_return co_await gitlab::update(std::move(which), std::move(d));
  }
  at::operation<at::comment> comment(at::ticket_ref which, std::string text) const {
    text += "\n\n/close";
    co_return co_await gitlab::comment(std::move(which), std::move(text));
  }
  at::operation<std::optional<at::comment>> find_comment(at::ticket_ref, at::incident_key) const {
    co_return std::optional<at::comment>{};
  }
};

/// Takes a look-up that failed for one that found nothing.
struct hasty : gitlab {
  using gitlab::gitlab;
  at::operation<std::vector<at::ticket>> find(at::ticket_query q) const {
    auto found = co_await at::as_result(gitlab::find(std::move(q)));
    if (!found) co_return std::vector<at::ticket>{};
    co_return std::move(*found);
  }
};

/// Believes whatever a reply says, and shows its token in a URL and in a request's text.
struct leaky : gitlab {
  using gitlab::gitlab;
  at::operation<at::ticket> create(at::draft d) const {
    boost::json::object body;
    body["title"] = d.title;
    body["description"] = at::with_marker(d.body, marker(d.key));
    body["labels"] = "argus-ticket," + at::plugins::support::key_label(d.key);
    at::http::request r = at::http::post(project_url() / "issues")
                              .json(body)
                              .header("PRIVATE-TOKEN", at::secret{test::gitlab_model::token})
                              .header("X-Debug", std::string{test::gitlab_model::token});
    at::http::response const reply = co_await at::send(std::move(r));
    if (reply.status() != at::http::status::created) co_return error_of(reply);
    boost::json::value const json = co_await at::plugins::support::json_of(reply);
    at::ticket made;
    made.system = "gitlab";
    made.id = at::detail::id_member(json, "id");
    made.number = at::detail::id_member(json, "iid");
    made.url = at::detail::text_member(json, "web_url");
    made.title = d.title;
    made.state = at::ticket_state::open;
    made.created = true;
    co_return made;
  }
};

template <class Plugin>
std::set<std::string> faults_of() {
  test::gitlab_model server;
  at::testing::mock_transport transport;
  transport.answer_by([&](at::http::request const& r) { return server.answer(r); });
  auto const report = at::testing::check_conformance<Plugin>(test::gitlab_model::settings(),
                                                             transport, test::fake_clock{});
  std::set<std::string> behaviours;
  for (auto const& one : report.failures) behaviours.insert(one.behaviour);
  CHECK_FALSE(report.is_conforming());
  CHECK(report.held.size() + behaviours.size() + report.left_out.size() == 20);
  return behaviours;
}

} // namespace

TEST_CASE("the suite finds a plugin that finds no tickets") {
  CHECK(faults_of<forgetful>() ==
        std::set<std::string>{"an incident gets one ticket",
                              "an update keeps the ticket findable, and is its incident's",
                              "closing and reopening can be repeated",
                              "a lost reply makes no second ticket",
                              "a look-up that fails makes no second ticket",
                              "lists lead to no other server", // it sends nothing
                              "two tickets of one incident become one"});
}

TEST_CASE("the suite finds a plugin that takes any reply for a ticket") {
  auto const found = faults_of<trusting>();
  for (char const* wanted :
       {"a reply that is no ticket is no success", "each refusal has its error and outcome",
        "two tickets of one incident become one"}) {
    INFO(wanted);
    CHECK(found.contains(wanted));
  }
}

TEST_CASE("the suite finds a plugin that changes what is another's") {
  CHECK(faults_of<careless>() ==
        std::set<std::string>{"an update keeps the ticket findable, and is its incident's",
                              "comments are text, and are written once"});
}

TEST_CASE("the suite finds a plugin that takes a failure for an empty list") {
  CHECK(faults_of<hasty>() == std::set<std::string>{"a look-up that fails makes no second ticket"});
}

TEST_CASE("the suite finds a plugin that shows its token and believes half a reply") {
  auto const found = faults_of<leaky>();
  CHECK(found.contains("half a reply is no ticket"));
  CHECK(found.contains("an incident gets one ticket")); // each request is looked at
}

} // namespace suite_test
