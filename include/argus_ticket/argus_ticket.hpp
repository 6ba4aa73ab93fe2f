#ifndef ARGUS_TICKET_ARGUS_TICKET_HPP
#define ARGUS_TICKET_ARGUS_TICKET_HPP

/// Everything but the transports, with all plugins; a program that uses one of them includes less
/// with <argus_ticket/client.hpp> and <argus_ticket/plugins/github.hpp>. Add
/// <argus_ticket/transport/https.hpp> to send over the network, or
/// <argus_ticket/testing/mock_transport.hpp> in tests.

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
