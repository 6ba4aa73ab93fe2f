#ifndef ARGUS_TICKET_POLICY_RENDERER_HPP
#define ARGUS_TICKET_POLICY_RENDERER_HPP

#include <argus_ticket/document/default_document.hpp>

#include <concepts>
#include <string>

namespace argus_ticket {

/// What makes a document of an incident: any callable. It may have a member
/// `std::string title(incident const&) const` too; else the title is the incident's description.
template <class T>
concept renderer_policy = requires(T const& render, incident const& from) {
  { render(from) } -> std::convertible_to<document::document>;
};

/// The sections of Argus's own tickets, in their order.
struct default_renderer {
  [[nodiscard]] document::document operator()(incident const& from) const {
    return document::default_document(from);
  }
};

} // namespace argus_ticket

#endif
