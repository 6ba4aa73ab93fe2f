#ifndef ARGUS_TICKET_SRC_CORE_HPP
#define ARGUS_TICKET_SRC_CORE_HPP

/// The bodies of everything but the transport over TLS: a part of <argus_ticket/src.hpp>, for a
/// program that has a transport of its own and neither Boost.Beast nor OpenSSL.

#include <argus_ticket/detail/config.hpp>

#ifndef ARGUS_TICKET_SEPARATE_COMPILATION
#error "argus_ticket: src.hpp is for programs that define ARGUS_TICKET_SEPARATE_COMPILATION"
#endif

// GCC 12 warns where the frame of a coroutine in a header holds a lambda; nobody else sees it.
#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wsubobject-linkage"
#endif

#include <argus_ticket/impl/comment_once.ipp>
#include <argus_ticket/impl/document/adf.ipp>
#include <argus_ticket/impl/document/default_document.ipp>
#include <argus_ticket/impl/document/dialect_tools.ipp>
#include <argus_ticket/impl/document/document.ipp>
#include <argus_ticket/impl/document/gitlab_markdown.ipp>
#include <argus_ticket/impl/document/html.ipp>
#include <argus_ticket/impl/document/jira_wiki.ipp>
#include <argus_ticket/impl/document/limits.ipp>
#include <argus_ticket/impl/document/markdown.ipp>
#include <argus_ticket/impl/document/neutralise.ipp>
#include <argus_ticket/impl/document/pages.ipp>
#include <argus_ticket/impl/document/plain.ipp>
#include <argus_ticket/impl/document/request_tracker_html.ipp>
#include <argus_ticket/impl/error.ipp>
#include <argus_ticket/impl/heal.ipp>
#include <argus_ticket/impl/http/headers.ipp>
#include <argus_ticket/impl/http/request.ipp>
#include <argus_ticket/impl/http/url.ipp>
#include <argus_ticket/impl/in_flight.ipp>
#include <argus_ticket/impl/incident_json.ipp>
#include <argus_ticket/impl/incident_key.ipp>
#include <argus_ticket/impl/json.ipp>
#include <argus_ticket/impl/json_text.ipp>
#include <argus_ticket/impl/outbox/memory_book.ipp>
#include <argus_ticket/impl/outbox/memory_book_settle.ipp>
#include <argus_ticket/impl/outbox/memory_book_upkeep.ipp>
#include <argus_ticket/impl/outbox/memory_store.ipp>
#include <argus_ticket/impl/outbox/payload.ipp>
#include <argus_ticket/impl/outbox/runner.ipp>
#include <argus_ticket/impl/plugins/github.ipp>
#include <argus_ticket/impl/plugins/gitlab.ipp>
#include <argus_ticket/impl/plugins/jira.ipp>
#include <argus_ticket/impl/plugins/request_tracker.ipp>
#include <argus_ticket/impl/plugins/support/ask.ipp>
#include <argus_ticket/impl/plugins/support/fields.ipp>
#include <argus_ticket/impl/plugins/support/labels.ipp>
#include <argus_ticket/impl/plugins/support/markers.ipp>
#include <argus_ticket/impl/plugins/support/numbers.ipp>
#include <argus_ticket/impl/plugins/support/pages.ipp>
#include <argus_ticket/impl/plugins/support/rate_headers.ipp>
#include <argus_ticket/impl/plugins/support/reply.ipp>
#include <argus_ticket/impl/policy/clock.ipp>
#include <argus_ticket/impl/policy/default_renderer.ipp>
#include <argus_ticket/impl/policy/pacer.ipp>
#include <argus_ticket/impl/policy/pacing.ipp>
#include <argus_ticket/impl/policy/retry.ipp>
#include <argus_ticket/impl/recent_tickets.ipp>
#include <argus_ticket/impl/run_blocking.ipp>
#include <argus_ticket/impl/secret.ipp>
#include <argus_ticket/impl/settings.ipp>
#include <argus_ticket/impl/settings_json.ipp>
#include <argus_ticket/impl/testing/mock_transport.ipp>
#include <argus_ticket/impl/ticket_operations.ipp>
#include <argus_ticket/impl/timestamp.ipp>
#include <argus_ticket/impl/transport/https_options.ipp>
#include <argus_ticket/impl/transport/proxy.ipp>
#include <argus_ticket/impl/transport/redirect.ipp>
#include <argus_ticket/impl/uri.ipp>
#include <argus_ticket/impl/utf8.ipp>

#if defined(__GNUC__) && !defined(__clang__)
#pragma GCC diagnostic pop
#endif

#endif
