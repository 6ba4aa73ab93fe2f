#pragma once
// Opening a ticket with retries, where a fault strikes once and passes.

#include "cell.hpp"

namespace faults {

struct retried {
  fault const* how;
  int request;
  bool by_outbox;

  std::string name() const {
    return std::string{by_outbox ? "outbox: open" : "find_or_create"} + ", retried | " +
           std::to_string(request) + " | " + how->name;
  }
  /// The look-up comes first, in two requests. One that cannot be read ends it, and is no "not
  /// there".
  bool ends_early() const { return how->is_unreadable && request < 2; }
};

using retrying_scene = basic_scene<at::backoff, at::shared_pacing>;

/// Opens the ticket, and says whether it was opened.
inline bool opens(retrying_scene& s, bool by_outbox, std::string& said) {
  if (by_outbox) {
    at::delivery const got = s.box.deliver_one().value();
    if (got.failure) said = at::to_string(*got.failure);
    if (got.failure && got.failure->outcome != at::outcome::not_applied) said += " [outcome]";
    return got.what == at::delivery::kind::delivered;
  }
  auto const got = s.tickets.find_or_create(s.incident);
  if (!got) said = at::to_string(got.error());
  if (!got && got.error().outcome != at::outcome::not_applied) said += " [outcome]";
  return got && got->created;
}

inline verdict play_retried(retried const& c, stage& on) {
  verdict wrong;
  retrying_scene s{on};
  s.set_timeout(std::chrono::minutes{10}); // its waits are jumps
  if (c.by_outbox) s.box.submit(s.incident).value();
  bool const takes_a_connection = c.how->is_on_connection() || c.how->takes_all_time;
  on.begin({{c.how, c.request}}, takes_a_connection ? connections::hasty : connections::kept);
  std::string said;
  bool opened = opens(s, c.by_outbox, said);
  if (!on.has_struck(0)) wrong.wrong_outcome = "was never reached";
  on.begin();
  if (c.ends_early()) {
    if (opened || s.look().all != 0)
      wrong.wrong_outcome = "took what it could not read for an answer";
    if (said.ends_with("[outcome]")) wrong.wrong_outcome = said;
    s.clock.jump(std::chrono::hours{1});
    opened = opens(s, c.by_outbox, said);
  }
  tickets_there const end = s.look();
  if (!opened) wrong.wrong_outcome += "is not opened: " + said;
  if (said.find("SECRET") != std::string::npos) wrong.shown_token = said;
  if (end.all > 1) wrong.more_than_one_ticket = "with retries";
  if (end.all != 1 || end.open != 1) wrong.not_one_ticket_after_recovery = "with retries";
  return wrong;
}

} // namespace faults
