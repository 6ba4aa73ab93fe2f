// The same storm through an outbox whose four workers share a client, in simulated time.

#include "../support/catch.hpp"
#include "ideal_time.hpp"
#include "simulated_tracker.hpp"

#include <argus_ticket/outbox.hpp>
#include <argus_ticket/outbox/memory_store.hpp>

#include <iostream>

namespace outbox_simulation {

using namespace simulation;
using outbox = at::outbox<client, at::memory_store>;

namespace {

/// What workers came to.
struct work_done {
  moment last{}; ///< When the last step was delivered.
  int postponed = 0;
  std::string problems;
};

/// Lets so many workers deliver until nothing waits.
work_done deliver_all(
    world& in, outbox& box, int workers,
    std::function<void(at::outbox_entry const&)> const& on_delivered = [](auto&) {}) {
  work_done done;
  auto const work = [&] {
    for (;;) {
      auto const one = box.deliver_one();
      if (!one) {
        done.problems += to_string(one.error()) + '\n';
        return;
      }
      switch (one->what) {
      case at::delivery::kind::delivered:
        done.last = in.time.now();
        on_delivered(one->entry);
        break;
      case at::delivery::kind::postponed:
        ++done.postponed;
        break;
      case at::delivery::kind::dead:
        done.problems += to_string(*one->failure) + '\n';
        break;
      case at::delivery::kind::nothing:
        if (!one->next) return;
        in.time.sleep_for((std::max)(*one->next - box.now(), 1ms));
        break;
      }
    }
  };
  in.time.run(std::vector<std::function<void()>>(static_cast<std::size_t>(workers), work));
  return done;
}

} // namespace

TEST_CASE("pacing: 2,000 tickets through an outbox, within github.com's limits and close to them") {
  world w;
  outbox box{w.make_client(), at::memory_store{}};
  std::vector<at::incident> all;
  for (int i = 0; i < 2'000; ++i) all.push_back(incident(i));
  REQUIRE(box.submit(all).has_value());
  work_done const done = deliver_all(w, box, 4);
  double const efficiency = std::chrono::duration<double>(ideal_time(2'000)) / done.last;
  std::cout << "outbox_tickets " << w.tickets() << '\n'
            << "outbox_violations " << w.violations() << '\n'
            << "outbox_efficiency " << efficiency << '\n'
            << "outbox_simulated_seconds " << done.last.count() / 1000 << '\n'
            << "outbox_postponed " << done.postponed << '\n';
  CHECK(done.problems == "");
  CHECK(w.tickets() == 2'000);
  CHECK(w.incidents() == 2'000);
  CHECK(w.violations() == 0);
  CHECK(efficiency >= 0.95);
  CHECK(efficiency <= 1);
  auto const stats = box.stats();
  REQUIRE(stats.has_value());
  CHECK(stats->waiting + stats->delivering + stats->dead == 0);
  CHECK(stats->delivered == 2'000);
}

TEST_CASE("pacing: closes that stand behind opens for which there is no room in the hour") {
  world w;
  outbox box{w.make_client(), at::memory_store{}};
  for (int i = 0; i < 520; ++i) REQUIRE(box.submit(incident(i)).has_value());
  for (int i = 0; i < 20; ++i) REQUIRE(box.submit_close(incident(i)).has_value());
  moment last_close{};
  work_done const done = deliver_all(w, box, 4, [&](auto const& entry) {
    if (entry.step == at::outbox_step::close) last_close = w.time.now();
  });
  CHECK(done.problems == "");
  CHECK(w.violations() == 0);
  CHECK(last_close > 0s);
  CHECK(last_close <= 3'600s + 1min); // no later than the opens; closing needs no room in the hour
  std::cout << "outbox_last_close_seconds " << last_close.count() / 1000 << '\n';
}

} // namespace outbox_simulation
