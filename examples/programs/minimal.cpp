// Turns an incident, as JSON on standard input, into a ticket. The settings come from the
// environment: TICKET_ENDPOINT, TICKET_AUTHENTICATION_SECRET and TICKET_INFORMATION.

#include <argus_ticket/argus_ticket.hpp>
#include <argus_ticket/transport/https.hpp>

#include <iostream>
#include <iterator>

namespace at = argus_ticket;

int main() {
  std::string const json{std::istreambuf_iterator<char>{std::cin}, {}};
  at::result<at::incident> const incident = at::parse_incident(json);
  if (!incident) return std::cerr << incident.error() << '\n', 1;
  auto const settings = at::load_settings<"github">(at::read_raw_settings_environment());
  if (!settings) return std::cerr << settings.error() << '\n', 1;

  at::client<"github"> tickets{*settings};
  at::result<at::ticket> const ticket = tickets.find_or_create(*incident);
  if (!ticket) return std::cerr << ticket.error() << '\n', 1; // what, where, may a ticket exist
  std::cout << (ticket->created ? "opened " : "found ") << ticket->url << '\n';
}
