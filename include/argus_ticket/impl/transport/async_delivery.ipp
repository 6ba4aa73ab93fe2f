#ifndef ARGUS_TICKET_IMPL_TRANSPORT_ASYNC_DELIVERY_IPP
#define ARGUS_TICKET_IMPL_TRANSPORT_ASYNC_DELIVERY_IPP

#include <argus_ticket/transport/detail/async_delivery.hpp>
#include <argus_ticket/transport/detail/wire.hpp>

#include <boost/asio/append.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>

#include <algorithm>

namespace argus_ticket::detail::https {

held_connection::~held_connection() {
  connection_->forget_look_up(); // at once: its thread must not post to a context that is ending
  try {
    // Where it is used, since what is begun here goes on there.
    asio::dispatch(connection_->executor(), [closing = connection_] {
      closing->close_gracefully(); // what goes out goes out at once
      closing->close();
    });
  } catch (std::exception const&) { // out of memory: it is closed without a word
  }
}

asio::any_io_executor async_state::one_at_a_time() const {
  if (threads == executor_threads::one) return executor;
  return asio::make_strand(executor);
}

async_delivery::async_delivery(std::shared_ptr<async_state> all, http::request const& request,
                               time_point deadline, handler to)
    : all_(std::move(all)), delivery_(request, all_->connect.options().max_redirects),
      deadline_((std::min)(deadline, std::chrono::steady_clock::now() +
                                         all_->connect.options().total_timeout)),
      to_(std::move(to)), own_(all_->one_at_a_time()) {}

void async_delivery::start() {
  auto slot = asio::get_associated_cancellation_slot(to_);
  if (slot.is_connected())
    slot.assign([weak = weak_from_this()](asio::cancellation_type how) {
      auto const wanted = asio::cancellation_type::terminal | asio::cancellation_type::partial;
      if ((how & wanted) == asio::cancellation_type::none) return;
      // Not at once: a handler is not to be called from inside of who emits the signal.
      if (auto const self = weak.lock()) asio::post(self->own_, [self] { self->cancel(); });
    });
  asio::dispatch(own_, [self = shared_from_this()] { self->wait_for_slot(); });
}

/// It has no `progress`: that tells of the server, and this does not.
error async_delivery::not_sent(errc why) const {
  http::request const& r = delivery_.current();
  return delivery_.told({why, outcome::not_applied,
                         why == errc::cancelled
                             ? "the caller cancelled the operation"
                             : "no connection to " + peer_of(r.url()) + " was free in time",
                         r.url().origin()});
}

void async_delivery::wait_for_slot() {
  http::request const& r = delivery_.current();
  if (auto refused = objection(r, all_->connect.options()))
    return finish_soon(delivery_.told(std::move(*refused)));
  if (cancelled_) return finish_soon(not_sent(errc::cancelled));
  std::string key = all_->connect.key_of(r);
  if (key == key_) return send_soon(); // it has one
  give_slot_back();
  key_ = std::move(key);
  if (all_->slots.take(key_, {shared_from_this(), this})) return send_soon();
  in_line_.emplace(own_, deadline_);
  in_line_->async_wait([self = shared_from_this()](error_code ec) {
    if (!ec) self->leave_line(errc::timed_out);
  });
}

void async_delivery::leave_line(errc why) {
  if (!all_->slots.withdraw(key_, *this)) return; // it has its slot by now
  key_.clear();
  in_line_.reset();
  finish(not_sent(why));
}

void async_delivery::granted() { send_soon(); }

/// Posted even where it might be sent at once: so what came in together is read before the first of
/// the requests that follow goes out, and these go out as one lot. The server wakes up once for it,
/// and sending is cheaper than to one that sleeps.
void async_delivery::send_soon() {
  asio::post(own_, [self = shared_from_this()] { self->send(); });
}

void async_delivery::send() {
  in_line_.reset();
  if (cancelled_) return finish_soon(not_sent(errc::cancelled));
  http::request const& r = delivery_.current();
  try {
    if (!delivery_.wants_fresh()) used_ = all_->pool.take(key_);
    kept_ = used_ != nullptr;
    if (!kept_) used_ = std::make_unique<held_connection>(all_->one_at_a_time());
    all_->connect.prepare(attempt_, r, deadline_);
    used_->get().serve(std::shared_ptr<procedure_owner>(shared_from_this(), this));
    asio::dispatch(used_->get().executor(), [self = shared_from_this()] { self->begin(); });
  } catch (std::exception const& e) {
    finish_soon(delivery_.told(thrown_in(attempt_, r, e.what())));
  }
}

void async_delivery::begin() {
  std::exception_ptr thrown;
  try {
    running_.emplace(run(used_->get(), *attempt_));
    running_->start();
    if (!running_->done()) return;
    running_->take();
  } catch (...) {
    thrown = std::current_exception();
  }
  running_.reset();
  // Not from inside of who starts it.
  asio::post(own_, [self = shared_from_this(), thrown] { self->sent(thrown); });
}

void async_delivery::went_on() {
  if (!running_ || !running_->done()) return;
  std::exception_ptr thrown;
  try {
    running_->take();
  } catch (...) {
    thrown = std::current_exception();
  }
  running_.reset();
  if (all_->threads == executor_threads::one) return sent(thrown);
  // The connection is somebody else's before the caller's handler has returned.
  asio::post(own_, [self = shared_from_this(), thrown] { self->sent(thrown); });
}

void async_delivery::sent(std::exception_ptr const& thrown) {
  std::unique_ptr<held_connection> connection = std::move(used_);
  std::optional<result<http::response>> end;
  try {
    if (thrown) std::rethrow_exception(thrown);
    // One that was to be broken off is closed, if not yet.
    if (attempt_->reusable && !cancelled_) all_->pool.give(key_, std::move(connection));
    end = delivery_.after(std::move(*attempt_->reply), kept_, attempt_->broken);
  } catch (std::exception const& e) {
    error failed = thrown_in(attempt_, delivery_.current(), e.what());
    if (cancelled_) failed.code = errc::cancelled;
    end = delivery_.told(std::move(failed));
  }
  if (end) return finish(std::move(*end));
  wait_for_slot();
}

void async_delivery::cancel() {
  cancelled_ = true;
  if (!used_) return leave_line(errc::cancelled);
  async_connection& on = used_->get();
  asio::dispatch(on.executor(), [on = on.shared_from_this()] { on->cancel(); });
}

void async_delivery::give_slot_back() {
  if (!key_.empty()) all_->slots.give_back(std::exchange(key_, {}));
}

void async_delivery::finish(result<http::response> reply) {
  give_slot_back();
  auto const there = asio::get_associated_executor(to_, all_->executor);
  asio::dispatch(there, asio::append(std::move(to_), std::move(reply)));
}

void async_delivery::finish_soon(error why) {
  asio::post(own_, [self = shared_from_this(), e = std::move(why)]() mutable {
    self->finish(std::move(e));
  });
}

} // namespace argus_ticket::detail::https

#endif
