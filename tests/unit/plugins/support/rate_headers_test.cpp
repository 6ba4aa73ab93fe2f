#include "../../../support/catch.hpp"

#include <argus_ticket/plugins/support/rate_headers.hpp>

#include <string>

namespace rate_headers_test {

namespace http = argus_ticket::http;
using argus_ticket::plugins::support::until_reset;
using namespace std::chrono_literals;

namespace {

constexpr char const* noon = "Wed, 11 Nov 2026 12:00:00 GMT"; // 1794398400

std::optional<std::chrono::seconds> until(std::vector<http::field> fields) {
  http::headers all;
  for (http::field& f : fields) all.add(std::move(f));
  return until_reset(http::response{200, std::move(all), ""});
}

/// With a budget that is used up.
std::optional<std::chrono::seconds> until(std::string reset, std::string date = noon) {
  return until({{"X-RateLimit-Remaining", "0"},
                {"X-RateLimit-Reset", std::move(reset)},
                {"Date", std::move(date)}});
}

} // namespace

TEST_CASE("rate headers: a Unix time counts from the reply's own date, with a second of slack") {
  CHECK(until("1794398400") == 1s);
  CHECK(until("1794398460") == 61s);
  CHECK(until("1794402000") == 3601s);
  CHECK(until("1794398399") == 1s); // in the past
  CHECK(until("1000000000") == 1s);
}

TEST_CASE("rate headers: a small number is seconds from now") {
  CHECK(until("0") == 1s);
  CHECK(until("60") == 61s);
  CHECK(until("3600", "") == 3601s); // needs no date
}

TEST_CASE("rate headers: at most a day") {
  CHECK(until("86399") == 86400s);
  CHECK(until("86400") == 86400s);
  CHECK(until("1000000") == 86400s);
  CHECK(until("9223372036854775807") == 86400s);
  CHECK(until("1894398400") == 86400s);
}

TEST_CASE("rate headers: both spellings") {
  CHECK(until({{"RateLimit-Remaining", "0"}, {"RateLimit-Reset", "5"}}) == 6s);
  CHECK(until({{"ratelimit-remaining", "0"}, {"x-ratelimit-reset", "5"}}) == 6s);
}

TEST_CASE("rate headers: nothing where the budget is not used up, or there is none") {
  CHECK_FALSE(until(std::vector<http::field>{}));
  CHECK_FALSE(until({{"X-RateLimit-Reset", "60"}}));
  CHECK_FALSE(until({{"X-RateLimit-Remaining", "0"}}));
  for (char const* remaining : {"1", "4999", "", "00", "-1", "zero", "0x0"})
    CHECK_FALSE(until({{"X-RateLimit-Remaining", remaining}, {"X-RateLimit-Reset", "60"}}));
}

TEST_CASE("rate headers: nothing where the reset cannot be read") {
  for (char const* reset : {"", "soon", "1.5", " 60", "60 ", "+60", "0x10", "60, 70",
                            "99999999999999999999999", "Wed, 11 Nov 2026 12:00:00 GMT"}) {
    INFO(reset);
    CHECK_FALSE(until(reset));
  }
  CHECK_FALSE(until("1794398460", ""));      // counted from what?
  CHECK_FALSE(until("1794398460", "today")); // the same
}

TEST_CASE("rate headers: a negative reset is no time to wait") {
  auto const wait = until("-60");
  CHECK((!wait || *wait == 1s));
  auto const least = until("-9223372036854775808");
  CHECK((!least || *least == 1s));
}

} // namespace rate_headers_test
