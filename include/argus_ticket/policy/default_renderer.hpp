#ifndef ARGUS_TICKET_POLICY_DEFAULT_RENDERER_HPP
#define ARGUS_TICKET_POLICY_DEFAULT_RENDERER_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/fwd.hpp>

#include <concepts>

namespace argus_ticket {

/// What makes a document of an incident: any callable. It may have a member
/// `std::string title(incident const&) const` too; else the title is the incident's description.
/// What it throws ends the operation with `errc::internal_error`.
///
/// @tparam T Callable from several threads at once where operations run so.
template <class T>
concept renderer_policy = requires(T const& render, incident const& from) {
  { render(from) } -> std::convertible_to<document::document>;
};

/// The sections of Argus's own tickets, in their order.
///
/// Guarantees: those of a @ref value, without state.
struct default_renderer {
  /// As @ref document::default_document.
  [[nodiscard]] ARGUS_TICKET_DECL document::document operator()(incident const& from) const;
};

} // namespace argus_ticket

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/policy/default_renderer.ipp>
#endif

#endif
