#ifndef ARGUS_TICKET_POLICY_POLICIES_HPP
#define ARGUS_TICKET_POLICY_POLICIES_HPP

#include <argus_ticket/policy/clock.hpp>
#include <argus_ticket/policy/renderer.hpp>

#include <chrono>
#include <cstddef>

namespace argus_ticket {

/**
 * How a client goes about its work; a small value. Each has a good default.
 *
 *     at::policies p{.renderer = my_renderer{}, .timeout = 10s};
 *
 * @tparam Renderer A @ref renderer_policy.
 * @tparam Clock    A @ref clock_policy.
 */
template <class Renderer = default_renderer, class Clock = real_clock>
struct policies {
  static_assert(
      renderer_policy<Renderer>,
      "argus_ticket: this type is no renderer: it needs `argus_ticket::document::document "
      "operator()(argus_ticket::incident const&) const`");
  static_assert(clock_policy<Clock>,
                "argus_ticket: this type is no clock: it needs `now()`, `steady_now()` and "
                "`sleep_for(std::chrono::milliseconds)`, as `argus_ticket::real_clock` has them");

  [[no_unique_address]] Renderer renderer{};
  [[no_unique_address]] Clock clock{};
  /// How long one operation may take, with all its requests. Above zero.
  std::chrono::milliseconds timeout{std::chrono::seconds{60}};
  /// A text that is too long goes on in at most so many comments; what is longer still is cut, and
  /// the last one says by how much.
  std::size_t most_overflow_comments = 8;
};

} // namespace argus_ticket

#endif
