#pragma once
// The loop written by hand: Boost.Beast, blocking, one connection that is kept.

#include <peers/beast_by_hand.hpp>

/// @param texts Gives the texts of the next ticket.
template <class Texts>
void run_blocking_loop(peer_arguments const& given, Texts texts) {
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
    http::write(stream, request_of(given, texts()));
    http::response<http::string_body> reply;
    http::read(stream, buffer, reply);
    return opened_of(reply);
  });
}
