#include "../../../support/catch.hpp"

#include <argus_ticket/plugins/support/reply.hpp>

#include <string>

namespace at = argus_ticket;
namespace http = argus_ticket::http;
namespace support = argus_ticket::plugins::support;
using namespace std::chrono_literals;

namespace {

http::response reply(int status, std::vector<http::field> fields = {}, std::string body = {}) {
  http::headers headers;
  for (http::field& f : fields) headers.add(std::move(f));
  return {status, std::move(headers), std::move(body)};
}

std::optional<std::chrono::seconds> after(std::string value, std::string date = {}) {
  std::vector<http::field> fields{{"retry-after", std::move(value)}};
  if (!date.empty()) fields.push_back({"Date", std::move(date)});
  return support::retry_after(reply(503, std::move(fields)));
}

std::int64_t seconds_of(std::string_view date) {
  auto const parsed = support::parse_http_date(date);
  return parsed ? parsed->time_since_epoch().count() : -1;
}

} // namespace

TEST_CASE("reply: what each status stands for") {
  struct row {
    int status;
    at::errc code;
    at::outcome outcome;
  };
  using at::errc;
  using at::outcome;
  for (row const& r : {row{401, errc::bad_credentials, outcome::rejected},
                       row{403, errc::not_permitted, outcome::rejected},
                       row{404, errc::target_not_found, outcome::rejected},
                       row{410, errc::target_not_found, outcome::rejected},
                       row{429, errc::rate_limited, outcome::not_applied},
                       row{400, errc::refused, outcome::rejected},
                       row{405, errc::refused, outcome::rejected},
                       row{408, errc::refused, outcome::rejected},
                       row{409, errc::refused, outcome::rejected},
                       row{413, errc::refused, outcome::rejected},
                       row{422, errc::refused, outcome::rejected},
                       row{499, errc::refused, outcome::rejected},
                       row{500, errc::server_failed, outcome::ambiguous},
                       row{502, errc::server_failed, outcome::ambiguous},
                       row{503, errc::server_failed, outcome::ambiguous},
                       row{504, errc::server_failed, outcome::ambiguous},
                       row{599, errc::server_failed, outcome::ambiguous},
                       row{999, errc::server_failed, outcome::ambiguous},
                       row{301, errc::redirect_refused, outcome::rejected},
                       row{304, errc::redirect_refused, outcome::rejected},
                       row{308, errc::redirect_refused, outcome::rejected},
                       row{200, errc::bad_reply, outcome::ambiguous},
                       row{202, errc::bad_reply, outcome::ambiguous},
                       row{204, errc::bad_reply, outcome::ambiguous},
                       row{101, errc::bad_reply, outcome::ambiguous},
                       row{0, errc::bad_reply, outcome::ambiguous},
                       row{-1, errc::bad_reply, outcome::ambiguous}}) {
    at::error const e = support::error_of(reply(r.status));
    INFO(r.status);
    CHECK(e.code == r.code);
    CHECK(e.outcome == r.outcome);
    CHECK(e.http_status == r.status);
    CHECK_FALSE(e.message.empty());
    CHECK_FALSE(e.retry_after);
  }
}

TEST_CASE("reply: 503 that says when to come back has done nothing") {
  at::error const e = support::error_of(reply(503, {{"Retry-After", "7"}}));
  CHECK(e.code == at::errc::server_failed);
  CHECK(e.outcome == at::outcome::not_applied);
  CHECK(e.retry_after == 7s);
  // 500 is not so sure.
  at::error const other = support::error_of(reply(500, {{"Retry-After", "7"}}));
  CHECK(other.outcome == at::outcome::ambiguous);
  CHECK(other.retry_after == 7s);
  // Nor is a 503 whose Retry-After cannot be read.
  CHECK(support::error_of(reply(503, {{"Retry-After", "soon"}})).outcome == at::outcome::ambiguous);
}

