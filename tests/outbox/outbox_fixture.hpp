#pragma once
// What the tests of an outbox have in common: a client of a model of a ticket system, a store of
// each kind, a clock that jumps, and a record of what came of it.

#include "../unit/acme_server.hpp"
#include "store_fixture.hpp"

#include <argus_ticket/outbox.hpp>

#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace test {

using what = at::delivery::kind;
using lines = std::vector<std::string>;

/// An acme that can do everything that an outbox does.
struct full_acme : noting_acme {
  using noting_acme::noting_acme;

  at::operation<at::ticket> reopen(at::ticket_ref which) const {
    boost::json::object body;
    body["state"] = "open";
    at::http::request request = at::http::put(base_ / "tickets" / which.number).json(body);
    at::http::response const reply = co_await at::send(with_token(std::move(request)));
    if (reply.status() != at::http::status::ok) co_return failed(reply);
    co_return ticket_in(reply);
  }
};
static_assert(at::reopens_tickets<full_acme> && at::finds_comments<full_acme>);

/// Whether what a process does - requests, and calls of its store - is done, and whether it learns
/// of that. By default both are so. The word is the store's member, or `send`.
struct fate {
  std::function<bool(std::string_view)> is_done = [](std::string_view) { return true; };
  std::function<bool(std::string_view)> is_told = [](std::string_view) { return true; };
};

/// The ticket system, and the way to it.
class network {
 public:
  using reply = at::result<at::http::response>;

  acme_server server;
  lines done; ///< What was changed, in order.
  std::size_t requests = 0;
  /// How the request of that number, from 0, fails.
  std::function<std::optional<fault>(std::size_t)> fault_of = [](std::size_t) {
    return std::optional<fault>{};
  };
  /// What comes instead of the server's answer. Called without a lock.
  std::function<std::optional<reply>(at::http::request const&)> instead =
      [](at::http::request const&) { return std::optional<reply>{}; };

  reply answer(at::http::request const& r) {
    if (auto other = instead(r)) {
      std::lock_guard const hold(lock_);
      ++requests;
      return std::move(*other);
    }
    std::lock_guard const hold(lock_);
    auto const how = fault_of(requests++);
    if (how == fault::not_sent) return refused_connection();
    if (how == fault::sent_not_done) return lost_reply();
    reply said = server.answer(r);
    if (said && said->status() < 300 && r.method() != at::http::method::get)
      done.push_back(change_of(r, said->body()));
    if (how == fault::done_reply_lost) return lost_reply();
    return said;
  }

  /// Every request from now on fails so.
  void breaks(fault how = fault::not_sent) {
    fault_of = [how](std::size_t) { return std::optional{how}; };
  }
  void works() {
    fault_of = [](std::size_t) { return std::optional<fault>{}; };
  }
  /// The ticket of an incident, of which there must be exactly one.
  acme_server::ticket ticket_of(at::incident const& from) const {
    std::vector<acme_server::ticket> found;
    for (auto const& t : server.tickets)
      if (t.key == at::key_of(from).value) found.push_back(t);
    REQUIRE(found.size() == 1);
    return found.front();
  }

 private:
  static std::string change_of(at::http::request const& r, std::string const& number) {
    std::string problem;
    auto const body = at::detail::parse_json(r.body(), problem).value();
    auto const text = [&](char const* key) {
      return std::string{at::detail::text_member(body, key)};
    };
    std::string const path = r.url().path().substr(std::string_view{"/api/tickets"}.size());
    if (path.empty()) return "open " + number + ": " + text("title");
    std::string const which = path.substr(1, path.find('/', 1) - 1);
    if (path.ends_with("/comments"))
      return "comment " + which + ": " + text("text").substr(0, text("text").rfind("\n\n["));
    if (text("state").empty()) return "update " + which + ": " + text("title");
    return text("state") == "open" ? "reopen " + which : "close " + which + ": " + text("state");
  }

  std::mutex lock_;
};

/// A process's connection to it.
struct wire {
  network* to;
  std::shared_ptr<fate> of;

  network::reply send(at::http::request const& r, at::http::deadline) {
    if (!of->is_done("send")) return refused_connection();
    network::reply said = to->answer(r);
    if (!of->is_told("send")) return lost_reply();
    return said;
  }
};

/// An observer that writes down what it is told, a line each. Copies share the lines.
struct told {
  struct book {
    std::mutex lock;
    lines events;
    lines failures; ///< The texts of the errors.
    std::vector<at::outbox_time> due;
    std::vector<std::chrono::milliseconds> since;
  };
  std::shared_ptr<book> kept = std::make_shared<book>();

  void on_submitted(at::submitted_event const& e) const {
    add("submitted " + word(e.step) + ' ' + std::to_string(e.what.id) +
        (e.what.was_waiting ? " again" : ""));
  }
  void on_delivered(at::delivered_event const& e) const {
    add("delivered " + word(e.entry) + (e.about != nullptr ? " of " + e.about->number : ""));
    std::lock_guard const hold(kept->lock);
    kept->since.push_back(e.since_submitted);
  }
  void on_postponed(at::postponed_event const& e) const {
    add("postponed " + word(e.entry) + ": " + std::string{to_string(e.failure.code)}, &e.failure);
    std::lock_guard const hold(kept->lock);
    kept->due.push_back(e.due);
  }
  void on_dead(at::dead_event const& e) const {
    add("dead " + word(e.entry) + ": " + std::string{to_string(e.failure.code)}, &e.failure);
  }
  void on_store_failed(at::store_failed_event const& e) const {
    add("store failed: " + std::string{to_string(e.failure.code)}, &e.failure);
  }

