// Every operation with every fault at each of its requests: see README.md. One file, since each
// that includes the transport takes long to compile.

#include "../support/catch.hpp"
#include "cell.hpp"
#include "reply_faults.hpp"
#include "retried.hpp"

#include <cstdlib>
#include <iostream>
#include <thread>

namespace {

using namespace faults;

std::vector<fault> const& all_faults() {
  static std::vector<fault> const all = [] {
    std::vector<fault> some = connection_faults();
    for (fault& one : reply_faults()) some.push_back(std::move(one));
    return some;
  }();
  return all;
}

std::vector<operation> const& all_operations() {
  static std::vector<operation> const all = operations();
  return all;
}

/// Whether a name has the text in FAULT_CELL; where that is not set, every name.
bool is_wanted(std::string const& name) {
  char const* const text = std::getenv("FAULT_CELL");
  return text == nullptr || name.find(text) != std::string::npos;
}

std::vector<cell> all_cells() {
  std::vector<cell> all;
  auto const add = [&](cell const& one) {
    if (is_wanted(one.name())) all.push_back(one);
  };
  for (operation const& what : all_operations()) {
    for (int i = 0; i < static_cast<int>(what.steps.size()); ++i) {
      matter const is = what.steps[static_cast<std::size_t>(i)].is;
      if (is == matter::before) continue;
      for (fault const& how : all_faults()) {
        add({&what, &how, i});
        if (how.breaks_kept && what.first.empty()) add({&what, &how, i, false, true});
        // Where what failed is looked for, it matters whether the look fails too.
        bool const is_looked_for =
            is == matter::create || is == matter::last_create || is == matter::comment;
        if (is_looked_for && !how.takes_all_time) add({&what, &how, i, true});
      }
    }
  }
  return all;
}

/// Runs cells in threads, each with a stage of its own.
template <class Cell, class Play>
auto play_all(std::vector<Cell> const& cells, std::size_t threads, Play play_one) {
  std::vector<verdict> verdicts(cells.size());
  std::atomic<std::size_t> next{0};
  std::vector<std::thread> workers;
  for (std::size_t i = 0; i < (std::min)(threads, cells.size()); ++i)
    workers.emplace_back([&] {
      stage on;
      for (std::size_t mine = next++; mine < cells.size(); mine = next++) {
        try {
          verdicts[mine] = play_one(cells[mine], on);
        } catch (std::exception const& e) {
          verdicts[mine].wrong_outcome = std::string{"threw "} + e.what();
        }
      }
    });
  for (std::thread& one : workers) one.join();
  return verdicts;
}

struct tally {
  std::size_t cells = 0;
  std::size_t wrong_outcomes = 0;
  std::size_t more_than_one_ticket = 0;
  std::size_t not_one_ticket_after_recovery = 0;
  std::size_t late = 0;
  std::size_t shown_tokens = 0;

  void add(std::string const& name, verdict const& v) {
    ++cells;
    count(wrong_outcomes, name, "outcome", v.wrong_outcome);
    count(more_than_one_ticket, name, "more than one ticket", v.more_than_one_ticket);
    count(not_one_ticket_after_recovery, name, "after recovery", v.not_one_ticket_after_recovery);
    count(late, name, "late", v.late);
    count(shown_tokens, name, "token", v.shown_token);
  }
  static void count(std::size_t& into, std::string const& name, char const* kind,
                    std::string const& problem) {
    if (problem.empty()) return;
    ++into;
    FAIL_CHECK(name << ": " << kind << ": " << problem);
  }
};

} // namespace

TEST_CASE("faults: without one, each operation makes the requests that stand in its row") {
  stage on;
  for (operation const& what : all_operations()) {
    INFO(what.name);
    scene s{on};
    what.prepare(s);
    on.begin(what.first, what.first.empty() ? connections::kept : connections::fresh);
    ended const got = what.run(s);
    CHECK(got.text == "");
    CHECK_FALSE(got.failure);
    std::vector<std::string> steps;
    for (step const& one : what.steps) steps.emplace_back(one.method);
    CHECK(on.methods() == steps);
    on.begin();
    CHECK_FALSE(what.again(s).failure);
    tickets_there const end = s.look();
    CHECK(end.all == what.then.tickets);
    CHECK(end.open == what.then.open);
    if (what.then.comments >= 0) CHECK(end.comments == what.then.comments);
  }
}

TEST_CASE("faults: every operation, every fault, every request") {
  auto const all = all_cells();
  std::vector<cell> quick, slow;
  for (cell const& one : all) (one.how->takes_all_time ? slow : quick).push_back(one);
  tally sum;
  auto const run = [&](std::vector<cell> const& cells, std::size_t threads) {
    auto const verdicts = play_all(cells, threads, play);
    for (std::size_t i = 0; i < cells.size(); ++i) sum.add(cells[i].name(), verdicts[i]);
  };
  run(quick, 3);
  run(slow, 32); // they wait most of the time
  std::cout << "fault_cells " << sum.cells << "\nfault_wrong_outcomes " << sum.wrong_outcomes
            << "\nfault_more_than_one_ticket " << sum.more_than_one_ticket
            << "\nfault_not_one_ticket_after_recovery " << sum.not_one_ticket_after_recovery
            << "\nfault_late " << sum.late << "\nfault_tokens_shown " << sum.shown_tokens << '\n';
}

TEST_CASE("faults: with retries, one ticket comes of whatever strikes once and passes") {
  std::vector<retried> all;
  for (fault const& how : all_faults())
    for (int request = 0; request < 4 && how.is_transient(); ++request)
      for (bool const by_outbox : {false, true})
        if (retried const one{&how, request, by_outbox}; is_wanted(one.name())) all.push_back(one);
  auto const verdicts = play_all(all, 6, play_retried);
  tally sum;
  for (std::size_t i = 0; i < all.size(); ++i) sum.add(all[i].name(), verdicts[i]);
  std::cout << "fault_retried_cells " << sum.cells << "\nfault_retried_not_one_ticket "
            << sum.not_one_ticket_after_recovery + sum.wrong_outcomes << '\n';
}
