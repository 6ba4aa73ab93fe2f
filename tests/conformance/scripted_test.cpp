// The conformance suite over every plugin and its scripted server. A plugin is added by one line.

#include "../github/model.hpp"
#include "../gitlab/model.hpp"
#include "../jira/model.hpp"
#include "../request_tracker/model.hpp"
#include "../support/conforming.hpp"
#include "../support/plain_policies.hpp"

#include <argus_ticket/argus_ticket.hpp>
#include <argus_ticket/testing/mock_transport.hpp>

namespace at = argus_ticket;

namespace {

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
  at::testing::mock_transport transport;
  transport.answer_by([&](at::http::request const& r) { return server.answer(r); });
  test::check_that_it_conforms<typename TestType::plugin>(TestType::model::settings(), transport,
                                                          test::fake_clock{});
  if constexpr (requires { server.commands; })
    CHECK(server.commands == std::vector<std::string>{}); // what texts have set off there
}
