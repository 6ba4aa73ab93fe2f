#ifndef ARGUS_TICKET_PLUGINS_SUPPORT_FIELDS_HPP
#define ARGUS_TICKET_PLUGINS_SUPPORT_FIELDS_HPP

#include <argus_ticket/incident.hpp>
#include <argus_ticket/plugin.hpp>

#include <vector>

namespace argus_ticket::plugins::support {

/// `custom_fields_set`, and the values that `custom_fields_mapping` names. A field that both have
/// has the incident's values, and those that are set where the incident has none. What is mapped
/// and the incident lacks is missing in either case.
[[nodiscard]] ARGUS_TICKET_DECL mapped_fields map_fields(std::vector<custom_field> const& set,
                                                         std::vector<field_mapping> const& mapping,
                                                         incident const& from);

} // namespace argus_ticket::plugins::support

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/plugins/support/fields.ipp>
#endif

#endif
