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

/// Changes whatever ticket it is told to, and shows its token.
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
  CHECK(report.held.size() + behaviours.size() + report.left_out.size() == 18);
  return behaviours;
}

} // namespace

TEST_CASE("the suite finds a plugin that finds no tickets") {
  CHECK(faults_of<forgetful>() ==
        std::set<std::string>{"an incident gets one ticket",
                              "an update keeps the ticket findable, and is its incident's",
                              "closing and reopening can be repeated",
                              "a lost reply makes no second ticket",
                              "two tickets of one incident become one"});
}

TEST_CASE("the suite finds a plugin that takes any reply for a ticket") {
  auto const found = faults_of<trusting>();
  for (char const* wanted :
       {"a reply that is no ticket is no success", "each refusal has its error and outcome",
        "no error and no request shows a secret", "two tickets of one incident become one"}) {
    INFO(wanted);
    CHECK(found.contains(wanted));
  }
}

TEST_CASE("the suite finds a plugin that changes what is another's") {
  CHECK(faults_of<careless>() ==
        std::set<std::string>{"an update keeps the ticket findable, and is its incident's",
                              "comments are text, and are written once"});
}

} // namespace suite_test
