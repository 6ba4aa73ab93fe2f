// The options of `argus-ticket outbox`.
#include "command_line.hpp"

#include <utility>

namespace at = argus_ticket;

namespace cli {
namespace {

at::entry_state to_state(std::string const& text) {
  for (at::entry_state const state :
       {at::entry_state::waiting, at::entry_state::delivering, at::entry_state::dead})
    if (text == to_string(state)) return state;
  throw CLI::ValidationError("--state", "takes waiting, delivering or dead");
}

// Callbacks run after these functions have returned: they refer to what was asked for alone.

void ask_for(outbox_command what, options& asked) {
  if (asked.outbox.store.empty())
    throw CLI::ValidationError("--store", "is missing; ARGUS_TICKET_OUTBOX may name it too");
  asked.command = command::outbox;
  asked.outbox.command = what;
}

CLI::App* add(CLI::App& outbox, options& asked, outbox_command what, char const* name,
              char const* about) {
  auto* added = outbox.add_subcommand(name, about);
  added->footer("--store FILE and global options may stand here too: see argus-ticket --help.");
  added->callback([&asked, what] { ask_for(what, asked); });
  return added;
}

void add_submit(CLI::App& to, outbox_options& box) {
  to.add_option("incidents", box.files,
                "Files with incidents (Argus's JSON): an object, a list of objects, or an object "
                "a line; - or nothing: standard input")
      ->type_name("FILE...");
  auto* step = to.add_option_group("steps");
  step->description("Without one of these the incidents' tickets are opened");
  auto const add_step = [&](char const* option, at::outbox_step what, char const* about) {
    return step->add_flag_callback(option, [&box, what] { box.step = what; }, about);
  };
  add_step("--update", at::outbox_step::update, "Write the ticket's text and labels anew");
  step->add_option_function<std::string>(
          "--comment",
          [&box](std::string const& text) {
            box.step = at::outbox_step::comment;
            box.text = text;
          },
          "Add a comment to the ticket")
      ->type_name("TEXT");
  auto* close = add_step("--close", at::outbox_step::close, "Close the ticket");
  add_step("--reopen", at::outbox_step::reopen, "Open the ticket again");
  step->require_option(0, 1);
  to.add_option_function<std::string>(
        "--reason", [&box](std::string const& text) { box.reason = to_close_reason(text); },
        "With --close: completed (the default) or not-planned")
      ->type_name("REASON")
      ->needs(close);
  to.add_option_function<std::string>(
        "--most-entries",
        [&box](std::string const& text) {
          box.most_entries =
              to_number<std::size_t>("--most-entries", text, 1, at::outbox_caps{}.entries);
        },
        "Refuse where the outbox would hold more than that (default 1000000)")
      ->type_name("N");
}

void add_run(CLI::App& to, outbox_options& box) {
  auto* once = to.add_flag_callback(
      "--once", [&box] { box.end = run_end::when_nothing_is_due; },
      "End when nothing is due; what is to be tried again later stays");
  to.add_flag_callback(
        "--until-empty", [&box] { box.end = run_end::when_empty; },
        "End when everything is delivered or dead")
      ->excludes(once);
  to.add_option_function<std::string>(
        "--workers",
        [&box](std::string const& text) { box.workers = to_number("--workers", text, 1, 64); },
        "Deliveries at a time (default 1)")
      ->type_name("N");
  to.add_option_function<std::string>(
        "--grace", [&box](std::string const& text) { box.grace = to_time("--grace", text); },
        "How long a request under way may take after SIGTERM (default 10)")
      ->type_name("SECONDS");
}

void add_filter(CLI::App& to, at::entry_filter& which) {
  to.add_option("--key", which.key, "Only those of the incident with this key")->type_name("KEY");
  to.add_option("--reason", which.reason_code, "Only those whose last error has this code")
      ->type_name("CODE");
}

void add_lists(CLI::App& outbox, options& asked) {
  at::entry_filter& which = asked.outbox.which;
  auto* list = add(outbox, asked, outbox_command::list, "list", "List what is not delivered");
  list->add_option_function<std::string>(
          "--state", [&which](std::string const& text) { which.state = to_state(text); },
          "Only what is waiting, delivering or dead")
      ->type_name("STATE");
  add_filter(*list, which);
  auto* dead = add(outbox, asked, outbox_command::list, "dead", "List what was given up, and why");
  dead->callback([&asked] {
    ask_for(outbox_command::list, asked);
    asked.outbox.which.state = at::entry_state::dead;
  });
  add_filter(*dead, which);
}

/// One entry, all, or those that a filter names: what changes entries must be told which.
void add_choice(CLI::App& to, options& asked, outbox_command what) {
  outbox_options& box = asked.outbox;
  to.add_option("entries", box.ids, "The entries' numbers")->type_name("ENTRY...");
  to.add_flag("--all", box.all, "All dead entries");
  add_filter(to, box.which);
  to.callback([&asked, &box, what] {
    ask_for(what, asked);
    int const ways = (box.ids.empty() ? 0 : 1) + (box.all ? 1 : 0) +
                     (box.which.key.empty() && box.which.reason_code.empty() ? 0 : 1);
    if (ways != 1)
      throw CLI::ValidationError("which entries",
                                 "is told by their numbers, by --reason and --key, or by --all");
  });
}

} // namespace

void add_outbox(CLI::App& app, options& asked) {
  auto* outbox = app.add_subcommand(
      "outbox", "Accept incidents durably, and deliver them whatever happens meanwhile");
  outbox->require_subcommand(1);
  outbox->add_option("--store", asked.outbox.store, "The outbox's file, on a local disk")
      ->envname("ARGUS_TICKET_OUTBOX")
      ->type_name("FILE");
  outbox->footer(
      R"(submit and run need the ticket system's settings, the others none. Any number of processes may
submit, one delivers: a second run is refused. What was being delivered when its process was
killed is looked for and taken up again at the next start.

Examples:
  argus-ticket outbox submit --store box.db incident.json
  argus-ticket outbox submit --store box.db --close incident.json
  argus-ticket outbox run --store box.db
  argus-ticket outbox dead --store box.db
  argus-ticket outbox requeue --store box.db --reason bad_credentials)");
  add_submit(*add(*outbox, asked, outbox_command::submit, "submit", "Accept incidents, durably"),
             asked.outbox);
  add_run(*add(*outbox, asked, outbox_command::run, "run",
               "Deliver what was accepted, until SIGTERM or Ctrl-C"),
          asked.outbox);
  add_lists(*outbox, asked);
  add_choice(*add(*outbox, asked, outbox_command::requeue, "requeue", "Take up dead entries again"),
             asked, outbox_command::requeue);
  add_choice(*add(*outbox, asked, outbox_command::discard, "discard", "Throw dead entries away"),
             asked, outbox_command::discard);
  add(*outbox, asked, outbox_command::stats, "stats", "How full it is, and what went through it");
}

std::vector<std::string> command_names(CLI::App const& app) {
  std::vector<std::string> names;
  for (CLI::App const* one : app.get_subcommands(nullptr))
    if (!one->get_name().empty()) names.push_back(one->get_name());
  return names;
}

} // namespace cli
