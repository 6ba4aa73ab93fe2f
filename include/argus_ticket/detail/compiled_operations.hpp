#ifndef ARGUS_TICKET_DETAIL_COMPILED_OPERATIONS_HPP
#define ARGUS_TICKET_DETAIL_COMPILED_OPERATIONS_HPP

// In compiled mode the heavy templates behind the clients of this library's plugins, under the
// default policies, are instantiated once, in src_clients.hpp and src_https.hpp. With a policy or a
// plugin of one's own they are instantiated where they are used, as in header-only mode.

#include <argus_ticket/detail/find_or_create.hpp>
#include <argus_ticket/detail/under_policies.hpp>
#include <argus_ticket/policy/policies.hpp>

// The dialects of these plugins, whose headers but declare them: a client over another transport
// needs them.
#include <argus_ticket/document/adf.hpp>
#include <argus_ticket/document/gitlab_markdown.hpp>
#include <argus_ticket/document/jira_wiki.hpp>
#include <argus_ticket/document/markdown.hpp>
#include <argus_ticket/document/request_tracker_html.hpp>

#include <optional>
#include <string>

/// `INSTANTIATE` is `template` or `extern template`. What is named here takes no bodies of a
/// plugin, so that its header need not be there.
#define ARGUS_TICKET_OPERATIONS(INSTANTIATE, PLUGIN)                                               \
  INSTANTIATE operation<ticket> create_ticket(PLUGIN const&, policies<> const&, incident const&);  \
  INSTANTIATE operation<std::optional<ticket>> find_ticket(PLUGIN const&, incident, instant);      \
  INSTANTIATE operation<ticket> find_or_create_ticket(PLUGIN const&, policies<>&, recent_tickets,  \
                                                      incident, instant);                          \
  INSTANTIATE operation<opened_ticket> open_ticket(PLUGIN const&, policies<>&, incident, instant,  \
                                                   bool);                                          \
  INSTANTIATE operation<ticket> update_ticket(PLUGIN const&, policies<> const&, ticket_ref,        \
                                              incident);                                           \
  INSTANTIATE operation<comment> comment_ticket(PLUGIN const&, policies<> const&, ticket_ref,      \
                                                document::document, incident_key);                 \
  INSTANTIATE operation<comment> comment_once(PLUGIN const&, ticket_ref, std::string,              \
                                              incident_key, bool);                                 \
  INSTANTIATE incident_key key_for(PLUGIN const&, incident const&);                                \
  ARGUS_TICKET_UNDER_POLICIES(INSTANTIATE, PLUGIN, ticket)                                         \
  ARGUS_TICKET_UNDER_POLICIES(INSTANTIATE, PLUGIN, std::optional<ticket>)                          \
  ARGUS_TICKET_UNDER_POLICIES(INSTANTIATE, PLUGIN, opened_ticket)                                  \
  ARGUS_TICKET_UNDER_POLICIES(INSTANTIATE, PLUGIN, comment)                                        \
  ARGUS_TICKET_UNDER_POLICIES(INSTANTIATE, PLUGIN, check_report)

#define ARGUS_TICKET_UNDER_POLICIES(INSTANTIATE, PLUGIN, TYPE)                                     \
  INSTANTIATE operation<TYPE> under_policies(operation<TYPE>, run_context<PLUGIN, policies<>>&);   \
  INSTANTIATE void tell_outcome(run_context<PLUGIN, policies<>>&, result<TYPE> const&,             \
                                http::deadline);

/// The loop over TLS.
#define ARGUS_TICKET_RUN(INSTANTIATE, TYPE)                                                        \
  INSTANTIATE result<TYPE> run_blocking(operation<TYPE>, https_transport&, real_clock&,            \
                                        http::deadline, std::stop_token const&);

#define ARGUS_TICKET_COMPILED_OPERATIONS(INSTANTIATE)                                              \
  ARGUS_TICKET_OPERATIONS(INSTANTIATE, plugins::github)                                            \
  ARGUS_TICKET_OPERATIONS(INSTANTIATE, plugins::gitlab)                                            \
  ARGUS_TICKET_OPERATIONS(INSTANTIATE, plugins::jira)                                              \
  ARGUS_TICKET_OPERATIONS(INSTANTIATE, plugins::request_tracker)

#define ARGUS_TICKET_COMPILED_RUNS(INSTANTIATE)                                                    \
  ARGUS_TICKET_RUN(INSTANTIATE, ticket)                                                            \
  ARGUS_TICKET_RUN(INSTANTIATE, std::optional<ticket>)                                             \
  ARGUS_TICKET_RUN(INSTANTIATE, opened_ticket)                                                     \
  ARGUS_TICKET_RUN(INSTANTIATE, comment)                                                           \
  ARGUS_TICKET_RUN(INSTANTIATE, check_report)

#ifdef ARGUS_TICKET_SEPARATE_COMPILATION
namespace argus_ticket::detail {
ARGUS_TICKET_COMPILED_OPERATIONS(extern template)
ARGUS_TICKET_COMPILED_RUNS(extern template)
} // namespace argus_ticket::detail
#endif

#endif
