// Many threads at one store: both kinds.
#include "store_fixture.hpp"

#include <atomic>
#include <map>
#include <mutex>
#include <set>
#include <thread>

using namespace test;

TEMPLATE_TEST_CASE("store: threads accept and deliver at once, each key in order", "[store]",
                   STORE_TYPES) {
  outbox<TestType> box;
  constexpr int submitters = 4, per_thread = 60, keys = 7, deliverers = 3;
  std::atomic<int> delivered = 0;
  std::atomic<int> problems = 0; // Catch's macros are not for several threads
  std::mutex mutex;
  std::set<std::string> in_flight;
  std::map<std::string, std::uint64_t> last;

  std::vector<std::thread> threads;
  for (int t = 0; t < submitters; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < per_thread; ++i) {
        at::new_entry const entry{"key" + std::to_string((i + t) % keys), outbox_step::comment,
                                  "text"};
        if (!box.store.insert({&entry, 1}, {}, at_second(0))) ++problems;
      }
    });
  for (int t = 0; t < deliverers; ++t)
    threads.emplace_back([&, t] {
      while (delivered < submitters * per_thread && problems == 0) {
        auto answer = box.store.claim(at_second(0), at_second(1'000));
        if (!answer) ++problems;
        if (!answer || !answer->claim) continue;
        auto const& [entry, lease, known] = *answer->claim;
        {
          std::lock_guard const lock(mutex);
          if (!in_flight.insert(entry.key).second) ++problems;
          if (entry.attempts == 1 && last[entry.key] >= entry.id) ++problems;
          last[entry.key] = entry.id;
        }
        if (!box.store.extend(lease, at_second(2'000))) ++problems;
        if (t == 0) (void)box.store.list({.most = 3});
        if (t == 1) (void)box.store.stats();
        {
          std::lock_guard const lock(mutex);
          in_flight.erase(entry.key);
        }
        bool const again = entry.attempts == 1 && entry.id % 10 == 0;
        if (!box.store.settle(lease, again ? later(0) : settlement{}, at_second(0))) ++problems;
        if (!again) ++delivered;
      }
    });
  for (auto& thread : threads) thread.join();
  CHECK(problems == 0);
  CHECK(box.list().empty());
  auto const s = box.stats();
  CHECK(s.delivered == submitters * per_thread);
  CHECK(s.submitted == submitters * per_thread);
  CHECK(s.waiting + s.delivering + s.bytes == 0);
}

TEMPLATE_TEST_CASE("store: one thread's refusal is no other's", "[store]", STORE_TYPES) {
  outbox<TestType> box;
  std::atomic<int> accepted = 0, full = 0, other = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 8; ++t)
    threads.emplace_back([&, t] {
      for (int i = 0; i < 20; ++i) {
        std::string const key = std::to_string(t) + "/" + std::to_string(i);
        std::vector<at::new_entry> const entries(i % 2 == 0 ? 1u : 2u,
                                                 {key, outbox_step::comment, "text"});
        // The odd ones have no room, alone or as a pair.
        auto made = box.store.insert(entries, {t % 2 == 0 ? std::size_t{1'000} : 0, 1'000'000},
                                     at_second(0));
        if (made)
          accepted += static_cast<int>(made->size());
        else if (made.error().code == at::errc::outbox_full)
          ++full;
        else
          ++other;
      }
    });
  for (auto& thread : threads) thread.join();
  CHECK(accepted == 4 * 30);
  CHECK(full == 4 * 20);
  CHECK(other == 0);
  CHECK(box.stats().waiting == 4 * 30);
}
