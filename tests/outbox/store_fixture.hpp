#pragma once
// What the tests of stores have in common: a store of each kind, and short words for what is done
// with it.

#include "../support/catch.hpp"

#include <argus_ticket/outbox/memory_store.hpp>
#include <argus_ticket/outbox/sqlite_store.hpp>

#include <filesystem>
#include <stdlib.h>
#include <string>
#include <vector>

namespace test {

namespace at = argus_ticket;
using namespace std::chrono_literals;
using at::entry_state;
using at::outbox_step;
using at::settlement;
using kind = at::settlement::kind;

/// A directory that is there as long as this object.
class temporary_directory {
 public:
  temporary_directory() {
    std::string pattern = (std::filesystem::temp_directory_path() / "argus_ticket_XXXXXX").string();
    REQUIRE(::mkdtemp(pattern.data()) != nullptr);
    path_ = pattern;
  }
  temporary_directory(temporary_directory const&) = delete;
  temporary_directory& operator=(temporary_directory const&) = delete;
  ~temporary_directory() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  std::string file(std::string const& name = "outbox.db") const { return (path_ / name).string(); }
  std::filesystem::path const& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

inline at::outbox_time at_second(int seconds) {
  return at::outbox_time{std::chrono::seconds{1'700'000'000 + seconds}};
}

/// The error's text where there is one, so that a failed REQUIRE shows it.
template <class T>
std::string problem_of(at::result<T> const& r) {
  return r ? std::string() : to_string(r.error());
}

inline at::sqlite_store open_store(std::string const& path, at::sqlite_options options = {}) {
  auto opened = at::sqlite_store::open(path, options);
  REQUIRE(problem_of(opened) == "");
  return *opened;
}

template <class Store>
struct made_store;

template <>
struct made_store<at::memory_store> {
  at::memory_store store;
};

template <>
struct made_store<at::sqlite_store> {
  temporary_directory directory;
  at::sqlite_store store = open_store(directory.file());
};

/// A store that delivers, and what the tests do with it.
template <class Store>
struct outbox : made_store<Store> {
  outbox() { REQUIRE(this->store.begin_delivery(at_second(0)).has_value()); }

  at::submission add(std::string key, outbox_step step = outbox_step::open,
                     std::string payload = "{}", int now = 0) {
    at::new_entry const entry{std::move(key), step, std::move(payload)};
    auto made = this->store.insert({&entry, 1}, at::outbox_caps{}, at_second(now));
    REQUIRE(problem_of(made) == "");
    REQUIRE(made->size() == 1);
    CHECK(made->front().id > 0);
    return made->front();
  }
  at::claim_answer ask(int now, int until) {
    auto answer = this->store.claim(at_second(now), at_second(until));
    REQUIRE(problem_of(answer) == "");
    if (answer->claim) CHECK_FALSE(answer->next);
    return *answer;
  }
  /// A claim that must give something.
  at::outbox_claim claim(int now = 0, int until = 60) {
    auto answer = ask(now, until);
    REQUIRE(answer.claim);
    CHECK(answer.claim->entry.state == entry_state::delivering);
    CHECK(answer.claim->lease.entry == answer.claim->entry.id);
    return *answer.claim;
  }
  bool claims_nothing(int now = 0) { return !ask(now, now + 60).claim; }

  std::string settle(at::outbox_claim const& claim, settlement const& ended, int now = 0) {
    return problem_of(this->store.settle(claim.lease, ended, at_second(now)));
  }
  std::string done(at::outbox_claim const& claim) { return settle(claim, {}); }

  std::vector<at::outbox_entry> list(at::entry_filter const& which = {}) {
    auto listed = this->store.list(which);
    REQUIRE(problem_of(listed) == "");
    return *listed;
  }
  std::vector<std::uint64_t> ids(at::entry_filter const& which = {}) {
    std::vector<std::uint64_t> found;
    for (auto const& entry : list(which)) found.push_back(entry.id);
    return found;
  }
  at::outbox_entry entry(std::uint64_t id) {
    auto found = list({.id = id});
    REQUIRE(found.size() == 1);
    return found.front();
  }
  at::outbox_stats stats() {
    auto s = this->store.stats();
    REQUIRE(problem_of(s) == "");
    return *s;
  }
};

inline settlement later(int due, bool free_attempt = false) {
  settlement s;
  s.what = kind::later;
  s.due = at_second(due);
  s.free_attempt = free_attempt;
  s.reason_code = "server_failed";
  s.reason = "503";
  return s;
}
inline settlement dead(bool with_followers = false, std::string code = "refused") {
  settlement s;
  s.what = kind::dead;
  s.with_followers = with_followers;
  s.reason_code = std::move(code);
  s.reason = "no";
  return s;
}
inline settlement next(outbox_step step, std::string payload) {
  settlement s;
  s.what = kind::next;
  s.next_step = step;
  s.next_payload = std::move(payload);
  return s;
}

using ids = std::vector<std::uint64_t>;

#define STORE_TYPES argus_ticket::memory_store, argus_ticket::sqlite_store

} // namespace test
