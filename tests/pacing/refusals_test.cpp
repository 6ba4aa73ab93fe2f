// What clients do where they are refused for limits that they could not know of: those that the
// server does not publish, and those that somebody else with the same credential used up.

#include "../support/catch.hpp"
#include "ideal_time.hpp"
#include "simulated_tracker.hpp"

#include <iostream>
#include <local_tracker/text.hpp>
#include <optional>

namespace refusals_simulation {

using namespace simulation;
using local_tracker::limits;

namespace {

bool is_refusal(exchange const& one) { return one.status == 403 || one.status == 429; }

/// How many requests came although the credential was closed: from half a second after a refusal,
/// when its reply is there and all that was under way has come, until `closed` after it.
std::size_t hammered(std::vector<exchange> const& seen, seconds closed) {
  std::size_t count = 0;
  for (auto one = seen.begin(); one != seen.end(); ++one) {
    if (!is_refusal(*one) || !one->heard) continue;
    count += static_cast<std::size_t>(std::count_if(one, seen.end(), [&](auto const& other) {
      return other.came > one->came + 500ms && other.came < one->came + closed;
    }));
  }
  return count;
}

/// Somebody else with the same credential, who knows of no limits.
void other_request(network& net, std::string method, std::string const& path,
                   std::string body = {}) {
  local_tracker::request asked{std::move(method), "/api/v3" + path, {}, std::move(body)};
  asked.set("User-Agent", "somebody else").set("Authorization", "Bearer token-one");
  (void)net.api.handle(asked);
}

std::vector<client> four_clients(world& in) {
  std::vector<client> clients;
  for (int i = 0; i < 4; ++i) clients.push_back(in.make_client());
  return clients;
}

void check_all_opened(world const& in, std::vector<caller> const& callers, std::size_t wanted) {
  CHECK(in.incidents() == wanted);
  for (caller const& one : callers) {
    CHECK(one.problems == "");
    CHECK(one.longest <= 60s); // nobody slept beyond his deadline
  }
}

} // namespace

TEST_CASE("pacing: a secondary limit that nobody knows of: 20 creations a minute") {
  enum class stated { seconds, date, nothing };
  for (stated const how : {stated::seconds, stated::date, stated::nothing}) {
    limits most{.creations_per_minute = 20, .write_gap = 1s};
    most.retry_after =
        how == stated::nothing ? std::optional<seconds>{} : std::optional<seconds>{90s};
    world w{most};
    if (how == stated::date)
      w.net.api.set_reply_hook([&](auto&, local_tracker::response& answer) {
        auto const now = std::chrono::floor<seconds>(simulated_clock{w.time}.now());
        if (answer.find("Retry-After") != nullptr)
          answer.set("Retry-After", local_tracker::http_date(now + 90s));
      });
    auto clients = four_clients(w);
    auto const callers = open_all(w, clients, 100);
    check_all_opened(w, callers, 100);
    // Each pause lets twenty more through: one refusal for each twenty, of the one write that was
    // under way, and nothing in between.
    CHECK(w.net.refused() >= 4);
    CHECK(w.net.refused() <= 5);
    seconds const pause = how == stated::nothing ? 60s : how == stated::date ? 89s : 90s;
    CHECK(hammered(w.net.seen, pause) == 0);
    // 20 in 22 s or so, five times, and four pauses, where none is stated with a tenth more
    CHECK(w.time.now() <= 5 * 25s + 5 * (how == stated::nothing ? 67s : 93s));
  }
}

TEST_CASE("pacing: somebody else with the credential creates as well") {
  for (bool const stated : {true, false}) {
    limits most = local_tracker::github_com_limits();
    most.write_gap = {}; // of the other one nothing is asked
    if (!stated) most.retry_after.reset();
    world w{most};
    w.net.api.add_repository({.full_name = "octo/other"});
    for (int i = 0; i < 75; ++i)
      other_request(w.net, "POST", "/repos/octo/other/issues", R"({"title":"mine"})");
    w.time.sleep_for(1min);
    auto clients = four_clients(w);
    auto const callers = open_all(w, clients, 450);
    check_all_opened(w, callers, 450);
    // The server's hour is used up 25 creations before ours. Where it says how long to wait it is
    // asked again then; where it does not, after pauses that double.
    CHECK(w.net.refused() <= (stated ? 60 : 8));
    CHECK(hammered(w.net.seen, 60s) == 0);
    CHECK(w.time.now() <= 3'600s + (stated ? 3min : 15min + 3min));
  }
}

TEST_CASE("pacing: somebody else with the credential uses up the hour's requests") {
  for (unsigned const status : {403U, 429U}) {
    world w{limits{.requests_per_hour = 1'000, .primary_status = status}};
    auto clients = four_clients(w);
    clients.push_back(w.make_client()); // whose thread is the other one's
    int next = 0;
    auto const callers = all_at_once(w, clients, [&](client& tickets, caller& who) {
      if (&tickets == &clients.back()) { // five a second, for ten minutes
        for (int i = 0; i < 3'000; ++i) {
          other_request(w.net, "GET", "/user");
          w.time.sleep_for(200ms);
        }
        return;
      }
      while (next < 300) {
        at::incident const from = incident(next++);
        (void)who.persist([&] { return tickets.find_or_create(from); });
      }
    });
    check_all_opened(w, callers, 300);
    // Those that were under way when the last request of the hour went.
    CHECK(w.net.refused() <= 4);
    // The hour began with the very first request, and a second of slack is kept after it.
    auto const& seen = w.net.seen;
    auto const after =
        std::find_if(seen.begin(), seen.end(), [](auto const& one) { return one.came > 20min; });
    REQUIRE(after != seen.end());
    CHECK(after->came >= 3'600s + 1s);
    CHECK(after->came <= 3'600s + 4s);
    REQUIRE(after != seen.begin());
    CHECK(std::prev(after)->came < 5min); // the hour's end: no request in between
    CHECK_FALSE(is_refusal(*after));
  }
}

TEST_CASE("pacing: what is asked of a caller by a server is said to him") {
  world w{limits{.creations_per_minute = 1, .retry_after = 90s}};
  auto tickets = w.make_client(5s);
  REQUIRE(tickets.find_or_create(incident(1)).has_value());
  moment const start = w.time.now();
  auto const refused = tickets.find_or_create(incident(2));
  CHECK(w.time.now() - start <= 5s);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == at::errc::rate_limited);
  CHECK(refused.error().retry_after == 90s);
  std::size_t const sent = w.net.seen.size();
  moment const asked_again = w.time.now();
  auto const again = tickets.find_or_create(incident(2)); // at once, against the advice
  CHECK(w.time.now() == asked_again);
  CHECK(w.net.seen.size() == sent);
  REQUIRE_FALSE(again.has_value());
  REQUIRE(again.error().retry_after.has_value());
  w.time.sleep_for(*again.error().retry_after);
  CHECK(tickets.find_or_create(incident(2)).has_value());
  CHECK(w.net.refused() == 1);
}

} // namespace refusals_simulation
