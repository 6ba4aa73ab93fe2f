#ifndef ARGUS_TICKET_POLICY_PACING_HPP
#define ARGUS_TICKET_POLICY_PACING_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/fwd.hpp>

#include <concepts>
#include <cstddef>
#include <memory>

namespace argus_ticket {

/// Gives the pacer of a request's credential. @ref argus_ticket::no_pacing "no_pacing" is the
/// one type that is none.
template <class T>
concept pacing_policy = requires(T& policy, http::request const& r, rate_limits const& limits) {
  { policy.pacer_of(r, limits) } -> std::same_as<pacer>;
};

/// Sends requests as they come.
struct no_pacing {};

/**
 * The pacers of many credentials.
 *
 * A credential is a server's origin together with the values of a request's sensitive headers, of
 * which nothing but a hash is kept. Of more than 1,000 credentials the one that was used longest
 * ago is forgotten.
 *
 * Errors: none. Exception safety: `std::bad_alloc` at most. Thread safety: all members may be
 * called at once. Object lifetimes: pacers that were given outlive it.
 */
class pacer_registry {
 public:
  /// Knows no credential yet.
  ARGUS_TICKET_DECL pacer_registry();
  pacer_registry(pacer_registry const&) = delete;
  pacer_registry& operator=(pacer_registry const&) = delete;

  /// The pacer of that request's credential, made with these limits where there is none yet.
  [[nodiscard]] ARGUS_TICKET_DECL pacer pacer_of(http::request const& r, rate_limits const& limits);

  /// The registry that every client of this process shares unless it is given another one.
  [[nodiscard]] static ARGUS_TICKET_DECL std::shared_ptr<pacer_registry> of_process();

 private:
  struct state;
  std::shared_ptr<state> state_;
};

/// All clients that use one credential keep its limits together; by default all of this process.
///
/// Guarantees: those of a @ref handle.
struct shared_pacing {
  /// Who keeps the limits; not null.
  std::shared_ptr<pacer_registry> registry = pacer_registry::of_process();

  /// As @ref pacer_registry::pacer_of of the registry.
  [[nodiscard]] ARGUS_TICKET_DECL pacer pacer_of(http::request const& r,
                                                 rate_limits const& limits) const;
};

} // namespace argus_ticket

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/policy/pacing.ipp>
#endif

#endif
