#ifndef ARGUS_TICKET_IMPL_OUTBOX_RUNNER_IPP
#define ARGUS_TICKET_IMPL_OUTBOX_RUNNER_IPP

#include <argus_ticket/detail/longest_wait.hpp>
#include <argus_ticket/outbox/runner.hpp>

#include <algorithm>

namespace argus_ticket {

void outbox_runner::start(int workers) {
  listen_([this] { wake(); });
  workers = (std::max)(workers, 1);
#ifdef BOOST_NO_EXCEPTIONS
  for (int i = 0; i < workers; ++i) {
    ++working_;
    threads_.emplace_back([this] { work(); });
  }
#else
  try {
    threads_.reserve(static_cast<std::size_t>(workers));
    for (int i = 0; i < workers; ++i) {
      // Counted here, so that `stop` waits for a thread that has not begun.
      std::lock_guard const hold(lock_);
      threads_.emplace_back([this] { work(); });
      ++working_;
    }
  } catch (...) {
    join();
    throw;
  }
#endif
}

outbox_runner::~outbox_runner() { join(); }

bool outbox_runner::stop(std::chrono::milliseconds within) {
  stop_.request_stop();
  std::unique_lock hold(lock_);
  changed_.notify_all();
  return changed_.wait_for(hold, detail::waitable(within), [this] { return working_ == 0; });
}

void outbox_runner::wake() {
  std::lock_guard const hold(lock_);
  ++wakes_;
  changed_.notify_all();
}

void outbox_runner::work() {
  detail::worker_state worker;
  while (!stop_.stop_requested()) {
    std::unique_lock hold(lock_);
    std::uint64_t const seen = wakes_;
    hold.unlock();
    std::chrono::milliseconds const rest = turn_(worker, stop_.get_token());
    if (rest.count() == 0) continue;
    hold.lock();
    changed_.wait_for(hold, detail::waitable(rest), [&] {
      // A broken store is left alone, however much is submitted.
      return stop_.stop_requested() || (wakes_ != seen && worker.failures == 0);
    });
  }
  std::lock_guard const hold(lock_);
  --working_;
  changed_.notify_all();
}

void outbox_runner::join() noexcept {
  stop_.request_stop();
  listen_({});
  {
    std::lock_guard const hold(lock_);
    changed_.notify_all();
  }
  for (std::thread& thread : threads_) thread.join();
}

} // namespace argus_ticket

#endif
