#ifndef ARGUS_TICKET_CLI_OUTBOX_COMMANDS_HPP
#define ARGUS_TICKET_CLI_OUTBOX_COMMANDS_HPP

#include "commands.hpp"
#include "outbox_clients.hpp"

namespace cli {

/// Does what is asked of an outbox.
[[nodiscard]] exit_code run_outbox(options const& asked, output& out);

/// Delivers from an outbox, as long as the options say or until SIGINT or SIGTERM.
[[nodiscard]] exit_code deliver(options const& asked, any_outbox& box, output& out);

} // namespace cli

#endif
