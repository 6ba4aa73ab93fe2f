#ifndef ARGUS_TICKET_DETAIL_RUN_ASYNC_HPP
#define ARGUS_TICKET_DETAIL_RUN_ASYNC_HPP

#include <argus_ticket/basic_client.hpp>
#include <argus_ticket/detail/async_call.hpp>

#include <boost/asio/cancellation_state.hpp>
#include <boost/asio/compose.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/system/error_code.hpp>

#include <concepts>
#include <memory>
#include <mutex>
#include <optional>
#include <utility>

namespace argus_ticket::detail {

/// A clock that can wait without blocking: `async_sleep_for` is an asynchronous operation with the
/// signature `void(boost::system::error_code)`.
template <class Clock, class Executor>
concept async_clock = requires(Clock& clock, Executor const& on, std::chrono::milliseconds time,
                               void (*handler)(boost::system::error_code)) {
  clock.async_sleep_for(on, time, handler);
};

/// Wakes an operation that waits for another one of the same incident. The other one may end in any
/// thread, and before the wait has begun.
template <class Executor>
class turn_alarm {
 public:
  explicit turn_alarm(Executor const& on) : timer_(on) {}

  void ring() {
    std::lock_guard const hold(lock_);
    rung_ = true;
    timer_.cancel();
  }
  template <class Handler>
  void wait(http::deadline until, Handler handler) {
    std::lock_guard const hold(lock_);
    timer_.expires_at(rung_ ? http::deadline::min() : until);
    timer_.async_wait(std::move(handler));
  }

 private:
  std::mutex lock_;
  bool rung_ = false;
  boost::asio::basic_waitable_timer<std::chrono::steady_clock,
                                    boost::asio::wait_traits<std::chrono::steady_clock>, Executor>
      timer_;
};

/// What an asynchronous operation has while it runs, where it stays.
template <class T, class Plugin, class Transport, class Policies>
struct async_run {
  using executor = typename Transport::executor_type;
  using timer = boost::asio::basic_waitable_timer<
      std::chrono::steady_clock, boost::asio::wait_traits<std::chrono::steady_clock>, executor>;

  async_run(async_call<T, Plugin, Transport, Policies> what, executor const& on)
      : call(std::move(what)), io(on), sleep(on) {}
  async_run(async_run const&) = delete;
  async_run& operator=(async_run const&) = delete;

  async_call<T, Plugin, Transport, Policies> call;
  executor io;
  timer sleep;
  http::deadline started{};
  std::optional<http::deadline> until;
  std::optional<run_context<Plugin, Policies>> context; // outlives what refers to it
  std::optional<carried_operation<T>> carried;
  std::optional<in_flight::turn> turn;
  std::shared_ptr<turn_alarm<executor>> alarm; // while it waits for its turn
  std::optional<result<T>> ended;
};

/**
 * Runs an operation of a client, step by step, as a composed operation of Boost.Asio.
 *
 * Once it is cancelled, nothing new is sent and nothing is waited for: the operation is told so, as
 * it is told of a deadline that has passed, and ends with what it has.
 */
template <class T, class Plugin, class Transport, class Policies>
class async_runner {
  using run = async_run<T, Plugin, Transport, Policies>;
  using need = typename carried_operation<T>::need;
  using clock = decltype(Policies::clock);
  static_assert(std::derived_from<clock, real_clock> ||
                    async_clock<clock, typename Transport::executor_type>,
                "argus_ticket: this clock can but block: it needs `async_sleep_for(executor, "
                "std::chrono::milliseconds, token)` for asynchronous clients");

 public:
  explicit async_runner(async_call<T, Plugin, Transport, Policies> what) : call_(std::move(what)) {}

  /// At the start; and at an end that came before anything was waited for.
  template <class Self>
  void operator()(Self& self) {
    if (run_) return complete(self);
    self.reset_cancellation_state(boost::asio::enable_partial_cancellation());
    auto const executor = call_->transport->get_executor();
    // Not by the handler's allocator: where an operation is abandoned, the handler dies before
    // this.
    run_ = std::make_shared<run>(std::move(*call_), executor);
    call_.reset();
    is_starting_ = true;
    begin(self);
  }
  /// A reply has come, or none.
  template <class Self>
  void operator()(Self& self, result<http::response> reply) {
    is_starting_ = false;
    go_on(self, [&] { return run_->carried->resume(time(), std::move(reply)); });
  }
  /// A wait has ended.
  template <class Self>
  void operator()(Self& self, boost::system::error_code ec) {
    is_starting_ = false;
    if (run_->alarm) {
      run_->alarm.reset();
      return begin(self);
    }
    go_on(self, [&] {
      if (!ec && !is_cancelled(self)) return run_->carried->resume(time());
      return run_->carried->resume(time(), result<http::response>{cancelled()});
    });
  }

