#pragma once
// One cell of the matrix: one operation, one fault, one of its requests. Plays it and judges it.

#include "operations.hpp"

namespace faults {

/// By how much an operation may pass its time on a busy machine.
inline constexpr std::chrono::milliseconds slack = 400ms * slowness;

struct cell {
  operation const* what;
  fault const* how;
  int request;
  bool lasting = false;
  bool on_kept_connection = false; ///< One that has carried another request.

  std::string name() const {
    return what->name + " | " + std::to_string(request) + " | " + how->name +
           (lasting ? " | lasting" : "") + (on_kept_connection ? " | kept" : "");
  }
  step const& at_step() const { return what->steps[static_cast<std::size_t>(request)]; }
  /// Whether what was done without a reply can be seen by looking for it.
  bool can_be_seen() const { return how->is_applied() && !lasting && !how->takes_all_time; }
  /// A kept connection may have been dead for long: what may be repeated goes over a new one.
  bool is_sent_again() const {
    return on_kept_connection && (!at_step().writes() || at_step().can_be_repeated);
  }
};

/// What is wrong, by the line in which it is counted.
struct verdict {
  std::string wrong_outcome{};
  std::string more_than_one_ticket{};
  std::string not_one_ticket_after_recovery{};
  std::string late{};
  std::string shown_token{};
};

struct expectation {
  ends how = ends::answered;
  std::optional<at::errc> code{};
  bool warned = false;
};

/// What the operation must end in, by the tables alone. Only how far a request got is taken from
/// the error, where only the client can know it.
inline expectation expected(cell const& c, ended const& got) {
  step const& s = c.at_step();
  fault const& f = *c.how;
  ends e = s.writes() ? f.write : f.safe;
  if (e == ends::as_far_as_sent)
    e = got.failure && got.failure->progress == at::progress::nothing_sent ? ends::not_applied
                                                                           : ends::ambiguous;
  if (s.also_answered_by != 0 && f.name == std::to_string(s.also_answered_by)) e = ends::answered;
  if (e == ends::answered || c.is_sent_again()) return {};
  expectation const fails{e, f.code_for(s.about_ticket)};
  bool const is_seen = e == ends::ambiguous && c.can_be_seen();
  switch (s.is) {
  case matter::before:
  case matter::needed:
    return fails;
  case matter::create:
    if (e == ends::ambiguous && !c.lasting && !f.takes_all_time) return {};
    return fails;
  case matter::comment:
    return is_seen ? expectation{} : fails;
  case matter::last_create:
    return is_seen ? expectation{} : expectation{ends::ambiguous, fails.code};
  case matter::look:
    return {ends::ambiguous, c.what->first.front().what->code};
  case matter::follow_up:
    return {};
  case matter::warned:
    return {ends::answered, {}, true};
  case matter::warned_comment:
    return {ends::answered, {}, !is_seen};
  }
  return fails;
}

inline char const* name_of(ends e) {
  switch (e) {
  case ends::answered:
    return "success";
  case ends::not_applied:
    return "not_applied";
  case ends::rejected:
    return "rejected";
  default:
    return "ambiguous";
  }
}

inline std::string judge_outcome(cell const& c, ended const& got, bool has_changed) {
  expectation const want = expected(c, got);
  std::string const has =
      got.failure ? std::string{at::to_string(got.failure->outcome)} : std::string{"success"};
  if (has != name_of(want.how)) return "ends in " + has + " and not in " + name_of(want.how);
  if (got.delivered) {
    auto const kind = want.how == ends::answered   ? at::delivery::kind::delivered
                      : want.how == ends::rejected ? at::delivery::kind::dead
                                                   : at::delivery::kind::postponed;
    if (*got.delivered != kind) return "the entry is not what it should be by now";
  }
  if (!got.failure)
    return got.warned == want.warned ? "" : (want.warned ? "has no warning" : "has a warning");
  if (want.code && got.failure->code != *want.code)
    return "has the code " + std::string{at::to_string(got.failure->code)} + " and not " +
           std::string{at::to_string(*want.code)};
  if (got.failure->category() != expected_category(got.failure->code))
    return "has a wrong category";
  if (want.how != ends::ambiguous && has_changed)
    return "ends in " + has + ", but something was changed";
  return "";
}

/// @param reached Whether the fault struck; a machine that is too busy may leave it no time.
inline verdict play_once(cell const& c, stage& on, bool& reached) {
  verdict wrong;
  scene s{on};
  c.what->prepare(s);
  if (c.on_kept_connection) (void)s.tickets.check();
  tickets_there const before = s.look();
  int const most_tickets = (std::max)(before.all, 1);

  std::vector<strike> strikes = c.what->first;
  strikes.push_back({c.how, c.request, c.lasting});
  bool const fresh = !c.on_kept_connection &&
                     std::any_of(strikes.begin(), strikes.end(),
                                 [](strike const& one) { return one.what->is_on_connection(); });
  on.begin(strikes, fresh ? connections::fresh : connections::kept);
  ended const got = c.what->run(s);
  auto const took = on.since_strike();
  reached = on.has_struck(strikes.size() - 1);
  on.begin();

  tickets_there const after = s.look();
  wrong.wrong_outcome =
      reached ? judge_outcome(c, got, after.everything != before.everything) : "was never reached";
  if (after.all > most_tickets) wrong.more_than_one_ticket = "at once";
  if (took && *took > time_left + slack)
    wrong.late = "took " + std::to_string((*took - time_left).count()) + " ms too long";
  if (got.text.find("SECRET") != std::string::npos) wrong.shown_token = got.text;
  if (on.has_leaked()) wrong.shown_token = "another server was asked";

  ended const again = c.what->again(s);
  tickets_there const end = s.look();
  finally const& want = c.what->then;
  if (end.all > (std::max)(want.tickets, 1)) wrong.more_than_one_ticket = "after recovery";
  if (again.failure || end.all != want.tickets || end.open != want.open ||
      (want.comments >= 0 && end.comments != want.comments))
    wrong.not_one_ticket_after_recovery = std::to_string(end.all) + " tickets, " +
                                          std::to_string(end.open) + " open, " +
                                          std::to_string(end.comments) + " comments; " + again.text;
  if (!wrong.wrong_outcome.empty()) wrong.wrong_outcome += "\n" + got.text;
  return wrong;
}

inline verdict play(cell const& c, stage& on) {
  verdict wrong;
  bool reached = false;
  for (int i = 0; i < 3 && !reached; ++i) wrong = play_once(c, on, reached);
  return wrong;
}

} // namespace faults
