// The same with the library, in the smallest set of headers that its users need.

#include <argus_ticket/client.hpp>
#include <argus_ticket/plugins/github.hpp>
#include <argus_ticket/transport/https.hpp>

#include <iostream>

namespace at = argus_ticket;

int main(int count, char** arguments) {
  if (count != 2) return std::cerr << "usage: library_client ENDPOINT\n", 2;
  at::client<"github"> tickets{
      at::settings<"github">{.endpoint = arguments[1],
                             .authentication = {.token = at::secret::from_environment("TOKEN")},
                             .information = {.project_namespace_and_name = "octo/tickets"}}};
  at::incident incident;
  incident.description = "Link down";
  at::result<at::ticket> const opened = tickets.create(incident);
  if (!opened) return std::cerr << opened.error() << '\n', 1;
  std::cout << opened->url << '\n';
}
