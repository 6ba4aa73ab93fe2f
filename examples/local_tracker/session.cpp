// A connection's begin and end, and the faults that end it.
#include <cstdio>
#include <local_tracker/session.hpp>
#include <poll.h>

namespace local_tracker::detail {

bool shared_state::has_hook() {
  std::lock_guard const held{hook_lock};
  return static_cast<bool>(hook);
}

std::optional<connection_fault> shared_state::ask(connection_event const& event) {
  connection_fault_hook asked;
  {
    std::lock_guard const held{hook_lock};
    asked = hook;
  }
  if (!asked) return std::nullopt;
  try { // outside the lock, so that the hook may set another one
    auto const fault = asked(event);
    return fault && fault->at == event.at ? fault : std::nullopt;
  } catch (std::exception const& problem) { // a test's hook may throw
    std::fprintf(stderr, "local_tracker: the hook for faults: %s\n", problem.what());
    return std::nullopt;
  }
}

session::session(tcp::socket socket, shared_state& shared, std::size_t number)
    : shared_(shared), stream_(std::move(socket), *shared.tls), timer_(shared.context) {
  event_.connection = number;
  shared_.sessions.insert(this);
}

session::~session() { shared_.sessions.erase(this); }

void session::start() {
  if (auto const fault = ask(fault_point::at_connect)) return strike(fault->how);
  if (!shared_.has_hook()) return handshake();
  // This wait is none of the stream's operations, so it needs a timeout of its own.
  timer_.expires_after(shared_.options.request_timeout);
  timer_.async_wait([self = shared_from_this()](error_code failed) {
    if (!failed) self->socket().cancel(failed);
  });
  socket().async_wait(tcp::socket::wait_read, [self = shared_from_this()](error_code failed) {
    self->timer_.cancel();
    if (failed) return self->stop();
    if (auto const fault = self->ask(fault_point::at_handshake)) return self->strike(fault->how);
    self->handshake();
  });
}

void session::stop() {
  timer_.cancel();
  beast::get_lowest_layer(stream_).close();
}

void session::expire_after(std::chrono::milliseconds time) {
  beast::get_lowest_layer(stream_).expires_after(time);
}

void session::handshake() {
  expire_after(shared_.options.request_timeout);
  stream_.async_handshake(asio::ssl::stream_base::server,
                          [self = shared_from_this()](error_code failed) {
                            if (!failed) self->read();
                          });
}

void session::close() {
  expire_after(std::chrono::seconds{5});
  stream_.async_shutdown([self = shared_from_this()](error_code) {});
}

std::optional<connection_fault> session::ask(fault_point at) {
  event_.at = at;
  if (event_.method.empty()) event_.request = shared_.heads;
  return shared_.ask(event_);
}

void session::strike(fault_manner how) {
  ++shared_.faults;
  error_code ignored;
  switch (how) {
  case fault_manner::reset:
    socket().set_option(asio::socket_base::linger{true, 0}, ignored);
    return stop();
  case fault_manner::close:
    socket().shutdown(tcp::socket::shutdown_send, ignored);
    expire_after(std::chrono::seconds{5});
    return throw_away();
  case fault_manner::silence:
    beast::get_lowest_layer(stream_).expires_never();
    return keep_silent();
  }
}

/// A socket that is closed with bytes unread sends RST. So what comes is read, below TLS, until the
/// peer closes too.
void session::throw_away() {
  buffer_.clear();
  beast::get_lowest_layer(stream_).async_read_some(
      buffer_.prepare(4096), [self = shared_from_this()](error_code failed, std::size_t) {
        if (failed) return self->stop();
        self->throw_away();
      });
}

/// The peer's end is looked for without reading, so that a peer that goes on sending finds the
/// windows full, as with a server that hangs.
void session::keep_silent() {
  timer_.expires_after(std::chrono::milliseconds{50});
  timer_.async_wait([self = shared_from_this()](error_code failed) {
    if (failed || !self->socket().is_open()) return;
#ifdef POLLRDHUP
    pollfd peer{self->socket().native_handle(), POLLRDHUP, 0};
#else
    pollfd peer{self->socket().native_handle(), 0, 0};
#endif
    if (::poll(&peer, 1, 0) > 0) return self->stop();
    self->keep_silent();
  });
}

} // namespace local_tracker::detail
