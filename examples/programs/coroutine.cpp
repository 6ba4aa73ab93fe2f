// Three incidents at once on one thread, with coroutines of Boost.Asio.

#include <argus_ticket/argus_ticket.hpp>
#include <argus_ticket/transport/async_https.hpp>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/io_context.hpp>

#include <iostream>

namespace at = argus_ticket;
namespace asio = boost::asio;
using tickets_type = at::client<"github", at::async_https_transport>;

asio::awaitable<void> open_one(tickets_type& tickets, at::incident incident, int& failed) {
  at::result<at::ticket> const opened = co_await tickets.async_find_or_create(incident);
  if (opened)
    std::cout << opened->url << '\n';
  else
    ++failed, std::cerr << opened.error() << '\n';
}

int main() {
  auto const settings = at::load_settings<"github">(at::read_raw_settings_environment());
  if (!settings) return std::cerr << settings.error() << '\n', 1;

  asio::io_context io{1};
  tickets_type tickets{*settings,
                       at::async_https_transport{io.get_executor(), {}, at::executor_threads::one}};
  int failed = 0;
  for (char const* host : {"gw-1", "gw-2", "gw-3"}) {
    at::incident incident;
    incident.source_incident_id = host;
    incident.description = std::string{"No answer from "} + host;
    asio::co_spawn(io, open_one(tickets, incident, failed), asio::detached);
  }
  io.run(); // all of them at once, on this thread
  return failed == 0 ? 0 : 1;
}
