#ifndef ARGUS_TICKET_OUTBOX_DETAIL_HEALTH_HPP
#define ARGUS_TICKET_OUTBOX_DETAIL_HEALTH_HPP

#include <argus_ticket/outbox/entry.hpp>
#include <argus_ticket/policy/retry.hpp>

#include <algorithm>
#include <chrono>
#include <mutex>
#include <optional>

namespace argus_ticket::detail {

/// Whether the ticket system cannot be reached, or wants to be left alone: that is about it as a
/// whole, and says nothing of the entry. A time that ran out in this process, before anything was
/// sent, has no progress and tells nothing of the system.
inline bool is_outage(error const& e) noexcept {
  bool const is_silent =
      e.progress && (e.code == errc::connection_failed || e.code == errc::timed_out);
  if (e.outcome == outcome::ambiguous) return is_silent;
  return e.outcome == outcome::not_applied &&
         (is_silent || e.code == errc::rate_limited || e.code == errc::connection_failed ||
          e.code == errc::tls_failed || e.code == errc::server_failed);
}

/// Whether it is this process that did not go on: for the pace that it keeps, for another call of
/// the same incident, or since it was asked to stop.
inline bool is_our_own(error const& e) noexcept {
  if (e.code == errc::cancelled) return true;
  return e.outcome == outcome::not_applied && !e.progress && e.http_status == 0 &&
         (e.code == errc::rate_limited || e.code == errc::timed_out);
}

/// Whether an attempt was none: nothing was done, and not for a reason that lies with the entry; or
/// it was broken off.
inline bool is_free(error const& e) noexcept {
  if (e.code == errc::cancelled) return true;
  return e.outcome == outcome::not_applied && (is_outage(e) || e.code == errc::timed_out);
}

/// Remembers that the ticket system cannot be reached or wants to be left alone, so that it is
/// asked once and not once for each entry. Thread safety: all members may be called at once.
class health {
 public:
  /// Until when nothing is to be delivered; nothing where it may go on.
  [[nodiscard]] std::optional<outbox_time> closed_until(outbox_time now) const {
    std::lock_guard const hold(lock_);
    if (closed_until_ <= now) return std::nullopt;
    return closed_until_;
  }
  void succeeded() {
    std::lock_guard const hold(lock_);
    failures_ = 0;
  }
  void failed(error const& e, backoff const& between, outbox_time now) {
    std::lock_guard const hold(lock_);
    if (!is_outage(e)) {
      failures_ = 0; // it answers
      return;
    }
    // Others that were under way at the same time tell of the same outage.
    if (now >= closed_until_) failures_ = (std::min)(failures_ + 1, 30);
    constexpr std::chrono::seconds unstated{60}; // for a limit of which nobody says how long
    std::chrono::milliseconds wait = between.wait_before(failures_);
    if (e.code == errc::rate_limited && !e.retry_after)
      wait = unstated;
    else if (e.code == errc::rate_limited && e.retry_after->count() > 0)
      wait = *e.retry_after;
    else if (e.retry_after)
      wait = (std::max)(wait, std::chrono::milliseconds{*e.retry_after});
    closed_until_ = (std::max)(closed_until_, now + wait);
  }

 private:
  mutable std::mutex lock_;
  outbox_time closed_until_{};
  int failures_ = 0; // one after the other
};

} // namespace argus_ticket::detail

#endif
