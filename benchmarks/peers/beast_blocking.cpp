// The loop written by hand: Boost.Beast, blocking, one connection that is kept.

#include <peers/beast_by_hand.hpp>

int main(int count, char** arguments) {
  return peer_main(count, arguments, [](peer_arguments const& given) {
    ticket_texts const texts{given.ticket()};
    asio::io_context context{1};
    asio::ssl::context tls = client_context(given);
    beast::ssl_stream<beast::tcp_stream> stream{context, tls};
    expect_localhost(stream);
    auto& socket = beast::get_lowest_layer(stream);
    socket.connect(asio::ip::tcp::resolver{context}.resolve("localhost", given.port));
    socket.socket().set_option(asio::ip::tcp::no_delay(true));
    stream.handshake(asio::ssl::stream_base::client);
    beast::flat_buffer buffer;
    answer_rounds_one_by_one([&] {
      http::write(stream, request_of(given, texts));
      http::response<http::string_body> reply;
      http::read(stream, buffer, reply);
      return opened_of(reply);
    });
  });
}
