#include "commands.hpp"

#include "inputs.hpp"
#include "outbox_commands.hpp"

#include <utility>

namespace at = argus_ticket;

namespace cli {
namespace {

/// Runs one command; each member returns the program's exit code.
class session {
 public:
  session(options const& asked, any_client& client, std::string plugin, output& out)
      : asked_(asked), client_(client), plugin_(std::move(plugin)), out_(out) {}

  exit_code on_incident(at::incident const& from) {
    switch (asked_.command) {
    case command::preview:
      return preview(from);
    case command::create:
      return opened(client_.create(from));
    case command::open:
      return opened(client_.find_or_create(from));
    case command::update:
      return ticket("updated", client_.update(asked_.ticket, from));
    default:
      return find(from);
    }
  }

  exit_code on_ticket() {
    switch (asked_.command) {
    case command::comment:
      return comment();
    case command::close:
      return ticket("closed", client_.close(asked_.ticket, asked_.reason));
    case command::reopen:
      return ticket("reopened", client_.reopen(asked_.ticket));
    default:
      return show();
    }
  }

  exit_code check() {
    auto const report = client_.check();
    if (!report) return failed(report.error());
    out_.check(plugin_, *report);
    return done(!report->warnings.empty());
  }

 private:
  exit_code failed(at::error const& e) {
    out_.error(e);
    return exit_code_of(e);
  }
  exit_code done(bool degraded) const {
    return degraded && asked_.strict ? exit_code::degraded : exit_code::done;
  }
  exit_code ticket(std::string_view verb, at::result<at::ticket> const& t) {
    if (!t) return failed(t.error());
    out_.ticket(verb, *t);
    return done(!t->warnings.empty());
  }
  exit_code opened(at::result<at::ticket> const& t) {
    return ticket(t && !t->created ? "found" : "opened", t);
  }
  exit_code show() {
    auto const t = client_.get(asked_.ticket);
    return ticket(t ? to_string(t->state) : "", t);
  }
  exit_code find(at::incident const& from) {
    auto const found = client_.find(from);
    if (!found) return failed(found.error());
    if (*found) return ticket("found", **found);
    out_.no_ticket();
    return exit_code::not_found;
  }
  exit_code comment() {
    std::string text = asked_.text;
    if (text == "-") {
      auto read = read_text("-", "the comment");
      if (!read) return failed(read.error());
      text = std::move(*read);
    }
    auto const added = client_.comment(asked_.ticket, text);
    if (!added) return failed(added.error());
    out_.comment(*added);
    return done(!added->warnings.empty());
  }
  exit_code preview(at::incident const& from) {
    if (asked_.prefilled_url) {
      auto const url = client_.prefilled_url(from);
      if (!url) return failed(url.error());
      out_.url(*url);
    } else {
      auto const request = client_.preview(from);
      if (!request) return failed(request.error());
      out_.request(*request);
    }
    return exit_code::done;
  }

  options const& asked_;
  any_client& client_;
  std::string plugin_;
  output& out_;
};

bool takes_incident(command c) {
  return c == command::preview || c == command::create || c == command::open ||
         c == command::find || c == command::update;
}

} // namespace

exit_code run(options const& asked, output& out) {
  if (asked.command == command::plugins) {
    out.plugins(known_plugins());
    return exit_code::done;
  }
  if (asked.command == command::outbox) return run_outbox(asked, out);
  auto const failed = [&](at::error const& e) {
    out.error(e);
    return exit_code_of(e);
  };
  auto const settings = read_settings(asked.settings_file, out.texts());
  if (!settings) return failed(settings.error());
  auto const client = make_client(*settings, asked.connection, out.texts());
  if (!client) return failed(client.error());

  session s{asked, **client, settings->plugin, out};
  if (asked.command == command::check) return s.check();
  if (!takes_incident(asked.command)) return s.on_ticket();
  auto const incident = read_incident(asked.incident_file);
  return incident ? s.on_incident(*incident) : failed(incident.error());
}

} // namespace cli
