#include "../support/catch.hpp"

#include <argus_ticket/timestamp.hpp>

#include <string>

namespace at = argus_ticket;
using namespace std::chrono_literals;
using std::chrono::microseconds;

namespace {

/// A text read and written again; "none" where it is no time.
std::string again(std::string_view text) {
  auto const t = at::parse_timestamp(text);
  return t ? at::to_string(*t) : "none";
}

/// The same instant in UTC.
std::string utc(std::string_view text) {
  auto const t = at::parse_timestamp(text);
  return t ? at::to_string(at::timestamp{t->instant}) : "none";
}

std::int64_t micros(std::string_view text) {
  return at::parse_timestamp(text).value().instant.time_since_epoch().count();
}

} // namespace

TEST_CASE("timestamp: is written as it was read, in its author's offset") {
  for (char const* text :
       {"2011-11-11T11:11:11+02:00", "2011-11-11T11:11:11Z", "2011-11-11T11:11:11.111000Z",
        "1970-01-01T00:00:00Z", "1969-12-31T23:59:59.999999Z", "2011-11-11T23:59:59-09:30",
        "2011-11-11T00:00:00+14:00", "2012-02-29T12:00:00-00:01", "9999-12-31T23:59:59Z",
        "0001-01-01T00:00:00Z", "2000-01-01T00:00:00+23:59", "0000-01-01T00:00:00+23:59"})
    CHECK(again(text) == text);
}

