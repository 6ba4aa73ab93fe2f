#include "../support/catch.hpp"

#include <argus_ticket/result.hpp>

#include <memory>
#include <string>

namespace at = argus_ticket;

namespace {

at::error some_error() {
  return {at::errc::not_permitted, at::outcome::rejected, "may not", "o/r"};
}

} // namespace

TEST_CASE("result: holds a value or an error") {
  at::result<int> const good = 7;
  at::result<int> const bad = some_error();
  CHECK(good);
  CHECK(*good == 7);
  CHECK(good.value() == 7);
  CHECK_FALSE(bad);
  CHECK(bad.error().code == at::errc::not_permitted);
}

TEST_CASE("result: value() of an error throws a ticket_error that holds it") {
  at::result<std::string> const bad = some_error();
  try {
    (void)bad.value();
    FAIL("nothing was thrown");
  } catch (at::ticket_error const& thrown) {
    CHECK(std::string{thrown.what()} == at::to_string(some_error()));
    CHECK(thrown.error().code == at::errc::not_permitted);
    CHECK(thrown.error().outcome == at::outcome::rejected);
    CHECK(thrown.error().where == "o/r");
  }
  CHECK_THROWS_AS(bad.value(), std::runtime_error);
}

TEST_CASE("result: of nothing, and of what can only be moved") {
  at::result<void> const done{};
  CHECK(done);
  at::result<void> const failed = some_error();
  CHECK_FALSE(failed);
  CHECK_THROWS_AS(failed.value(), at::ticket_error);

  at::result<std::unique_ptr<int>> held = std::make_unique<int>(3);
  std::unique_ptr<int> const taken = std::move(held).value();
  CHECK(*taken == 3);
}
