#ifndef ARGUS_TICKET_IMPL_TRANSPORT_ASYNC_DELIVERY_IPP
#define ARGUS_TICKET_IMPL_TRANSPORT_ASYNC_DELIVERY_IPP

#include <argus_ticket/transport/detail/async_delivery.hpp>
#include <argus_ticket/transport/detail/wire.hpp>

#include <boost/asio/append.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/strand.hpp>

#include <algorithm>

namespace argus_ticket::detail::https {

async_connection::~async_connection() {
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
  if (threads_ == executor_threads::one) return executor;
  return asio::make_strand(executor);
}

async_delivery::async_delivery(std::shared_ptr<async_state> all, http::request const& request,
                               time_point deadline, handler to)
    : all_(std::move(all)), delivery_(request, all_->connect.options().max_redirects),
      deadline_((std::min)(deadline, std::chrono::steady_clock::now() +
                                         all_->connect.options().total_timeout)),
      to_(std::move(to)), executor_(all_->one_at_a_time()) {}

void async_delivery::start() {
  auto slot = asio::get_associated_cancellation_slot(to_);
  if (slot.is_connected())
    slot.assign([weak = weak_from_this()](asio::cancellation_type how) {
      auto const wanted = asio::cancellation_type::terminal | asio::cancellation_type::partial;
      if ((how & wanted) == asio::cancellation_type::none) return;
      if (auto const self = weak.lock()) self->cancel();
    });
  asio::dispatch(executor_, [self = shared_from_this()] { self->wait_for_slot(); });
}

error async_delivery::not_sent(errc why) const {
  http::request const& r = delivery_.current();
  failure_maker const failures{r.url().origin(), r.url().host() + ':' + r.url().port(),
                               r.idempotency()};
  return failures.failed(why, progress::nothing_sent,
                         why == errc::cancelled
                             ? "the caller cancelled the operation"
                             : "no connection to " + failures.peer() + " was free in time");
}

void async_delivery::wait_for_slot() {
  http::request const& r = delivery_.current();
  if (auto refused = objection(r, all_->connect.options())) return finish_soon(std::move(*refused));
  std::string key = all_->connect.key_of(r);
  if (key == key_) return send(); // it has one
  give_slot_back();
  {
    std::lock_guard const lock(mutex_);
    if (cancelled_) return finish_soon(not_sent(errc::cancelled));
    key_ = std::move(key);
    in_line_.emplace(executor_, deadline_);
  }
  auto const granted = [self = shared_from_this()] {
    asio::post(self->executor_, [self] { self->send(); });
  };
  if (all_->slots.take(key_, this, granted)) return send();
  in_line_->async_wait([self = shared_from_this()](error_code ec) {
    if (!ec) self->leave_line(errc::timed_out);
  });
}

void async_delivery::leave_line(errc why) {
  if (!all_->slots.withdraw(key_, this)) return; // it has its slot by now
  key_.clear();
  in_line_.reset();
  finish(not_sent(why));
}

void async_delivery::send() {
  in_line_.reset();
  http::request const& r = delivery_.current();
  auto connection = delivery_.wants_fresh() ? nullptr : all_->pool.take(key_);
  bool const kept = connection != nullptr;
  try {
    if (!kept) connection = std::make_unique<async_connection>(all_->one_at_a_time());
    all_->connect.prepare(attempt_, r, deadline_);
    std::shared_ptr<https::connection> const on = connection->get();
    {
      std::lock_guard const lock(mutex_);
      if (!cancelled_) {
        used_ = std::move(connection);
        executor_ = on->executor();
      }
    }
    if (connection) return finish_soon(not_sent(errc::cancelled));
    asio::co_spawn(executor_, run(*on, *attempt_),
                   asio::bind_cancellation_slot(
                       signal_.slot(), [self = shared_from_this(), kept](std::exception_ptr e) {
                         self->sent(std::move(e), kept);
                       }));
  } catch (std::exception const& e) {
    finish_soon(thrown_in(attempt_, r, e.what()));
  }
}

void async_delivery::sent(std::exception_ptr thrown, bool kept) {
  std::unique_ptr<async_connection> connection;
  {
    std::lock_guard const lock(mutex_);
    connection = std::move(used_);
  }
  std::optional<result<http::response>> end;
  try {
    if (thrown) {
      connection->get()->unlimit(); // or its clock would be waited for
      connection->get()->close();
      std::rethrow_exception(thrown);
    }
    if (attempt_->reusable) all_->pool.give(key_, std::move(connection));
    end = delivery_.after(std::move(*attempt_->reply), kept, attempt_->broken);
  } catch (std::exception const& e) {
    end = thrown_in(attempt_, delivery_.current(), e.what());
  }
  if (end) return finish(std::move(*end));
  wait_for_slot();
}

void async_delivery::cancel() {
  asio::any_io_executor where;
  {
    // From here on no connection is taken, so that everything stays on this executor.
    std::lock_guard const lock(mutex_);
    cancelled_ = true;
    where = executor_;
  }
  asio::dispatch(where, [self = shared_from_this()] { self->break_off(); });
}

void async_delivery::break_off() {
  if (!used_) return leave_line(errc::cancelled);
  used_->get()->cancel();
  signal_.emit(asio::cancellation_type::terminal);
}

void async_delivery::give_slot_back() {
  if (!key_.empty()) all_->slots.give_back(std::exchange(key_, {}));
}

void async_delivery::finish(result<http::response> reply) {
  give_slot_back();
  asio::get_associated_cancellation_slot(to_).clear();
  asio::dispatch(asio::append(std::move(to_), std::move(reply)));
}

void async_delivery::finish_soon(error why) {
  asio::post(executor_, [self = shared_from_this(), e = std::move(why)]() mutable {
    self->finish(std::move(e));
  });
}

} // namespace argus_ticket::detail::https

#endif