TEST_CASE("timestamp: is the instant, whatever the offset") {
  CHECK(micros("1970-01-01T00:00:00Z") == 0);
  CHECK(micros("1970-01-01T01:00:00+01:00") == 0);
  CHECK(micros("1969-12-31T19:30:00-04:30") == 0);
  CHECK(micros("2011-11-11T11:11:11+02:00") == 1'321'002'671'000'000);
  CHECK(at::parse_timestamp("2011-11-11T11:11:11+02:00") ==
        at::parse_timestamp("2011-11-11T09:11:11Z"));
  CHECK(at::parse_timestamp("2011-11-11T11:11:11+02:00") !=
        at::parse_timestamp("2011-11-11T11:11:11Z"));
  CHECK(at::parse_timestamp("2011-11-11T11:11:11+02:00")->offset == 120min);
  CHECK(at::parse_timestamp("2011-11-11T11:11:11-02:30")->offset == -150min);
}

TEST_CASE("timestamp: offsets that change the day, the month and the year") {
  CHECK(utc("2012-03-01T00:30:00+01:00") == "2012-02-29T23:30:00Z");
  CHECK(utc("2011-03-01T00:30:00+01:00") == "2011-02-28T23:30:00Z");
  CHECK(utc("2011-12-31T23:30:00-01:00") == "2012-01-01T00:30:00Z");
  CHECK(utc("2012-01-01T00:00:00+00:01") == "2011-12-31T23:59:00Z");
}

TEST_CASE("timestamp: fractions of a second, to the microsecond") {
  CHECK(micros("1970-01-01T00:00:00.1Z") == 100'000);
  CHECK(micros("1970-01-01T00:00:00.000001Z") == 1);
  CHECK(micros("1970-01-01T00:00:00.1234567Z") == 123'456);
  CHECK(micros("1970-01-01T00:00:00.999999999999999999999999Z") == 999'999);
  CHECK(micros("1970-01-01T00:00:00." + std::string(10'000, '9') + "Z") == 999'999);
  CHECK(micros("1969-12-31T23:59:59.5Z") == -500'000);
  CHECK(again("2011-11-11T11:11:11.0Z") == "2011-11-11T11:11:11Z");
  CHECK(again("2011-11-11T11:11:11.5+01:00") == "2011-11-11T11:11:11.500000+01:00");
}

TEST_CASE("timestamp: spellings that RFC 3339 allows") {
  CHECK(again("2011-11-11t11:11:11z") == "2011-11-11T11:11:11Z");
  CHECK(again("2011-11-11 11:11:11Z") == "2011-11-11T11:11:11Z");
  CHECK(again("2011-11-11T11:11:11+00:00") == "2011-11-11T11:11:11Z");
  CHECK(again("2011-11-11T11:11:11-00:00") == "2011-11-11T11:11:11Z");
}

TEST_CASE("timestamp: a leap second is the second after") {
  CHECK(again("2016-12-31T23:59:60Z") == "2017-01-01T00:00:00Z");
  CHECK(again("2016-12-31T18:59:60-05:00") == "2016-12-31T19:00:00-05:00");
  CHECK(again("2016-12-31T23:59:61Z") == "none");
}

TEST_CASE("timestamp: what is no such time") {
  for (char const* text : {"",
                           "Z",
                           "infinity",
                           "2011-11-11",
                           "2011-11-11T11:11:11",
                           "2011-11-11T11:11Z",
                           "2011-11-11T11:11:11+0200",
                           "2011-11-11T11:11:11+02",
                           "2011-11-11T11:11:11+2:00",
                           "2011-11-11T11:11:11+24:00",
                           "2011-11-11T11:11:11+02:60",
                           "2011-11-11T24:00:00Z",
                           "2011-11-11T11:60:11Z",
                           "2011-02-29T11:11:11Z",
                           "2011-00-11T11:11:11Z",
                           "2011-13-11T11:11:11Z",
                           "2011-11-00T11:11:11Z",
                           "2011-11-31T11:11:11Z",
                           "2011-11-11T11:11:11.Z",
                           "2011-11-11T11:11:11,5Z",
                           "2011-11-11T11:11:11ZZ",
                           "2011-11-11T11:11:11Z ",
                           " 2011-11-11T11:11:11Z",
                           "-2011-11-11T11:11:11Z",
                           "02011-11-11T11:11:11Z",
                           "111-11-11T11:11:11Z",
                           "2011-1-11T11:11:11Z",
                           "+011-11-11T11:11:11Z",
                           "2011-11-11T+1:11:11Z",
                           "2011-11-11T11:11:-1Z",
                           "2011-11-11T11:11:11.-1Z",
                           "2011-11-11T11:11:11.1e3Z",
                           "20111111T111111Z",
                           "2011/11/11T11:11:11Z",
                           "1900-02-29T00:00:00Z"}) {
    INFO(text);
    CHECK(again(text) == "none");
  }
  CHECK(again(std::string_view{"2011-11-11T11:11:11Z\0", 21}) == "none");
}

TEST_CASE("timestamp: infinity") {
  CHECK(at::to_string(at::infinity) == "infinity");
  CHECK(at::infinity == at::timestamp{(at::timestamp::instant_type::max)(), 60min});
  CHECK_FALSE(at::infinity == at::timestamp{});
}

TEST_CASE("timestamp: years that RFC 3339 cannot write become the nearest that it can") {
  auto const written = [](std::int64_t us, std::chrono::minutes offset = 0min) {
    return at::to_string(at::timestamp{at::timestamp::instant_type{microseconds{us}}, offset});
  };
  std::int64_t const first = micros("0000-01-01T00:00:00Z");
  CHECK(written(first) == "0000-01-01T00:00:00Z");
  CHECK(written(first - 86'400'000'000) == "0000-01-01T00:00:00Z");
  CHECK(written(first, -60min) == "0000-01-01T00:00:00-01:00");
  CHECK(written((at::timestamp::instant_type::min)().time_since_epoch().count()) ==
        "0000-01-01T00:00:00Z");
  CHECK(written((at::timestamp::instant_type::max)().time_since_epoch().count() - 1, 60min) ==
        "9999-12-31T23:59:59.999999+01:00");
  CHECK(written(micros("9999-12-31T23:59:59Z"), 60min) == "9999-12-31T23:59:59.999999+01:00");
  CHECK(written((at::timestamp::instant_type::min)().time_since_epoch().count(), -60min) ==
        "0000-01-01T00:00:00-01:00");
}
