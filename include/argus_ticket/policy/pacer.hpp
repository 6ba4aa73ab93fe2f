#ifndef ARGUS_TICKET_POLICY_PACER_HPP
#define ARGUS_TICKET_POLICY_PACER_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/http/request.hpp>
#include <argus_ticket/rate_limits.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>

namespace argus_ticket {

/// What a reply says about the limits of a credential.
struct limit_notice {
  bool refused = false; ///< The request was refused for a limit.
  /// How long nothing more may be sent, by the reply's own headers: `Retry-After`, or until the
  /// reset of a budget that is used up.
  std::optional<std::chrono::seconds> closed_for;
};

/**
 * Says when the requests that share one credential may go, so that no limit is passed.
 *
 * It neither sleeps nor sends: who has a request takes a @ref place, asks until the answer is
 * nothing to wait, sends, and tells what came of it. Times are of any steady clock, the same one
 * for all. Guarantees: those of a @ref handle.
 *
 * Requests that change something stand in line: those of `http::urgency::normal` first, then in the
 * order in which they came. Reads do not.
 *
 * Costs of a budget count from the end of a request, when the server has counted it for certain; so
 * no window of the server's own clock holds more than it may.
 *
 * A refusal closes the credential for as long as the server says; where it does not say, for 60
 * seconds, and twice as long each time it refuses again at once, up to 15 minutes, with up to a
 * tenth more at random.
 */
class pacer {
  struct state;
  struct waiter;

 public:
  /// A time of the clock in use.
  using instant = std::chrono::steady_clock::time_point;

  /// Keeps these limits; nothing was sent yet.
  ARGUS_TICKET_DECL explicit pacer(rate_limits limits);

  /// A request's place in line; leaving it unsent gives it up. One thread at a time. It keeps the
  /// pacer's state alive. Guarantees: in all else those of the @ref pacer.
  class place {
   public:
    /// As @ref pacer::enter makes it.
    ARGUS_TICKET_DECL place(std::shared_ptr<state> all, http::request const& r);
    place(place const&) = delete;
    place& operator=(place const&) = delete;
    ARGUS_TICKET_DECL ~place();

    /// How long to wait before asking again, at the least; nothing: the request is to be sent now,
    /// and @ref ended to be called after it.
    [[nodiscard]] ARGUS_TICKET_DECL std::chrono::milliseconds ask(instant now);
    /// For one that has no time to wait `now`: when to come back, so that those who were told so
    /// before are through by then. It gives up its place.
    [[nodiscard]] ARGUS_TICKET_DECL std::chrono::milliseconds come_back(instant now);
    /// The request was sent, and `now` it has ended; the notice is what its reply said.
    ARGUS_TICKET_DECL void ended(instant now, limit_notice const& notice);

   private:
    ARGUS_TICKET_DECL unsigned ahead(instant now) const;

    std::shared_ptr<state> all_;
    std::shared_ptr<waiter> self_;
  };

  /// Takes a place for a request; one that changes something stands in line from now on.
  [[nodiscard]] place enter(http::request const& r) const { return place{state_, r}; }

 private:
  std::shared_ptr<state> state_;
};

} // namespace argus_ticket

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/policy/pacer.ipp>
#endif

#endif
