// What the library is measured against: the same ticket opened by hand, with Boost.Beast alone.

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/json.hpp>

#include <cstdlib>
#include <iostream>

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

int main(int count, char** arguments) try {
  if (count != 5) {
    std::cerr << "usage: beast_client HOST PORT PATH TOKEN\n";
    return 2;
  }
  std::string const host = arguments[1];
  asio::io_context context;
  asio::ssl::context tls{asio::ssl::context::tls_client};
  tls.set_default_verify_paths();
  tls.set_verify_mode(asio::ssl::verify_peer);
  beast::ssl_stream<beast::tcp_stream> stream{context, tls};
  stream.set_verify_callback(asio::ssl::host_name_verification{host});
  SSL_set_tlsext_host_name(stream.native_handle(), host.c_str());
  beast::get_lowest_layer(stream).connect(
      asio::ip::tcp::resolver{context}.resolve(host, arguments[2]));
  stream.handshake(asio::ssl::stream_base::client);

  http::request<http::string_body> request{http::verb::post, arguments[3], 11};
  request.set(http::field::host, host);
  request.set(http::field::user_agent, "beast_client");
  request.set(http::field::authorization, std::string{"Bearer "} + arguments[4]);
  request.set(http::field::accept, "application/vnd.github+json");
  request.set(http::field::content_type, "application/json");
  request.body() = boost::json::serialize(
      boost::json::object{{"title", "Link down"}, {"body", "Link down since 11:11"}});
  request.prepare_payload();
  http::write(stream, request);

  beast::flat_buffer buffer;
  http::response<http::string_body> reply;
  http::read(stream, buffer, reply);
  auto const issue = boost::json::parse(reply.body());
  std::cout << issue.at("html_url").as_string() << '\n';
} catch (std::exception const& e) {
  std::cerr << e.what() << '\n';
  return 1;
}
