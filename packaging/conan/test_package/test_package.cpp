#include <argus_ticket/argus_ticket.hpp>
#include <argus_ticket/testing/mock_transport.hpp>

#include <iostream>

namespace at = argus_ticket;

// Prints what a client would send, without sending it.
int main() {
  at::client<"github", at::testing::mock_transport> const tickets{
      at::settings<"github">{.endpoint = "https://github.com/",
                             .authentication = {.token = at::secret{"a-token"}},
                             .information = {.project_namespace_and_name = "octo/tickets"}},
      {}};
  at::incident incident;
  incident.source_incident_id = "12345";
  incident.description = "Link down";
  auto const request = tickets.preview(incident);
  if (!request) return std::cerr << request.error() << '\n', 1;
  std::cout << *request << '\n';
}
