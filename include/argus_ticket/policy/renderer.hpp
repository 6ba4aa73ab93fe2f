#ifndef ARGUS_TICKET_POLICY_RENDERER_HPP
#define ARGUS_TICKET_POLICY_RENDERER_HPP

#include <argus_ticket/document/default_document.hpp>

#include <concepts>
#include <string>

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
  [[nodiscard]] document::document operator()(incident const& from) const {
    return document::default_document(from);
  }
};

} // namespace argus_ticket

#endif
