#pragma once
// Simulated time for several threads: it stands still while one of them works, and jumps to the
// next wake-up when all of them sleep. One thread runs at a time, the one that wakes first, so that
// the same program always takes the same course.

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <list>
#include <mutex>
#include <random>
#include <set>
#include <thread>
#include <tuple>
#include <vector>

namespace simulation {

using namespace std::chrono_literals;
using std::chrono::milliseconds;
using std::chrono::seconds;
/// Since the simulation began.
using moment = std::chrono::milliseconds;

/// The time that all take part in. What is not called by `run` is alone: its sleeps just pass.
class timeline {
 public:
  /// Calls each of these in a thread of its own, and returns when all have ended. They may wait for
  /// each other by sleeping alone: one that holds a lock while it sleeps stops the world.
  void run(std::vector<std::function<void()>> const& bodies) {
    std::list<sleeper> all;
    std::vector<std::thread> threads;
    {
      std::lock_guard const hold(lock_);
      for (std::size_t i = 0; i < bodies.size(); ++i) sleep(all.emplace_back(), 0ms);
    }
    auto body = bodies.begin();
    for (sleeper& self : all)
      threads.emplace_back([this, &self, call = *body++] {
        {
          std::unique_lock hold(lock_);
          self.woken.wait(hold, [&] { return running_ == &self; });
        }
        call();
        std::lock_guard const hold(lock_);
        wake_next();
      });
    {
      std::lock_guard const hold(lock_);
      wake_next();
    }
    for (std::thread& one : threads) one.join();
  }

  [[nodiscard]] moment now() const {
    std::lock_guard const hold(lock_);
    return now_;
  }
  void sleep_for(milliseconds time) {
    std::unique_lock hold(lock_);
    if (running_ == nullptr) {
      now_ += (std::max)(time, 0ms);
      return;
    }
    sleeper& self = *running_;
    sleep(self, time);
    wake_next();
    self.woken.wait(hold, [&] { return running_ == &self; });
  }

 private:
  struct sleeper {
    std::condition_variable woken;
  };

  void sleep(sleeper& who, milliseconds time) {
    sleeping_.emplace(now_ + (std::max)(time, 0ms), ++sleeps_, &who);
  }
  void wake_next() {
    running_ = nullptr;
    if (sleeping_.empty()) return;
    auto const next = sleeping_.begin();
    now_ = std::get<0>(*next);
    running_ = std::get<2>(*next);
    sleeping_.erase(next);
    running_->woken.notify_one();
  }

  mutable std::mutex lock_;
  moment now_{0};
  std::uint64_t sleeps_ = 0; // those who wake at the same moment do so in order
  std::set<std::tuple<moment, std::uint64_t, sleeper*>> sleeping_;
  sleeper* running_ = nullptr;
};

/// A clock policy of that time. The timeline must outlive it.
class simulated_clock {
 public:
  explicit simulated_clock(timeline& of) : of_(&of) {}

  [[nodiscard]] std::chrono::system_clock::time_point now() const {
    return std::chrono::sys_days{std::chrono::year{2025} / 2 / 3} + of_->now();
  }
  [[nodiscard]] std::chrono::steady_clock::time_point steady_now() const {
    return std::chrono::steady_clock::time_point{1h} + of_->now();
  }
  void sleep_for(milliseconds time) const { of_->sleep_for(time); }

 private:
  timeline* of_;
};

/// How long requests take: the same times in each run, with any standard library.
class latency {
 public:
  explicit latency(unsigned seed, milliseconds least = 50ms, milliseconds most = 300ms)
      : random_(seed), least_(least), span_((most - least).count() + 1) {}
  [[nodiscard]] milliseconds next() {
    return least_ + milliseconds{static_cast<milliseconds::rep>(random_()) % span_};
  }

 private:
  std::mt19937 random_;
  milliseconds least_;
  milliseconds::rep span_;
};

} // namespace simulation
