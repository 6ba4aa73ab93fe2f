#ifndef ARGUS_TICKET_IMPL_POLICY_PACER_IPP
#define ARGUS_TICKET_IMPL_POLICY_PACER_IPP

#include <argus_ticket/policy/pacer.hpp>

#include <algorithm>
#include <deque>
#include <list>
#include <mutex>
#include <random>
#include <utility>
#include <vector>

namespace argus_ticket {

namespace detail {

enum class request_kind { read, write, creation };

constexpr request_kind kind_of(http::idempotency i) noexcept {
  switch (i) {
  case http::idempotency::safe:
    return request_kind::read;
  case http::idempotency::idempotent:
    return request_kind::write;
  case http::idempotency::creates:
    break;
  }
  return request_kind::creation;
}

/// A budget and what was taken from it.
class spent_budget {
 public:
  using instant = pacer::instant;

  explicit spent_budget(rate_budget const& of) : budget_(of) {}

  [[nodiscard]] unsigned cost(request_kind kind) const noexcept {
    return kind == request_kind::read    ? budget_.read
           : kind == request_kind::write ? budget_.write
                                         : budget_.creation;
  }
  /// When that much can be taken, if nothing else is taken before. What is under way has no end
  /// yet, and counts as ending now.
  [[nodiscard]] instant free_at(unsigned wanted, unsigned under_way, instant now) {
    while (!log_.empty() && log_.front().first + budget_.window <= now) {
      used_ -= log_.front().second;
      log_.pop_front();
    }
    if (wanted == 0 || used_ + under_way + wanted <= budget_.most) return now;
    unsigned const too_much = used_ + under_way + wanted - budget_.most;
    unsigned freed = 0;
    for (auto const& [when, amount] : log_) {
      freed += amount;
      if (freed >= too_much) return when + budget_.window;
    }
    return now + budget_.window;
  }
  void spend(unsigned amount, instant when) {
    if (amount == 0) return;
    log_.emplace_back(when, amount);
    used_ += amount;
  }

 private:
  rate_budget budget_;
  std::deque<std::pair<instant, unsigned>> log_; // by time
  unsigned used_ = 0;
};

} // namespace detail

struct pacer::waiter {
  detail::request_kind kind = detail::request_kind::read;
  http::urgency urgency = http::urgency::normal;
  bool in_line = false;
  bool sent = false;
  instant sent_at{};
};

struct pacer::state {
  explicit state(rate_limits l) : limits(std::move(l)) {
    for (rate_budget const& b : limits.budgets) budgets.emplace_back(b);
  }

  /// When a request may go after `ahead` others that stand before it in line.
  instant free_at(waiter const& who, unsigned ahead, instant now) {
    instant at = (std::max)(now, closed_until);
    constexpr std::chrono::milliseconds soon{20}; // until something under way may have ended
    if (limits.concurrent != 0 && under_way.size() >= limits.concurrent)
      at = (std::max)(at, now + soon);
    for (detail::spent_budget& b : budgets) {
      unsigned open = 0;
      for (auto const& other : under_way) open += b.cost(other->kind);
      at = (std::max)(at, b.free_at(b.cost(who.kind) * (ahead + 1), open, now));
    }
    if (who.kind != detail::request_kind::read && limits.write_gap.count() > 0) {
      bool const busy = std::any_of(under_way.begin(), under_way.end(), [](auto const& other) {
        return other->kind != detail::request_kind::read;
      });
      if (busy) at = (std::max)(at, now + soon);
      at = (std::max)(at, last_write_ended + limits.write_gap) + limits.write_gap * ahead;
    }
    return at;
  }

  void refuse(waiter const& who, instant now, std::optional<std::chrono::seconds> stated) {
    namespace chrono = std::chrono;
    // Several that were under way together are refused together: that is one refusal.
    if (!stated && who.sent_at <= closed_at) return;
    chrono::nanoseconds time{};
    if (stated) {
      time = *stated;
    } else {
      refused_kind = who.kind;
      constexpr chrono::seconds first{60}, longest{15 * 60};
      time = (std::min)(first * (1 << (std::min)(refusals++, 10)), longest);
      time += chrono::nanoseconds{std::uniform_int_distribution<chrono::nanoseconds::rep>{
          0, chrono::nanoseconds{time}.count() / 10}(random)};
    }
    closed_at = now;
    closed_until = (std::max)(closed_until, now + time);
  }

