#ifndef ARGUS_TICKET_IMPL_TRANSPORT_CONNECTION_IPP
#define ARGUS_TICKET_IMPL_TRANSPORT_CONNECTION_IPP

#include <argus_ticket/transport/detail/connection.hpp>

#include <boost/asio/buffer.hpp>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/error.hpp>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>

namespace argus_ticket::detail::https {

void connection::limit(time_point when) {
  limit_ = when;
  if (clock_ == clock::runner_s) return;
  unsigned long const step = ++step_;
  timer_.expires_at(when);
  timer_.async_wait([self = shared_from_this(), step](error_code ec) {
    if (!ec && step == self->step_) self->expire();
  });
}

void connection::unlimit() {
  limit_ = (time_point::max)();
  if (clock_ == clock::runner_s) return;
  ++step_;
  timer_.cancel();
}

asio::awaitable<void> connection::connect(endpoints addresses, time_point end, error_code& ec) {
  for (std::size_t i = 0; i < addresses.size(); ++i) {
    if (cancelled_) {
      ec = asio::error::operation_aborted;
      co_return;
    }
    auto const now = std::chrono::steady_clock::now();
    auto const share = (end - now) / static_cast<long>(addresses.size() - i);
    expired_ = false;
    limit(now + share);
    co_await socket().async_connect(addresses[i], into(ec));
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

asio::awaitable<void> connection::handshake(asio::ssl::context& context, std::string host,
                                            error_code& ec) {
  tls_.emplace(std::move(*tcp_), context);
  tcp_.reset();
  if (!expect_host(tls_->native_handle(), std::move(host))) {
    ec = asio::error::invalid_argument;
    co_return;
  }
  co_await tls_->async_handshake(asio::ssl::stream_base::client, into(ec));
}

asio::awaitable<std::size_t> connection::read_some(asio::mutable_buffer buffer, error_code& ec) {
  std::size_t count = 0;
  if (tls_)
    count = co_await tls_->async_read_some(buffer, into(ec));
  else
    count = co_await tcp_->async_read_some(buffer, into(ec));
  co_return count;
}

asio::awaitable<std::size_t> connection::write_some(asio::const_buffer buffer, error_code& ec) {
  std::size_t count = 0;
  if (tls_)
    count = co_await tls_->async_write_some(buffer, into(ec));
  else
    count = co_await tcp_->async_write_some(buffer, into(ec));
  co_return count;
}

bool connection::is_reusable() {
  if (!socket().is_open()) return false;
  if (tls_ && (SSL_get_shutdown(session()) != 0 || SSL_has_pending(session()) != 0)) return false;
  constexpr std::chrono::milliseconds just_now{1};
  if (carried_ > 1 && std::chrono::steady_clock::now() - resting_since_ < just_now) return true;
  // Readable means closed, or bytes that nobody asked for: either way it is of no use.
  error_code ec;
  char byte = 0;
  if (!socket().non_blocking()) socket().non_blocking(true, ec);
  if (ec) return false;
  socket().receive(asio::buffer(&byte, 1), asio::socket_base::message_peek, ec);
  return ec == asio::error::would_block || ec == asio::error::try_again;
}

void connection::close_gracefully() noexcept {
  try {
    // close_notify goes out at once, where the socket takes it; its answer is not waited for.
    if (tls_ && socket().is_open())
      tls_->async_shutdown([self = shared_from_this()](error_code) {});
  } catch (std::exception const&) { // out of memory: then without it
  }
}

void connection::close() noexcept {
  error_code ignored;
  socket().close(ignored);
}

} // namespace argus_ticket::detail::https

#endif
