#ifndef ARGUS_TICKET_IMPL_POLICY_DEFAULT_RENDERER_IPP
#define ARGUS_TICKET_IMPL_POLICY_DEFAULT_RENDERER_IPP

#include <argus_ticket/document/default_document.hpp>
#include <argus_ticket/policy/default_renderer.hpp>

namespace argus_ticket {

document::document default_renderer::operator()(incident const& from) const {
  return document::default_document(from);
}

} // namespace argus_ticket

#endif
