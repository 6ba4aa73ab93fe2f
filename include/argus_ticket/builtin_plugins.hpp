#ifndef ARGUS_TICKET_BUILTIN_PLUGINS_HPP
#define ARGUS_TICKET_BUILTIN_PLUGINS_HPP

#include <argus_ticket/fwd.hpp>
#include <argus_ticket/plugin_lookup.hpp>

namespace argus_ticket {

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

} // namespace argus_ticket

#endif
