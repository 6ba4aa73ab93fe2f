#include "../support/catch.hpp"
#include "acme.hpp"

#include <argus_ticket/builtin_plugins.hpp>
#include <argus_ticket/plugin_map.hpp>
#include <argus_ticket/plugins/github.hpp>
#include <argus_ticket/plugins/gitlab.hpp>
#include <argus_ticket/plugins/jira.hpp>
#include <argus_ticket/plugins/request_tracker.hpp>

#include <algorithm>
#include <type_traits>

namespace at = argus_ticket;
using at::plugins::github;
using test::acme;

namespace {

struct nameless_beside : acme { // has no other names
  using acme::acme;
  static constexpr at::fixed_string name = "beside";
  using other_names = at::names<>;
};

inline constexpr auto my_plugins = at::with_plugins<acme>(at::builtin_plugins);
inline constexpr auto two_more = at::with_plugins<acme, nameless_beside>(at::builtin_plugins);
inline constexpr auto acme_alone = at::with_plugins<acme>(at::no_plugins);
inline constexpr auto nothing_added = at::with_plugins<>(at::builtin_plugins);

static_assert(std::is_same_v<at::plugin_in<"acme", my_plugins>, acme>);
static_assert(std::is_same_v<at::plugin_in<"acme.AcmePlugin", my_plugins>, acme>);
static_assert(std::is_same_v<at::plugin_in<"github", my_plugins>, github>);
static_assert(std::is_same_v<at::plugin_in<"beside", two_more>, nameless_beside>);
static_assert(std::is_same_v<at::plugin_in<"acme", acme_alone>, acme>);
static_assert(std::is_same_v<at::plugin_in<"github", nothing_added>, github>);

// The three ways in which Argus's users name the plugin.
static_assert(std::is_same_v<at::plugin_in<"github", at::builtin_plugins>, github>);
static_assert(
    std::is_same_v<at::plugin_in<"argus.incident.ticket.github.GithubPlugin", at::builtin_plugins>,
                   github>);
static_assert(
    std::is_same_v<at::plugin_in<"argus_ticket_github.GithubPlugin", at::builtin_plugins>, github>);

at::result<std::string> name_of(std::string_view wanted) {
  return at::visit_plugin<my_plugins>(
      wanted, []<class P>(std::type_identity<P>) -> at::result<std::string> {
        return std::string{P::name.view()};
      });
}

} // namespace

TEST_CASE("plugin_map: lists its names") {
  std::vector<std::string_view> names(at::plugin_names<my_plugins>.begin(),
                                      at::plugin_names<my_plugins>.end());
  std::sort(names.begin(), names.end());
  CHECK(names == std::vector<std::string_view>{
                     "acme", "acme.AcmePlugin", "argus.incident.ticket.github.GithubPlugin",
                     "argus.incident.ticket.gitlab.GitlabPlugin",
                     "argus.incident.ticket.jira.JiraPlugin",
                     "argus.incident.ticket.request_tracker.RequestTrackerPlugin",
                     "argus_ticket_github.GithubPlugin", "argus_ticket_gitlab.GitlabPlugin",
                     "argus_ticket_jira.JiraPlugin", "argus_ticket_rt.RequestTrackerPlugin",
                     "github", "gitlab", "jira", "request_tracker", "rt"});
}

TEST_CASE("visit_plugin: finds a plugin under each of its names") {
  CHECK(name_of("github").value() == "github");
  CHECK(name_of("argus.incident.ticket.github.GithubPlugin").value() == "github");
  CHECK(name_of("argus_ticket_github.GithubPlugin").value() == "github");
  CHECK(name_of("argus_ticket_gitlab.GitlabPlugin").value() == "gitlab");
  CHECK(name_of("argus_ticket_jira.JiraPlugin").value() == "jira");
  CHECK(name_of("rt").value() == "request_tracker");
  CHECK(name_of("acme").value() == "acme");
  CHECK(name_of("acme.AcmePlugin").value() == "acme");
}

TEST_CASE("visit_plugin: an unknown name gives the nearest known one") {
  auto const unknown = name_of("gihub");
  REQUIRE_FALSE(unknown.has_value());
  CHECK(unknown.error().code == at::errc::unknown_plugin);
  CHECK(unknown.error().category() == at::error_category::settings);
  CHECK(unknown.error().outcome == at::outcome::rejected);
  CHECK(unknown.error().where == "TICKET_PLUGIN");
  CHECK(unknown.error().message == "no ticket plugin is named 'gihub'; did you mean 'github'?");
  CHECK(name_of("acne").error().message.ends_with("did you mean 'acme'?"));
  CHECK(name_of("argus.incident.ticket.gitlab.GithubPlugn")
            .error()
            .message.ends_with("did you mean 'argus.incident.ticket.github.GithubPlugin'?"));
}

TEST_CASE("visit_plugin: names are exact") {
  for (std::string_view wrong : {"", "GitHub", "github ", " github", "git", "githubx"})
    CHECK_FALSE(name_of(wrong).has_value());
  CHECK_FALSE(name_of({"github\0", 7}).has_value());
  CHECK_FALSE(name_of(std::string(1'000'000, 'x')).has_value());
}

TEST_CASE("visit_plugin: an unknown name is shown on one line, and not without end") {
  std::string const shown = name_of("git\n\x1b[31mhub\xFF").error().message;
  CHECK(shown.starts_with("no ticket plugin is named 'git "));
  for (char const c : shown) CHECK(static_cast<unsigned char>(c) >= 0x20);
  CHECK(name_of(std::string(1'000'000, 'x')).error().message.size() < 1'000);
}

TEST_CASE("visit_plugin: calls its function once, and gives what that gives") {
  int calls = 0;
  auto const answer =
      at::visit_plugin<my_plugins>("acme", [&]<class P>(std::type_identity<P>) -> at::result<int> {
        ++calls;
        return at::error{at::errc::refused, at::outcome::rejected, "by the function"};
      });
  CHECK(calls == 1);
  CHECK(answer.error().message == "by the function");
}
