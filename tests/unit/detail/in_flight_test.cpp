#include "../../support/catch.hpp"

#include <argus_ticket/detail/in_flight.hpp>

#include <atomic>
#include <optional>
#include <thread>
#include <vector>

namespace at = argus_ticket;
using at::detail::in_flight;
using namespace std::chrono_literals;

namespace {

at::incident_key const one{"one"};
at::incident_key const two{"two"};

} // namespace

TEST_CASE("in_flight: one turn at a time for each key") {
  in_flight const keys;
  std::optional<in_flight::turn> first(keys.wait_for(one, 0ms));
  CHECK(*first);
  CHECK_FALSE(keys.wait_for(one, 0ms));
  CHECK_FALSE(keys.wait_for(one, -1ms));
  CHECK_FALSE(keys.wait_for(one, (std::chrono::milliseconds::min)()));
  CHECK(keys.wait_for(two, 0ms)); // and ends at once
  CHECK(keys.wait_for(two, 0ms));
  first.reset();
  CHECK(keys.wait_for(one, 0ms));
  CHECK(keys.wait_for(one, (std::chrono::milliseconds::max)()));
}

TEST_CASE("in_flight: a turn that was not obtained frees nothing") {
  in_flight const keys;
  in_flight::turn const held = keys.wait_for(one, 0ms);
  {
    in_flight::turn const none = keys.wait_for(one, 0ms);
    CHECK_FALSE(none);
  }
  CHECK_FALSE(keys.wait_for(one, 0ms));
}

TEST_CASE("in_flight: a turn that moves is the same turn") {
  in_flight const keys;
  {
    in_flight::turn held = keys.wait_for(one, 0ms);
    in_flight::turn const moved = std::move(held);
    CHECK(moved);
    CHECK_FALSE(keys.wait_for(one, 0ms));
  }
  CHECK(keys.wait_for(one, 0ms));
}

TEST_CASE("in_flight: the empty key is nobody's") {
  in_flight const keys;
  in_flight::turn const a = keys.wait_for({}, 0ms);
  in_flight::turn const b = keys.wait_for({}, 0ms);
  CHECK(a);
  CHECK(b);
}

TEST_CASE("in_flight: copies share the keys, and turns outlive them") {
  std::optional<in_flight> keys(std::in_place);
  in_flight const copy = *keys;
  in_flight::turn const held = keys->wait_for(one, 0ms);
  CHECK_FALSE(copy.wait_for(one, 0ms));
  keys.reset();
  CHECK_FALSE(copy.wait_for(one, 0ms));
}

TEST_CASE("in_flight: who waits gets the turn when it is free, one after the other") {
  in_flight const keys;
  std::atomic<int> inside{0};
  std::atomic<int> most{0};
  std::atomic<int> done{0};
  std::vector<std::thread> threads;
  for (int i = 0; i < 4; ++i)
    threads.emplace_back([&] {
      for (int n = 0; n < 100; ++n) {
        in_flight::turn const held = keys.wait_for(one, 1h);
        int const now = ++inside;
        if (now > most) most = now;
        --inside;
        if (held) ++done;
      }
    });
  for (std::thread& t : threads) t.join();
  CHECK(most == 1);
  CHECK(done == 400);
}