 private:
  clock& time() noexcept { return run_->call.policies->clock; }

  template <class Self>
  static bool is_cancelled(Self& self) noexcept {
    return self.cancelled() != boost::asio::cancellation_type::none;
  }

  template <class Self>
  void begin(Self& self) {
    run& r = *run_;
    if (r.call.failed) return end(self, std::move(*r.call.failed));
    if (is_cancelled(self)) return end(self, cancelled());
    auto failed = caught(outcome::not_applied, [&] {
      r.started = time().steady_now();
      if (!r.until) r.until = deadline_in(time(), r.call.policies->timeout);
    });
    if (failed) return end(self, std::move(*failed));
    if (r.call.turn && !take_turn(self)) return;
    r.context.emplace(*r.call.plugin, *r.call.policies, r.call.name, *r.until);
    r.carried.emplace(under_policies(std::move(r.call.what), *r.context), *r.until);
    go_on(self, [&] { return r.carried->start(time()); });
  }

  /// Whether it is this operation's turn; else it waits, or has ended.
  template <class Self>
  bool take_turn(Self& self) {
    run& r = *run_;
    auto alarm = std::make_shared<turn_alarm<typename run::executor>>(r.io);
    r.turn.emplace(
        r.call.turn->first.take_or(r.call.turn->second, [waiting = std::weak_ptr(alarm)] {
          if (auto const sleeper = waiting.lock()) sleeper->ring();
        }));
    if (*r.turn) return true;
    r.turn.reset();
    http::deadline const last = waits_until();
    if (std::chrono::steady_clock::now() >= last) {
      end(self, still_in_flight());
    } else {
      r.alarm = alarm;
      alarm->wait(last, std::move(self));
    }
    return false;
  }
  /// The turn is waited for in real time, as blocking clients wait for it.
  http::deadline waits_until() {
    if (!waits_until_) {
      real_clock real;
      waits_until_ = deadline_in(real, run_->call.policies->timeout);
    }
    return *waits_until_;
  }

  /// Goes on to where the operation needs something, and sees to that.
  template <class Self, class Step>
  void go_on(Self& self, Step step) {
    run& r = *run_;
    auto const thrown = caught(outcome::ambiguous, [&] {
      need next = step();
      // What is not begun yet is not begun any more.
      while (next != need::nothing && is_cancelled(self))
        next = r.carried->resume(time(), result<http::response>{cancelled()});
      needs_ = next;
    });
    if (thrown) return end(self, r.carried->take_thrown());
    switch (needs_) {
    case need::reply:
      return r.call.transport->async_send(r.carried->request(), *r.until, std::move(self));
    case need::sleep:
      return wait(self, r.carried->pause());
    case need::nothing:
      return end(self, r.carried->take());
    }
  }

  template <class Self>
  void wait(Self& self, std::chrono::milliseconds pause) {
    run& r = *run_;
    if constexpr (async_clock<clock, typename Transport::executor_type>) {
      time().async_sleep_for(r.io, pause, std::move(self));
    } else {
      r.sleep.expires_after(pause);
      r.sleep.async_wait(std::move(self));
    }
  }

  template <class Self>
  void end(Self& self, result<T> with) {
    run& r = *run_;
    r.ended.emplace(std::move(with));
    if (!is_starting_) return complete(self);
    is_starting_ = false; // a handler is never called from inside of who starts an operation
    auto const executor = r.io;
    boost::asio::post(executor, std::move(self));
  }

  template <class Self>
  void complete(Self& self) {
    run& r = *run_;
    result<T> ended = std::move(*r.ended);
    if (r.context) // the operation has ended: a clock that throws now changes nothing any more
      (void)caught(outcome::not_applied, [&] { tell_outcome(*r.context, ended, r.started); });
    run_.reset(); // lets the next one have its turn, and frees memory before the handler runs
    self.complete(std::move(ended));
  }

  std::optional<async_call<T, Plugin, Transport, Policies>> call_; // until the start
  std::shared_ptr<run> run_;
  std::optional<http::deadline> waits_until_;
  need needs_ = need::nothing;
  bool is_starting_ = false;
};

template <class T, class Plugin, class Transport, class Policies, class Token>
auto run_async(async_call<T, Plugin, Transport, Policies> call, Token&& token) {
  auto const executor = call.transport->get_executor();
  return boost::asio::async_compose<Token, void(result<T>)>(
      async_runner<T, Plugin, Transport, Policies>{std::move(call)}, token, executor);
}

} // namespace argus_ticket::detail

#endif
