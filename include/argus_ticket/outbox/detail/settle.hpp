#ifndef ARGUS_TICKET_OUTBOX_DETAIL_SETTLE_HPP
#define ARGUS_TICKET_OUTBOX_DETAIL_SETTLE_HPP

#include <argus_ticket/outbox/detail/health.hpp>
#include <argus_ticket/outbox/detail/steps.hpp>
#include <argus_ticket/outbox/options.hpp>

#include <algorithm>
#include <chrono>
#include <string>

namespace argus_ticket::detail {

/// What is recorded of an error, for people: in one line, and it says whether something may have
/// been done although the entry is given up.
inline std::string reason_of(error const& e) {
  std::string text = to_string(e);
  std::replace(text.begin(), text.end(), '\n', ' ');
  return text;
}

/// The error of an entry that was tried once more than `longest_wait` allows. That is asked after
/// the delivery, so that each entry is tried once at least, a requeued one too.
inline error expired(error last) {
  last.message =
      "it waited longer than it may; the last try: " + std::string{to_string(last.code)} +
      (last.message.empty() ? "" : ": ") + last.message;
  last.code = errc::expired;
  return last;
}

/// What is recorded after a delivery.
inline settlement settlement_of(outbox_entry const& entry, result<outbox_payload> const& payload,
                                result<step_result> const& done, outbox_options const& options,
                                outbox_time now) {
  settlement ended;
  if (done) {
    ended.opened = done->about;
    if (done->parts.empty()) return ended; // done
    outbox_payload rest = *payload;
    // What follows an open is a text that goes on; a comment goes on after its first part.
    rest.done = entry.step == outbox_step::comment ? payload->done + 1 : 0;
    rest.parts = done->parts;
    ended.what = settlement::kind::next;
    ended.next_step = outbox_step::comment;
    ended.next_payload = to_json_text(rest);
    return ended;
  }
  error const e = done.error();
  ended.reason_code = to_string(e.code);
  ended.reason = reason_of(e);
  bool const used_up = options.most_attempts > 0 && entry.attempts >= options.most_attempts;
  ended.free_attempt = is_free(e);
  if (e.outcome == outcome::rejected || e.code == errc::expired ||
      (used_up && !ended.free_attempt)) {
    ended.what = settlement::kind::dead;
    ended.with_followers = entry.step == outbox_step::open; // they have no ticket to go to
    return ended;
  }
  ended.what = settlement::kind::later;
  std::chrono::milliseconds wait = options.between.wait_before(entry.attempts);
  if (e.retry_after) wait = (std::max)(wait, std::chrono::milliseconds{*e.retry_after});
  // The server may still be at work on what was sent, as after a crash.
  if (e.outcome == outcome::ambiguous) wait = (std::max)(wait, options.grace);
  ended.due = now + wait;
  return ended;
}

} // namespace argus_ticket::detail

#endif
