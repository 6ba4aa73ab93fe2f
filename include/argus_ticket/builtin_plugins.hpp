#ifndef ARGUS_TICKET_BUILTIN_PLUGINS_HPP
#define ARGUS_TICKET_BUILTIN_PLUGINS_HPP

#include <argus_ticket/plugin_map.hpp>
#include <argus_ticket/settings_json.hpp>

namespace argus_ticket {

namespace plugins { // each in a header of its name in plugins/
class github;
class gitlab;
class jira;
class request_tracker;
} // namespace plugins

/// The plugins of this library, each under its short name and under its paths in Argus. The header
/// of the one that is used has to be included, or <argus_ticket/argus_ticket.hpp>.
inline constexpr auto builtin_plugins = with_plugins<
    declared_plugin<plugins::github, "github", "argus.incident.ticket.github.GithubPlugin",
                    "argus_ticket_github.GithubPlugin">,
    declared_plugin<plugins::gitlab, "gitlab", "argus.incident.ticket.gitlab.GitlabPlugin",
                    "argus_ticket_gitlab.GitlabPlugin">,
    declared_plugin<plugins::jira, "jira", "argus.incident.ticket.jira.JiraPlugin",
                    "argus_ticket_jira.JiraPlugin">,
    declared_plugin<plugins::request_tracker, "request_tracker", "rt",
                    "argus.incident.ticket.request_tracker.RequestTrackerPlugin",
                    "argus_ticket_rt.RequestTrackerPlugin">>(no_plugins);

/// The settings of the plugin of that name in `Map`: an aggregate with Argus's names.
template <fixed_string Name, auto const& Map = builtin_plugins>
using settings = typename plugin_in<Name, Map>::settings;

/**
 * Loads the settings of the plugin of that name.
 *
 * `TICKET_PLUGIN` may be left out, since the name is known; where it names another plugin, that is
 * one of the problems. For the rest see @ref load_settings of a plugin type.
 *
 *     auto s = at::load_settings<"github">(at::read_raw_settings_environment());
 *
 * @tparam Name A name of a plugin in `Map`.
 * @tparam Map  A compile-time map of plugins; see @ref with_plugins.
 * @param raw As @ref read_raw_settings_file or its like has read them.
 * @return The settings, or `errc::invalid_settings` with every problem.
 */
template <fixed_string Name, auto const& Map = builtin_plugins>
[[nodiscard]] result<settings<Name, Map>> load_settings(raw_settings raw) {
  using plugin = plugin_in<Name, Map>;
  if (!raw.plugin.empty()) {
    result<bool> const same =
        visit_plugin<Map>(raw.plugin, []<class P>(std::type_identity<P>) -> result<bool> {
          return std::is_same_v<P, plugin>;
        });
    if (!same)
      raw.problems.push_back({"TICKET_PLUGIN", same.error().message});
    else if (!*same)
      raw.problems.push_back({"TICKET_PLUGIN", "names '" + detail::shown(raw.plugin) +
                                                   "', but this program uses '" +
                                                   std::string{plugin::name.view()} + "'"});
  }
  return load_settings<plugin>(raw);
}

/// The same, of the text of a JSON object: @ref parse_raw_settings, then @ref load_settings.
/// `errc::invalid_settings` also where it is none.
template <fixed_string Name, auto const& Map = builtin_plugins>
[[nodiscard]] result<settings<Name, Map>> load_settings(std::string_view json) {
  return load_settings<Name, Map>(parse_raw_settings(json));
}

} // namespace argus_ticket

#endif
