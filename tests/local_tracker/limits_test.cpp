// GitHub's limits as a model, in simulated time.
#include "../support/catch.hpp"
#include "world.hpp"

#include <vector>

using namespace tracker_tests;
using namespace std::chrono_literals;

namespace {

/// A world with a clock of milliseconds.
struct limited_world : world {
  std::chrono::sys_time<std::chrono::milliseconds> exact{now};

  explicit limited_world(limits most) : world({.limits = most}) {
    api.set_clock([this] { return exact; });
  }
  response create() { return post(issues_path, R"({"title":"t","labels":["argus-ticket"]})"); }
  violation_counts violations() const { return api.statistics().violations; }
};

bool is_secondary(response const& answer) {
  return answer.status == 403 &&
         message_of(answer).starts_with("You have exceeded a secondary rate limit") &&
         header_of(answer, "x-ratelimit-remaining") != "0";
}

} // namespace

TEST_CASE("the clock shows milliseconds, issues show seconds", "[tracker]") {
  limited_world w{{}};
  w.exact += 1999ms;
  CHECK(text_at(w.create(), "/created_at") == "2025-02-03T00:00:01Z");
}

TEST_CASE("creations in a minute and in an hour", "[tracker]") {
  limited_world w{{.creations_per_minute = 3, .creations_per_hour = 5}};
  for (int i = 0; i < 3; ++i) {
    CHECK(w.create().status == 201);
    w.exact += 10s;
  }
  response const refused = w.create();
  CHECK(is_secondary(refused));
  CHECK(header_of(refused, "retry-after") == "60");
  CHECK(w.violations().creations_per_minute == 1);
  w.exact += 30s - 1ms;
  CHECK(is_secondary(w.create())); // a millisecond too early
  w.exact += 1ms;
  CHECK(w.create().status == 201); // the window slides: the first one has left it
  CHECK(is_secondary(w.create()));
  w.exact += 10s;
  CHECK(w.post("/repos/argus/incidents/issues/1/comments", R"({"body":"b"})").status == 201);
  w.exact += 10min;
  CHECK(w.violations().creations_per_hour == 0);
  CHECK(is_secondary(w.create()));
  CHECK(w.violations().creations_per_hour == 1);
  CHECK(w.get(issues_path).status == 200); // only creations are refused
  w.exact += 50min;
  CHECK(w.create().status == 201);
  CHECK(w.violations().total() == 4);
  w.api.reset_statistics();
  CHECK(w.violations().total() == 0);
}

TEST_CASE("points in a minute", "[tracker]") {
  limited_world w{{.points_per_minute = 12, .retry_after = std::nullopt}};
  CHECK(w.create().status == 201);
  CHECK(w.create().status == 201);
  CHECK(w.get("/user").status == 200);
  response const refused = w.create();
  CHECK(is_secondary(refused));
  CHECK(header_of(refused, "retry-after").empty());
  CHECK(w.get("/user").status == 200); // there is one point left
  CHECK(is_secondary(w.get("/user")));
  CHECK(w.get("/user", "reader").status == 200);
  CHECK(w.violations().points == 2);
  w.exact += 1min;
  CHECK(w.create().status == 201);
  CHECK(w.api.issue_count("argus/incidents") == 3);
}

TEST_CASE("writes that come too soon are counted, not refused", "[tracker]") {
  limited_world w{{.write_gap = 1s}};
  CHECK(w.create().status == 201);
  w.exact += 999ms;
  CHECK(w.create().status == 201);
  CHECK(w.violations().write_gap == 1);
  w.exact += 1s;
  CHECK(w.create().status == 201);
  CHECK(w.get(issues_path).status == 200);
  CHECK(w.post("/repos/argus/incidents/issues/1/comments", R"({"body":"b"})", "reader").status ==
        201); // another user
  CHECK(w.violations().write_gap == 1);
  CHECK(w.violations().total() == 1);
}

TEST_CASE("the primary limit as 429, and its headers on every answer", "[tracker]") {
  limited_world w{{.requests_per_hour = 2, .primary_status = 429}};
  CHECK(w.get("/user").status == 200);
  CHECK(w.get("/repos/argus/missing").status == 404);
  response const refused = w.get("/user");
  CHECK(refused.status == 429);
  CHECK(header_of(refused, "x-ratelimit-remaining") == "0");
  CHECK(w.violations().primary == 1);
  CHECK(header_of(w.get("/user", "wrong"), "x-ratelimit-limit") == "2");
  CHECK(header_of(w.get("/user", ""), "x-ratelimit-limit") == "2");
  w.api.set_rate_limit(3);
  CHECK(header_of(w.get("/user"), "x-ratelimit-remaining") == "2");
  w.api.set_limits(github_com_limits());
  CHECK(header_of(w.get("/user"), "x-ratelimit-remaining") == "4999");
}

TEST_CASE("requests at the same time", "[tracker]") {
  limited_world w{{.concurrent = 2}};
  request const asked = world::make("GET", "/user");
  std::vector<std::shared_ptr<void const>> others{w.api.in_flight(asked), w.api.in_flight(asked)};
  CHECK(w.get("/user").status == 200);
  others.push_back(w.api.in_flight(asked));
  CHECK(is_secondary(w.get("/user")));
  CHECK(w.get("/user", "reader").status == 200);
  CHECK(w.violations().concurrent == 1);
  others.pop_back();
  CHECK(w.get("/user").status == 200);
}

TEST_CASE("2,000 tickets under github.com's limits, in simulated time", "[tracker]") {
  limited_world w{github_com_limits()};
  // One ticket after another: a search, then a creation, 7.2 seconds apart: 500 an hour.
  int made = 0;
  for (int i = 0; i < 2000; ++i) {
    CHECK(w.get(std::string(issues_path) + "?labels=argus-ticket&state=all&per_page=1").status ==
          200);
    made += w.create().status == 201 ? 1 : 0;
    w.exact += 7200ms;
  }
  CHECK(made == 2000);
  CHECK(w.violations().total() == 0);
  // As fast as a client can that waits for each reply and for nothing else.
  w.exact += 1h;
  for (int i = 0; i < 1000; ++i) {
    w.create();
    w.exact += 100ms;
  }
  violation_counts const seen = w.violations();
  CHECK(seen.write_gap == 999);
  CHECK(seen.creations_per_minute > 0);
  CHECK(seen.points > 0);
}
