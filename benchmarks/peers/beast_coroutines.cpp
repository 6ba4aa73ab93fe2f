// The bare loop with coroutines: Boost.Beast and Asio, many in flight on one thread, without
// time-outs; nothing but the JSON is made and read.

#include <boost/asio/awaitable.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <peers/beast_by_hand.hpp>

namespace {

struct connection {
  connection(asio::io_context& context, asio::ssl::context& tls) : stream(context, tls) {}

  beast::ssl_stream<beast::tcp_stream> stream;
  beast::flat_buffer buffer;
  bool is_open = false;
};

asio::awaitable<void> open(connection& c, std::string const& port) {
  expect_localhost(c.stream);
  asio::ip::tcp::resolver resolver{c.stream.get_executor()};
  auto const addresses = co_await resolver.async_resolve("localhost", port, asio::use_awaitable);
  auto& socket = beast::get_lowest_layer(c.stream);
  co_await socket.async_connect(addresses, asio::use_awaitable);
  socket.socket().set_option(asio::ip::tcp::no_delay(true));
  co_await c.stream.async_handshake(asio::ssl::stream_base::client, asio::use_awaitable);
  c.is_open = true;
}

asio::awaitable<void> open_tickets(connection& c, peer_arguments const& given,
                                   ticket_texts const& texts, int& left) {
  if (!c.is_open) co_await open(c, given.port);
  while (left-- > 0) {
    http::request<http::string_body> const request = request_of(given, texts);
    co_await http::async_write(c.stream, request, asio::use_awaitable);
    http::response<http::string_body> reply;
    co_await http::async_read(c.stream, c.buffer, reply, asio::use_awaitable);
    check(opened_of(reply));
  }
}

} // namespace

int main(int count, char** arguments) {
  return peer_main(count, arguments, [](peer_arguments const& given) {
    ticket_texts const texts{given.ticket()};
    asio::io_context context{1};
    asio::ssl::context tls = client_context(given);
    std::vector<std::unique_ptr<connection>> connections;
    answer_rounds([&](int tickets, int in_flight) {
      while (connections.size() < static_cast<std::size_t>(in_flight))
        connections.push_back(std::make_unique<connection>(context, tls));
      int left = tickets;
      for (int i = 0; i < in_flight; ++i)
        asio::co_spawn(context,
                       open_tickets(*connections[static_cast<std::size_t>(i)], given, texts, left),
                       [](std::exception_ptr e) {
                         if (e) std::rethrow_exception(e);
                       });
      context.restart();
      context.run();
    });
  });
}
