// What an operation in flight needs beyond its connection: the memory in use with many of them
// waiting for their replies, less that with as many connections idle.
// usage: memory_in_flight PORT CA_FILE FOLDER TEXTS   (TEXTS are answered after a second)
// Prints bytes for each operation.

#include <argus_ticket/transport/async_https.hpp>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <malloc.h>
#include <peers/argus_ticket_blocking.hpp>

namespace {

namespace asio = boost::asio;

using policies = at::policies<at::default_renderer, at::real_clock, at::no_retry, at::no_pacing>;
using client = at::client<"github", at::async_https_transport, at::builtin_plugins, policies>;

asio::awaitable<void> open_ticket(client& tickets, at::incident const& incident) {
  at::result<at::ticket> opened = co_await tickets.async_create(incident, asio::use_awaitable);
  check(take(std::move(opened)));
}

double in_use() {
  auto const info = ::mallinfo2();
  return static_cast<double>(info.uordblks + info.hblkhd);
}

} // namespace

int main(int count, char** arguments) {
  return peer_main(count, arguments, [](peer_arguments const& given) {
    constexpr int operations = 256;
    at::incident const incident = at::parse_incident(given.incident()).value();
    asio::io_context context{1};
    at::https_options options;
    options.ca_file = given.ca_file;
    options.max_connections_per_host = options.max_idle_connections = operations;
    client tickets{settings_of(given), at::async_https_transport{context.get_executor(), options,
                                                                 at::executor_threads::one}};
    auto const start_all = [&] {
      for (int i = 0; i < operations; ++i)
        asio::co_spawn(context, open_ticket(tickets, incident), [](std::exception_ptr e) {
          if (e) std::rethrow_exception(e);
        });
      context.restart();
    };
    for (int i = 0; i < 2; ++i) { // opens the connections, and fills what is kept for later
      start_all();
      context.run_for(std::chrono::seconds{3});
    }
    double const idle = in_use();
    start_all();
    context.run_for(std::chrono::milliseconds{600}); // all are sent, no reply has come
    std::printf("%.0f\n", (in_use() - idle) / operations);
    context.run_for(std::chrono::seconds{3});
  });
}
