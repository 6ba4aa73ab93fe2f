#pragma once
// Policies with which no test takes real time, and none disturbs another one.

#include <argus_ticket/policy/policies.hpp>

#include <chrono>
#include <memory>
#include <vector>

namespace test {

namespace at = argus_ticket;

/// A clock that stands still but for sleeps, and remembers them.
struct fake_clock {
  struct times {
    std::chrono::system_clock::time_point now{
        std::chrono::sys_days{std::chrono::year{2024} / std::chrono::June / 1}};
    std::chrono::steady_clock::time_point steady{std::chrono::hours{1}};
    std::vector<std::chrono::milliseconds> slept;
  };
  std::shared_ptr<times> state = std::make_shared<times>();

  std::chrono::system_clock::time_point now() const { return state->now; }
  std::chrono::steady_clock::time_point steady_now() const { return state->steady; }
  void sleep_for(std::chrono::milliseconds time) const {
    state->slept.push_back(time);
    state->steady += time;
    state->now += time;
  }
};

/// Policies for tests of something else than policies: each request goes out once and at once, and
/// no time of the world passes.
template <class Clock = fake_clock, class Renderer = at::default_renderer>
using plain_policies = at::policies<Renderer, Clock, at::no_retry, at::no_pacing>;

} // namespace test
