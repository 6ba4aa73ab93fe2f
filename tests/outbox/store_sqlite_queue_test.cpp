// Transactions that several threads share: what one of them spoils is not spoilt for the others.
#include "store_fixture.hpp"

#include <argus_ticket/outbox/detail/sqlite_state.hpp>

#include <atomic>
#include <thread>

using namespace test;
namespace detail = at::detail::outbox;

TEST_CASE("sqlite store: a transaction that one thread spoils is done again for the others",
          "[store]") {
  temporary_directory const directory;
  detail::sqlite_state state(directory.file(), {});
  detail::sqlite_connection other(directory.file(), false, 1s);
  other.execute("BEGIN IMMEDIATE"); // so that all of them queue up

  std::atomic<int> accepted = 0, failed = 0, out_of_memory = 0, surprises = 0;
  std::vector<std::thread> threads;
  for (int t = 0; t < 12; ++t)
    threads.emplace_back([&, t] {
      try {
        auto const made = detail::write<void>(&state, [&](auto& tables) -> at::result<void> {
          at::new_entry const entry{std::to_string(t), outbox_step::open, "text"};
          auto answer = tables.insert({&entry, 1}, {}, at_second(0));
          if (t == 5) throw detail::sqlite_failure{0, "spoilt"};
          if (t == 7) throw std::bad_alloc();
          if (!answer) return answer.error();
          return {};
        });
        if (made)
          ++accepted;
        else if (made.error().message == "spoilt" && t == 5)
          ++failed;
        else
          ++surprises;
      } catch (std::bad_alloc const&) {
        ++(t == 7 ? out_of_memory : surprises);
      }
    });
  std::this_thread::sleep_for(100ms);
  other.execute("COMMIT");
  for (auto& thread : threads) thread.join();

  CHECK(accepted == 10);
  CHECK(failed == 1);
  CHECK(out_of_memory == 1);
  CHECK(surprises == 0);
  CHECK(other.number("SELECT count(*) FROM entries") == 10);
  CHECK(open_store(directory.file()).stats().value().bytes == 40);
}
