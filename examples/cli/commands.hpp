#ifndef ARGUS_TICKET_CLI_COMMANDS_HPP
#define ARGUS_TICKET_CLI_COMMANDS_HPP

#include "clients.hpp"
#include "exit_codes.hpp"
#include "outbox_options.hpp"
#include "output.hpp"

#include <string>

namespace cli {

enum class command {
  plugins,
  check,
  preview,
  create,
  open,
  find,
  show,
  update,
  comment,
  close,
  reopen,
  outbox
};

/// What the command line asks for.
struct options {
  cli::command command = cli::command::plugins;
  std::string settings_file; ///< Empty: the environment.
  connection_options connection;
  bool strict = false;

  std::string ticket;        ///< Number or URL.
  std::string incident_file; ///< Empty or `-`: standard input.
  std::string text = "-";    ///< Of a comment; `-`: standard input.
  argus_ticket::close_reason reason = argus_ticket::close_reason::completed;
  bool prefilled_url = false; ///< For `preview`.
  outbox_options outbox;
};

/// Does what is asked for and says what came of it.
[[nodiscard]] exit_code run(options const& asked, output& out);

} // namespace cli

#endif
