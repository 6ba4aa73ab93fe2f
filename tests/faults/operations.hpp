#pragma once
// The table of operations: which requests each makes, and what it means where one of them fails.

#include "connection_faults.hpp"
#include "scene.hpp"

namespace faults {

/// What an operation ended in.
struct ended {
  std::optional<at::error> failure{};
  bool warned = false;
  std::string text{}; ///< Everything that was said.
  std::optional<at::delivery::kind> delivered{};
};

/// What a request means to its operation.
enum class matter {
  before,        ///< No fault strikes here: another one has struck, or will.
  needed,        ///< Its failure is the operation's.
  create,        ///< The same; where its outcome is unknown, the ticket is looked for, and created
                 ///< again where it is not there.
  last_create,   ///< The same after a first one; there is no third.
  comment,       ///< The same; where its outcome is unknown, it is looked for, and no more.
  look,          ///< After a create of unknown outcome: a failure leaves it unknown.
  follow_up,     ///< What was asked for is done: a failure changes nothing.
  warned,        ///< The same, but for a warning.
  warned_comment ///< The same; where its outcome is unknown, it is looked for.
};

struct step {
  char const* method;
  matter is = matter::needed;
  bool about_ticket = false;
  int also_answered_by = 0;     ///< A status that is an answer to this request.
  bool can_be_repeated = false; ///< It writes, but twice is the same as once.

