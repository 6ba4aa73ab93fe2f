#ifndef ARGUS_TICKET_IMPL_TRANSPORT_ASYNC_CONNECTION_IPP
#define ARGUS_TICKET_IMPL_TRANSPORT_ASYNC_CONNECTION_IPP

#include <argus_ticket/transport/detail/async_connection.hpp>

#include <boost/asio/post.hpp>

namespace argus_ticket::detail::https {

async_connection::~async_connection() { forget_look_up(); }

void async_connection::limit(time_point when) {
  unsigned long const step = ++step_;
  timer_.expires_at(when);
  timer_.async_wait([self = shared_from_this(), owner = owner_.lock(), step](error_code ec) {
    if (!ec && step == self->step_) self->expire();
  });
}

void async_connection::unlimit() {
  ++step_;
  timer_.cancel();
}

void async_connection::forget_look_up() noexcept {
  if (lookup_) lookup_->abandon();
}

void async_connection::close() noexcept {
  connection::close();
  if (looking_up_ == nullptr) return;
  try {
    // Not from inside of who closes, who may be the last that holds the owner.
    asio::post(executor(), [weak = weak_from_this(), owner = owner_.lock()] {
      if (auto const self = weak.lock()) self->end_look_up(asio::error::operation_aborted);
    });
  } catch (std::exception const&) { // out of memory: it ends when the name is known
  }
}

void async_connection::close_gracefully() noexcept {
  try {
    // close_notify goes out at once, where the socket takes it; its answer is not waited for.
    if (tls_ && is_open()) tls_->async_shutdown([self = shared_from_this()](error_code) {});
  } catch (std::exception const&) { // out of memory: then without it
  }
}

auto async_connection::ends(pending_step& s) {
  return [owner = owner_.lock(), &s](error_code ec, std::size_t count = 0) {
    s.finish(ec, count);
    owner->went_on();
  };
}

void async_connection::begin_look_up(pending_step& s, std::string const& host,
                                     std::string const& port, endpoints& into) {
  auto wake = [weak = weak_from_this(), on = executor()] {
    asio::post(on, [weak] {
      if (auto const self = weak.lock()) self->end_look_up({});
    });
  };
  lookup_ = start_lookup(host, port, std::move(wake));
  if (!lookup_) return s.finish(asio::error::no_buffer_space);
  looking_up_ = &s;
  found_ = &into;
}

void async_connection::end_look_up(error_code why) {
  auto const owner = owner_.lock(); // where there is none, the step is not there any more
  if (!owner || looking_up_ == nullptr) return;
  if (!why) *found_ = lookup_->take(why);
  lookup_->abandon();
  lookup_.reset();
  std::exchange(looking_up_, nullptr)->finish(why);
  owner->went_on();
}

void async_connection::begin_connect(pending_step& s, asio::ip::tcp::endpoint const& to) {
  socket().async_connect(to, ends(s));
}

void async_connection::begin_handshake(pending_step& s) {
  tls_->async_handshake(asio::ssl::stream_base::client, ends(s));
}

void async_connection::begin_read(pending_step& s, asio::mutable_buffer into) {
  if (tls_)
    tls_->async_read_some(into, ends(s));
  else
    tcp_->async_read_some(into, ends(s));
}

void async_connection::begin_write(pending_step& s, asio::const_buffer from) {
  if (tls_)
    tls_->async_write_some(from, ends(s));
  else
    tcp_->async_write_some(from, ends(s));
}

} // namespace argus_ticket::detail::https

#endif