TEST_CASE("reply: Retry-After in seconds, at most a day") {
  CHECK(after("0") == 0s);
  CHECK(after("120") == 120s);
  CHECK(after("86400") == 86400s);
  CHECK(after("86401") == 86400s);
  CHECK(after("007") == 7s);
  CHECK(after("1000000000000000000000000000000") == 86400s);
  CHECK(after(std::string(100'000, '9')) == 86400s);
  for (char const* text : {"", "-5", "+5", "3.5", "1e3", "5 s", " 5", "soon", "0x10", "5, 6"}) {
    INFO(text);
    CHECK_FALSE(after(text));
  }
  CHECK_FALSE(support::retry_after(reply(503)));
}

TEST_CASE("reply: Retry-After as a date, counted from the reply's own") {
  constexpr auto now = "Sun, 06 Nov 1994 08:49:37 GMT";
  CHECK(after("Sun, 06 Nov 1994 08:50:07 GMT", now) == 30s);
  CHECK(after("Mon, 07 Nov 1994 08:49:36 GMT", now) == 86399s);
  CHECK(after("Fri, 31 Dec 9999 23:59:59 GMT", now) == 86400s);
  CHECK(after(now, now) == 0s);
  CHECK(after("Sun, 06 Nov 1994 08:49:36 GMT", now) == 0s); // in the past
  CHECK(after("Thu, 01 Jan 1970 00:00:00 GMT", now) == 0s);
  CHECK(after("Sat, 01 Jan 0000 00:00:00 GMT", now) == 0s);
  CHECK_FALSE(after("Sun, 06 Nov 1994 08:50:07 GMT")); // counted from what?
  CHECK_FALSE(after("Sun, 06 Nov 1994 08:50:07 GMT", "today"));
}

TEST_CASE("reply: HTTP dates") {
  CHECK(seconds_of("Sun, 06 Nov 1994 08:49:37 GMT") == 784111777);
  CHECK(seconds_of("Thu, 01 Jan 1970 00:00:00 GMT") == 0);
  CHECK(seconds_of("Thu, 29 Feb 2024 23:59:60 GMT") == 1709251200); // a leap second
  for (char const* text : {"",
                           "Sun, 06 Nov 1994 08:49:37",
                           "Sun, 06 Nov 1994 08:49:37 UTC",
                           "Sun, 06 Nov 1994 08:49:37 +0000",
                           "Sun, 31 Nov 1994 08:49:37 GMT",
                           "Thu, 29 Feb 2023 00:00:00 GMT",
                           "Sun, 00 Nov 1994 08:49:37 GMT",
                           "Sun, 06 nov 1994 08:49:37 GMT",
                           "sun, 06 Nov 1994 08:49:37 GMT",
                           "Foo, 06 Nov 1994 08:49:37 GMT",
                           "Sun, 06 Foo 1994 08:49:37 GMT",
                           "Sun, 06 Nov 1994 24:49:37 GMT",
                           "Sun, 06 Nov 1994 08:60:37 GMT",
                           "Sun, 06 Nov 1994 08:49:61 GMT",
                           "Sun, 6 Nov 1994 08:49:37 GMT ",
                           "Sun, 06 Nov 94 08:49:37 GMT",
                           "Sun, -6 Nov 1994 08:49:37 GMT",
                           "Sun, 06 Nov -994 08:49:37 GMT",
                           "Sun, +6 Nov 1994 08:49:37 GMT",
                           "Sun, 06 Nov 1994 08:49: 7 GMT",
                           "Sun, 0x Nov 1994 08:49:37 GMT",
                           "Sunday, 06-Nov-94 08:49:37 GMT",
                           "Sun Nov  6 08:49:37 1994"}) {
    INFO(text);
    CHECK(seconds_of(text) == -1);
  }
}

TEST_CASE("reply: the server's words are shown on one line, repaired and cut") {
  CHECK(support::presentable("Bad\r\ncredentials\t!") == "Bad credentials !");
  CHECK(support::presentable("\x1b[31mred\xFF") == "\xEF\xBF\xBD[31mred\xEF\xBF\xBD");
  CHECK(support::presentable("") == "");
  CHECK(support::presentable(std::string(500, 'x')) == std::string(500, 'x'));
  CHECK(support::presentable(std::string(501, 'x')) == std::string(499, 'x') + "\xE2\x80\xA6");
  CHECK(support::presentable(std::string(50'000'000, 'x')).size() == 502);
}

TEST_CASE("reply: a body as JSON, or a bad reply that may have been a success") {
  CHECK(support::json_of(reply(200, {}, "[1]")).value().is_array());
  for (char const* body : {"", "<html><body>ok</body></html>", "{", "{}x", "null null"}) {
    auto const none = support::json_of(reply(201, {}, body));
    REQUIRE_FALSE(none.has_value());
    CHECK(none.error().code == at::errc::bad_reply);
    CHECK(none.error().outcome == at::outcome::ambiguous);
    CHECK(none.error().http_status == 201);
    CHECK(none.error().message.starts_with("the reply is no JSON: "));
    CHECK(none.error().message.find("html") == std::string::npos); // not the body itself
  }
  at::error const other = support::bad_reply(reply(200), "it lacks an id");
  CHECK(at::to_string(other) == "plugin error: it lacks an id (HTTP 200); it may have been done: "
                                "look before trying again");
}
