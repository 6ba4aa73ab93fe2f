#ifndef ARGUS_TICKET_IMPL_OUTBOX_ASIO_RUNNER_IPP
#define ARGUS_TICKET_IMPL_OUTBOX_ASIO_RUNNER_IPP

#include <argus_ticket/detail/longest_wait.hpp>
#include <argus_ticket/outbox/asio_runner.hpp>

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/strand.hpp>

#include <algorithm>
#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>

namespace argus_ticket {

class outbox_asio_runner::state : public std::enable_shared_from_this<state> {
 public:
  state(boost::asio::any_io_executor const& executor, int workers, turn take_turn)
      : turn_(std::move(take_turn)) {
    for (int i = 0; i < (std::max)(workers, 1); ++i)
      workers_.emplace_back(boost::asio::make_strand(executor)).context.stop = stop_.get_token();
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
      if (each.rests && each.context.worker.failures == 0)
        post(each); // a broken store is left alone
  }
  void request_stop() {
    stop_.request_stop();
    std::lock_guard const hold(lock_);
    for (worker& each : workers_) each.timer.cancel();
  }
  /// Ends what can be broken off.
  void break_off() {
    for (worker& each : workers_)
      boost::asio::post(each.context.executor, [self = shared_from_this(), &each] {
        each.context.cancel.emit(boost::asio::cancellation_type::terminal);
      });
  }
  bool wait(std::chrono::milliseconds within) {
    std::unique_lock hold(lock_);
    return ended_.wait_for(hold, detail::waitable(within), [this] { return delivering_ == 0; });
  }
  void wait() {
    std::unique_lock hold(lock_);
    ended_.wait(hold, [this] { return delivering_ == 0; });
  }

 private:
  struct worker {
    explicit worker(boost::asio::any_io_executor const& executor)
        : timer(executor), context(executor) {}

    boost::asio::steady_timer timer;
    turn_context context;
    bool rests = false; ///< The timer waits for it.
  };

  /// Counts a delivery while it lives, however it ends.
  struct delivery_under_way {
    explicit delivery_under_way(std::shared_ptr<state> s) : all(std::move(s)) {
      std::lock_guard const hold(all->lock_);
      ++all->delivering_;
    }
    delivery_under_way(delivery_under_way const&) = delete;
    delivery_under_way& operator=(delivery_under_way const&) = delete;
    ~delivery_under_way() {
      std::lock_guard const hold(all->lock_);
      --all->delivering_;
      all->ended_.notify_all();
    }
    std::shared_ptr<state> all;
  };

  /// With the lock.
  void post(worker& each) {
    if (each.rests) each.timer.cancel();
    each.rests = false;
    boost::asio::post(each.context.executor,
                      [self = shared_from_this(), &each] { self->deliver(each); });
  }
  void deliver(worker& each) {
    auto const mine = std::make_shared<delivery_under_way>(shared_from_this());
    std::uint64_t seen = 0;
    {
      std::lock_guard const hold(lock_);
      if (stop_.stop_requested()) return;
      seen = wakes_;
    }
    turn_(each.context, [mine, &each, seen](std::chrono::milliseconds rest) {
      mine->all->delivered(each, seen, rest);
    });
  }
  void delivered(worker& each, std::uint64_t seen, std::chrono::milliseconds rest) {
    std::lock_guard const hold(lock_);
    if (stop_.stop_requested()) return;
    if (rest.count() == 0 || (wakes_ != seen && each.context.worker.failures == 0))
      post(each);
    else
      this->rest(each, rest);
  }
  /// With the lock.
  void rest(worker& each, std::chrono::milliseconds time) {
    each.rests = true;
    each.timer.expires_after(detail::waitable(time));
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

  turn turn_;
  std::mutex lock_;
  std::condition_variable ended_;
  std::stop_source stop_;
  std::deque<worker> workers_; ///< Stay where they are.
  std::uint64_t wakes_ = 0;
  int delivering_ = 0;
};

outbox_asio_runner::outbox_asio_runner(boost::asio::any_io_executor const& executor, int workers,
                                       turn take_turn, listener listen)
    : state_(std::make_shared<state>(executor, workers, std::move(take_turn))),
      listen_(std::move(listen)) {
  listen_([shared = state_] { shared->wake(); });
  state_->start();
}

// Out of memory, what runs cannot be stopped: then the program must not go on.
// NOLINTNEXTLINE(bugprone-exception-escape)
outbox_asio_runner::~outbox_asio_runner() {
  state_->request_stop();
  listen_({});
  state_->break_off();
  state_->wait();
}

void outbox_asio_runner::request_stop() { state_->request_stop(); }

bool outbox_asio_runner::stop(std::chrono::milliseconds within) {
  state_->request_stop();
  bool const ended = state_->wait(within);
  if (!ended) state_->break_off();
  return ended;
}

void outbox_asio_runner::wake() { state_->wake(); }

} // namespace argus_ticket

#endif
