#include "outbox_fixture.hpp"

#include <argus_ticket/counters.hpp>

#include <thread>

namespace outbox_counters_test {

namespace at = argus_ticket;
using namespace std::chrono_literals;

namespace {

using counting_policies =
    at::policies<at::default_renderer, test::fake_clock, at::backoff, at::no_pacing, at::counters>;
using counting_client = at::basic_client<test::full_acme, test::wire, counting_policies>;

struct counted {
  test::network net;
  test::fake_clock clock;
  at::counters counts;
  at::outbox<counting_client, at::memory_store> box{client(), at::memory_store{}, options()};

  counting_client client() {
    counting_policies p;
    p.clock = clock;
    p.observer = counts;
    p.look_for_duplicates = false;
    return counting_client{test::acme_settings(), test::wire{&net, std::make_shared<test::fate>()},
                           p};
  }
  static at::outbox_options options() {
    at::outbox_options o;
    o.caps.entries = 3;
    return o;
  }
  at::delivery deliver() {
    auto said = box.deliver_one();
    REQUIRE(said.has_value());
    return *said;
  }
  void fail_once(std::size_t request, test::fault how) {
    net.fault_of = [=, n = net.requests + request](std::size_t i) {
      return i == n ? std::optional{how} : std::nullopt;
    };
  }
};

} // namespace

TEST_CASE("counters: what becomes of an incident") {
  counted c;
  at::counters const copy = c.counts; // shares the numbers
  REQUIRE(c.box.submit(test::incident_of(1)).has_value());
  REQUIRE(c.box.submit(test::incident_of(1)).has_value());
  CHECK(copy.values().submitted == 2);
  CHECK(copy.values().coalesced == 1);

  CHECK(c.deliver().what == test::what::delivered);
  auto v = copy.values();
  CHECK(v.created == 1);
  CHECK(v.found == 0);
  CHECK(v.requests == 2); // a look, a create
  CHECK(v.retried == 0);
  CHECK(v.delivered == 1);
  CHECK(v.outcomes.at("applied") == 1);
  CHECK(v.failures.empty());
  CHECK(v.operation_time.at("open").count == 1);
  CHECK(v.request_time.count == 2);
  CHECK(v.delivery_time.count == 1);

  REQUIRE(c.box.submit(test::incident_of(1)).has_value());
  CHECK(c.deliver().what == test::what::delivered);
  CHECK(copy.values().created == 1);
  CHECK(copy.values().found == 1);
}

TEST_CASE("counters: what is tried again") {
  counted c;
  c.fail_once(0, test::fault::not_sent);
  REQUIRE(c.box.submit(test::incident_of(1)).has_value());
  CHECK(c.deliver().what == test::what::delivered);
  auto const v = c.counts.values();
  CHECK(v.requests == 3);
  CHECK(v.retried == 1);
  CHECK(v.waited_for_pacing == 0ms);
  CHECK(v.waited_for_search == 0ms);
  CHECK(v.ambiguous == 0);
}

TEST_CASE("counters: a create of which nobody knows") {
  counted done, lost;
  done.fail_once(1, test::fault::done_reply_lost);
  REQUIRE(done.box.submit(test::incident_of(1)).has_value());
  CHECK(done.deliver().what == test::what::delivered);
  CHECK(done.counts.values().ambiguous == 1);
  CHECK(done.counts.values().reconciled == 1);

  lost.fail_once(1, test::fault::sent_not_done);
  REQUIRE(lost.box.submit(test::incident_of(1)).has_value());
  CHECK(lost.deliver().what == test::what::delivered);
  CHECK(lost.counts.values().ambiguous == 1);
  CHECK(lost.counts.values().reconciled == 0);
  CHECK(lost.counts.values().waited_for_search > 0ms);
  CHECK(lost.counts.values().created == 1);
}

TEST_CASE("counters: what comes to nothing, by its reason") {
  counted c;
  c.net.server.fails = [](auto const&) { return true; }; // 422
  REQUIRE(c.box.submit(test::incident_of(1)).has_value());
  CHECK(c.deliver().what == test::what::dead);
  c.net.breaks(test::fault::not_sent);
  REQUIRE(c.box.submit(test::incident_of(2)).has_value());
  CHECK(c.deliver().what == test::what::postponed);
  auto const v = c.counts.values();
  CHECK(v.dead == 1);
  CHECK(v.dead_by_reason.at("refused") == 1);
  CHECK(v.failures.at("refused") == 1);
  CHECK(v.postponed == 1);
  CHECK(v.failures.at("connection_failed") == 1);
  CHECK(v.waited_for_retry > 0ms);
  CHECK(v.outcomes.at("rejected") == 1);
  CHECK(v.outcomes.at("not_applied") == 1);
  CHECK(v.delivered == 0);
  CHECK(v.created == 0);
}

TEST_CASE("counters: duplicates, and a store that fails") {
  counted c;
  c.net.server.open(at::key_of(test::incident_of(1)).value);
  c.net.server.open(at::key_of(test::incident_of(1)).value);
  REQUIRE(c.box.client().find_or_create(test::incident_of(1)).has_value());
  CHECK(c.counts.values().duplicates == 1);
  CHECK(c.counts.values().found == 1);

  at::counters counts = c.counts;
  at::error const broken{at::errc::store_failed, at::outcome::not_applied, "the disk is full"};
  counts.on_store_failed({broken});
  CHECK(c.counts.values().store_failures == 1);
}

TEST_CASE("counters: times fall into buckets") {
  at::latency_histogram times;
  for (auto const took : {0ms, 5ms, 6ms, 86'400'000ms, 86'400'001ms}) times.add(took);
  CHECK(times.count == 5);
  CHECK(times.in_bucket.front() == 2); // bounds are inclusive
  CHECK(times.in_bucket[1] == 1);
  CHECK(times.in_bucket.back() == 1); // and what is longer is in the count alone
  CHECK(times.sum == 172'800'012ms);
}

TEST_CASE("counters: from several threads") {
  at::counters counts;
  auto const tell = [counts]() mutable {
    for (int i = 0; i < 1'000; ++i) {
      at::outcome_event e;
      e.operation = "find";
      e.found = true;
      counts.on_outcome(e);
      (void)counts.values();
    }
  };
  std::thread one{tell}, other{tell};
  one.join();
  other.join();
  CHECK(counts.values().found == 2'000);
  CHECK(counts.values().operation_time.at("find").count == 2'000);
}

} // namespace outbox_counters_test
