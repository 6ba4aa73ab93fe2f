// The same with the library, header-only.

#include <argus_ticket/argus_ticket.hpp>
#include <argus_ticket/transport/https.hpp>

#include <iostream>

namespace at = argus_ticket;

int main() {
  at::client<"github"> tickets{
      at::settings<"github">{.endpoint = "https://github.com/",
                             .authentication = {.token = at::secret::from_environment("TOKEN")},
                             .information = {.project_namespace_and_name = "octo/tickets"}}};
  at::incident incident;
  incident.description = "Link down";
  at::result<at::ticket> const opened = tickets.create(incident);
  if (!opened) return std::cerr << opened.error() << '\n', 1;
  std::cout << opened->url << '\n';
}
