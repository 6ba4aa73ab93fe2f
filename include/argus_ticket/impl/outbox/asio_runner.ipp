#ifndef ARGUS_TICKET_IMPL_OUTBOX_ASIO_RUNNER_IPP
#define ARGUS_TICKET_IMPL_OUTBOX_ASIO_RUNNER_IPP

#include <argus_ticket/outbox/asio_runner.hpp>

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>

namespace argus_ticket {

class outbox_asio_runner::state : public std::enable_shared_from_this<state> {
 public:
  state(boost::asio::any_io_executor executor, int workers, turn take_turn)
      : executor_(std::move(executor)), turn_(std::move(take_turn)) {
    for (int i = 0; i < (std::max)(workers, 1); ++i) workers_.emplace_back(executor_);
  }

  void start() {
    std::lock_guard const hold(lock_);
    for (worker& each : workers_) post(each);
  }
  void wake() {
    std::lock_guard const hold(lock_);
    ++wakes_;
    if (stop_.stop_requested()) return;
    for (worker& each : workers_)
      if (each.rests && each.state.failures == 0) post(each); // a broken store is left alone
  }
  void request_stop() {
    stop_.request_stop();
    std::lock_guard const hold(lock_);
    for (worker& each : workers_) each.timer.cancel();
  }
  bool wait(std::chrono::milliseconds within) {
    std::unique_lock hold(lock_);
    return ended_.wait_for(hold, within, [this] { return delivering_ == 0; });
  }
  void wait() {
    std::unique_lock hold(lock_);
    ended_.wait(hold, [this] { return delivering_ == 0; });
  }

 private:
  struct worker {
    explicit worker(boost::asio::any_io_executor const& executor) : timer(executor) {}

    boost::asio::steady_timer timer;
    detail::worker_state state;
    bool rests = false; ///< The timer waits for it.
  };

  /// Counts a delivery while it lives, however it ends. Made with the lock.
  struct delivery_under_way {
    delivery_under_way(state& s, std::unique_lock<std::mutex>& h) : all(s), hold(h) {
      ++all.delivering_;
    }
    delivery_under_way(delivery_under_way const&) = delete;
    delivery_under_way& operator=(delivery_under_way const&) = delete;
    ~delivery_under_way() {
      if (!hold.owns_lock()) hold.lock();
      --all.delivering_;
      all.ended_.notify_all();
    }
    state& all;
    std::unique_lock<std::mutex>& hold;
  };

  /// With the lock.
  void post(worker& each) {
    if (each.rests) each.timer.cancel();
    each.rests = false;
    boost::asio::post(executor_, [self = shared_from_this(), &each] { self->deliver(each); });
  }
  void deliver(worker& each) {
    std::unique_lock hold(lock_);
    if (stop_.stop_requested()) return;
    delivery_under_way const mine(*this, hold);
    std::uint64_t const seen = wakes_;
    hold.unlock();
    std::chrono::milliseconds const rest = turn_(each.state, stop_.get_token());
    hold.lock();
    if (!stop_.stop_requested()) {
      if (rest.count() == 0 || (wakes_ != seen && each.state.failures == 0))
        post(each);
      else
        this->rest(each, rest);
    }
  }
  /// With the lock.
  void rest(worker& each, std::chrono::milliseconds time) {
    each.rests = true;
    each.timer.expires_after(time);
    each.timer.async_wait([self = shared_from_this(), &each](boost::system::error_code ec) {
      if (ec) return; // woken, or stopped
      {
        std::lock_guard const lock(self->lock_);
        if (!each.rests) return; // woken while this was on its way
        each.rests = false;
      }
      self->deliver(each);
    });
  }

  boost::asio::any_io_executor executor_;
  turn turn_;
  std::mutex lock_;
  std::condition_variable ended_;
  std::deque<worker> workers_; ///< Stay where they are.
  std::uint64_t wakes_ = 0;
  int delivering_ = 0;
  std::stop_source stop_;
};

outbox_asio_runner::outbox_asio_runner(boost::asio::any_io_executor executor, int workers,
                                       turn take_turn, listener listen)
    : state_(std::make_shared<state>(std::move(executor), workers, std::move(take_turn))),
      listen_(std::move(listen)) {
  listen_([shared = state_] { shared->wake(); });
  state_->start();
}

outbox_asio_runner::~outbox_asio_runner() {
  state_->request_stop();
  listen_({});
  state_->wait();
}

bool outbox_asio_runner::stop(std::chrono::milliseconds within) {
  state_->request_stop();
  return state_->wait(within);
}

void outbox_asio_runner::wake() { state_->wake(); }

} // namespace argus_ticket

#endif
