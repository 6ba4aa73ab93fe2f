#ifndef ARGUS_TICKET_ARGUS_TICKET_HPP
#define ARGUS_TICKET_ARGUS_TICKET_HPP

/// Blocking clients, but no transport, with all plugins, settings and incidents; a program that
/// uses one plugin includes less with <argus_ticket/client.hpp> and
/// <argus_ticket/plugins/github.hpp>.
/// What is not in it:
/// - transports: <argus_ticket/transport/https.hpp>; without blocking
///   <argus_ticket/transport/async_https.hpp>, which brings asynchronous clients along;
/// - the outbox: <argus_ticket/outbox.hpp>, with a store and a runner of <argus_ticket/outbox/>;
/// - <argus_ticket/counters.hpp>, an observer;
/// - <argus_ticket/plugins/support.hpp>, for a plugin of one's own, and
///   <argus_ticket/policy/renderer.hpp>, for a renderer;
/// - <argus_ticket/testing/mock_transport.hpp> and the rest of <argus_ticket/testing/>.

#include <argus_ticket/basic_client.hpp>
#include <argus_ticket/builtin_plugins.hpp>
#include <argus_ticket/client.hpp>
#include <argus_ticket/document/adf.hpp>
#include <argus_ticket/document/html.hpp>
#include <argus_ticket/document/jira_wiki.hpp>
#include <argus_ticket/document/markdown.hpp>
#include <argus_ticket/document/plain.hpp>
#include <argus_ticket/incident_json.hpp>
#include <argus_ticket/plugin.hpp>
#include <argus_ticket/plugin_map.hpp>
#include <argus_ticket/plugins/github.hpp>
#include <argus_ticket/plugins/gitlab.hpp>
#include <argus_ticket/plugins/jira.hpp>
#include <argus_ticket/plugins/request_tracker.hpp>
#include <argus_ticket/plugins/support/labels.hpp>
#include <argus_ticket/plugins/support/markers.hpp>
#include <argus_ticket/plugins/support/reply.hpp>
#include <argus_ticket/settings_json.hpp>
#include <argus_ticket/version.hpp>

#endif
