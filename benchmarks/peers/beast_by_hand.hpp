#pragma once
// What somebody writes by hand with Boost.Beast and Boost.JSON: the request and the reply.

#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl.hpp>
#include <boost/json.hpp>

#include <peers/rounds.hpp>

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = beast::http;

/// The texts of a ticket as a program has them: strings, not JSON.
struct ticket_texts {
  ticket_texts() = default;
  explicit ticket_texts(std::string const& json) {
    boost::json::value const ticket = boost::json::parse(json);
    title = ticket.at("title").as_string();
    body = ticket.at("body").as_string();
    for (boost::json::value const& one : ticket.at("labels").as_array())
      labels.emplace_back(one.as_string());
  }
  std::string title;
  std::string body;
  std::vector<std::string> labels;
};

inline asio::ssl::context client_context(peer_arguments const& arguments) {
  asio::ssl::context tls{asio::ssl::context::tls_client};
  tls.load_verify_file(arguments.ca_file);
  tls.set_verify_mode(asio::ssl::verify_peer);
  return tls;
}

/// Asks for the certificate of `localhost` and accepts no other one.
inline void expect_localhost(beast::ssl_stream<beast::tcp_stream>& stream) {
  std::string name = "localhost";
  stream.set_verify_callback(asio::ssl::host_name_verification{name});
  // What SSL_set_tlsext_host_name does, without its cast.
  SSL_ctrl(stream.native_handle(), SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name,
           name.data());
}

inline http::request<http::string_body> request_of(peer_arguments const& arguments,
                                                   ticket_texts const& texts) {
  http::request<http::string_body> request{http::verb::post, arguments.path(), 11};
  request.set(http::field::host, arguments.authority());
  request.set(http::field::user_agent, "beast");
  request.set(http::field::accept, "application/vnd.github+json");
  request.set("X-GitHub-Api-Version", "2022-11-28");
  request.set(http::field::authorization, "Bearer benchmark");
  request.set(http::field::content_type, "application/json");
  boost::json::object issue;
  issue["title"] = texts.title;
  issue["body"] = texts.body;
  issue["labels"] = boost::json::array(texts.labels.begin(), texts.labels.end());
  request.body() = boost::json::serialize(issue);
  request.prepare_payload();
  return request;
}

inline opened_ticket opened_of(http::response<http::string_body> const& reply) {
  if (reply.result() != http::status::created) throw std::runtime_error("not created");
  boost::json::value const issue = boost::json::parse(reply.body());
  return {issue.at("number").as_int64(), std::string{issue.at("html_url").as_string()}};
}
