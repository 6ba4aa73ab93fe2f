#ifndef ARGUS_TICKET_IMPL_COMPILED_CLIENTS_IPP
#define ARGUS_TICKET_IMPL_COMPILED_CLIENTS_IPP

// In compiled mode the clients of this library's plugins, over https_transport and with the default
// policies, are instantiated once, in src_https.hpp: whoever uses them needs but their
// declarations.

#include <argus_ticket/argus_ticket.hpp>
#include <argus_ticket/transport/https.hpp>

#include <optional>
#include <string>

#define ARGUS_TICKET_CLIENT(PLUGIN) basic_client<PLUGIN, https_transport, policies<>>

#define ARGUS_TICKET_COMPILED_CLIENT(PLUGIN)                                                       \
  template class ARGUS_TICKET_CLIENT(PLUGIN);                                                      \
  template result<std::optional<ticket>> ARGUS_TICKET_CLIENT(PLUGIN)::find<PLUGIN>(                \
      incident const&);                                                                            \
  template result<ticket> ARGUS_TICKET_CLIENT(PLUGIN)::find_or_create<PLUGIN>(incident const&);    \
  template result<ticket> ARGUS_TICKET_CLIENT(PLUGIN)::get<PLUGIN>(ticket_ref);                    \
  template result<ticket> ARGUS_TICKET_CLIENT(PLUGIN)::update<PLUGIN>(ticket_ref,                  \
                                                                      incident const&);            \
  template result<comment> ARGUS_TICKET_CLIENT(PLUGIN)::comment<PLUGIN>(ticket_ref, std::string);  \
  template result<comment> ARGUS_TICKET_CLIENT(PLUGIN)::comment<PLUGIN>(ticket_ref,                \
                                                                        document::document);       \
  template result<ticket> ARGUS_TICKET_CLIENT(PLUGIN)::close<PLUGIN>(ticket_ref, close_reason);    \
  template result<ticket> ARGUS_TICKET_CLIENT(PLUGIN)::reopen<PLUGIN>(ticket_ref);                 \
  template result<check_report> ARGUS_TICKET_CLIENT(PLUGIN)::check<PLUGIN>();

/// Of systems that have a page to fill in.
#define ARGUS_TICKET_COMPILED_PREFILL(PLUGIN)                                                      \
  template result<std::string> ARGUS_TICKET_CLIENT(PLUGIN)::prefilled_url<PLUGIN>(incident const&) \
      const;

namespace argus_ticket {
ARGUS_TICKET_COMPILED_CLIENT(plugins::github)
ARGUS_TICKET_COMPILED_PREFILL(plugins::github)
ARGUS_TICKET_COMPILED_CLIENT(plugins::gitlab)
ARGUS_TICKET_COMPILED_PREFILL(plugins::gitlab)
ARGUS_TICKET_COMPILED_CLIENT(plugins::jira)
ARGUS_TICKET_COMPILED_CLIENT(plugins::request_tracker)
ARGUS_TICKET_COMPILED_PREFILL(plugins::request_tracker)
} // namespace argus_ticket

#undef ARGUS_TICKET_COMPILED_PREFILL
#undef ARGUS_TICKET_COMPILED_CLIENT
#undef ARGUS_TICKET_CLIENT

#endif