  std::mutex lock;
  rate_limits limits;
  std::deque<detail::spent_budget> budgets;
  std::list<std::shared_ptr<waiter>> line; // writes and creations that wait, first one first
  std::list<std::shared_ptr<waiter>> under_way;
  std::vector<instant> told; // writes that had no time to wait: when they were told to come back
  instant last_write_ended = instant::min() + std::chrono::hours{48}; // long ago
  instant closed_at = instant::min();
  instant closed_until = instant::min();
  int refusals = 0; // without a stated time, one after the other
  detail::request_kind refused_kind = detail::request_kind::read;
  std::minstd_rand random{std::random_device{}()};
};

pacer::pacer(rate_limits limits) : state_(std::make_shared<state>(std::move(limits))) {}

pacer::place::place(std::shared_ptr<state> all, http::request const& r)
    : all_(std::move(all)), self_(std::make_shared<waiter>()) {
  self_->kind = detail::kind_of(r.idempotency());
  self_->urgency = r.urgency();
  if (self_->kind == detail::request_kind::read) return;
  std::lock_guard const hold(all_->lock);
  auto const behind = std::find_if(all_->line.begin(), all_->line.end(), [&](auto const& other) {
    return other->urgency > self_->urgency;
  });
  all_->line.insert(behind, self_);
  self_->in_line = true;
}

pacer::place::~place() {
  std::lock_guard const hold(all_->lock);
  if (self_->in_line) all_->line.remove(self_);
  if (self_->sent) all_->under_way.remove(self_);
}

/// How many stand before it in line and can go soon. The lock must be held.
unsigned pacer::place::ahead(instant now) const {
  unsigned count = 0;
  if (!self_->in_line) return count;
  for (auto const& other : all_->line) {
    if (other == self_) break;
    // One that has to wait for long, for a limit that is not ours, is no reason to wait.
    if (all_->free_at(*other, count, now) <= now + all_->limits.write_gap) ++count;
  }
  return count;
}

std::chrono::milliseconds pacer::place::come_back(instant now) {
  std::lock_guard const hold(all_->lock);
  std::erase_if(all_->told, [&](instant when) { return when <= now; });
  unsigned const before = ahead(now);
  instant at = all_->free_at(*self_, before, now);
  if (self_->in_line) {
    auto const others = std::count_if(all_->told.begin(), all_->told.end(),
                                      [&](instant when) { return when >= at; });
    at = all_->free_at(*self_, before + static_cast<unsigned>(others), now);
    constexpr std::size_t most = 100; // somebody may never come back, or ask without waiting
    if (all_->told.size() < most) all_->told.push_back(at);
    all_->line.remove(self_);
    self_->in_line = false;
  }
  using std::chrono::milliseconds;
  return (std::max)(std::chrono::ceil<milliseconds>(at - now), milliseconds{1});
}

std::chrono::milliseconds pacer::place::ask(instant now) {
  std::lock_guard const hold(all_->lock);
  unsigned const before = ahead(now);
  instant const at = all_->free_at(*self_, before, now);
  using std::chrono::milliseconds;
  if (at > now || before > 0)
    return (std::max)(std::chrono::ceil<milliseconds>(at - now), milliseconds{1});
  all_->line.remove(self_);
  self_->in_line = false;
  all_->under_way.push_back(self_);
  self_->sent = true;
  self_->sent_at = now;
  return milliseconds{0};
}

void pacer::place::ended(instant now, limit_notice const& notice) {
  std::lock_guard const hold(all_->lock);
  if (self_->sent) {
    all_->under_way.remove(self_);
    self_->sent = false;
    for (detail::spent_budget& b : all_->budgets) b.spend(b.cost(self_->kind), now);
    if (self_->kind != detail::request_kind::read) all_->last_write_ended = now;
  }
  if (notice.refused) {
    all_->refuse(*self_, now, notice.closed_for);
  } else {
    // A look-up that goes, or what was sent before, does not show that creations go again.
    if (self_->kind >= all_->refused_kind && self_->sent_at > all_->closed_at) all_->refusals = 0;
    if (notice.closed_for)
      all_->closed_until = (std::max)(all_->closed_until, now + *notice.closed_for);
  }
}

} // namespace argus_ticket

#endif
