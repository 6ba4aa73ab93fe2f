// The command line of argus-ticket.
#include "command_line.hpp"

#include <argus_ticket/detail/nearest.hpp>
#include <argus_ticket/version.hpp>

#include <csignal>
#include <cstdio>
#include <exception>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using cli::command;
using cli::exit_code;

std::string help_footer() {
  std::string text =
      R"(Settings come from the environment or, as one JSON object, from --settings FILE:
  TICKET_PLUGIN                 the ticket system; see argus-ticket plugins
  TICKET_ENDPOINT               e.g. https://github.com/
  TICKET_AUTHENTICATION_SECRET  {"token_file": "/run/secrets/token"}, or "token", or "token_env"
  TICKET_INFORMATION            {"project_namespace_and_name": "owner/name"}
No option takes a token, since others on this machine could see it; for the same reason a
proxy's password belongs into HTTPS_PROXY.

Examples:
  argus-ticket check
  argus-ticket open incident.json                 open the incident's ticket, unless it has one
  curl -s ... | argus-ticket --json open          the same, for a script
  argus-ticket preview --url incident.json        a link to the page that a person fills in
  argus-ticket comment 17 "The link is up again"
  argus-ticket close 17 --reason completed
  argus-ticket outbox --help                      accept durably, deliver whatever happens

Exit codes:
)";
  for (cli::exit_code_meaning const& m : cli::exit_code_meanings)
    text.append("  ")
        .append(std::to_string(static_cast<int>(m.code)))
        .append("  ")
        .append(m.text)
        .append("\n");
  text.pop_back();
  return text;
}

void add_global_options(CLI::App& app, cli::options& asked, bool& json) {
  app.add_flag("--json", json,
               "Say everything as JSON on standard output: an object, or one a line");
  app.add_flag("--strict", asked.strict, "End with code 8 where there were warnings");
  app.add_option("--settings", asked.settings_file, "Read the settings from this file")
      ->type_name("FILE");
  app.add_option_function<std::string>(
         "--timeout",
         [&asked](std::string const& text) {
           asked.connection.timeout = cli::to_time("--timeout", text);
         },
         "How long the operation may take (default 60)")
      ->type_name("SECONDS");
  app.add_option("--ca-file", asked.connection.ca_file,
                 "Trust the certificates in this PEM file instead of the system's")
      ->type_name("FILE");
  app.add_option("--client-certificate", asked.connection.client_certificate,
                 "Show this certificate (PEM) to the server")
      ->type_name("FILE");
  app.add_option("--client-key", asked.connection.client_key, "The key of that certificate (PEM)")
      ->type_name("FILE");
  auto* proxy = app.add_option("--proxy", asked.connection.proxy,
                               "Go through this proxy (default: HTTPS_PROXY and NO_PROXY)")
                    ->type_name("URL");
  app.add_flag("--no-proxy", asked.connection.no_proxy,
               "Use no proxy, whatever the environment says")
      ->excludes(proxy);
}

class subcommands {
 public:
  subcommands(CLI::App& app, cli::options& asked) : app_(app), asked_(asked) {}

  void add_all() {
    add(command::plugins, "plugins", "List the ticket systems and their settings");
    add(command::check, "check", "Ask the server whether the settings work");
    auto* preview =
        with_incident(add(command::preview, "preview", "Show the request that create would send"));
    preview->add_flag("--url", asked_.prefilled_url,
                      "Show the URL of the system's own page for a new ticket, filled in");
    with_incident(add(command::create, "create", "Open a ticket, whether or not there is one"));
    with_incident(add(command::open, "open", "Open a ticket, unless the incident has one"));
    with_incident(add(command::find, "find", "Look up the ticket of an incident"));
    with_ticket(add(command::show, "show", "Show a ticket"));
    with_incident(
        with_ticket(add(command::update, "update", "Write the incident's text and labels anew")));
    with_ticket(add(command::comment, "comment", "Add a comment"))
        ->add_option("text", asked_.text, "The comment; - or nothing: standard input")
        ->type_name("TEXT");
    with_ticket(add(command::close, "close", "Close a ticket"))
        ->add_option_function<std::string>(
            "--reason",
            [this](std::string const& text) { asked_.reason = cli::to_close_reason(text); },
            "Why: completed (the default) or not-planned")
        ->type_name("REASON");
    with_ticket(add(command::reopen, "reopen", "Open a closed ticket again"));
    cli::add_outbox(app_, asked_);
  }

