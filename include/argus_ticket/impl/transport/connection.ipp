#ifndef ARGUS_TICKET_IMPL_TRANSPORT_CONNECTION_IPP
#define ARGUS_TICKET_IMPL_TRANSPORT_CONNECTION_IPP

#include <argus_ticket/transport/detail/connection.hpp>
#include <argus_ticket/transport/detail/native_socket.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/error.hpp>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>

namespace argus_ticket::detail::https {

procedure<void> connection::connect(endpoints addresses, time_point end, error_code& ec) {
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    if (cancelled_) {
      ec = asio::error::operation_aborted;
      co_return;
    }
    auto const now = std::chrono::steady_clock::now();
    auto const share = (end - now) / static_cast<long>(addresses.size() - i);
    expired_ = false;
    limit(now + share);
    co_await connect_to(addresses[i], ec);
    // The clock may go off while the completion of a connect is on its way.
    if (!ec && expired_) ec = asio::error::timed_out;
    if (cancelled_) ec = asio::error::operation_aborted;
    if (!ec) {
      error_code ignored;
      socket().set_option(asio::ip::tcp::no_delay(true), ignored);
      co_return;
    }
    close();
  }
}

/// Asks for that host's certificate (SNI) and accepts no other one.
inline bool expect_host(SSL* session, std::string host) {
  if (!host.empty() && host.back() == '.') host.pop_back();
  error_code not_an_address;
  asio::ip::make_address(host, not_an_address);
  X509_VERIFY_PARAM* const expected = SSL_get0_param(session);
  if (!not_an_address) return X509_VERIFY_PARAM_set1_ip_asc(expected, host.c_str()) == 1;
  // Names are taken from the certificate's alternative names alone (RFC 9525).
  X509_VERIFY_PARAM_set_hostflags(expected, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS |
                                                X509_CHECK_FLAG_NEVER_CHECK_SUBJECT);
  // What SSL_set_tlsext_host_name does, without its cast.
  return SSL_ctrl(session, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, host.data()) ==
             1 &&
         X509_VERIFY_PARAM_set1_host(expected, host.data(), host.size()) == 1;
}

bool connection::start_tls(asio::ssl::context& context, std::string host) {
  tls_.emplace(std::move(*tcp_), context);
  tcp_.reset();
  return expect_host(tls_->native_handle(), std::move(host));
}

bool connection::is_reusable() {
  if (!socket().is_open()) return false;
  if (tls_ && (SSL_get_shutdown(session()) != 0 || SSL_has_pending(session()) != 0)) return false;
  constexpr std::chrono::milliseconds just_now{1};
  if (carried_ > 1 && std::chrono::steady_clock::now() - resting_since_ < just_now) return true;
  // Readable means closed, or bytes that nobody asked for: either way it is of no use.
  error_code ec;
  return !wait_until_ready(socket(), readiness::to_read, (time_point::min)(), ec) &&
         ec == asio::error::timed_out;
}

} // namespace argus_ticket::detail::https

#endif
