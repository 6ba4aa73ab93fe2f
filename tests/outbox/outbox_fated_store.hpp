#pragma once
// A store that fails when a test says so: before it has done anything, or after.

#include "outbox_fixture.hpp"

#include <utility>

namespace test {

inline at::error store_is_gone(std::string_view member) {
  return {at::errc::store_failed, at::outcome::not_applied,
          "the disk is gone at " + std::string{member}, "/var/lib/agent/outbox.db"};
}

/// Another store, whose members are done, and told of, as its fate has it.
template <class Store>
class fated {
 public:
  explicit fated(Store under) : under_(std::move(under)) {}

  std::shared_ptr<fate> of = std::make_shared<fate>();

  at::result<std::vector<at::submission>> insert(std::span<at::new_entry const> entries,
                                                 at::outbox_caps caps, at::outbox_time now) {
    return under_fate("insert", [&] { return under_.insert(entries, caps, now); });
  }
  at::result<void> begin_delivery(at::outbox_time due) {
    return under_fate("begin_delivery", [&] { return under_.begin_delivery(due); });
  }
  at::result<at::claim_answer> claim(at::outbox_time now, at::outbox_time until) {
    return under_fate("claim", [&] { return under_.claim(now, until); });
  }
  at::result<void> extend(at::outbox_lease lease, at::outbox_time until) {
    return under_fate("extend", [&] { return under_.extend(lease, until); });
  }
  at::result<void> settle(at::outbox_lease lease, settlement const& ended, at::outbox_time now) {
    return under_fate("settle", [&] { return under_.settle(lease, ended, now); });
  }
  at::result<std::vector<at::outbox_entry>> list(at::entry_filter const& which) {
    return under_fate("list", [&] { return under_.list(which); });
  }
  at::result<std::size_t> requeue(at::entry_filter const& which, at::outbox_time now) {
    return under_fate("requeue", [&] { return under_.requeue(which, now); });
  }
  at::result<std::size_t> remove(at::entry_filter const& which) {
    return under_fate("remove", [&] { return under_.remove(which); });
  }
  at::result<at::outbox_stats> stats() {
    return under_fate("stats", [&] { return under_.stats(); });
  }
  at::result<std::size_t> forget_tickets(at::outbox_time before) {
    return under_fate("forget_tickets", [&] { return under_.forget_tickets(before); });
  }
  std::uint64_t transactions() const
    requires requires(Store const& s) { s.transactions(); }
  {
    return under_.transactions();
  }

 private:
  template <class F>
  auto under_fate(std::string_view member, F call) -> decltype(call()) {
    if (!of->is_done(member)) return store_is_gone(member);
    auto answer = call();
    if (!of->is_told(member)) return store_is_gone(member);
    return answer;
  }

  Store under_;
};

template <class Store>
struct made_store<fated<Store>> {
  made_store<Store> under;
  fated<Store> store{under.store};
};

template <class Store>
void reopen_store(made_store<fated<Store>>& made) {
  {
    fated<Store> const gone = std::move(made.store);
  } // lets go of what is under it
  reopen_store(made.under);
  made.store = fated<Store>{made.under.store};
}
template <class Store>
void subject_to(fated<Store>& store, std::shared_ptr<fate> const& of) {
  store.of = of;
}

/// A process that is killed at one of its deeds - a request, or a call of its store - just before
/// it or just after it.
template <class Delivering>
class killed_process {
 public:
  killed_process(Delivering& of, std::size_t last_deed, bool does_it) : of_(of) {
    of_.of->is_done = [=, this](std::string_view) {
      if (over_) return false;
      over_ = deeds_++ == last_deed;
      if (over_) at_death_ = *of_.clock.state;
      return !over_ || does_it;
    };
    of_.of->is_told = [this](std::string_view) { return !over_; };
  }
  killed_process(killed_process const&) = delete;
  killed_process& operator=(killed_process const&) = delete;

  bool is_over() const { return over_; }
  std::size_t deeds() const { return deeds_; }
  /// Another one begins. What this one has slept since it was killed was no time.
  void end() {
    *of_.of = fate{};
    if (over_) *of_.clock.state = at_death_;
    of_.restart();
  }

 private:
  Delivering& of_;
  std::size_t deeds_ = 0;
  bool over_ = false;
  fake_clock::times at_death_;
};

#define FATED_STORES                                                                               \
  test::fated<argus_ticket::memory_store>, test::fated<argus_ticket::sqlite_store>

} // namespace test
