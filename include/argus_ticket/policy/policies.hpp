#ifndef ARGUS_TICKET_POLICY_POLICIES_HPP
#define ARGUS_TICKET_POLICY_POLICIES_HPP

#include <argus_ticket/policy/clock.hpp>
#include <argus_ticket/policy/default_renderer.hpp>
#include <argus_ticket/policy/no_observer.hpp>
#include <argus_ticket/policy/pacing.hpp>
#include <argus_ticket/policy/recurrence.hpp>
#include <argus_ticket/policy/retry.hpp>

#include <chrono>
#include <concepts>
#include <cstddef>

namespace argus_ticket {
namespace detail {

// The library's own are not asked, or their headers would be needed.
template <class T>
concept renders = std::same_as<T, default_renderer> || renderer_policy<T>;
template <class T>
concept paces = std::same_as<T, shared_pacing> || std::same_as<T, no_pacing> || pacing_policy<T>;

} // namespace detail

/**
 * How a client goes about its work; a small value. Each has a good default.
 *
 *     at::policies p{.renderer = my_renderer{}, .timeout = 10s};
 *
 * @tparam Renderer A @ref renderer_policy.
 * @tparam Clock    A @ref clock_policy.
 * @tparam Retry    A @ref retry_policy.
 * @tparam Pacing   A @ref pacing_policy, or @ref no_pacing.
 * @tparam Observer Any type; see policy/observer.hpp.
 */
template <class Renderer = default_renderer, class Clock = real_clock, class Retry = backoff,
          class Pacing = shared_pacing, class Observer = no_observer>
struct policies {
  static_assert(
      detail::renders<Renderer>,
      "argus_ticket: this type is no renderer: it needs `argus_ticket::document::document "
      "operator()(argus_ticket::incident const&) const`");
  static_assert(clock_policy<Clock>,
                "argus_ticket: this type is no clock: it needs `now()`, `steady_now()` and "
                "`sleep_for(std::chrono::milliseconds)`, as `argus_ticket::real_clock` has them");
  static_assert(retry_policy<Retry>,
                "argus_ticket: this type is no retry policy: it needs `int attempts` and "
                "`std::chrono::milliseconds wait_before(int repetition)`, as "
                "`argus_ticket::backoff` has them");
  static_assert(detail::paces<Pacing>,
                "argus_ticket: this type is no pacing policy: it needs `argus_ticket::pacer "
                "pacer_of(argus_ticket::http::request const&, argus_ticket::rate_limits const&)`; "
                "for none there is `argus_ticket::no_pacing`");

  [[no_unique_address]] Renderer renderer{}; ///< Makes a ticket's text of an incident.
  [[no_unique_address]] Clock clock{};       ///< Tells the time, and sleeps.
  [[no_unique_address]] Retry retry{};       ///< How often a request is sent.
  [[no_unique_address]] Pacing pacing{};     ///< Keeps the limits of credentials.
  [[no_unique_address]] Observer observer{}; ///< Is told what happens; see @ref observers.
  reconciliation reconcile{};                ///< What is done after a create that may be done.
  /// Whether `find_or_create` looks once more after it has opened a ticket, for one that somebody
  /// else opened at the same moment: then the one opened first stays, and the other is closed.
  bool look_for_duplicates = true;
  recurrence when_closed{}; ///< What is done about a ticket that is closed.
  /// How long one operation may take, with all its requests, waits and repetitions. Above zero.
  std::chrono::milliseconds timeout{std::chrono::seconds{60}};
  /// A text that is too long goes on in at most so many comments; what is longer still is cut, and
  /// the last one says by how much.
  std::size_t most_overflow_comments = 8;
};

} // namespace argus_ticket

#endif
