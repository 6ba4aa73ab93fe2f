#include "../support/catch.hpp"
#include "acme.hpp"

#include <argus_ticket/builtin_plugins.hpp>
#include <argus_ticket/plugins/github.hpp>
#include <argus_ticket/plugins/gitlab.hpp>
#include <argus_ticket/plugins/jira.hpp>
#include <argus_ticket/plugins/request_tracker.hpp>
#include <argus_ticket/settings_json.hpp>

#include <type_traits>

namespace at = argus_ticket;

namespace {

/// Whether a map has a plugin that was declared in it under the plugin's own name.
template <class Plugin>
constexpr bool has_own_name =
    std::is_same_v<at::plugin_in<Plugin::name, at::builtin_plugins>, Plugin>;
static_assert(has_own_name<at::plugins::github> && has_own_name<at::plugins::gitlab> &&
              has_own_name<at::plugins::jira> && has_own_name<at::plugins::request_tracker>);

inline constexpr auto my_plugins = at::with_plugins<test::acme>(at::builtin_plugins);

static_assert(std::is_same_v<at::settings<"github">, at::plugins::github::settings>);
static_assert(std::is_same_v<at::settings<"argus_ticket_github.GithubPlugin">,
                             at::plugins::github::settings>);
static_assert(std::is_same_v<at::settings<"acme", my_plugins>, test::acme::settings>);

std::string json(std::string const& plugin) {
  return R"({"TICKET_PLUGIN": ")" + plugin + R"(", "TICKET_ENDPOINT": "https://github.com/",
          "TICKET_AUTHENTICATION_SECRET": {"token": "ghp_0123456789abcdef"},
          "TICKET_INFORMATION": {"project_namespace_and_name": "o/r"}})";
}

std::string problem(std::string const& plugin) {
  auto const loaded = at::load_settings<"github">(json(plugin));
  if (loaded) return "none";
  REQUIRE(loaded.error().problems.size() == 1);
  CHECK(loaded.error().problems.front().where == "TICKET_PLUGIN");
  return loaded.error().problems.front().what;
}

} // namespace

TEST_CASE("builtin_plugins: settings are loaded under each of a plugin's names") {
  CHECK(problem("github") == "none");
  CHECK(problem("argus_ticket_github.GithubPlugin") == "none");
  CHECK(problem("argus.incident.ticket.github.GithubPlugin") == "none");
  CHECK(problem("") == "none"); // the program has named it
  CHECK(at::load_settings<"argus_ticket_github.GithubPlugin">(json("github")).has_value());
}

TEST_CASE("builtin_plugins: settings that name another plugin, or none") {
  CHECK(problem("gihub") == "no ticket plugin is named 'gihub'; did you mean 'github'?");
  auto const other = at::load_settings<"acme", my_plugins>(
      R"({"TICKET_PLUGIN": "github", "TICKET_ENDPOINT": "https://acme.example/",
          "TICKET_AUTHENTICATION_SECRET": {"token": "x"}})");
  REQUIRE_FALSE(other.has_value());
  REQUIRE(other.error().problems.size() == 1);
  CHECK(other.error().problems.front().where == "TICKET_PLUGIN");
  CHECK(other.error().problems.front().what == "names 'github', but this program uses 'acme'");
}

TEST_CASE("builtin_plugins: a user's own plugin loads its settings") {
  auto const loaded = at::load_settings<"acme", my_plugins>(
      R"({"TICKET_PLUGIN": "acme.AcmePlugin", "TICKET_ENDPOINT": "https://acme.example/",
          "TICKET_AUTHENTICATION_SECRET": {"token": "x"}, "TICKET_INFORMATION": {}})");
  REQUIRE(loaded.has_value());
  CHECK(loaded->endpoint == "https://acme.example/");
  auto const unknown = at::load_settings<"acme", my_plugins>(
      R"({"TICKET_ENDPOINT": "https://acme.example/", "TICKET_AUTHENTICATION_SECRET": {"token": "x"},
          "TICKET_INFORMATION": {"project_namespace_and_name": "o/r"}})");
  REQUIRE_FALSE(unknown.has_value());
  CHECK(unknown.error().problems.front().where == "TICKET_INFORMATION.project_namespace_and_name");
}
