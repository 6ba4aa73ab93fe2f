#pragma once
// What GitHub's replies look like, for scripted exchanges. After the examples in GitHub's REST
// reference, https://docs.github.com/en/rest/issues.

#include "../support/plain_policies.hpp"

#include <argus_ticket/argus_ticket.hpp>
#include <argus_ticket/testing/mock_transport.hpp>

#include <boost/json.hpp>

#include <string>
#include <vector>

namespace exchanges {

namespace at = argus_ticket;

inline constexpr char token[] = "ghp_0123456789abcdefSECRET";
inline std::string const api = "https://api.github.com/repos/octo/tickets";
inline std::string const issues = api + "/issues";

/// Stands on the day after the incident.
struct clock : test::fake_clock {
  clock() {
    using namespace std::chrono;
    state->now = sys_days{year{2026} / November / 12};
  }
};

using client = at::client<"github", at::testing::mock_transport, at::builtin_plugins,
                          test::plain_policies<clock>>;

inline at::settings<"github"> settings(std::string endpoint = "https://github.com/") {
  return {.endpoint = std::move(endpoint),
          .authentication = {.token = at::secret{token}},
          .information = {.project_namespace_and_name = "octo/tickets"}};
}

inline at::incident incident(std::int64_t pk = 10101) {
  at::incident i;
  i.pk = pk;
  i.start_time = at::parse_timestamp("2026-11-11T11:11:11+01:00");
  i.end_time = at::infinity;
  i.source.pk = 11;
  i.source.name = "Campus GW 3";
  i.source.type = "nav";
  i.description = "Netbox 11 <12345> down.";
  i.level = 1;
  i.tags.push_back(at::incident_tag::from("host=gw-3"));
  return i;
}

inline std::string marker(at::incident const& from) {
  return at::plugins::github::marker(at::key_of(from));
}

inline std::string key_label(at::incident const& from) {
  return at::plugins::github::key_label(at::key_of(from));
}

/// The repository as the account sees it.
inline std::string repository(bool may_push) {
  return may_push ? R"({"full_name":"octo/tickets","permissions":{"push":true}})"
                  : R"({"full_name":"octo/tickets","permissions":{"push":false}})";
}

struct issue {
  int number = 17;
  std::string body;
  std::vector<std::string> labels{"argus-ticket"};
  std::string state = "open";
  std::string author = "argus-bot";
  std::string association = "COLLABORATOR";
  std::string title = "Netbox 11 <12345> down.";
  bool pull_request = false;

  boost::json::object object() const {
    boost::json::array list;
    for (auto const& l : labels) list.push_back({{"id", 1}, {"name", l}});
    boost::json::object o{
        {"id", 2894512345 + number},
        {"number", number},
        {"title", title},
        {"body", body},
        {"state", state},
        {"labels", list},
        {"user", {{"login", author}, {"id", 1}}},
        {"author_association", association},
        {"html_url", "https://github.com/octo/tickets/issues/" + std::to_string(number)}};
    if (pull_request) o["pull_request"] = boost::json::object{};
    return o;
  }
  std::string text() const { return boost::json::serialize(object()); }
};

inline std::string list(std::vector<issue> const& all) {
  boost::json::array items;
  for (issue const& one : all) items.push_back(one.object());
  return boost::json::serialize(items);
}

inline std::string failure(std::string const& message) {
  return boost::json::serialize(boost::json::object{
      {"message", message}, {"documentation_url", "https://docs.github.com/rest"}});
}

} // namespace exchanges
