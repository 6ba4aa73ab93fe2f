#include <argus_ticket/argus_ticket.hpp>
#include <argus_ticket/counters.hpp>
#include <argus_ticket/outbox.hpp>
#include <argus_ticket/outbox/asio_runner.hpp>
#include <argus_ticket/outbox/memory_store.hpp>
#include <argus_ticket/outbox/runner.hpp>
#include <argus_ticket/testing/mock_transport.hpp>
#include <argus_ticket/transport/https.hpp>

namespace at = argus_ticket;

std::string two(at::incident const& from) {
  at::testing::mock_transport server;
  at::client<"github", at::testing::mock_transport> tickets{
      at::settings<"github">{.endpoint = "https://github.com/",
                             .authentication = {.token = at::secret{"t"}},
                             .information = {.project_namespace_and_name = "octo/tickets"}},
      server};
  auto const request = tickets.preview(from);
  return request ? request->body() : at::to_string(request.error());
}
