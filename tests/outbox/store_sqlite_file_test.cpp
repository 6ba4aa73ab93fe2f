// The SQLite store's file: what survives, who may read it, and how it is opened.
#include "store_fixture.hpp"

#include <sys/stat.h>

using namespace test;

TEST_CASE("sqlite store: everything is there when it is opened again", "[store]") {
  temporary_directory const directory;
  at::outbox_lease lease;
  {
    outbox<at::memory_store> expected; // only for its words
    at::sqlite_store store = open_store(directory.file());
    REQUIRE(store.begin_delivery(at_second(0)).has_value());
    std::vector<at::new_entry> const entries{{"a", outbox_step::open, "1"},
                                             {"b", outbox_step::open, "2"},
                                             {"a", outbox_step::close, "3"},
                                             {"c", outbox_step::open, "4"}};
    REQUIRE(store.insert(entries, {}, at_second(1)).has_value());
    settlement opened = next(outbox_step::comment, "5");
    opened.opened.emplace();
    opened.opened->number = "17";
    auto const a = store.claim(at_second(1), at_second(60)).value().claim;
    REQUIRE(store.settle(a->lease, opened, at_second(2)).has_value());
    auto const b = store.claim(at_second(1), at_second(60)).value().claim;
    REQUIRE(store.settle(b->lease, dead(), at_second(2)).has_value());
    lease = store.claim(at_second(1), at_second(60)).value().claim->lease;
  }
  outbox<at::sqlite_store> other; // a different file: the two do not mix
  at::sqlite_store store = open_store(directory.file());
  auto const listed = store.list({}).value();
  REQUIRE(listed.size() == 4);
  CHECK(listed[0].payload == "5");
  CHECK(listed[0].step == outbox_step::comment);
  CHECK(listed[1].state == entry_state::dead);
  CHECK(listed[2].step == outbox_step::close);
  CHECK(listed[3].state == entry_state::delivering);
  auto const stats = store.stats().value();
  CHECK(stats.submitted == 4);
  CHECK(stats.delivered == 1);
  CHECK(stats.delivering == 1);

  REQUIRE(store.begin_delivery(at_second(100)).has_value());
  CHECK(store.stats().value().delivering == 0);
  CHECK(store.settle(lease, {}, at_second(3)).error().code == at::errc::lease_lost);
  auto const a = store.claim(at_second(99), at_second(200)).value().claim;
  REQUIRE(a);
  CHECK(a->entry.key == "a");
  CHECK(a->known.value().number == "17");
  CHECK(a->lease.number > lease.number);
  // What the owner who is gone had claimed waits until that owner's requests have ended.
  CHECK(store.claim(at_second(99), at_second(200)).value().next == at_second(100));
  auto const c = store.claim(at_second(100), at_second(200)).value().claim;
  REQUIRE(c);
  CHECK(c->entry.attempts == 2);

  REQUIRE(store.begin_delivery(at_second(300)).has_value()); // again: nothing is ended
  CHECK(store.stats().value().delivering == 2);
  CHECK(other.list().empty());
}

TEST_CASE("sqlite store: only the owner may read its files", "[store]") {
  temporary_directory const directory;
  ::mode_t const before = ::umask(0);
  at::sqlite_store store = open_store(directory.file());
  REQUIRE(store.begin_delivery(at_second(0)).has_value());
  at::new_entry const entry{"a", outbox_step::open, ""};
  REQUIRE(store.insert({&entry, 1}, {}, at_second(0)).has_value());
  ::umask(before);
  for (char const* suffix : {"", "-wal", "-shm", "-delivery"}) {
    INFO(suffix);
    struct ::stat status{};
    REQUIRE(::stat((directory.file() + suffix).c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
  }
}

TEST_CASE("sqlite store: paths that cannot be opened", "[store]") {
  temporary_directory const directory;
  at::sqlite_options no_create;
  no_create.create = false;
  at::sqlite_options read_only;
  read_only.read_only = true;
  struct {
    std::string path;
    at::sqlite_options options;
  } const cases[] = {{"", {}},
                     {std::string("a\0b", 3), {}},
                     {directory.file("none/outbox.db"), {}},
                     {directory.path().string(), {}},
                     {directory.file(), no_create},
                     {directory.file(), read_only}};
  for (auto const& [path, options] : cases) {
    INFO(path);
    auto const opened = at::sqlite_store::open(path, options);
    REQUIRE_FALSE(opened.has_value());
    CHECK(opened.error().code == at::errc::store_failed);
    CHECK(opened.error().outcome == at::outcome::not_applied);
    CHECK(opened.error().where == path);
    CHECK(opened.error().message != "");
  }
  CHECK_FALSE(std::filesystem::exists(directory.file()));
}

TEST_CASE("sqlite store: names that SQLite takes for something else are files", "[store]") {
  temporary_directory const directory;
  auto const before = std::filesystem::current_path();
  std::filesystem::current_path(directory.path());
  for (std::string const name : {":memory:", "file:x?mode=memory"}) {
    auto const opened = at::sqlite_store::open(name);
    CHECK(problem_of(opened) == "");
    CHECK(std::filesystem::exists(directory.file(name)));
  }
  std::filesystem::current_path(before);
}

TEST_CASE("sqlite store: opened to be read only", "[store]") {
  temporary_directory const directory;
  at::sqlite_store store = open_store(directory.file());
  at::new_entry const entry{"a", outbox_step::open, ""};
  REQUIRE(store.insert({&entry, 1}, {}, at_second(0)).has_value());
  at::sqlite_options options;
  options.read_only = true;
  at::sqlite_store reader = open_store(directory.file(), options);
  CHECK(reader.list({}).value().size() == 1);
  CHECK(reader.stats().value().waiting == 1);
  auto const refused = reader.insert({&entry, 1}, {}, at_second(0));
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == at::errc::store_failed);
  CHECK(refused.error().message == "the store was opened to be read only");
  CHECK_FALSE(reader.begin_delivery(at_second(0)).has_value());
  CHECK_FALSE(reader.remove({}).has_value());
  CHECK_FALSE(reader.forget_tickets(at_second(0)).has_value());
}

TEST_CASE("sqlite store: a moved-from store fails, and ends", "[store]") {
  temporary_directory const directory;
  at::sqlite_store store = open_store(directory.file());
  at::sqlite_store const moved = std::move(store);
  CHECK_FALSE(store.insert({}, {}, at_second(0)).has_error()); // nothing to do
  CHECK(store.begin_delivery(at_second(0)).error().code == at::errc::store_failed);
  CHECK(store.claim(at_second(0), at_second(1)).error().code == at::errc::store_failed);
  CHECK(store.stats().error().code == at::errc::store_failed);
  CHECK(store.transactions() == 0);
  CHECK(moved.stats().has_value());
}

TEST_CASE("sqlite store: who does not deliver may not claim", "[store]") {
  temporary_directory const directory;
  at::sqlite_store store = open_store(directory.file());
  auto const refused = store.claim(at_second(0), at_second(1));
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == at::errc::store_failed);
  CHECK(refused.error().where == directory.file());
}
