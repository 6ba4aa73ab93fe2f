#ifndef ARGUS_TICKET_IMPL_TRANSPORT_BLOCKING_CONNECTION_IPP
#define ARGUS_TICKET_IMPL_TRANSPORT_BLOCKING_CONNECTION_IPP

#include <argus_ticket/transport/detail/blocking_connection.hpp>
#include <argus_ticket/transport/detail/native_socket.hpp>

namespace argus_ticket::detail::https {

blocking_connection::~blocking_connection() {
  if (!is_open()) return;
  error_code ignored;
  if (tls_) { // close_notify goes out, where the socket takes it; its answer would be the end at
              // once
    counted().limit(std::chrono::steady_clock::now() + std::chrono::milliseconds{50});
    socket().shutdown(asio::socket_base::shutdown_receive, ignored);
    tls_->shutdown(ignored);
  }
  close();
}

bool blocking_connection::is_late(pending_step& s) {
  counted().limit(limit_);
  if (std::chrono::steady_clock::now() < limit_) return false;
  expire();
  s.finish(asio::error::timed_out);
  return true;
}

void blocking_connection::ended(pending_step& s, error_code ec, std::size_t count) {
  // The system's own `timed_out` may come earlier.
  if (ec == asio::error::timed_out && std::chrono::steady_clock::now() >= limit_) expire();
  s.finish(ec, count);
}

void blocking_connection::begin_look_up(pending_step& s, std::string const& host,
                                        std::string const& port, endpoints& into) {
  if (is_late(s)) return;
  error_code ec;
  auto const pending = start_lookup(host, port, {});
  if (!pending)
    ec = asio::error::no_buffer_space;
  else if (pending->wait(limit_))
    into = pending->take(ec);
  else
    ec = asio::error::timed_out;
  ended(s, ec);
}

void blocking_connection::begin_connect(pending_step& s, asio::ip::tcp::endpoint const& to) {
  if (is_late(s)) return;
  error_code ec;
  connect_until(socket(), to, limit_, ec);
  ended(s, ec);
}

void blocking_connection::begin_handshake(pending_step& s) {
  if (is_late(s)) return;
  error_code ec;
  tls_->handshake(asio::ssl::stream_base::client, ec);
  ended(s, ec);
}

void blocking_connection::begin_read(pending_step& s, asio::mutable_buffer into) {
  if (is_late(s)) return;
  error_code ec;
  std::size_t const count = tls_ ? tls_->read_some(into, ec) : tcp_->read_some(into, ec);
  ended(s, ec, count);
}

void blocking_connection::begin_write(pending_step& s, asio::const_buffer from) {
  if (is_late(s)) return;
  error_code ec;
  std::size_t const count = tls_ ? tls_->write_some(from, ec) : tcp_->write_some(from, ec);
  ended(s, ec, count);
}

} // namespace argus_ticket::detail::https

#endif
