// Settings of one's own type: what is known when the program is compiled is checked then. Shows the
// request that would open a ticket, and sends nothing.

#include <argus_ticket/argus_ticket.hpp>
#include <argus_ticket/transport/https.hpp>

#include <array>
#include <iostream>

namespace at = argus_ticket;
using namespace at::literals;

struct my_information {
  static constexpr auto project_namespace_and_name = "githubtraining/hellogitworld"_project;
  static constexpr std::array<std::string_view, 2> labels_set{"alarm", "campus"};
};
struct my_settings {
  static constexpr auto endpoint = "https://github.com/"_endpoint; // a malformed one: no program
  struct {
    at::secret token;
  } authentication;
  my_information information;
};

int main() {
  my_settings settings;
  settings.authentication.token = at::secret::from_environment("GITHUB_TOKEN");
  auto tickets = at::client<"github">::make(settings); // the constructor would throw
  if (!tickets) return std::cerr << tickets.error() << '\n', 1;

  at::incident incident;
  incident.source_incident_id = "12345";
  incident.description = "Link down";
  auto const request = tickets->preview(incident);
  if (!request) return std::cerr << request.error() << '\n', 1;
  std::cout << *request << '\n'; // the token is shown as ***
}
