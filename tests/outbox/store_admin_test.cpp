// Caps, lists, requeueing and numbers: both kinds of store.
#include "store_fixture.hpp"

using namespace test;

TEMPLATE_TEST_CASE("store: what is beyond the caps is refused whole", "[store]", STORE_TYPES) {
  outbox<TestType> box;
  auto const insert = [&](std::vector<at::new_entry> entries, std::size_t most, std::size_t bytes) {
    auto made = box.store.insert(entries, {most, bytes}, at_second(0));
    if (!made) CHECK(made.error().outcome == at::outcome::not_applied);
    return made ? std::string() : std::string(to_string(made.error().code));
  };
  using step = outbox_step;
  CHECK(insert({{"a", step::open, "12345"}}, 1, 5) == "");
  CHECK(insert({{"b", step::open, ""}}, 1, 5) == "outbox_full");
  CHECK(insert({{"b", step::open, "1"}}, 9, 5) == "outbox_full");
  CHECK(insert({{"b", step::open, "1"}, {"c", step::open, "1"}}, 2, 99) == "outbox_full");
  CHECK(insert({{"b", step::open, "1"}, {"c", step::open, "1"}}, 9, 6) == "outbox_full");
  CHECK(box.list().size() == 1);
  CHECK(insert({{"a", step::open, "123456"}}, 9, 5) == "outbox_full"); // also a longer text
  CHECK(insert({{"a", step::open, "1"}, {"d", step::open, ""}}, 1, 9) == "outbox_full");
  CHECK(box.entry(1).payload == "12345");
  CHECK(insert({{"a", step::open, "54321"}}, 0, 0) == ""); // no more room than before
  CHECK(insert({{"a", step::open, "1"}, {"b", step::open, "4444"}}, 2, 5) == "");
  CHECK(insert({{"c", step::open, ""}}, 2, 5) == "outbox_full");

  auto const s = box.stats();
  CHECK(s.waiting == 2);
  CHECK(s.bytes == 5);
  CHECK(s.submitted == 2);
  CHECK(box.ids() == ids{1, 2}); // ids of what was refused are given again

  CHECK(box.settle(box.claim(), dead()) == "");
  CHECK(insert({{"c", step::open, ""}}, 2, 5) == "outbox_full"); // dead ones take room
  CHECK(box.store.remove({}).value() == 1);
  CHECK(insert({{"c", step::open, "1"}}, 2, 5) == "");
}

TEMPLATE_TEST_CASE("store: lists by each condition, in parts", "[store]", STORE_TYPES) {
  outbox<TestType> box;
  for (char const* key : {"a", "b", "c", "d", "e"}) box.add(key); // 1 to 5
  box.add("e", outbox_step::close);                               // 6
  CHECK(box.settle(box.claim(), dead(false, "refused")) == "");   // 1
  CHECK(box.settle(box.claim(), dead(false, "expired")) == "");   // 2
  CHECK(box.settle(box.claim(), later(50)) == "");                // 3
  CHECK(box.claim().entry.id == 4);                               // delivering

  CHECK(box.ids() == ids{1, 2, 3, 4, 5, 6});
  CHECK(box.ids({.state = entry_state::dead}) == ids{1, 2});
  CHECK(box.ids({.state = entry_state::waiting}) == ids{3, 5, 6});
  CHECK(box.ids({.state = entry_state::delivering}) == ids{4});
  CHECK(box.ids({.key = "e"}) == ids{5, 6});
  CHECK(box.ids({.key = "a"}) == ids{1});
  CHECK(box.ids({.key = "x"}).empty());
  CHECK(box.ids({.reason_code = "refused"}) == ids{1});
  CHECK(box.ids({.reason_code = "server_failed"}) == ids{3});
  CHECK(box.ids({.state = entry_state::dead, .key = "b", .reason_code = "expired"}) == ids{2});
  CHECK(box.ids({.state = entry_state::dead, .key = "b", .reason_code = "refused"}).empty());
  CHECK(box.ids({.id = 4}) == ids{4});
  CHECK(box.ids({.id = 4, .after = 4}).empty());
  CHECK(box.ids({.after = 1, .most = 3}) == ids{2, 3, 4});
  CHECK(box.ids({.after = 4, .most = 3}) == ids{5, 6});
  CHECK(box.ids({.after = ~std::uint64_t{0}}).empty());
  CHECK(box.ids({.most = 0}).empty());
  CHECK(box.ids({.most = ~std::size_t{0}}).size() == 6);
  CHECK(box.entry(4).state == entry_state::delivering);
}

