// Requests that fail, one after the other and in every way: in the end everything is there, once.
#include "outbox_scenario.hpp"

#include <random>

using namespace test;

TEMPLATE_TEST_CASE("faults: without any, all is done", "[outbox]", STORE_TYPES) {
  scenario const both;
  REQUIRE(overflow_of(both.large).size() == 2);
  REQUIRE(parts_of(long_text()).size() == 2);
  delivering<TestType> d;
  both.submit_to(d);
  for (at::delivery const& one : d.deliver_due()) CHECK(one.what == what::delivered);
  both.check(d);
}

TEMPLATE_TEST_CASE("faults: each part of a text is a step of its own", "[outbox]", STORE_TYPES) {
  delivering<TestType> d;
  at::incident const large = large_incident();
  auto const accepted = d.submit(large);
  for (std::size_t n = 0; n <= 2; ++n) {
    INFO("part " << n);
    auto const said = d.deliver();
    CHECK(said.what == what::delivered);
    CHECK(said.entry.id == accepted.id);
    CHECK(said.entry.step == (n == 0 ? outbox_step::open : outbox_step::comment));
    CHECK(said.entry.attempts == 1);
    REQUIRE(said.about);
    CHECK(said.about->number == "17");
    CHECK(d.net.ticket_of(large).comments.size() == n);
    CHECK(d.list().size() == (n < 2 ? 1 : 0));
  }
  CHECK(without_markers(d.net.ticket_of(large).comments) == overflow_of(large));
  CHECK(d.stats().delivered == 3);
}

TEMPLATE_TEST_CASE("faults: a part that fails does not bring those before it again", "[outbox]",
                   STORE_TYPES) {
  delivering<TestType> d;
  d.submit(incident_of(1));
  auto const said = d.comment(incident_of(1), long_text());
  (void)d.deliver();
  (void)d.deliver(); // the first part
  d.net.breaks();
  CHECK(d.deliver().what == what::postponed);
  d.net.works();
  (void)d.deliver_all();
  CHECK(d.list({.id = said.id}).empty());
  CHECK(without_markers(d.net.ticket_of(incident_of(1)).comments) == parts_of(long_text()));
}

TEMPLATE_TEST_CASE("faults: one at each request in turn, in every way", "[outbox]", STORE_TYPES) {
  scenario const both;
  for (fault const how : {fault::not_sent, fault::sent_not_done, fault::done_reply_lost}) {
    std::size_t point = 0;
    for (bool came = true; came; ++point) {
      if (!is_tried<TestType>(point, static_cast<std::size_t>(how), 3)) continue;
      INFO("request " << point << " in way " << static_cast<int>(how));
      delivering<TestType> d;
      d.net.fault_of = [&](std::size_t n) {
        return n == point ? std::optional{how} : std::nullopt;
      };
      both.submit_to(d);
      for (at::delivery const& one : d.deliver_all()) CHECK(one.what != what::dead);
      both.check(d);
      came = d.net.requests > point;
    }
    CHECK(point > 15);
  }
}

TEMPLATE_TEST_CASE("faults: all requests from one on fail, for hours", "[outbox]", STORE_TYPES) {
  scenario const both;
  for (fault const how : {fault::not_sent, fault::sent_not_done, fault::done_reply_lost}) {
    for (std::size_t point = 0; point < 18; ++point) {
      if (!is_tried<TestType>(point, 6 * static_cast<std::size_t>(how), 18)) continue;
      INFO("from request " << point << " on in way " << static_cast<int>(how));
      delivering<TestType> d;
      auto const end = d.now() + 6h;
      d.net.fault_of = [&](std::size_t n) {
        return n >= point && d.now() < end ? std::optional{how} : std::nullopt;
      };
      both.submit_to(d);
      for (at::delivery const& one : d.deliver_all()) CHECK(one.what != what::dead);
      both.check(d);
    }
  }
}

TEMPLATE_TEST_CASE("faults: at random, and as many as you like", "[outbox]", STORE_TYPES) {
  scenario const both;
  for (unsigned seed = 0; seed < 60; ++seed) {
    if (!is_tried<TestType>(seed, 0, 12)) continue;
    INFO("seed " << seed);
    std::minstd_rand random{seed};
    std::uniform_int_distribution<int> percent{1, 100}, way{0, 2};
    int const often = 10 + static_cast<int>(seed); // percent of all requests
    delivering<TestType> d;
    d.net.fault_of = [&](std::size_t) {
      return percent(random) <= often ? std::optional{static_cast<fault>(way(random))}
                                      : std::nullopt;
    };
    both.submit_to(d);
    for (at::delivery const& one : d.deliver_all()) CHECK(one.what != what::dead);
    both.check(d);
  }
}

TEMPLATE_TEST_CASE("faults: who is asked to stop waits for nothing, and nothing is done twice",
                   "[outbox]", STORE_TYPES) {
  delivering<TestType> d;
  d.submit(large_incident());
  std::stop_source stop;
  stop.request_stop();
  d.net.fault_of = [](std::size_t n) {
    return n == 1 ? std::optional{fault::sent_not_done} : std::nullopt;
  };
  auto const said = d.box->deliver_one(stop.get_token());
  REQUIRE(problem_of(said) == "");
  CHECK(said->what == what::postponed);
  CHECK(d.clock.state->slept.empty());
  for (at::delivery const& one : d.deliver_all()) CHECK(one.what == what::delivered);
  CHECK(without_markers(d.net.ticket_of(large_incident()).comments) ==
        overflow_of(large_incident()));
}
