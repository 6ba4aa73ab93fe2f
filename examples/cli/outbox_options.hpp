#ifndef ARGUS_TICKET_CLI_OUTBOX_OPTIONS_HPP
#define ARGUS_TICKET_CLI_OUTBOX_OPTIONS_HPP

#include <argus_ticket/outbox/entry.hpp>
#include <argus_ticket/plugin.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

namespace cli {

enum class outbox_command { submit, run, list, requeue, discard, stats };

/// When `run` ends by itself.
enum class run_end { never, when_nothing_is_due, when_empty };

/// What the command line asks of an outbox.
struct outbox_options {
  outbox_command command = outbox_command::stats;
  std::string store; ///< A file's path.

  // submit
  std::vector<std::string> files; ///< None, or `-`: standard input.
  argus_ticket::outbox_step step = argus_ticket::outbox_step::open;
  std::string text; ///< Of a comment.
  argus_ticket::close_reason reason = argus_ticket::close_reason::completed;
  std::size_t most_entries = argus_ticket::outbox_caps{}.entries;

  // run
  run_end end = run_end::never;
  int workers = 1;
  std::chrono::milliseconds grace = std::chrono::seconds{10};

  // list, requeue, discard
  argus_ticket::entry_filter which;
  std::vector<std::uint64_t> ids;
  bool all = false;
};

} // namespace cli

#endif
