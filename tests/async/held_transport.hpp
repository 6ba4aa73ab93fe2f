#pragma once
// An asynchronous transport that is a model of a server, and lets a test hold what is under way.

#include <argus_ticket/async.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/associated_cancellation_slot.hpp>
#include <boost/asio/associated_executor.hpp>
#include <boost/asio/async_result.hpp>
#include <boost/asio/dispatch.hpp>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/use_awaitable.hpp>

#include <functional>
#include <memory>
#include <utility>
#include <vector>

namespace test {

namespace at = argus_ticket;

/// Answers at once, by way of the executor; or holds a request until it is cancelled.
class held_transport {
 public:
  using executor_type = boost::asio::any_io_executor;
  using default_completion_token_type = boost::asio::use_awaitable_t<>;
  using answers = std::function<at::result<at::http::response>(at::http::request const&)>;

  held_transport(executor_type on, answers by) : all_(std::make_shared<shared>()) {
    all_->on = std::move(on);
    all_->answer = std::move(by);
  }

  executor_type get_executor() const noexcept { return all_->on; }

  /// Of the requests from now on, the one of that number, from 0 up, has no reply. Either the
  /// server never sees it, of which not a byte has left then; or it does what it is asked.
  /// @param then Is called when it is held.
  void hold(int number, bool server_sees_it, std::function<void()> then) {
    all_->count = 0;
    all_->held = number;
    all_->server_sees_it = server_sees_it;
    all_->then = std::move(then);
  }
  int requests() const noexcept { return all_->count; }

  template <class Token = default_completion_token_type>
  auto async_send(at::http::request const& request, at::http::deadline, Token&& token = Token{}) {
    return boost::asio::async_initiate<Token, void(at::result<at::http::response>)>(
        [all = all_](auto handler, at::http::request const* what) {
          if (all->count++ == all->held)
            hold(all, std::move(handler), *what);
          else
            complete(all, std::move(handler), all->answer(*what));
        },
        token, &request);
  }

 private:
  struct shared {
    executor_type on;
    answers answer;
    int count = 0;
    int held = -1;
    bool server_sees_it = false;
    std::function<void()> then;
  };

  template <class Handler>
  static void complete(std::shared_ptr<shared> const& all, Handler handler,
                       at::result<at::http::response> with) {
    auto const there = boost::asio::get_associated_executor(handler, all->on);
    boost::asio::post(all->on, [work = boost::asio::make_work_guard(there), h = std::move(handler),
                                with = std::move(with)]() mutable {
      auto const where = work.get_executor();
      boost::asio::dispatch(where, [h = std::move(h), with = std::move(with)]() mutable {
        std::move(h)(std::move(with));
      });
    });
  }

  template <class Handler>
  static void hold(std::shared_ptr<shared> const& all, Handler handler,
                   at::http::request const& what) {
    at::error none{at::errc::cancelled, at::outcome::not_applied, "cancelled"};
    none.progress = at::progress::nothing_sent;
    if (all->server_sees_it) {
      (void)all->answer(what);
      none.progress = at::progress::all_sent;
      if (what.idempotency() != at::http::idempotency::safe) none.outcome = at::outcome::ambiguous;
    }
    auto slot = boost::asio::get_associated_cancellation_slot(handler);
    if (!slot.is_connected()) return; // for ever
    auto kept = std::make_shared<Handler>(std::move(handler));
    slot.assign([all, kept, none](boost::asio::cancellation_type) mutable {
      if (kept) complete(all, std::move(*std::exchange(kept, {})), none);
    });
    boost::asio::post(all->on, all->then);
  }

  std::shared_ptr<shared> all_;
};

} // namespace test
