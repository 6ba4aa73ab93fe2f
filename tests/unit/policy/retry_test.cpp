#include "../../support/catch.hpp"

#include <argus_ticket/policy/retry.hpp>

#include <set>

namespace retry_test {

namespace at = argus_ticket;
using at::outcome;
using at::http::idempotency;
using namespace std::chrono_literals;

namespace {

struct counts_only {
  int attempts = 3;
};
struct waits_in_words {
  int attempts = 3;
  std::string wait_before(int) const { return "long"; }
};
struct changes_itself {
  int attempts = 3;
  std::chrono::seconds wait_before(int) { return std::chrono::seconds{++attempts}; }
};

static_assert(at::retry_policy<at::backoff>);
static_assert(at::retry_policy<at::no_retry>);
static_assert(at::retry_policy<changes_itself>);
static_assert(!at::retry_policy<counts_only>);
static_assert(!at::retry_policy<waits_in_words>);
static_assert(!at::retry_policy<int>);

static_assert(at::no_retry::attempts == 1);
static_assert(at::no_retry::wait_before(1) == 0ms);

} // namespace

TEST_CASE("may_repeat: by what was done and what doing it twice would do") {
  struct row {
    idempotency what;
    bool not_applied, rejected, ambiguous, applied, applied_degraded;
  };
  for (row const& r : {row{idempotency::safe, true, false, true, false, false},
                       row{idempotency::idempotent, true, false, true, false, false},
                       row{idempotency::creates, true, false, false, false, false}}) {
    CHECK(at::may_repeat(r.what, outcome::not_applied) == r.not_applied);
    CHECK(at::may_repeat(r.what, outcome::rejected) == r.rejected);
    CHECK(at::may_repeat(r.what, outcome::ambiguous) == r.ambiguous);
    CHECK(at::may_repeat(r.what, outcome::applied) == r.applied);
    CHECK(at::may_repeat(r.what, outcome::applied_degraded) == r.applied_degraded);
  }
}

TEST_CASE("backoff: bounds double up to the cap") {
  at::backoff const b;
  CHECK(b.attempts == 4);
  CHECK(b.bound(1) == 500ms);
  CHECK(b.bound(2) == 1s);
  CHECK(b.bound(3) == 2s);
  CHECK(b.bound(6) == 16s);
  CHECK(b.bound(7) == 30s);
  CHECK(b.bound(1'000'000'000) == 30s);
  CHECK(b.bound(0) == 500ms); // no such repetition
  CHECK(b.bound(-5) == 500ms);
  at::backoff const odd{.attempts = 9, .first = 40s, .longest = 30s};
  CHECK(odd.bound(1) == 30s);
  CHECK(odd.bound(9) == 30s);
}

TEST_CASE("backoff: times that cannot be doubled do not overflow") {
  constexpr auto longest = (std::chrono::milliseconds::max)();
  at::backoff const patient{.first = 1s, .longest = longest};
  CHECK(patient.bound(40) == 1s * (std::int64_t{1} << 39));
  CHECK(patient.bound(200) == longest);
  at::backoff const long_from_the_start{.first = longest, .longest = longest};
  CHECK(long_from_the_start.bound(2) == longest);
  CHECK(long_from_the_start.wait_before(2) >= 0ms);
}

TEST_CASE("backoff: waits are at random between nothing and the bound") {
  at::backoff const b;
  for (int repetition : {1, 3, 7, 50}) {
    std::set<std::chrono::milliseconds> seen;
    auto least = b.bound(repetition), most = 0ms;
    for (int i = 0; i < 1'000; ++i) {
      auto const time = b.wait_before(repetition);
      REQUIRE(time >= 0ms);
      REQUIRE(time <= b.bound(repetition));
      seen.insert(time);
      least = (std::min)(least, time);
      most = (std::max)(most, time);
    }
    CHECK(seen.size() > 100);
    CHECK(least < b.bound(repetition) / 4); // full jitter
    CHECK(most > b.bound(repetition) * 3 / 4);
  }
}

TEST_CASE("backoff: bounds of nothing, or less, are no wait") {
  CHECK(at::backoff{.first = 0ms}.wait_before(1) == 0ms);
  CHECK(at::backoff{.first = -5s}.wait_before(3) == 0ms);
  CHECK(at::backoff{.longest = 0ms}.wait_before(3) == 0ms);
}

TEST_CASE("reconciliation: two looks, two seconds between them, two creates at the most") {
  at::reconciliation const r;
  CHECK(r.looks == 2);
  CHECK(r.pause == 2s);
  CHECK(r.creates == 2);
}

} // namespace retry_test
