// Tickets with a text of one's own. Whatever stands in the incident, it stays text: nothing is
// escaped by hand.

#include <argus_ticket/argus_ticket.hpp>
#include <argus_ticket/transport/https.hpp>

#include <iostream>

namespace at = argus_ticket;
namespace doc = argus_ticket::document;

struct runbook_renderer {
  std::string runbooks = "https://runbooks.example.org/";

  doc::document operator()(at::incident const& from) const {
    doc::document text;
    text.add(doc::heading{2, "What to do"});
    doc::list steps;
    for (at::incident_tag const& tag : from.tags)
      if (tag.key == "host") steps.items.push_back({"Look at ", doc::code{tag.value}});
    steps.items.push_back({doc::link{"The runbook", runbooks + from.source.type}});
    text.add(std::move(steps));
    text.add(doc::paragraph{from.description});
    return text;
  }
  std::string title(at::incident const& from) const {
    return "[" + from.source.name + "] " + from.description;
  }
};

int main() {
  auto const settings = at::load_settings<"github">(at::read_raw_settings_environment());
  if (!settings) return std::cerr << settings.error() << '\n', 1;
  at::policies policies{.renderer = runbook_renderer{}};
  at::client<"github", at::https_transport, at::builtin_plugins, decltype(policies)> tickets{
      *settings, at::https_transport{}, policies};

  at::incident incident;
  incident.source_incident_id = "777";
  incident.source.name = "Campus";
  incident.source.type = "nav";
  incident.description = "Fan 2 is **slow** @everyone";
  incident.tags = {at::incident_tag::from("host=campus-gw3")};
  auto const ticket = tickets.find_or_create(incident);
  if (!ticket) return std::cerr << ticket.error() << '\n', 1;
  std::cout << ticket->title << '\n' << ticket->url << '\n';
}
