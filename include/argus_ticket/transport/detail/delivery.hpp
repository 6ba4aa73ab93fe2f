#ifndef ARGUS_TICKET_TRANSPORT_DETAIL_DELIVERY_HPP
#define ARGUS_TICKET_TRANSPORT_DETAIL_DELIVERY_HPP

#include <argus_ticket/transport/redirect.hpp>

#include <optional>
#include <utility>

namespace argus_ticket::detail::https {

/**
 * What to send next, judged by what became of the last attempt: no I/O.
 *
 * Follows redirects, and repeats a request once on a fresh connection where a kept one turned out
 * to be dead: if it may be repeated, or nothing of it was sent. What it may have done the first
 * time is not forgotten: only where the repetition succeeds is all well.
 */
class delivery {
 public:
  /// @param first Must outlive this object.
  delivery(http::request const& first, int max_redirects)
      : first_(first), max_redirects_(max_redirects) {}

  [[nodiscard]] http::request const& current() const noexcept { return moved_ ? *moved_ : first_; }
  /// Whether the connection must be a new one.
  [[nodiscard]] bool wants_fresh() const noexcept { return fresh_; }

  /// @param kept Whether the connection had carried a request before.
  /// @param broken Whether it ended before a byte of the reply.
  /// @return The end; nothing where @ref current is to be sent.
  [[nodiscard]] std::optional<result<http::response>> after(result<http::response> reply, bool kept,
                                                            bool broken) {
    if (!reply) {
      if (!kept || !broken || !may_repeat(reply.error())) return told(reply.error());
      fresh_ = true;
      if (reply.error().outcome == outcome::ambiguous) unresolved_ = reply.error();
      return std::nullopt;
    }
    if (unresolved_ && reply->status() >= 400) return *unresolved_;
    auto next = follow_redirect(current(), *reply, followed_, max_redirects_);
    if (!next) return told(std::move(next).error());
    if (!*next) return reply;
    moved_ = std::move(**next);
    ++followed_;
    fresh_ = false;
    return std::nullopt;
  }

  /// An error as the caller is to see it: what was sent before the connection broke may have been
  /// done, whatever became of the repetition.
  [[nodiscard]] error told(error e) const {
    if (unresolved_ && e.outcome != outcome::ambiguous) {
      e.outcome = outcome::ambiguous;
      e.progress = unresolved_->progress;
    }
    return e;
  }

 private:
  [[nodiscard]] bool may_repeat(error const& e) const noexcept {
    return current().idempotency() != http::idempotency::creates ||
           e.progress == progress::nothing_sent;
  }

  http::request const& first_;
  int max_redirects_;
  std::optional<http::request> moved_;
  int followed_ = 0;
  bool fresh_ = false;
  std::optional<error> unresolved_; // what became of a request that was repeated
};

} // namespace argus_ticket::detail::https

#endif
