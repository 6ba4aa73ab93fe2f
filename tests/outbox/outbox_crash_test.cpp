// Processes that are killed, at each moment: whoever takes over does the rest, and nothing twice.
#include "outbox_fated_store.hpp"
#include "outbox_scenario.hpp"

#include <random>

using namespace test;

namespace {

/// Delivers until nothing waits, or until it is killed at that deed; then a short while passes.
/// Gives how many deeds there were.
template <class Delivering>
std::size_t live_until(Delivering& d, std::size_t deed, bool done,
                       std::chrono::milliseconds pause) {
  killed_process life{d, deed, done};
  for (int rounds = 0; !life.is_over(); ++rounds) {
    REQUIRE(rounds < 2'000);
    auto const said = d.box->deliver_one();
    if (life.is_over()) break;
    REQUIRE(problem_of(said) == "");
    CHECK(said->what != what::dead);
    if (said->what != what::nothing) continue;
    if (!said->next) break;
    d.jump(*said->next - d.now());
  }
  life.end();
  d.jump(pause);
  return life.deeds();
}

} // namespace

TEMPLATE_TEST_CASE("crash: at each deed, before it and after it", "[outbox]", FATED_STORES) {
  scenario const both;
  for (bool const done : {false, true}) {
    std::size_t point = 0;
    for (bool came = true; came; ++point) {
      if (!is_tried<TestType>(point, done ? 1 : 0, 2)) continue;
      INFO("deed " << point << (done ? ", which was done" : ", which was not done"));
      delivering<TestType> d;
      both.submit_to(d);
      came = live_until(d, point, done, 1s) > point;
      for (at::delivery const& one : d.deliver_all()) CHECK(one.what != what::dead);
      both.check(d);
    }
    CHECK(point > 40);
  }
}

TEMPLATE_TEST_CASE("crash: again and again, a few deeds further each time", "[outbox]",
                   FATED_STORES) {
  scenario const both;
  for (std::size_t deeds = 3; deeds < 12; ++deeds)
    for (bool const done : {false, true}) {
      if (!is_tried<TestType>(deeds, done ? 1 : 0, 4)) continue;
      INFO("after " << deeds << " deeds" << (done ? ", the last done" : ""));
      delivering<TestType> d;
      both.submit_to(d);
      for (int lives = 0; !d.list().empty(); ++lives) {
        // Upkeep, a claim and a look-up come first; two lives may end before anything was done.
        REQUIRE(lives < 200);
        std::size_t const of_this_life = deeds + static_cast<std::size_t>(lives) / 20;
        (void)live_until(d, of_this_life, done, 1s);
      }
      both.check(d);
    }
}

TEMPLATE_TEST_CASE("crash: at random, with requests that fail as well", "[outbox]", FATED_STORES) {
  scenario const both;
  for (unsigned seed = 0; seed < 60; ++seed) {
    if (!is_tried<TestType>(seed, 0, 10)) continue;
    INFO("seed " << seed);
    std::minstd_rand random{seed};
    std::uniform_int_distribution<int> percent{1, 100}, way{0, 2};
    std::uniform_int_distribution<std::size_t> deeds{0, 40};
    at::outbox_options options;
    options.remember_tickets = seed % 2 == 0 ? std::chrono::milliseconds{1min} : 2'160h;
    delivering<TestType> d{options};
    d.net.fault_of = [&](std::size_t) {
      return percent(random) <= 20 ? std::optional{static_cast<fault>(way(random))} : std::nullopt;
    };
    both.submit_to(d);
    for (int lives = 0; lives < 25; ++lives) {
      std::size_t const last = deeds(random);
      (void)live_until(d, last, percent(random) <= 50, std::chrono::seconds{percent(random)});
    }
    for (at::delivery const& one : d.deliver_all()) CHECK(one.what != what::dead);
    both.check(d);
  }
}

TEMPLATE_TEST_CASE("crash: between the create and its record", "[outbox]", FATED_STORES) {
  delivering<TestType> d;
  d.submit(large_incident());
  d.of->is_done = [](std::string_view member) { return member != "settle"; };
  REQUIRE_FALSE(d.box->deliver_one().has_value());
  CHECK(d.net.server.tickets.size() == 1);
  *d.of = fate{};
  d.restart();
  auto const all = d.deliver_all();
  REQUIRE(all.size() == 3);
  CHECK(all[0].what == what::delivered);
  CHECK(all[0].entry.attempts == 2);
  CHECK(all[0].about->number == "17");
  CHECK(without_markers(d.net.ticket_of(large_incident()).comments) ==
        overflow_of(large_incident()));
}

TEMPLATE_TEST_CASE("crash: where the record came but nobody knew, all is well", "[outbox]",
                   FATED_STORES) {
  delivering<TestType> d;
  d.submit(incident_of(1));
  d.comment(incident_of(1), "text");
  d.of->is_told = [](std::string_view member) { return member != "settle"; };
  REQUIRE_FALSE(d.box->deliver_one().has_value());
  REQUIRE_FALSE(d.box->deliver_one().has_value());
  *d.of = fate{};
  CHECK(d.list().empty());
  CHECK(d.net.ticket_of(incident_of(1)).comments.size() == 1);
}

TEMPLATE_TEST_CASE("crash: one who goes on although its store fails does nothing twice", "[outbox]",
                   FATED_STORES) {
  scenario const both;
  delivering<TestType> d;
  both.submit_to(d);
  int failures = 0;
  std::size_t settled = 0;
  d.of->is_done = [&](std::string_view member) { return member != "settle" || settled++ % 3 != 0; };
  for (int rounds = 0; !d.list().empty(); ++rounds) {
    REQUIRE(rounds < 500);
    auto const said = d.box->deliver_one();
    if (!said) {
      CHECK(said.error().code == at::errc::store_failed);
      ++failures;
    } else if (said->what == what::nothing) {
      REQUIRE(said->next);
      d.jump(*said->next - d.now()); // until the lease ends
    }
  }
  CHECK(failures > 3);
  both.check(d);
}
