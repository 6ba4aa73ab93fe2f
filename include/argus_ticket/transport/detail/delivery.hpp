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
 * to be dead: if it changes nothing, or nothing of it was sent. What may have changed something is
 * repeated only by who keeps account of that.
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
      if (!kept || !broken || !may_repeat(reply.error())) return reply;
      fresh_ = true;
      return std::nullopt;
    }
    auto next = follow_redirect(current(), *reply, followed_, max_redirects_);
    if (!next) return std::move(next).error();
    if (!*next) return reply;
    moved_ = std::move(**next);
    ++followed_;
    fresh_ = false;
    return std::nullopt;
  }

 private:
  [[nodiscard]] bool may_repeat(error const& e) const noexcept {
    return current().idempotency() == http::idempotency::safe ||
           e.progress == progress::nothing_sent;
  }

  http::request const& first_;
  int max_redirects_;
  std::optional<http::request> moved_;
  int followed_ = 0;
  bool fresh_ = false;
};

} // namespace argus_ticket::detail::https

#endif
