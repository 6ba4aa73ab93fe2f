// The two stores against each other: whatever is done with both, both say the same, and each key's
// entries are delivered one at a time.
#include "store_fixture.hpp"

#include <random>

using namespace test;

namespace {

std::string shown(at::outbox_entry const& e) {
  return std::to_string(e.id) + " " + e.key + " " + std::string(to_string(e.step)) + " " +
         e.payload + " " + std::string(to_string(e.state)) + " " +
         std::to_string(e.submitted_at.time_since_epoch().count()) + " " +
         std::to_string(e.due_at.time_since_epoch().count()) + " " + std::to_string(e.attempts) +
         " " + e.reason_code + " " + e.reason + "\n";
}

std::string shown(at::outbox_stats const& s) {
  std::string text;
  for (std::uint64_t n :
       {std::uint64_t{s.waiting}, std::uint64_t{s.delivering}, std::uint64_t{s.dead},
        std::uint64_t{s.bytes}, s.submitted, s.delivered, s.died, s.requeued})
    text += std::to_string(n) + " ";
  if (s.oldest) text += std::to_string(s.oldest->time_since_epoch().count());
  for (auto const& [code, count] : s.dead_by_reason) text += " " + code + std::to_string(count);
  return text;
}

template <class T>
std::string shown(at::result<T> const& r) {
  if (!r) return std::string(to_string(r.error().code));
  if constexpr (std::is_same_v<T, std::size_t>) return std::to_string(*r);
  return "ok";
}

std::string shown(at::claim_answer const& a) {
  if (a.claim)
    return shown(a.claim->entry) + std::to_string(a.claim->lease.number) +
           (a.claim->known ? a.claim->known->number : "");
  return a.next ? std::to_string(a.next->time_since_epoch().count()) : "nothing";
}

struct pair_of_stores {
  outbox<at::memory_store> memory;
  outbox<at::sqlite_store> sqlite;

  /// Does the same with both. What each says must be equal; given back is the first's.
  template <class F>
  auto both(F const& call) {
    auto a = call(memory);
    auto b = call(sqlite);
    REQUIRE(shown(a) == shown(b));
    return a;
  }
};

} // namespace

TEST_CASE("store: both kinds agree on everything", "[store]") {
  for (unsigned seed = 0; seed < 40; ++seed) {
    std::mt19937 random(seed);
    auto const below = [&](unsigned n) { return static_cast<int>(random() % n); };
    INFO("seed " << seed);
    pair_of_stores stores;
    std::vector<at::outbox_lease> leases{{1, 1}};
    int now = 0;
    for (int i = 0; i < 120; ++i) {
      now += below(4);
      std::string const key(1, static_cast<char>('a' + below(3)));
      at::outbox_lease const lease = leases[random() % leases.size()];
      at::entry_filter which;
      if (below(2) == 0) which.key = key;
      if (below(3) == 0) which.id = static_cast<std::uint64_t>(1 + below(20));
      if (below(4) == 0) which.state = static_cast<entry_state>(below(3));
      if (below(4) == 0) which.reason_code = "refused";
      if (below(4) == 0) which.after = static_cast<std::uint64_t>(below(10));
      switch (below(9)) {
      case 0:
      case 1:
      case 2: {
        std::vector<at::new_entry> entries;
        for (int n = 1 + below(3); n > 0; --n)
          entries.push_back({std::string(1, static_cast<char>('a' + below(3))),
                             static_cast<outbox_step>(below(3)),
                             std::string(static_cast<std::size_t>(below(9)), 'x')});
        stores.both([&](auto& box) { return box.store.insert(entries, {30, 60}, at_second(now)); });
        break;
      }
      case 3:
      case 4: {
        auto const answer = stores.both([&](auto& box) { return box.ask(now, now + 10); });
        if (!answer.claim) break;
        leases.push_back(answer.claim->lease);
        int in_flight = 0;
        for (auto const& entry : stores.memory.list({.key = answer.claim->entry.key}))
          in_flight += entry.state == entry_state::delivering;
        REQUIRE(in_flight == 1);
        break;
      }
      case 5:
        stores.both([&](auto& box) { return box.store.extend(lease, at_second(now + 10)); });
        break;
      case 6: {
        settlement ended;
        int const what = below(5);
        if (what == 1) ended = next(static_cast<outbox_step>(below(3)), "next");
        if (what == 2) ended = later(now + below(20), below(2) == 0);
        if (what > 2) ended = dead(what == 4, below(2) == 0 ? "refused" : "expired");
        if (below(2) == 0) ended.opened.emplace().number = std::to_string(i);
        stores.both([&](auto& box) { return box.store.settle(lease, ended, at_second(now)); });
        break;
      }
      case 7:
        stores.both([&](auto& box) { return box.store.requeue(which, at_second(now)); });
        break;
      case 8:
        if (below(3) == 0)
          stores.both([&](auto& box) { return box.store.remove(which); });
        else
          stores.both([&](auto& box) { return box.store.forget_tickets(at_second(now - 20)); });
        break;
      }
      stores.both([&](auto& box) { return box.stats(); });
      for (at::entry_filter const& filter : {at::entry_filter{}, which}) {
        std::string a, b;
        for (auto const& entry : stores.memory.list(filter)) a += shown(entry);
        for (auto const& entry : stores.sqlite.list(filter)) b += shown(entry);
        REQUIRE(a == b);
      }
    }
  }
}
