// Which entry is given when: both kinds of store.
#include "store_fixture.hpp"

using namespace test;

TEMPLATE_TEST_CASE("store: an entry is claimed once, and is gone when it is done", "[store]",
                   STORE_TYPES) {
  outbox<TestType> box;
  CHECK(box.claims_nothing());
  auto const made = box.add("a", outbox_step::open, "text", 5);
  CHECK_FALSE(made.was_waiting);
  auto const claim = box.claim(7);
  CHECK(claim.entry.id == made.id);
  CHECK(claim.entry.key == "a");
  CHECK(claim.entry.step == outbox_step::open);
  CHECK(claim.entry.payload == "text");
  CHECK(claim.entry.submitted_at == at_second(5));
  CHECK(claim.entry.due_at == at_second(5));
  CHECK(claim.entry.attempts == 1);
  CHECK_FALSE(claim.known);
  CHECK(box.claims_nothing(8));
  CHECK(box.done(claim) == "");
  CHECK(box.list().empty());
  CHECK_FALSE(box.ask(8, 9).next);
}

TEMPLATE_TEST_CASE("store: what is due first comes first, in the order of ids where equal",
                   "[store]", STORE_TYPES) {
  outbox<TestType> box;
  auto const a = box.add("a", outbox_step::open, "", 9);
  auto const b = box.add("b", outbox_step::open, "", 5);
  auto const c = box.add("c", outbox_step::open, "", 5);
  CHECK(box.ask(4, 60).next == at_second(5));
  CHECK(box.claim(10).entry.id == b.id);
  CHECK(box.claim(10).entry.id == c.id);
  CHECK(box.claim(10).entry.id == a.id);
  CHECK(box.ask(10, 60).next == at_second(60)); // the leases' end
}

TEMPLATE_TEST_CASE("store: entries of a key come in order, one at a time", "[store]", STORE_TYPES) {
  outbox<TestType> box;
  auto const opened = box.add("a", outbox_step::open, "", 5);
  auto const update = box.add("a", outbox_step::update, "", 1); // due before the first
  auto const closed = box.add("a", outbox_step::close, "", 1);
  auto const other = box.add("b", outbox_step::open, "", 6);
  CHECK(box.ask(2, 60).next == at_second(5));

  auto const first = box.claim(10);
  CHECK(first.entry.id == opened.id);
  auto const beside = box.claim(10);
  CHECK(beside.entry.id == other.id);
  CHECK(box.claims_nothing(10));
  CHECK(box.done(beside) == "");
  CHECK(box.claims_nothing(10));
  CHECK(box.done(first) == "");
  auto const second = box.claim(10);
  CHECK(second.entry.id == update.id);
  CHECK(box.claims_nothing(10));
  CHECK(box.settle(second, later(30)) == "");
  CHECK(box.ask(10, 60).next == at_second(30)); // the third does not pass it
  auto const again = box.claim(30);
  CHECK(again.entry.id == update.id);
  CHECK(box.done(again) == "");
  CHECK(box.claim(30).entry.id == closed.id);
}

TEMPLATE_TEST_CASE("store: an entry to open that was never begun gets the new text", "[store]",
                   STORE_TYPES) {
  outbox<TestType> box;
  auto const first = box.add("a", outbox_step::open, "old", 1);
  auto const second = box.add("a", outbox_step::open, "newer", 2);
  CHECK(second.was_waiting);
  CHECK(second.id == first.id);
  CHECK(box.entry(first.id).payload == "newer");
  CHECK(box.entry(first.id).submitted_at == at_second(1));
  CHECK(box.stats().bytes == 5);
  CHECK(box.stats().submitted == 1);

  SECTION("but not where another step came in between") {
    box.add("a", outbox_step::close);
    CHECK_FALSE(box.add("a").was_waiting);
    CHECK(box.add("a").was_waiting); // behind the close, and not begun
  }
  SECTION("nor where it is another step") {
    CHECK_FALSE(box.add("a", outbox_step::update).was_waiting);
    CHECK_FALSE(box.add("a", outbox_step::update).was_waiting);
  }
  SECTION("nor where it was ever claimed") {
    auto const claim = box.claim(2);
    CHECK_FALSE(box.add("a").was_waiting);
    CHECK(box.settle(claim, later(9, true)) == "");
    CHECK(box.list().size() == 2);
    CHECK(box.entry(first.id).attempts == 0);
  }
  SECTION("nor where it was claimed and waits again") {
    auto const claim = box.claim(2);
    CHECK(box.settle(claim, later(9, true)) == "");
    CHECK_FALSE(box.add("a").was_waiting);
  }
  SECTION("nor where it is dead, or was") {
    auto const claim = box.claim(2);
    CHECK(box.settle(claim, dead()) == "");
    auto const third = box.add("a");
    CHECK_FALSE(third.was_waiting);
    auto const next_claim = box.claim(2);
    CHECK(next_claim.entry.id == third.id); // a dead one holds nobody up
    CHECK(box.done(next_claim) == "");
    CHECK(box.store.requeue({}, at_second(3)).value() == 1);
    CHECK_FALSE(box.add("a").was_waiting);
  }
}

TEMPLATE_TEST_CASE("store: entries of one call see those before them", "[store]", STORE_TYPES) {
  outbox<TestType> box;
  std::vector<at::new_entry> const entries{{"a", outbox_step::open, "1"},
                                           {"b", outbox_step::open, "2"},
                                           {"a", outbox_step::open, "three"},
                                           {"a", outbox_step::close, "4"}};
  auto const made = box.store.insert(entries, {}, at_second(0));
  REQUIRE(made.has_value());
  REQUIRE(made->size() == 4);
  CHECK_FALSE((*made)[0].was_waiting);
  CHECK((*made)[2].was_waiting);
  CHECK((*made)[2].id == (*made)[0].id);
  CHECK((*made)[3].id > (*made)[1].id);
  CHECK(box.claim().entry.payload == "three");
  CHECK(box.store.insert({}, {}, at_second(0)).value().empty());
}

TEMPLATE_TEST_CASE("store: texts come back byte for byte", "[store]", STORE_TYPES) {
  outbox<TestType> box;
  std::string const odd("\0a'\"\xff;--\n", 9);
  std::string const large(300'000, 'x');
  box.add(odd, outbox_step::comment, odd);
  box.add("large", outbox_step::comment, large);
  box.add("", outbox_step::comment, "");
  auto const listed = box.list();
  REQUIRE(listed.size() == 3);
  CHECK(listed[0].key == odd);
  CHECK(listed[0].payload == odd);
  CHECK((listed[1].payload == large));
  CHECK(listed[2].payload.empty());
  CHECK(box.ids({.key = odd}).size() == 1);
  CHECK(box.stats().bytes == 9 + 300'000);
}
