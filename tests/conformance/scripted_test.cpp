// The conformance suite over every plugin and its scripted server. A plugin is added by one line.

#include "../github/model.hpp"
#include "../gitlab/model.hpp"
#include "../jira/model.hpp"
#include "../request_tracker/model.hpp"
#include "../support/catch.hpp"
#include "../support/plain_policies.hpp"

#include <argus_ticket/argus_ticket.hpp>
#include <argus_ticket/testing/conformance.hpp>
#include <argus_ticket/testing/mock_transport.hpp>

namespace at = argus_ticket;
using at::testing::mock_transport;

namespace {

/// Runs the suite over a model of the plugin's server.
template <class Plugin, class Model>
at::testing::conformance_report report_on(Model& server) {
  mock_transport transport;
  transport.answer_by([&](at::http::request const& r) { return server.answer(r); });
  return at::testing::check_conformance<Plugin>(Model::settings(), transport, test::fake_clock{});
}

template <class Plugin, class Model>
struct pair {
  using plugin = Plugin;
  using model = Model;
};

} // namespace

TEMPLATE_TEST_CASE("every plugin conforms", "[conformance]",
                   (pair<at::plugins::github, test::github_model>),
                   (pair<at::plugins::gitlab, test::gitlab_model>),
                   (pair<at::plugins::jira, test::jira_cloud_model>),
                   (pair<at::plugins::jira, test::jira_data_center_model>),
                   (pair<at::plugins::request_tracker, test::rt_model>)) {
  typename TestType::model server;
  auto const report = report_on<typename TestType::plugin>(server);
  INFO(report);
  CHECK(report.is_conforming());
  // Where the key is not in the text, and where there is no page to fill in, none can be tested.
  std::vector<std::string> lacking;
  if (!at::marks_bodies<typename TestType::plugin>)
    lacking.emplace_back("an incident's text forges no marker");
  if (!at::prefills_tickets<typename TestType::plugin>)
    lacking.emplace_back("the new ticket page is filled in");
  CHECK(report.left_out == lacking);
  if constexpr (requires { server.commands; })
    CHECK(server.commands == std::vector<std::string>{}); // what texts have set off there
}
