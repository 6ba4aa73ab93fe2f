#ifndef ARGUS_TICKET_PLUGINS_SUPPORT_LABELS_HPP
#define ARGUS_TICKET_PLUGINS_SUPPORT_LABELS_HPP

#include <argus_ticket/incident.hpp>
#include <argus_ticket/plugin.hpp>
#include <argus_ticket/settings_fields.hpp>

#include <string>
#include <vector>

namespace argus_ticket::plugins::support {

/// The values of an attribute (by its name in Argus's JSON, `source.name` for a nested one) or of a
/// tag (all of them, where the key repeats). Empty where the incident lacks it.
[[nodiscard]] ARGUS_TICKET_DECL std::vector<std::string> values_of(mapping_source const& source,
                                                                   incident const& from);

/// `labels_set`, then the values that `labels_mapping` names; each label once (compared without
/// case), on one line, cut to `limit` code points.
[[nodiscard]] ARGUS_TICKET_DECL mapped_labels map_labels(std::vector<std::string> const& set,
                                                         std::vector<mapping_source> const& mapping,
                                                         incident const& from, std::size_t limit);

} // namespace argus_ticket::plugins::support

#include <argus_ticket/impl/plugins/labels.ipp>

#endif
