// incident_service: incidents in over HTTP, tickets out.
#include "api.hpp"
#include "http_server.hpp"
#include "tickets.hpp"

#include <CLI/CLI.hpp>

#include <chrono>
#include <csignal>
#include <cstdlib>
#include <exception>
#include <iostream>

namespace {

struct options {
  service::ticket_options tickets;
  service::server_options server;
  double grace = 10;
};

void add_options(CLI::App& app, options& into) {
  app.add_option("--store", into.tickets.store,
                 "The outbox's file, on a local disk; made if need be")
      ->required()
      ->type_name("FILE");
  app.add_option("--settings", into.tickets.settings_file,
                 "Argus's four settings as a JSON object (default: the environment)")
      ->type_name("FILE");
  app.add_option("--ca-file", into.tickets.ca_file,
                 "Trust the certificates in this PEM file instead of the system's")
      ->type_name("FILE");
  app.add_option("--workers", into.tickets.workers, "Deliveries at a time (default 2)")
      ->check(CLI::Range(1, 64));
  app.add_option("--most-entries", into.tickets.most_entries,
                 "How many entries the outbox may hold (default 1000000)")
      ->check(CLI::PositiveNumber);
  app.add_option("--address", into.server.address,
                 "Listen there (default 127.0.0.1); there is no authentication")
      ->check(CLI::ValidIPV4);
  app.add_option("--port", into.server.port, "0, the default: any free one");
  app.add_option("--grace", into.grace, "How many seconds it may go on after SIGTERM (default 10)")
      ->check(CLI::Range(0.001, 3600.0));
}

int serve(options const& given) {
  auto tickets = service::tickets::open(given.tickets);
  if (!tickets) {
    std::cerr << "incident_service: " << tickets.error() << '\n';
    return 1;
  }
  service::api api{**tickets};
  service::http_server server{given.server,
                              [&api](service::request const& r) { return api.answer(r); }};
  std::cout << "listening on " << server.url() << '\n' << std::flush;

  std::chrono::milliseconds const grace{static_cast<long>(given.grace * 1000)};
  // Deliveries are told to end as soon as the signal comes, not when the last reply is out.
  auto const left = server.run(grace, [&] { (*tickets)->stop(std::chrono::milliseconds{1}); });
  if ((*tickets)->stop(left)) return 0;
  // Nothing is lost: it is on record, is looked for, and goes on at the next start.
  std::cerr << "incident_service: a request is still under way; its entry is taken up again at the "
               "next start\n"
            << std::flush;
  std::_Exit(0);
}

int run(int count, char** arguments) {
  options given;
  CLI::App app{"Takes incidents over HTTP, durably, and turns each into a ticket.",
               "incident_service"};
  add_options(app, given);
  try {
    app.parse(count, arguments);
  } catch (CLI::Success const& e) { // --help
    return app.exit(e);
  } catch (CLI::ParseError const& e) {
    app.exit(e);
    return 2;
  }
  return serve(given);
}

} // namespace

int main(int count, char** arguments) try {
  std::signal(SIGPIPE, SIG_IGN); // a reader of our log that is gone ends nothing
  return run(count, arguments);
} catch (std::exception const& e) { // the port is taken
  std::cerr << "incident_service: " << e.what() << '\n';
  return 1;
}
