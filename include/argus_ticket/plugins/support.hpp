#ifndef ARGUS_TICKET_PLUGINS_SUPPORT_HPP
#define ARGUS_TICKET_PLUGINS_SUPPORT_HPP

/// What plugins are made with, for those who write one: see docs/writing_a_plugin.md.

#include <argus_ticket/plugin.hpp>
#include <argus_ticket/plugins/support/ask.hpp>
#include <argus_ticket/plugins/support/fields.hpp>
#include <argus_ticket/plugins/support/labels.hpp>
#include <argus_ticket/plugins/support/markers.hpp>
#include <argus_ticket/plugins/support/members.hpp>
#include <argus_ticket/plugins/support/numbers.hpp>
#include <argus_ticket/plugins/support/pages.hpp>
#include <argus_ticket/plugins/support/rate_headers.hpp>
#include <argus_ticket/plugins/support/reply.hpp>

#endif
