// The limits of GitHub as a model: what a user has spent, and what is refused for it.
#include <algorithm>
#include <local_tracker/state.hpp>

namespace local_tracker {

using namespace detail;
using namespace std::chrono_literals;

limits github_com_limits() {
  return {.requests_per_hour = 5000,
          .creations_per_minute = 80,
          .creations_per_hour = 500,
          .points_per_minute = 900,
          .write_gap = 1s,
          .concurrent = 100};
}

namespace detail {
namespace {

[[noreturn]] void refuse_secondary(call const& c, std::string what) {
  std::vector<header> headers;
  if (auto const wait = c.s.options.limits.retry_after)
    headers.push_back({"Retry-After", std::to_string(wait->count())});
  throw refusal{403,
                "You have exceeded a secondary rate limit" + std::move(what),
                {},
                std::move(headers),
                "https://docs.github.com/rest/using-the-rest-api/"
                "rate-limits-for-the-rest-api#about-secondary-rate-limits"};
}

/// The primary limit: counts this request, refuses it where the hour is used up.
void spend_request(call& c, bool free_of_charge) {
  usage& spent = c.s.usage_of(c.who);
  unsigned const limit = c.s.primary_limit();
  bool const refused = !free_of_charge && spent.used >= limit;
  if (!refused && !free_of_charge) ++spent.used;
  show_limit(c);
  if (!refused) return;
  ++c.s.violations.primary;
  std::string const whom = c.who != nullptr ? "user ID " + std::to_string(c.who->id) : "127.0.0.1";
  throw refusal{c.s.options.limits.primary_status,
                "API rate limit exceeded for " + whom + '.',
                {},
                {},
                "https://docs.github.com/rest/overview/rate-limits-for-the-rest-api"};
}

void check_secondary(call& c) {
  limits const& most = c.s.options.limits;
  usage& spent = c.s.usage_of(c.who);
  if (most.concurrent > 0 && spent.in_flight > most.concurrent) {
    ++c.s.violations.concurrent;
    refuse_secondary(c, ". Please wait a few minutes before you try again.");
  }
  if (most.points_per_minute == 0) return;
  while (!spent.points.empty() && spent.points.front().first + 1min <= c.exact_now) {
    spent.points_sum -= spent.points.front().second;
    spent.points.pop_front();
  }
  unsigned const cost = is_write(c.asked) ? 5 : 1;
  if (spent.points_sum + cost > most.points_per_minute) {
    ++c.s.violations.points;
    refuse_secondary(c, ". Please wait a few minutes before you try again.");
  }
  spent.points.emplace_back(c.exact_now, cost);
  spent.points_sum += cost;
}

void watch_write_gap(call& c) {
  if (c.s.options.limits.write_gap.count() <= 0 || !is_write(c.asked)) return;
  usage& spent = c.s.usage_of(c.who);
  if (spent.last_write && c.exact_now - *spent.last_write < c.s.options.limits.write_gap)
    ++c.s.violations.write_gap;
  spent.last_write = c.exact_now;
}

} // namespace

bool is_write(request const& asked) {
  return asked.method != "GET" && asked.method != "HEAD" && asked.method != "OPTIONS";
}

unsigned state::primary_limit() const {
  unsigned const given = options.limits.requests_per_hour;
  return given > 0 ? given : options.rate_limit;
}

void state::forget_usage() {
  for (auto& [login, spent] : usages) {
    unsigned const in_flight = spent.in_flight;
    spent = {};
    spent.in_flight = in_flight;
  }
}

usage& state::usage_of(user const* who) { return usages[who != nullptr ? who->login : ""]; }

void show_limit(call& c) {
  usage& spent = c.s.usage_of(c.who);
  unsigned const limit = c.s.primary_limit();
  c.answer.set("X-RateLimit-Limit", std::to_string(limit))
      .set("X-RateLimit-Remaining", std::to_string(limit - std::min(limit, spent.used)))
      .set("X-RateLimit-Reset", std::to_string((spent.start + 1h).time_since_epoch().count()))
      .set("X-RateLimit-Used", std::to_string(spent.used))
      .set("X-RateLimit-Resource", "core");
}

void begin_hour(call& c) {
  usage& spent = c.s.usage_of(c.who);
  if (spent.used > 0 && spent.start + 1h > c.now) return;
  spent.start = c.now;
  spent.used = 0;
}

void spend(call& c, bool free_of_charge) {
  watch_write_gap(c);
  begin_hour(c);
  spend_request(c, free_of_charge);
  check_secondary(c);
}

void count_creation(call& c) {
  limits const& most = c.s.options.limits;
  unsigned const a_minute =
      most.creations_per_minute > 0 ? most.creations_per_minute : c.s.options.creations_per_minute;
  if (a_minute == 0 && most.creations_per_hour == 0) return;
  auto& recent = c.s.usage_of(c.who).creations;
  while (!recent.empty() && recent.front() + 1h <= c.exact_now) recent.pop_front();
  auto const minute = std::upper_bound(recent.begin(), recent.end(), c.exact_now - 1min);
  auto const in_minute = static_cast<std::size_t>(recent.end() - minute);
  bool const over_minute = a_minute > 0 && in_minute >= a_minute;
  bool const over_hour = most.creations_per_hour > 0 && recent.size() >= most.creations_per_hour;
  if (over_minute) ++c.s.violations.creations_per_minute;
  if (over_hour) ++c.s.violations.creations_per_hour;
  if (over_minute || over_hour)
    refuse_secondary(c, " and have been temporarily blocked from content creation. Please retry "
                        "your request again later.");
  recent.push_back(c.exact_now);
}

} // namespace detail

void github_api::set_limits(struct limits most) {
  std::lock_guard const held{implementation_->lock};
  implementation_->s.options.limits = most;
  implementation_->s.forget_usage();
}

std::shared_ptr<void const> github_api::in_flight(request const& asked) {
  std::lock_guard const held{implementation_->lock};
  std::string login;
  if (user const* const who = implementation_->s.find_token(asked)) login = who->login;
  ++implementation_->s.usages[login].in_flight;
  return {nullptr, [this, login](void const*) {
            std::lock_guard const again{implementation_->lock};
            --implementation_->s.usages[login].in_flight;
          }};
}

} // namespace local_tracker
