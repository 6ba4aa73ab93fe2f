// A client with a plugin of one's own, over a model of its server: it opens a ticket, finds it
// again, and then does with the plugin what users and networks do.

#include "acme.hpp"
#include "acme_model.hpp"

#include <argus_ticket/client.hpp>
#include <argus_ticket/testing/conformance.hpp>
#include <argus_ticket/testing/mock_transport.hpp>

#include <iostream>

namespace at = argus_ticket;

inline constexpr auto my_plugins = at::with_plugins<examples::acme>(at::builtin_plugins);
using my_client = at::client<"acme", at::testing::mock_transport, my_plugins>;

int main() {
  examples::acme_model server;
  at::testing::mock_transport network; // in a service: at::https_transport
  network.answer_by([&](at::http::request const& r) { return server.answer(r); });

  my_client::settings_type settings;
  settings.endpoint = examples::acme_model::endpoint;
  settings.authentication.token = at::secret{"acme-0123456789"};

  at::incident incident;
  incident.source_incident_id = "12345";
  incident.description = "Link down";
  my_client tickets{settings, network};
  for (int i = 0; i < 2; ++i) {
    at::result<at::ticket> const ticket = tickets.find_or_create(incident);
    if (!ticket) return std::cerr << ticket.error() << '\n', 1;
    std::cout << (ticket->created ? "opened " : "found ") << ticket->url << '\n';
  }

  auto const report = at::testing::check_conformance<examples::acme>(settings, network);
  std::cout << report;
  return report.is_conforming() ? 0 : 1;
}
