// The process that crash.py kills: it submits incidents without end, and delivers them.
// usage: crash_subject DIRECTORY SETTINGS CA_FILE START FIRST_PK BACKLOG [drain]
//   DIRECTORY  where store, journal and status are
//   START      when the incidents started, as in their JSON
//   BACKLOG    how many entries are to wait for delivery
//   drain      submits nothing but what an earlier process was killed over, delivers all there is,
//              and ends

#include "journal.hpp"
#include "plan.hpp"
#include "status.hpp"

#include <argus_ticket/argus_ticket.hpp>
#include <argus_ticket/outbox.hpp>
#include <argus_ticket/outbox/runner.hpp>
#include <argus_ticket/outbox/sqlite_store.hpp>
#include <argus_ticket/transport/https.hpp>

#include <chrono>
#include <cstdint>
#include <exception>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

namespace {

namespace at = argus_ticket;
using namespace std::chrono_literals;
using crash::action;

// All times are short, so that much happens between two kills.
using policies = at::policies<at::default_renderer, at::real_clock, at::backoff, at::shared_pacing,
                              crash::watcher>;
using client = at::client<"github", at::https_transport, at::builtin_plugins, policies>;
using outbox = at::outbox<client, crash::watched_store>;

policies short_policies(crash::status const& status) {
  return {.retry = {.attempts = 3, .first = 10ms, .longest = 50ms},
          .observer = {status},
          .reconcile = {.looks = 2, .pause = 50ms},
          .timeout = 10s};
}

at::outbox_options short_options() {
  // What a process had sent when it was killed is still in the tracker's hands: it may take that
  // over after the next process has begun. `grace` has to be longer than the tracker needs for one
  // request (its `--latency-ms`, 20 at the most, and what a busy machine adds); otherwise the next
  // process may look for a ticket before the request that opens it was heeded, find none, and open
  // a second one.
  return {.between = {.first = 20ms, .longest = 200ms}, .grace = 100ms};
}

class subject {
 public:
  subject(outbox& box, crash::journal& journal, at::timestamp start, std::int64_t first_pk,
          std::size_t backlog)
      : box_(box), journal_(journal), start_(start), first_pk_(first_pk), backlog_(backlog) {}

  /// Ends with the process.
  [[noreturn]] void submit_without_end(int lane) {
    crash::plan const plan(lane, first_pk_);
    for (auto at = journal_.where(lane);; at = {at.number + 1, 0}) {
      while (waiting() >= backlog_) std::this_thread::sleep_for(2ms);
      submit(lane, plan.at(at.number, at.attempt), at);
    }
  }
  /// Submits what an earlier process may or may not have submitted.
  void finish(int lane) {
    auto const at = journal_.where(lane);
    if (at.attempt > 0) submit(lane, crash::plan(lane, first_pk_).at(at.number, at.attempt), at);
  }
  /// Entries that are neither delivered nor dead.
  std::size_t waiting() {
    at::outbox_stats const stats = box_.stats().value();
    return stats.waiting + stats.delivering;
  }

 private:
  void submit(int lane, crash::planned const& what, crash::journal::position at) {
    if (what.items.empty()) return;
    journal_.begin(lane, at, what);
    std::vector<at::incident> incidents;
    for (auto const& item : what.items) incidents.push_back(incident_of(item, start_));
    call(what, incidents);
    journal_.done(lane, at);
  }

  void call(crash::planned const& what, std::vector<at::incident> const& incidents) {
    at::incident const& one = incidents.front();
    switch (what.what) {
    case action::open:
    case action::open_again:
      if (incidents.size() > 1)
        box_.submit(incidents).value();
      else
        box_.submit(one).value();
      return;
    case action::update:
      box_.submit_update(one).value();
      return;
    case action::comment: {
      at::incident about = one; // its description is the comment's text
      about.description = "Incident " + std::to_string(*one.pk);
      box_.submit_comment(about, what.items.front().text.text()).value();
      return;
    }
    case action::close:
      box_.submit_close(one).value();
      return;
    case action::reopen:
      box_.submit_reopen(one).value();
      return;
    }
  }

  outbox& box_;
  crash::journal& journal_;
  at::timestamp start_;
  std::int64_t first_pk_;
  std::size_t backlog_;
};

int run(std::vector<std::string> const& words) {
  if (words.size() < 6) {
    std::cerr << "usage: crash_subject DIRECTORY SETTINGS CA_FILE START FIRST_PK BACKLOG [drain]\n";
    return 2;
  }
  std::string const& directory = words[0];
  bool const drain = words.size() > 6;
  crash::status const status(directory + "/status");
  status.enter(crash::phase::opening_store);
  crash::journal journal(directory + "/journal");

  auto const settings = at::load_settings<"github">(at::read_raw_settings_file(words[1]));
  at::https_options https;
  https.ca_file = words[2];
  outbox box{client{settings.value(), at::https_transport{https}, short_policies(status)},
             crash::watched_store{at::sqlite_store::open(directory + "/outbox.db").value(), status},
             short_options()};
  subject work(box, journal, at::parse_timestamp(words[3]).value(), std::stoll(words[4]),
               std::stoull(words[5]));
  at::outbox_runner runner{box, {.workers = 4, .poll = 20ms}};
  std::cout << "ready" << std::endl;
  status.enter(crash::phase::idle);

  if (!drain) {
    std::thread other([&] { work.submit_without_end(1); });
    work.submit_without_end(0);
  }
  for (int lane = 0; lane < crash::lanes; ++lane) work.finish(lane);
  while (work.waiting() > 0) std::this_thread::sleep_for(5ms);
  if (!runner.stop(10s)) return 1;
  std::cout << "dead " << box.stats().value().dead << std::endl;
  at::entry_filter dead;
  dead.state = at::entry_state::dead;
  for (at::outbox_entry const& one : box.list(dead).value())
    std::cerr << "dead: " << to_string(one.step) << ' ' << one.reason << '\n';
  return 0;
}

} // namespace

int main(int count, char** words) {
  try {
    return run({words + 1, words + count});
  } catch (std::exception const& problem) {
    std::cerr << "crash_subject: " << problem.what() << '\n';
    return 1;
  }
}