  bool writes() const { return std::string_view{method} != "GET"; }
};

/// What is there when an operation was done again after its fault has gone.
struct finally {
  int tickets = 1;
  int open = 1;
  int comments = -1; ///< Any number: one that is added again by hand is there twice.
};

struct operation {
  std::string name;
  std::vector<step> steps;
  void (*prepare)(scene&);
  ended (*run)(scene&);
  ended (*again)(scene&);
  finally then{};
  std::vector<strike> first{}; ///< Strikes before the cell's own.
};

namespace does {

inline void collect(std::vector<at::problem> const& from, ended& into, bool are_warnings) {
  into.warned = into.warned || (are_warnings && !from.empty());
  for (at::problem const& one : from) into.text += one.where + ' ' + one.what + '\n';
}
inline void collect(at::error const& e, ended& into) {
  into.text += at::to_string(e) + '\n' + e.message + '\n' + e.where + '\n' + e.server_message;
  collect(e.problems, into, false);
  into.failure = e;
}
template <class T>
ended from(at::result<T> const& got) {
  ended all;
  if (!got)
    collect(got.error(), all);
  else if constexpr (requires { got->warnings; })
    collect(got->warnings, all, true);
  return all;
}

inline ended check(scene& s) { return from(s.tickets.check()); }
inline ended create(scene& s) { return from(s.tickets.create(s.incident)); }
inline ended find(scene& s) { return from(s.tickets.find(s.incident)); }
inline ended open(scene& s) { return from(s.tickets.find_or_create(s.incident)); }
inline ended get(scene& s) { return from(s.tickets.get(s.ticket)); }
inline ended update(scene& s) { return from(s.tickets.update(s.ticket, s.incident)); }
inline ended comment(scene& s) { return from(s.tickets.comment(s.ticket, "still down")); }
inline ended close(scene& s) { return from(s.tickets.close(s.ticket)); }
inline ended reopen(scene& s) { return from(s.tickets.reopen(s.ticket)); }

inline ended deliver(scene& s) {
  auto const got = s.box.deliver_one();
  ended all;
  if (!got) {
    collect(got.error(), all);
    return all;
  }
  all.delivered = got->what;
  if (got->about) collect(got->about->warnings, all, true);
  if (got->failure) collect(*got->failure, all);
  auto const left = s.box.list().value();
  for (at::outbox_entry const& one : left) all.text += one.reason;
  return all;
}

/// What an administrator and a runner do: dead entries are requeued, all others come in their time.
inline ended deliver_all(scene& s) {
  s.box.requeue({.state = at::entry_state::dead}).value();
  for (int i = 0; i < 100; ++i) {
    at::delivery const got = s.box.deliver_one().value();
    if (got.what != at::delivery::kind::nothing) continue;
    if (!got.next) break;
    s.jump_to(*got.next);
  }
  ended all;
  auto const left = s.box.list().value();
  for (at::outbox_entry const& one : left)
    collect(at::error{at::errc::expired, at::outcome::rejected, one.reason}, all);
  return all;
}

} // namespace does

namespace has {

inline void nothing(scene&) {}
inline void ticket(scene& s) { s.add_ticket(); }
inline void closed_ticket(scene& s) { s.add_ticket({}, true); }
inline void ticket_without_label(scene& s) { s.add_ticket({"argus-ticket"}); }
inline void two_tickets(scene& s) {
  s.add_ticket();
  s.add_ticket();
}
inline void long_text(scene& s) { s.incident.description = std::string(2'500, 'x'); }

inline void opening(scene& s) { s.box.submit(s.incident).value(); }
inline void long_opening(scene& s) {
  long_text(s);
  opening(s);
}
inline void overflow(scene& s) {
  long_opening(s);
  s.box.deliver_one().value();
}
inline void opened(scene& s) {
  opening(s);
  s.box.deliver_one().value();
}
inline void update(scene& s) {
  opened(s);
  s.incident.description = "Link gw-3 is flapping";
  s.box.submit_update(s.incident).value();
}
inline void comment(scene& s) {
  opened(s);
  s.box.submit_comment(s.incident, "still down").value();
}
inline void comment_on_found(scene& s) {
  s.add_ticket();
  s.box.submit_comment(s.incident, "still down").value();
}
inline void close(scene& s) {
  opened(s);
  s.box.submit_close(s.incident).value();
}

/// A delivery whose request was done; but since then nothing came through any more.
inline void tried(scene& s, int request) {
  using namespace places;
  static fault const lost{"lost", ends::ambiguous, ends::ambiguous, at::errc::connection_failed,
                          reply(lt::reply_part::none, fault_manner::reset)};
  s.on.begin({{&lost, request, true}}, connections::fresh);
  s.box.deliver_one().value();
  s.on.begin();
  s.jump_to(s.box.now() + std::chrono::hours{1});
}
inline void tried_opening(scene& s) {
  opening(s);
  tried(s, 2);
}
inline void tried_comment(scene& s) {
  comment(s);
  tried(s, 0);
}

} // namespace has

inline std::vector<operation> operations() {
  using enum matter;
  static fault const done{"done", ends::ambiguous, ends::ambiguous, at::errc::connection_failed,
                          places::reply(lt::reply_part::none, lt::fault_manner::reset)};
  static fault const not_done{"not done", ends::ambiguous, ends::ambiguous,
                              at::errc::connection_failed,
                              places::request(1.0, lt::fault_manner::reset)};
  step const repository{"GET"}, list{"GET"}, again{"GET", follow_up}, issue{"GET", needed, true},
      patch{"PATCH", needed, true, 0, true}, looked{"GET", look}, past{"GET", before};
  // clang-format off
  return {
    // ---- a client
    {"check", {{"GET", needed, false, 403}, repository}, has::nothing, does::check, does::check, {0, 0}},
    {"create", {{"POST"}}, has::nothing, does::create, does::open},
    {"find", {repository, list}, has::ticket, does::find, does::find},
    {"find_or_create", {repository, list, {"POST", create}, again}, has::nothing, does::open, does::open},
    {"find_or_create, found", {repository, list}, has::ticket, does::open, does::open},
    {"find_or_create, long", {past, past, {"POST", before}, past, {"POST", warned_comment, true}},
     has::long_text, does::open, does::open},
    {"find_or_create, two", // the second one gets a comment and is closed
     {repository, list, {"GET", warned, true}, {"POST", warned_comment, true}, {"GET", warned, true}, {"PATCH", warned, true, 0, true}},
     has::two_tickets, does::open, does::open, {2, 1, 1}},
    {"find_or_create, done and lost", {past, past, {"POST", before}, looked, looked},
     has::nothing, does::open, does::open, {}, {{&done, 2}}},
    {"find_or_create, lost", {past, past, {"POST", before}, looked, looked, looked, looked, {"POST", last_create}, again},
     has::nothing, does::open, does::open, {}, {{&not_done, 2}}},
    {"get", {issue}, has::ticket, does::get, does::get},
    {"update", {issue, patch, {"POST", warned, true, 0, true}}, has::ticket_without_label, does::update, does::update},
    {"comment", {{"POST", comment, true}}, has::ticket, does::comment, does::comment},
    {"close", {issue, patch}, has::ticket, does::close, does::close, {1, 0}},
    {"reopen", {issue, patch}, has::closed_ticket, does::reopen, does::reopen},
    // ---- an outbox
    {"outbox: open", {repository, list, {"POST", create}, again}, has::opening, does::deliver, does::deliver_all, {1, 1, 0}},
    {"outbox: open, long", {past, past, {"POST", create}, past}, has::long_opening, does::deliver, does::deliver_all, {1, 1, 1}},
    {"outbox: what is too long", {{"GET", needed, true}, {"POST", comment, true}}, has::overflow, does::deliver, does::deliver_all, {1, 1, 1}},
    {"outbox: open, tried", {repository, list}, has::tried_opening, does::deliver, does::deliver_all, {1, 1, 0}},
    {"outbox: update", {issue, patch}, has::update, does::deliver, does::deliver_all, {1, 1, 0}},
    {"outbox: comment", {{"POST", comment, true}}, has::comment, does::deliver, does::deliver_all, {1, 1, 1}},
    {"outbox: comment, found", {repository, list, {"POST", comment, true}}, has::comment_on_found, does::deliver, does::deliver_all, {1, 1, 1}},
    {"outbox: comment, tried", {{"GET", needed, true}}, has::tried_comment, does::deliver, does::deliver_all, {1, 1, 1}},
    {"outbox: close", {issue, patch}, has::close, does::deliver, does::deliver_all, {1, 0, 0}},
  };
  // clang-format on
}

} // namespace faults
