#ifndef ARGUS_TICKET_IMPL_TRANSPORT_ATTEMPT_OPEN_IPP
#define ARGUS_TICKET_IMPL_TRANSPORT_ATTEMPT_OPEN_IPP

#include <argus_ticket/transport/detail/attempt.hpp>
#include <argus_ticket/transport/detail/wire.hpp>

#include <algorithm>

namespace argus_ticket::detail::https {

/// The failure of a step before anything was sent.
inline error not_opened(attempt const& a, bool timed_out, std::string const& step,
                        error_code const& ec) {
  if (timed_out)
    return a.failures.failed(errc::timed_out, progress::nothing_sent,
                             "cannot " + step + " in time");
  return a.failures.failed(errc::connection_failed, progress::nothing_sent,
                           "cannot " + step + ": " + reason(ec));
}

/// Asks the proxy for a tunnel.
inline procedure<std::optional<error>> open_tunnel(connection& c, attempt const& a) {
  error_code ec;
  std::string const step = "reach " + a.failures.peer() + " by the proxy " + a.proxy->peer();
  secret const text = serialise_connect(a.request.url(), a.options, *a.proxy);
  asio::const_buffer rest = asio::buffer(text.expose());
  while (!ec && rest.size() > 0) {
    std::size_t const count = co_await c.write_some(rest, ec);
    rest += count;
  }
  reply_reader reader{c.reply_room(), a.options.header_limit, a.options.body_limit,
                      reply_reader::scope::header_only};
  while (!ec && !reader.done() && !reader.bad()) {
    asio::mutable_buffer const space = reader.space();
    std::size_t const count = co_await c.read_some(space, ec);
    reader.commit(count);
  }
  if (c.expired() || ec) co_return not_opened(a, c.expired(), step, ec);
  // The proxy's own words are no reply of the server: its status is told in the message alone.
  std::string why;
  if (reader.bad())
    why = "its reply " + reader.problem();
  else if (reader.status() == 407)
    why = "it asks for other credentials (HTTP 407)";
  else if (reader.status() / 100 != 2)
    why = "it refuses (HTTP " + std::to_string(reader.status()) + ")";
  else if (reader.has_more())
    why = "it sends more than a header";
  if (why.empty()) co_return std::nullopt;
  co_return a.failures.failed(errc::connection_failed, progress::nothing_sent,
                              "cannot " + step + ": " + why);
}

procedure<std::optional<error>> open(connection& c, attempt const& a) {
  http::url const& url = a.request.url();
  time_point const end =
      (std::min)(std::chrono::steady_clock::now() + a.options.connect_timeout, a.deadline);
  error_code ec;
  std::string const host = a.proxy != nullptr ? a.proxy->host : std::string{url.hostname()};
  std::string const port = a.proxy != nullptr ? a.proxy->port : url.port();
  std::string const name = a.proxy != nullptr ? "the proxy " + a.proxy->peer() : a.failures.peer();

  c.limit(end);
  endpoints addresses;
  co_await c.look_up(host, port, addresses, ec);
  if (ec) co_return not_opened(a, c.expired(), "look up " + name, ec);
  co_await c.connect(std::move(addresses), end, ec);
  if (ec) co_return not_opened(a, c.expired(), "connect to " + name, ec);
  if (a.proxy != nullptr && a.tls != nullptr) {
    c.limit(end);
    std::optional<error> refused = co_await open_tunnel(c, a);
    if (refused) co_return refused;
  }
  if (a.tls == nullptr) co_return std::nullopt;

  time_point const handshake_end =
      (std::min)(std::chrono::steady_clock::now() + a.options.handshake_timeout, a.deadline);
  c.limit(handshake_end);
  std::string const host_name{url.hostname()};
  co_await c.handshake(*a.tls, host_name, ec);
  if (c.expired())
    co_return not_opened(a, true, "finish the TLS handshake with " + a.failures.peer(), ec);
  if (ec) co_return a.failures.tls(ec, c.session(), progress::nothing_sent);
  co_return std::nullopt;
}

} // namespace argus_ticket::detail::https

#endif
