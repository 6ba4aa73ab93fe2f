// Leases and what a delivery ends in: both kinds of store.
#include "store_fixture.hpp"

using namespace test;

TEMPLATE_TEST_CASE("store: a lease that ends gives the entry to the next", "[store]", STORE_TYPES) {
  outbox<TestType> box;
  auto const made = box.add("a");
  auto const first = box.claim(0, 10);
  CHECK(box.claims_nothing(9));
  CHECK(box.ask(9, 60).next == at_second(10));
  auto const second = box.claim(10, 20);
  CHECK(second.entry.id == made.id);
  CHECK(second.entry.attempts == 2);
  CHECK(second.lease.number != first.lease.number);

  auto const lost = box.store.settle(first.lease, {}, at_second(11));
  REQUIRE_FALSE(lost.has_value());
  CHECK(lost.error().code == at::errc::lease_lost);
  CHECK(box.store.extend(first.lease, at_second(90)).error().code == at::errc::lease_lost);
  CHECK(box.done(second) == "");
  CHECK(box.store.settle(second.lease, {}, at_second(12)).error().code == at::errc::lease_lost);
  CHECK(box.store.extend(second.lease, at_second(90)).error().code == at::errc::lease_lost);
  CHECK(box.store.settle({}, {}, at_second(12)).error().code == at::errc::lease_lost);
}

TEMPLATE_TEST_CASE("store: a lease that has ended counts until somebody else has the entry",
                   "[store]", STORE_TYPES) {
  outbox<TestType> box;
  box.add("a", outbox_step::open, "", 5);
  auto const late = box.claim(5, 10);
  auto const other = box.add("b", outbox_step::open, "", 1);
  CHECK(box.claim(30, 90).entry.id == other.id); // the first lease is seen to have ended
  CHECK(box.stats().delivering == 1);
  SECTION("it is prolonged") {
    CHECK(problem_of(box.store.extend(late.lease, at_second(60))) == "");
    CHECK(box.stats().delivering == 2);
    CHECK(box.claims_nothing(31));
    CHECK(box.done(late) == "");
  }
  SECTION("it is settled") {
    CHECK(box.done(late) == "");
    CHECK(box.claims_nothing(31));
    CHECK(box.stats().delivering == 1);
    CHECK(box.stats().waiting == 0);
  }
}

TEMPLATE_TEST_CASE("store: a lease is prolonged", "[store]", STORE_TYPES) {
  outbox<TestType> box;
  box.add("a");
  auto const claim = box.claim(0, 10);
  CHECK(problem_of(box.store.extend(claim.lease, at_second(20))) == "");
  CHECK(box.ask(15, 60).next == at_second(20));
  CHECK(box.claim(20, 60).entry.id == claim.entry.id);
  at::outbox_lease wrong = claim.lease;
  wrong.entry += 1;
  CHECK(box.store.extend(wrong, at_second(99)).error().code == at::errc::lease_lost);
}

TEMPLATE_TEST_CASE("store: later, with and without the attempt", "[store]", STORE_TYPES) {
  outbox<TestType> box;
  auto const made = box.add("a");
  CHECK(box.settle(box.claim(0), later(30)) == "");
  auto waiting = box.entry(made.id);
  CHECK(waiting.state == entry_state::waiting);
  CHECK(waiting.attempts == 1);
  CHECK(waiting.due_at == at_second(30));
  CHECK(waiting.reason_code == "server_failed");
  CHECK(waiting.reason == "503");
  CHECK(box.ask(29, 60).next == at_second(30));
  auto const again = box.claim(30);
  CHECK(again.entry.attempts == 2);
  CHECK(again.entry.reason_code == "server_failed");
  CHECK(box.settle(again, later(40, true)) == "");
  CHECK(box.entry(made.id).attempts == 1);
}

TEMPLATE_TEST_CASE("store: a step takes another one's place", "[store]", STORE_TYPES) {
  outbox<TestType> box;
  auto const opened = box.add("a", outbox_step::open, "first");
  box.add("a", outbox_step::close, "end");
  auto const claim = box.claim(0);
  at::ticket opened_ticket;
  opened_ticket.system = "github";
  opened_ticket.id = "1";
  opened_ticket.number = "17";
  opened_ticket.url = "https://x/17";
  auto ended = next(outbox_step::comment, "second");
  ended.opened = opened_ticket;
  CHECK(box.settle(claim, ended, 7) == "");
  auto const entry = box.entry(opened.id);
  CHECK(entry.step == outbox_step::comment);
  CHECK(entry.payload == "second");
  CHECK(entry.attempts == 0);
  CHECK(entry.due_at == at_second(7));
  CHECK(entry.reason_code.empty());
  CHECK(box.stats().delivered == 1);
  CHECK(box.stats().bytes == 6 + 3);

  auto const second = box.claim(7);
  CHECK(second.entry.id == opened.id);
  CHECK(second.entry.attempts == 1);
  REQUIRE(second.known);
  CHECK(second.known->system == "github");
  CHECK(second.known->id == "1");
  CHECK(second.known->number == "17");
  CHECK(second.known->url == "https://x/17");
  CHECK(box.done(second) == "");
  CHECK(box.claim(7).entry.step == outbox_step::close);
}

TEMPLATE_TEST_CASE("store: dead entries let others pass, or take them along", "[store]",
                   STORE_TYPES) {
  outbox<TestType> box;
  auto const opened = box.add("a");
  auto const update = box.add("a", outbox_step::update);
  auto const closed = box.add("a", outbox_step::close);
  auto const other = box.add("b");
  auto const claim = box.claim();
  SECTION("alone") {
    CHECK(box.settle(claim, dead()) == "");
    CHECK(box.entry(opened.id).state == entry_state::dead);
    CHECK(box.entry(opened.id).reason == "no");
    CHECK(box.claim().entry.id == update.id);
    CHECK(box.stats().dead == 1);
  }
  SECTION("with followers") {
    CHECK(box.settle(claim, dead(true)) == "");
    CHECK(box.ids({.state = entry_state::dead}) == ids{opened.id, update.id, closed.id});
    CHECK(box.entry(closed.id).reason_code == "refused");
    CHECK(box.claim().entry.id == other.id);
    CHECK(box.claims_nothing());
    CHECK(box.stats().died == 3);
    CHECK(box.stats().dead_by_reason == std::map<std::string, std::size_t>{{"refused", 3}});
  }
  CHECK(box.store.settle(claim.lease, {}, at_second(1)).error().code == at::errc::lease_lost);
}

TEMPLATE_TEST_CASE("store: records of tickets are kept by key, and forgotten by time", "[store]",
                   STORE_TYPES) {
  outbox<TestType> box;
  for (int i : {0, 1}) {
    std::string const key(1, static_cast<char>('a' + i));
    box.add(key);
    settlement ended;
    ended.opened.emplace();
    ended.opened->number = key;
    CHECK(box.settle(box.claim(), ended, 10 + 10 * i) == "");
  }
  box.add("a", outbox_step::close);
  box.add("b", outbox_step::close);
  CHECK(box.store.forget_tickets(at_second(10)).value() == 0);
  CHECK(box.store.forget_tickets(at_second(11)).value() == 1);
  CHECK_FALSE(box.claim(20).known);
  CHECK(box.claim(20).known->number == "b");
}
