#ifndef ARGUS_TICKET_IMPL_TRANSPORT_ATTEMPT_EXCHANGE_IPP
#define ARGUS_TICKET_IMPL_TRANSPORT_ATTEMPT_EXCHANGE_IPP

#include <argus_ticket/transport/detail/attempt.hpp>
#include <argus_ticket/transport/detail/wire.hpp>

namespace argus_ticket::detail::https {

/// Why there is no reply, after the request was sent as far as `a.sent` says.
inline error no_reply(connection& c, attempt& a, reply_reader const& reader, error_code const& ec) {
  std::string const& peer = a.failures.peer();
  if (reader.bad())
    return a.failures.failed(errc::bad_reply, a.sent,
                             "the reply of " + peer + ' ' + reader.problem());
  if (c.expired()) {
    char const* const step = a.sent == progress::all_sent ? " did not reply in time"
                             : a.sent == progress::reply_begun
                                 ? " did not end its reply in time"
                                 : " did not take the request in time";
    return a.failures.failed(errc::timed_out, a.sent, peer + step);
  }
  // Only of the handshake: where requests were carried, this one may have been taken as well.
  if (!c.has_carried() && a.sent != progress::reply_begun && refuses_client_certificate(ec))
    return a.failures.tls(ec, c.session(), a.sent);
  a.broken = a.sent != progress::reply_begun;
  char const* const step = a.sent == progress::all_sent      ? "no reply from "
                           : a.sent == progress::reply_begun ? "the reply broke off, from "
                                                             : "cannot send the request to ";
  return a.failures.failed(errc::connection_failed, a.sent, step + peer + ": " + reason(ec));
}

/// Whether a write failed because the other side has gone; what it sent before can still be read.
inline bool is_hang_up(error_code const& ec) {
  return ec == asio::error::connection_reset || ec == asio::error::broken_pipe || is_end(ec);
}

/// Sends the whole request, keeping `a.sent` true to what has left.
inline procedure<void> send_request(connection& c, attempt& a, error_code& ec) {
  secret const text = serialise(a.request, a.options, a.tls == nullptr ? a.proxy : nullptr);
  asio::const_buffer rest = asio::buffer(text.expose());
  std::size_t const before = c.bytes_sent();
  while (!ec && rest.size() > 0) {
    std::size_t const count = co_await c.write_some(rest, ec);
    rest += count;
    if (rest.size() == 0)
      a.sent = progress::all_sent;
    else if (c.bytes_sent() != before)
      a.sent = progress::partly_sent;
  }
}

procedure<void> exchange(connection& c, attempt& a) {
  reply_reader reader{c.reply_room(), a.options.header_limit, a.options.body_limit};
  error_code send_error;
  c.limit(a.deadline);
  co_await send_request(c, a, send_error);

  error_code ec;
  if (send_error && !is_hang_up(send_error)) ec = send_error;
  if (!ec && a.sent == progress::nothing_sent) {
    // What came already is no answer to what was not sent; but an alert may tell what is wrong.
    asio::mutable_buffer const unused = reader.space();
    co_await c.read_some(unused, ec);
    if (!ec) ec = send_error;
  }
  // A server may answer and hang up without having read everything: its reply counts.
  while (!ec && !c.expired() && !reader.done() && !reader.bad()) {
    asio::mutable_buffer const space = reader.space();
    std::size_t const count = co_await c.read_some(space, ec);
    reader.commit(count);
    if (reader.begun()) a.sent = progress::reply_begun;
    // Without close_notify the end may be an attacker's, so it ends no reply over TLS.
    if (ec == asio::error::eof && reader.begun()) reader.end();
  }
  if (reader.done()) {
    a.reusable = !ec && !send_error && reader.keeps_alive();
    if (a.reusable) c.rest();
    a.reply.emplace(reader.take());
    co_return;
  }
  bool const alert = refuses_client_certificate(ec);
  bool const is_first = send_error && !alert && a.sent != progress::reply_begun;
  error_code const cause = is_first ? send_error : ec;
  a.reply.emplace(no_reply(c, a, reader, cause));
}

/// Whether the time is over before anything was sent; says so then.
inline bool is_too_late(attempt& a) {
  if (std::chrono::steady_clock::now() < a.deadline) return false;
  a.reply.emplace(a.failures.failed(errc::timed_out, progress::nothing_sent,
                                    "the time was over before the request to " + a.failures.peer() +
                                        " was sent"));
  return true;
}

procedure<void> run(connection& c, attempt& a) {
  if (!is_too_late(a) && !c.is_open()) {
    std::optional<error> failed = co_await open(c, a);
    if (failed) a.reply.emplace(std::move(*failed));
  }
  if (!a.reply && !is_too_late(a)) co_await exchange(c, a);
  c.unlimit();
  if (c.cancelled() && !*a.reply) {
    a.broken = false; // it is not to be sent again
    a.reply.emplace(
        a.failures.failed(errc::cancelled, a.sent, "the caller cancelled the operation"));
  }
  if (!a.reusable) c.close();
}

} // namespace argus_ticket::detail::https

#endif
