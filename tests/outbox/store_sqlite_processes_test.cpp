// Several processes at one file, and processes that are killed.
#include "store_child.hpp"
#include "store_fixture.hpp"

#include <cstdio>
#include <fcntl.h>
#include <memory>
#include <set>
#include <sys/wait.h>
#include <unistd.h>

using namespace test;

TEST_CASE("sqlite store: what was acknowledged survives kill -9", "[store]") {
  temporary_directory const directory;
  for (int round = 0; round < 5; ++round) {
    child writer([&](int pipe) {
      auto store = at::sqlite_store::open(directory.file());
      if (!store) return 1;
      for (int i = 0;; ++i) {
        auto made = insert(*store, std::to_string(round) + "/" + std::to_string(i));
        if (!made) return 2;
        say(pipe, made->front().id); // only now, after it was acknowledged
      }
    });
    std::set<std::uint64_t> acknowledged;
    std::uint64_t id = 0;
    while (acknowledged.size() < 20u + 7u * static_cast<unsigned>(round) && writer.read(id))
      acknowledged.insert(id);
    writer.stop();
    while (writer.read(id)) acknowledged.insert(id);
    REQUIRE(acknowledged.size() >= 20);

    at::sqlite_options options;
    options.check = true;
    at::sqlite_store store = open_store(directory.file(), options);
    std::size_t found = 0;
    for (auto const& entry : store.list({.most = 100'000}).value())
      found += acknowledged.count(entry.id);
    CHECK(found == acknowledged.size());
    auto const stats = store.stats().value();
    CHECK(stats.waiting == store.list({.most = 100'000}).value().size());
    CHECK(stats.bytes == stats.waiting * 1'000);
  }
}

TEST_CASE("sqlite store: processes submit with one file while another delivers", "[store]") {
  temporary_directory const directory;
  constexpr int processes = 3, each = 40;
  at::sqlite_store const before = open_store(directory.file());
  std::vector<std::unique_ptr<child>> submitters;
  for (int p = 0; p < processes; ++p)
    submitters.push_back(std::make_unique<child>([&](int) {
      auto store = at::sqlite_store::open(directory.file());
      if (!store) return 1;
      for (int i = 0; i < each; ++i)
        if (!insert(*store, std::to_string(p) + "/" + std::to_string(i))) return 2;
      return store->list({.most = 3}).has_value() ? 0 : 3;
    }));
  outbox<at::sqlite_store> unused;
  at::sqlite_store store = open_store(directory.file());
  REQUIRE(store.begin_delivery(at_second(0)).has_value());
  int delivered = 0;
  auto const end = std::chrono::steady_clock::now() + 60s;
  while (delivered < processes * each && std::chrono::steady_clock::now() < end) {
    auto answer = store.claim(at_second(1), at_second(60));
    REQUIRE(problem_of(answer) == "");
    if (!answer->claim) continue;
    REQUIRE(store.settle(answer->claim->lease, {}, at_second(1)).has_value());
    ++delivered;
  }
  for (auto& submitter : submitters) CHECK(submitter->wait() == 0);
  CHECK(delivered == processes * each);
  CHECK(store.stats().value().submitted == processes * each);
}

TEST_CASE("sqlite store: processes may make the file at the same moment", "[store]") {
  for (int round = 0; round < 20; ++round) {
    temporary_directory const directory;
    std::vector<std::unique_ptr<child>> openers;
    for (int p = 0; p < 4; ++p)
      openers.push_back(std::make_unique<child>([&](int) {
        auto store = at::sqlite_store::open(directory.file());
        if (!store) std::fprintf(stderr, "%s\n", to_string(store.error()).c_str());
        return store && insert(*store, std::to_string(p)) ? 0 : 1;
      }));
    for (auto& opener : openers) CHECK(opener->wait() == 0);
    CHECK(open_store(directory.file()).stats().value().waiting == 4);
  }
}

TEST_CASE("sqlite store: one delivers at a time", "[store]") {
  temporary_directory const directory;
  auto const check_refused = [&](at::result<void> const& refused) {
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == at::errc::store_failed);
    CHECK(refused.error().where == directory.file());
    CHECK(refused.error().message ==
          "another process, or another store in this one, delivers from this outbox");
  };

  SECTION("of two stores in one process, by any name of the file") {
    std::filesystem::create_symlink(directory.file(), directory.file("link.db"));
    auto first = std::make_unique<at::sqlite_store>(open_store(directory.file()));
    at::sqlite_store second = open_store(directory.file("link.db"));
    REQUIRE(first->begin_delivery(at_second(0)).has_value());
    REQUIRE(first->begin_delivery(at_second(0)).has_value());
    auto const refused = second.begin_delivery(at_second(0));
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == at::errc::store_failed);
    at::sqlite_store const copy = *first;
    first.reset();
    CHECK_FALSE(second.begin_delivery(at_second(0)).has_value()); // a copy still holds it
    const_cast<at::sqlite_store&>(copy) = second;
    CHECK(problem_of(second.begin_delivery(at_second(0))) == "");
  }
  SECTION("of two processes, until one is killed") {
    child owner([&](int pipe) {
      auto store = at::sqlite_store::open(directory.file());
      if (!store || !insert(*store, "a") || !store->begin_delivery(at_second(0))) return 1;
      auto const claim = store->claim(at_second(0), at_second(10'000));
      say(pipe, claim && claim->claim ? 1 : 0);
      ::pause();
      return 0;
    });
    int claimed = 0;
    REQUIRE(owner.read(claimed));
    CHECK(claimed == 1);
    at::sqlite_store store = open_store(directory.file());
    check_refused(store.begin_delivery(at_second(0)));
    CHECK(store.stats().value().delivering == 1); // its lease was left alone
    CHECK_FALSE(store.claim(at_second(0), at_second(1)).has_value());
    owner.stop();
    REQUIRE(problem_of(store.begin_delivery(at_second(90))) == "");
    CHECK(store.claim(at_second(89), at_second(200)).value().next == at_second(90));
    CHECK(store.claim(at_second(90), at_second(200)).value().claim.has_value());
  }
}

TEST_CASE("sqlite store: a program that the owner executes does not hold the lock", "[store]") {
  temporary_directory const directory;
  ::pid_t sleeper = -1;
  {
    at::sqlite_store store = open_store(directory.file());
    REQUIRE(store.begin_delivery(at_second(0)).has_value());
    int ready[2];
    REQUIRE(::pipe2(ready, O_CLOEXEC) == 0);
    sleeper = ::fork();
    if (sleeper == 0) {
      ::execlp("sleep", "sleep", "60", nullptr);
      ::_exit(1);
    }
    ::close(ready[1]);
    char byte = 0;
    CHECK(::read(ready[0], &byte, 1) == 0); // ends when the child has executed
    ::close(ready[0]);
  }
  at::sqlite_store store = open_store(directory.file());
  CHECK(problem_of(store.begin_delivery(at_second(0))) == "");
  ::kill(sleeper, SIGKILL);
  ::waitpid(sleeper, nullptr, 0);
}

TEST_CASE("sqlite store: a forked child must not use the parent's store", "[store]") {
  temporary_directory const directory;
  at::sqlite_store store = open_store(directory.file());
  REQUIRE(insert(store, "a").has_value());
  child fork([&](int) {
    if (insert(store, "b").has_value() || store.list({}).has_value()) return 1;
    if (store.begin_delivery(at_second(0)).has_value()) return 2;
    auto own = at::sqlite_store::open(directory.file());
    if (!own || !insert(*own, "c")) return 3;
    {
      at::sqlite_store const ends_here = std::move(store);
    }
    return 0;
  });
  CHECK(fork.wait() == 0);
  CHECK(insert(store, "d").has_value());
  CHECK(store.list({}).value().size() == 3);
}