TEMPLATE_TEST_CASE("store: dead entries are taken up again in their order", "[store]",
                   STORE_TYPES) {
  outbox<TestType> box;
  box.add("a");                      // 1
  box.add("a", outbox_step::update); // 2
  box.add("a", outbox_step::close);  // 3
  SECTION("after all of them died") {
    CHECK(box.settle(box.claim(), dead(true)) == "");
    CHECK(box.store.requeue({.most = 1}, at_second(7)).value() == 3); // `most` is not heeded
    auto const entry = box.entry(1);
    CHECK(entry.state == entry_state::waiting);
    CHECK(entry.attempts == 0);
    CHECK(entry.due_at == at_second(7));
    CHECK(box.stats().requeued == 3);
    CHECK(box.stats().dead == 0);
    for (std::uint64_t id : {1u, 2u, 3u}) {
      auto const claim = box.claim(7);
      CHECK(claim.entry.id == id);
      CHECK(box.claims_nothing(7));
      CHECK(box.done(claim) == "");
    }
    CHECK(box.claims_nothing(7));
  }
  SECTION("one by one, the last first") {
    CHECK(box.settle(box.claim(), dead(true)) == "");
    CHECK(box.store.requeue({.id = 3}, at_second(7)).value() == 1);
    CHECK(box.store.requeue({.id = 1}, at_second(8)).value() == 1);
    auto const first = box.claim(9);
    CHECK(first.entry.id == 1);
    CHECK(box.store.requeue({.id = 2}, at_second(8)).value() == 1);
    CHECK(box.claims_nothing(9));
    CHECK(box.done(first) == "");
    CHECK(box.claim(9).entry.id == 2);
    CHECK(box.claims_nothing(9));
  }
  SECTION("before a later one that only waits") {
    CHECK(box.settle(box.claim(), dead()) == "");
    CHECK(box.store.requeue({}, at_second(7)).value() == 1);
    CHECK(box.claims_nothing(6)); // the later one waits for it, though it is due
    CHECK(box.claim(7).entry.id == 1);
    CHECK(box.claims_nothing(7));
  }
  SECTION("not beside a later one that is being delivered") {
    CHECK(box.settle(box.claim(), dead()) == "");
    auto const second = box.claim(0, 50);
    CHECK(second.entry.id == 2);
    CHECK(box.store.requeue({}, at_second(7)).value() == 1);
    CHECK(box.claims_nothing(9));
    SECTION("which is put off") {
      CHECK(box.settle(second, later(8)) == "");
      CHECK(box.claim(9).entry.id == 1);
      CHECK(box.claims_nothing(9));
    }
    SECTION("which is delivered") {
      CHECK(box.done(second) == "");
      CHECK(box.claim(9).entry.id == 1);
      CHECK(box.claims_nothing(9));
    }
    SECTION("which dies and takes its followers along") {
      CHECK(box.settle(second, dead(true)) == "");
      CHECK(box.ids({.state = entry_state::dead}) == ids{2, 3});
      CHECK(box.claim(9).entry.id == 1);
    }
    SECTION("whose lease ends") {
      auto const first = box.claim(50, 90);
      CHECK(first.entry.id == 1);
      CHECK(box.store.extend(second.lease, at_second(95)).error().code == at::errc::lease_lost);
      CHECK(box.done(second) == ""); // nobody else has it
      CHECK(box.claims_nothing(51));
      CHECK(box.done(first) == "");
      CHECK(box.claim(51).entry.id == 3);
    }
    SECTION("whose lease ends and which dies then with followers") {
      auto const first = box.claim(50, 90);
      CHECK(box.settle(second, dead(true)) == "");
      CHECK(box.ids({.state = entry_state::dead}) == ids{2, 3});
      CHECK(box.done(first) == "");
      CHECK(box.claims_nothing(51));
      CHECK(box.stats().waiting == 0);
    }
  }
}

TEMPLATE_TEST_CASE("store: only dead entries are requeued or removed", "[store]", STORE_TYPES) {
  outbox<TestType> box;
  for (char const* key : {"a", "b", "c"}) box.add(key, outbox_step::open, "12");
  CHECK(box.settle(box.claim(), dead(false, "refused")) == "");
  CHECK(box.settle(box.claim(), dead(false, "expired")) == "");
  for (at::entry_filter const& which :
       {at::entry_filter{.id = 3}, at::entry_filter{.state = entry_state::waiting},
        at::entry_filter{.key = "c"}, at::entry_filter{.reason_code = "x"},
        at::entry_filter{.after = 2}}) {
    CHECK(box.store.requeue(which, at_second(0)).value() == 0);
    CHECK(box.store.remove(which).value() == 0);
  }
  CHECK(box.store.remove({.reason_code = "expired", .most = 0}).value() == 1);
  CHECK(box.ids() == ids{1, 3});
  CHECK(box.stats().bytes == 4);
  CHECK(box.store.requeue({.state = entry_state::dead, .key = "a"}, at_second(0)).value() == 1);
  CHECK(box.stats().dead == 0);
  CHECK(box.stats().waiting == 2);
}

TEMPLATE_TEST_CASE("store: the numbers", "[store]", STORE_TYPES) {
  outbox<TestType> box;
  CHECK_FALSE(box.stats().oldest);
  box.add("a", outbox_step::open, "12", 3);
  box.add("b", outbox_step::open, "123", 4);
  box.add("c", outbox_step::open, "1234", 5);
  CHECK(box.settle(box.claim(9), dead()) == "");
  box.claim(9);
  auto const s = box.stats();
  CHECK(s.waiting == 1);
  CHECK(s.delivering == 1);
  CHECK(s.dead == 1);
  CHECK(s.bytes == 9);
  CHECK(s.oldest == at_second(4));
  CHECK(s.submitted == 3);
  CHECK(s.delivered == 0);
  CHECK(s.died == 1);
}
