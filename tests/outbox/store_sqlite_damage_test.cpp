// Files that are damaged, locked, read-only, or on a disk that is full.
#include "store_faulty_disk.hpp"
#include "store_fixture.hpp"

#include <argus_ticket/outbox/detail/sqlite_handle.hpp>

#include <fstream>
#include <thread>

using namespace test;
namespace detail = at::detail::outbox;

namespace {

at::result<std::vector<at::submission>> insert(at::sqlite_store& store, std::string const& key,
                                               std::size_t size = 1'000) {
  at::new_entry const entry{key, outbox_step::open, std::string(size, 'x')};
  return store.insert({&entry, 1}, {}, at_second(0));
}

void check_failed(at::error const& e, std::string const& path, std::string const& begin) {
  CHECK(e.code == at::errc::store_failed);
  CHECK(e.outcome == at::outcome::not_applied);
  CHECK(e.where == path);
  INFO(e.message);
  CHECK(e.message.find(begin) == 0);
  CHECK(e.message.find("(SQLite: ") != std::string::npos);
}

} // namespace

TEST_CASE("sqlite store: damage is found when asked for, or where it is met", "[store]") {
  temporary_directory const directory;
  {
    at::sqlite_store store = open_store(directory.file());
    for (int i = 0; i < 300; ++i) REQUIRE(insert(store, std::to_string(i)).has_value());
  }
  auto const size = std::filesystem::file_size(directory.file());
  {
    std::fstream file(directory.file(), std::ios::binary | std::ios::in | std::ios::out);
    std::string const noise(size / 2, '\xa5');
    file.seekp(static_cast<std::streamoff>(size / 2 / 4096 * 4096));
    file.write(noise.data(), static_cast<std::streamsize>(noise.size()));
  }
  at::sqlite_options options;
  options.check = true;
  auto const checked = at::sqlite_store::open(directory.file(), options);
  REQUIRE_FALSE(checked.has_value());
  check_failed(checked.error(), directory.file(), "the outbox's file is damaged");

  at::sqlite_store store = open_store(directory.file());
  at::entry_filter whole;
  whole.most = 10'000;
  auto const listed = store.list(whole);
  REQUIRE_FALSE(listed.has_value());
  check_failed(listed.error(), directory.file(), "the outbox's file is damaged");
}

TEST_CASE("sqlite store: a file cut off is refused", "[store]") {
  temporary_directory const directory;
  {
    at::sqlite_store store = open_store(directory.file());
    REQUIRE(insert(store, "a").has_value());
  }
  std::filesystem::resize_file(directory.file(), 4096);
  auto opened = at::sqlite_store::open(directory.file());
  if (opened) CHECK_FALSE(insert(*opened, "b").has_value());
  if (!opened) check_failed(opened.error(), directory.file(), "the outbox's file is damaged");
}

TEST_CASE("sqlite store: a file that another program has locked", "[store]") {
  temporary_directory const directory;
  at::sqlite_options options;
  options.busy_timeout = 30ms;
  at::sqlite_store store = open_store(directory.file(), options);
  detail::sqlite_connection other(directory.file(), false, 1s);
  other.execute("BEGIN IMMEDIATE");
  auto const refused = insert(store, "a");
  REQUIRE_FALSE(refused.has_value());
  check_failed(refused.error(), directory.file(), "the outbox's file is locked");
  CHECK(store.list({}).value().empty()); // reading goes on
  other.execute("COMMIT");
  CHECK(insert(store, "a").has_value());

  SECTION("while it is waited for") {
    at::sqlite_store patient = open_store(directory.file());
    other.execute("BEGIN IMMEDIATE");
    std::thread unlocker([&] {
      std::this_thread::sleep_for(50ms);
      other.execute("COMMIT");
    });
    CHECK(problem_of(insert(patient, "b")) == "");
    unlocker.join();
  }
}

TEST_CASE("sqlite store: a full disk loses nothing that was accepted", "[store]") {
  temporary_directory const directory;
  faulty_disk const disk;
  {
    at::sqlite_store store = open_store(directory.file());
    REQUIRE(store.begin_delivery(at_second(0)).has_value());
    REQUIRE(insert(store, "a").has_value());
    REQUIRE(insert(store, "b").has_value());
    auto const claimed = store.claim(at_second(0), at_second(60)).value().claim;
    REQUIRE(claimed);
    disk.full = true;
    auto const refused = insert(store, "c");
    REQUIRE_FALSE(refused.has_value());
    check_failed(refused.error(), directory.file(), "the disk that the outbox is on is full");
    std::vector<at::new_entry> const batch(50,
                                           {"d", outbox_step::comment, std::string(9'000, 'x')});
    CHECK(store.insert(batch, {}, at_second(0)).error().code == at::errc::store_failed);
    CHECK(store.settle(claimed->lease, {}, at_second(0)).error().code == at::errc::store_failed);
    CHECK(store.claim(at_second(0), at_second(1)).error().code == at::errc::store_failed);
    CHECK(store.list({}).value().size() == 2);
    CHECK(store.stats().value().submitted == 2);
    disk.full = false;
    CHECK(insert(store, "e").has_value());
    CHECK(store.settle(claimed->lease, {}, at_second(0)).has_value());
    disk.full = true; // also while it is closed
  }
  disk.full = false;
  at::sqlite_store store = open_store(directory.file());
  auto const listed = store.list({}).value();
  REQUIRE(listed.size() == 2);
  CHECK(listed[0].key == "b");
  CHECK(listed[1].key == "e");
}

TEST_CASE("sqlite store: where the disk fails at the end, nobody knows", "[store]") {
  temporary_directory const directory;
  faulty_disk const disk;
  at::sqlite_store store = open_store(directory.file());
  REQUIRE(insert(store, "a").has_value());
  disk.sync_fails = true;
  auto const failed = insert(store, "b");
  disk.sync_fails = false;
  REQUIRE_FALSE(failed.has_value());
  CHECK(failed.error().code == at::errc::store_failed);
  CHECK(failed.error().outcome == at::outcome::ambiguous);
  CHECK(store.list({}).value().size() == 1);
  CHECK(insert(store, "c").has_value());
  CHECK(store.list({}).value().size() == 2);
}

TEST_CASE("sqlite store: threads that write at once wait for the disk together", "[store]") {
  temporary_directory const directory;
  faulty_disk const disk;
  at::sqlite_store store = open_store(directory.file());
  constexpr int threads = 8, each = 50;
  auto const burst = [&] {
    std::vector<std::thread> running;
    for (int t = 0; t < threads; ++t)
      running.emplace_back([&, t] {
        for (int i = 0; i < each; ++i)
          (void)insert(store, std::to_string(t) + "/" + std::to_string(i));
      });
    for (auto& thread : running) thread.join();
  };
  // Another connection holds the first one up, until all have queued: then they are one batch.
  detail::sqlite_connection other(directory.file(), false, 1s);
  other.execute("BEGIN IMMEDIATE");
  std::thread unlocker([&] {
    std::this_thread::sleep_for(100ms);
    other.execute("COMMIT");
  });
  disk.syncs = 0;
  auto const before = store.transactions();
  burst();
  unlocker.join();
  auto const commits = store.transactions() - before;
  WARN(threads * each << " entries of " << threads << " threads: " << commits << " transactions, "
                      << disk.syncs << " waits for the disk");
  CHECK(store.stats().value().submitted == threads * each);
  CHECK(commits < threads * each / 2);
  CHECK(disk.syncs < threads * each / 2);
  CHECK(static_cast<unsigned>(disk.syncs) >= commits); // each was waited for
}
