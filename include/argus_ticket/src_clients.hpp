#ifndef ARGUS_TICKET_SRC_CLIENTS_HPP
#define ARGUS_TICKET_SRC_CLIENTS_HPP

/// What the clients of the built-in plugins run: a part of <argus_ticket/src.hpp>.

#include <argus_ticket/detail/config.hpp>

#ifndef ARGUS_TICKET_SEPARATE_COMPILATION
#error "argus_ticket: src.hpp is for programs that define ARGUS_TICKET_SEPARATE_COMPILATION"
#endif

#include <argus_ticket/argus_ticket.hpp>
#include <argus_ticket/detail/compiled_operations.hpp>

namespace argus_ticket::detail {
ARGUS_TICKET_COMPILED_OPERATIONS(template)
} // namespace argus_ticket::detail

#endif
