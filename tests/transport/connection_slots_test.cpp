// Who has a connection to a server, and who stands in line for one: without sockets.

#include "../support/catch.hpp"

#include <argus_ticket/transport/detail/connection_slots.hpp>

namespace https = argus_ticket::detail::https;

namespace transport_test {

struct waiter final : https::slot_waiter {
  void granted() override { ++slots; }
  int slots = 0;
};

} // namespace transport_test

using transport_test::waiter;

TEST_CASE("those in line get slots in their order", "[https][slots]") {
  https::connection_slots slots{1};
  auto const first = std::make_shared<waiter>();
  auto const second = std::make_shared<waiter>();
  REQUIRE(slots.take("a", first));
  CHECK_FALSE(slots.take("a", first));
  CHECK_FALSE(slots.take("a", second));
  CHECK(slots.take("b", second)); // another server
  slots.give_back("a");
  CHECK(first->slots == 1);
  CHECK(second->slots == 0);
  slots.give_back("a");
  CHECK(second->slots == 1);
  slots.give_back("a");
  CHECK(slots.take("a", first));
}

TEST_CASE("who leaves the line or is gone is passed over, and no slot is lost", "[https][slots]") {
  https::connection_slots slots{1};
  auto const holder = std::make_shared<waiter>();
  auto const leaving = std::make_shared<waiter>();
  auto const last = std::make_shared<waiter>();
  auto gone = std::make_shared<waiter>();
  REQUIRE(slots.take("a", holder));
  REQUIRE_FALSE(slots.take("a", leaving));
  REQUIRE_FALSE(slots.take("a", gone));
  REQUIRE_FALSE(slots.take("a", last));
  CHECK(slots.withdraw("a", *leaving));
  CHECK_FALSE(slots.withdraw("a", *leaving));
  gone.reset();
  slots.give_back("a");
  CHECK(leaving->slots == 0);
  CHECK(last->slots == 1);
  CHECK_FALSE(slots.withdraw("a", *last)); // it has its slot
  slots.give_back("a");
  CHECK(slots.take("a", holder));
}
