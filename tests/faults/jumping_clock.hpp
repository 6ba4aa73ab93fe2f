#pragma once

#include <atomic>
#include <chrono>
#include <memory>

namespace faults {

using namespace std::chrono_literals;

/// The machine's clocks, but that nobody sleeps: they jump.
struct jumping_clock {
  struct jumps {
    std::atomic<std::chrono::milliseconds> slept{0ms};
    std::atomic<std::chrono::milliseconds> passed{0ms}; ///< In the calendar alone.
  };
  std::shared_ptr<jumps> ahead = std::make_shared<jumps>();

  std::chrono::system_clock::time_point now() const {
    return std::chrono::system_clock::now() + ahead->slept.load() + ahead->passed.load();
  }
  std::chrono::steady_clock::time_point steady_now() const {
    return std::chrono::steady_clock::now() + ahead->slept.load();
  }
  /// When it is that time for those who do not jump.
  std::chrono::steady_clock::time_point real(std::chrono::steady_clock::time_point time) const {
    return time - ahead->slept.load();
  }
  void sleep_for(std::chrono::milliseconds time) const {
    ahead->slept = ahead->slept.load() + time;
  }
  void jump(std::chrono::milliseconds time) const { ahead->passed = ahead->passed.load() + time; }
};

} // namespace faults