 private:
  CLI::App* add(command which, char const* name, char const* about) {
    auto* added = app_.add_subcommand(name, about);
    added->footer("Global options may stand here too: see argus-ticket --help.");
    added->callback([this, which] { asked_.command = which; });
    return added;
  }
  CLI::App* with_ticket(CLI::App* to) {
    to->add_option("ticket", asked_.ticket, "The ticket's number or URL")
        ->required()
        ->type_name("TICKET");
    return to;
  }
  CLI::App* with_incident(CLI::App* to) {
    to->add_option("incident", asked_.incident_file,
                   "A file with the incident (Argus's JSON); - or nothing: standard input")
        ->type_name("FILE");
    return to;
  }

  CLI::App& app_;
  cli::options& asked_;
};

/// What is wrong with a command line, in our words where CLI11 would repeat what was given: that
/// may be a secret in the wrong place.
std::string explanation(CLI::ParseError const& e, CLI::App const& app) {
  CLI::App const* group = &app; // whose command is missing or wrong, where one is
  std::string prefix;
  if (app.get_subcommands().size() == 1 && app.got_subcommand("outbox")) {
    group = app.get_subcommands().front();
    prefix = "outbox ";
  }
  bool const has_command = !group->get_subcommands().empty();
  std::vector<std::string> const rest = app.remaining(true);
  if (rest.empty())
    return has_command
               ? std::string{e.what()}
               : "a command is missing" + std::string{prefix.empty() ? "" : " after outbox"};
  std::string const& first = rest.front();
  if (first.starts_with('-')) {
    std::string const name = first.substr(0, first.find('='));
    std::string text = "there is no option " + name;
    if (name.find("token") != name.npos || name.find("password") != name.npos)
      text += ": secrets are given in the settings, never on the command line";
    return text;
  }
  if (has_command) return "there is an argument too many";
  std::vector<std::string> const names = cli::command_names(*group);
  std::vector<std::string_view> const known(names.begin(), names.end());
  return "there is no command '" + prefix + first + "'; did you mean '" + prefix +
         std::string{argus_ticket::detail::nearest(first, known)} + "'?";
}

exit_code run(int count, char** arguments) {
  cli::output out;
  cli::options asked;
  bool json = false;
  CLI::App app{"Turns an incident into a ticket: once, safely.", "argus-ticket"};
  app.set_version_flag("--version", "argus-ticket " + std::string{argus_ticket::version});
  app.footer(help_footer());
  app.require_subcommand(1);
  app.fallthrough(); // global options may follow the command
  add_global_options(app, asked, json);
  subcommands commands{app, asked};
  commands.add_all();

  exit_code code = exit_code::done;
  try {
    app.parse(count, arguments);
    out.use_json(json);
    out.texts().hide_password_of(asked.connection.proxy);
    code = cli::run(asked, out);
  } catch (CLI::Success const& e) { // --help, --version
    app.exit(e);
    std::cout.flush();
    return std::cout ? exit_code::done : exit_code::plugin;
  } catch (CLI::ParseError const& e) {
    for (std::string_view const argument :
         std::vector<std::string_view>{arguments + 1, arguments + count}) {
      json = json || argument == "--json";
      if (argument.find("://") != argument.npos) out.texts().hide_password_of(argument);
      out.texts().hide_if_secret(argument.substr(argument.find('=') + 1));
    }
    out.use_json(json);
    out.usage_error(explanation(e, app));
    code = exit_code::usage;
  } catch (std::exception const& e) {
    out.use_json(json);
    // Nobody knows how far it had come.
    argus_ticket::error const failed{argus_ticket::errc::internal_error,
                                     argus_ticket::outcome::ambiguous, e.what()};
    out.error(failed);
    code = cli::exit_code_of(failed);
  }
  return out.flush() ? code : exit_code::plugin;
}

} // namespace

int main(int count, char** arguments) {
  // A reader that is gone is an error of writing, not the end of a program that has just opened a
  // ticket.
  std::signal(SIGPIPE, SIG_IGN);
  try {
    return static_cast<int>(run(count, arguments));
  } catch (std::exception const& e) {
    std::fprintf(stderr, "argus-ticket: %s\n", e.what());
    return static_cast<int>(exit_code::plugin);
  }
}
