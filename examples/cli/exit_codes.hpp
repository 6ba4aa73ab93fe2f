#ifndef ARGUS_TICKET_CLI_EXIT_CODES_HPP
#define ARGUS_TICKET_CLI_EXIT_CODES_HPP

#include <argus_ticket/error.hpp>

#include <array>
#include <string_view>

namespace cli {

/// What the program ends with. Scripts rely on the numbers: they stay.
enum class exit_code {
  done = 0,
  not_found = 1,
  usage = 2,
  settings = 3,
  client = 4,
  creation = 5,
  plugin = 6,
  ambiguous = 7,
  degraded = 8,
  dead = 9,
  left = 10
};

struct exit_code_meaning {
  exit_code code;
  std::string_view text;
};

/// What --help says about them.
inline constexpr std::array<exit_code_meaning, 11> exit_code_meanings{{
    {exit_code::done, "done (what did not stick stands on standard error as a warning)"},
    {exit_code::not_found, "find: the incident has no ticket; outbox: no such dead entry"},
    {exit_code::usage, "the command line is wrong"},
    {exit_code::settings, "settings: missing, wrong, or the project does not exist"},
    {exit_code::client, "client: no connection, credentials refused, a limit reached"},
    {exit_code::creation, "creation: the ticket system refuses, or the ticket is not ours"},
    {exit_code::plugin,
     "anything else: a bad incident or reply, no output, an outbox broken or full"},
    {exit_code::ambiguous, "the ticket may exist: look before trying again (whatever the cause)"},
    {exit_code::degraded, "with --strict: done, but with warnings"},
    {exit_code::dead, "outbox run --once, --until-empty: there are dead entries"},
    {exit_code::left, "the same: none are dead, but some wait for another try"},
}};

[[nodiscard]] inline exit_code exit_code_of(argus_ticket::error const& e) noexcept {
  // Whether a second try is safe matters more to a script than the cause.
  if (e.outcome == argus_ticket::outcome::ambiguous) return exit_code::ambiguous;
  switch (e.category()) {
  case argus_ticket::error_category::settings:
    return exit_code::settings;
  case argus_ticket::error_category::client:
    return exit_code::client;
  case argus_ticket::error_category::creation:
    return exit_code::creation;
  case argus_ticket::error_category::plugin:
    break;
  }
  return exit_code::plugin;
}

} // namespace cli

#endif