  lines const& events() const { return kept->events; }
  std::size_t count(std::string_view begin) const {
    std::size_t n = 0;
    for (std::string const& line : kept->events) n += line.starts_with(begin) ? 1 : 0;
    return n;
  }

 private:
  static std::string word(at::outbox_step step) { return std::string{to_string(step)}; }
  static std::string word(at::outbox_entry const& entry) {
    return word(entry.step) + ' ' + std::to_string(entry.id);
  }
  void add(std::string line, at::error const* failure = nullptr) const {
    std::lock_guard const hold(kept->lock);
    kept->events.push_back(std::move(line));
    if (failure != nullptr) kept->failures.push_back(to_string(*failure));
  }
};

using outbox_policies =
    at::policies<at::default_renderer, fake_clock, at::no_retry, at::no_pacing, told>;
template <class Plugin>
using outbox_client = at::basic_client<Plugin, wire, outbox_policies>;

/// Ends a store object, as the end of its process does, and opens it again where it was.
inline void reopen_store(made_store<at::memory_store>&) {} // what holds it is not the process
inline void reopen_store(made_store<at::sqlite_store>& made) {
  {
    at::sqlite_store const gone = std::move(made.store);
  }
  made.store = open_store(made.directory.file());
}
template <class Store>
void subject_to(Store&, std::shared_ptr<fate> const&) {} // another one: outbox_fated_store.hpp

/// An outbox and everything around it.
template <class Store, class Plugin = full_acme>
struct delivering : made_store<Store> {
  using client_type = outbox_client<Plugin>;
  using box_type = at::outbox<client_type, Store>;

  network net;
  fake_clock clock;
  told heard;
  at::outbox_options options;
  std::shared_ptr<fate> of = std::make_shared<fate>();
  std::unique_ptr<box_type> box;

  explicit delivering(at::outbox_options with = {}) : options(with) { start(); }

  client_type client() {
    outbox_policies p;
    p.clock = clock;
    p.observer = heard;
    return client_type{acme_settings(), wire{&net, of}, p};
  }
  void start() {
    subject_to(this->store, of);
    box = std::make_unique<box_type>(client(), this->store, options);
  }
  /// The process ends, however; another one begins with what is in the store.
  void restart() {
    box.reset();
    reopen_store(*this);
    start();
  }

  at::outbox_time now() { return box->now(); }
  void jump(std::chrono::milliseconds time) {
    clock.state->now += time;
    clock.state->steady += time;
  }
  at::submission submit(at::incident const& from) { return accepted(box->submit(from)); }
  at::submission comment(at::incident const& from, std::string text) {
    return accepted(box->submit_comment(from, std::move(text)));
  }
  at::submission accepted(at::result<at::submission> const& said) {
    REQUIRE(problem_of(said) == "");
    return *said;
  }

  at::delivery deliver() {
    auto said = box->deliver_one();
    REQUIRE(problem_of(said) == "");
    return *said;
  }
  /// Delivers what is due now; gives what came of it.
  std::vector<at::delivery> deliver_due() {
    std::vector<at::delivery> all;
    for (at::delivery one = deliver(); one.what != what::nothing; one = deliver()) {
      all.push_back(std::move(one));
      REQUIRE(all.size() < 1'000); // it never ends
    }
    return all;
  }
  /// Delivers until nothing waits any more; the clock jumps to when there is something to do.
  std::vector<at::delivery> deliver_all() {
    std::vector<at::delivery> all;
    for (int rounds = 0;; ++rounds) {
      REQUIRE(rounds < 2'000); // it never ends
      at::delivery one = deliver();
      if (one.what != what::nothing)
        all.push_back(std::move(one));
      else if (!one.next)
        return all;
      else
        jump(*one.next - now());
    }
  }

  std::vector<at::outbox_entry> list(at::entry_filter const& which = {}) {
    auto listed = box->list(which);
    REQUIRE(problem_of(listed) == "");
    return *listed;
  }
  at::outbox_entry entry(std::uint64_t id) {
    auto const found = list({.id = id});
    REQUIRE(found.size() == 1);
    return found.front();
  }
  at::outbox_stats stats() {
    auto said = box->stats();
    REQUIRE(problem_of(said) == "");
    return *said;
  }
  std::size_t requeue(at::entry_filter const& which = {}) {
    auto said = box->requeue(which);
    REQUIRE(problem_of(said) == "");
    return *said;
  }
};

/// One of many incidents, which fits into a ticket.
inline at::incident incident_of(int n) {
  at::incident i = some_incident();
  i.pk = n;
  i.description = "Netbox " + std::to_string(n) + " down.";
  return i;
}

inline bool is(at::http::request const& r, at::http::method m, std::string_view path_end) {
  return r.method() == m && r.url().path().ends_with(path_end);
}

} // namespace test
