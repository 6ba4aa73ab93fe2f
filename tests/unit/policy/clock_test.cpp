#include "../../support/catch.hpp"
#include "../acme.hpp"

#include <argus_ticket/policy/clock.hpp>

namespace at = argus_ticket;
using namespace std::chrono_literals;

namespace {

struct only_sleeps {
  void sleep_for(std::chrono::milliseconds) {}
};
struct wrong_clock : test::fake_clock {
  int now() const { return 0; }
};
struct changes_itself {
  int asked = 0;
  std::chrono::system_clock::time_point now() {
    return ++asked, std::chrono::system_clock::time_point{};
  }
  std::chrono::steady_clock::time_point steady_now() {
    return ++asked, std::chrono::steady_clock::time_point{};
  }
  void sleep_for(std::chrono::milliseconds) { ++asked; }
};

static_assert(at::clock_policy<at::real_clock>);
static_assert(at::clock_policy<test::fake_clock>);
static_assert(at::clock_policy<changes_itself>);
static_assert(!at::clock_policy<only_sleeps>);
static_assert(!at::clock_policy<wrong_clock>);
static_assert(!at::clock_policy<int>);

} // namespace

TEST_CASE("real_clock: tells the machine's times") {
  at::real_clock const clock;
  auto const before = std::chrono::system_clock::now();
  CHECK(clock.now() >= before);
  auto const steady = std::chrono::steady_clock::now();
  CHECK(clock.steady_now() >= steady);
  clock.sleep_for(0ms);
}
