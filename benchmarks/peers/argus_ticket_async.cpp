// This library's asynchronous client: many in flight on one thread.

#include <argus_ticket/transport/async_https.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <peers/argus_ticket_blocking.hpp>

namespace {

namespace asio = boost::asio;

using policies = at::policies<at::default_renderer, at::real_clock, at::no_retry, at::no_pacing>;
using client = at::client<"github", at::async_https_transport, at::builtin_plugins, policies>;

asio::awaitable<void> open_tickets(client& tickets, at::incident const& incident, int& left) {
  while (left-- > 0) {
    at::result<at::ticket> opened = co_await tickets.async_create(incident, asio::use_awaitable);
    check(take(std::move(opened)));
  }
}

} // namespace

int main(int count, char** arguments) {
  return peer_main(count, arguments, [](peer_arguments const& given) {
    at::incident const incident = at::parse_incident(given.incident()).value();
    asio::io_context context{1};
    at::https_options options;
    options.ca_file = given.ca_file;
    // As many connections as operations, as the bare loop and wrk have.
    options.max_connections_per_host = options.max_idle_connections = 1024;
    client tickets{settings_of(given), at::async_https_transport{context.get_executor(), options,
                                                                 at::executor_threads::one}};
    answer_rounds([&](int number, int in_flight) {
      int left = number;
      for (int i = 0; i < in_flight; ++i)
        asio::co_spawn(context, open_tickets(tickets, incident, left), [](std::exception_ptr e) {
          if (e) std::rethrow_exception(e);
        });
      context.restart();
      context.run();
    });
  });
}
