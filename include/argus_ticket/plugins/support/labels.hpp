#ifndef ARGUS_TICKET_PLUGINS_SUPPORT_LABELS_HPP
#define ARGUS_TICKET_PLUGINS_SUPPORT_LABELS_HPP

#include <argus_ticket/incident.hpp>
#include <argus_ticket/plugin.hpp>
#include <argus_ticket/settings_fields.hpp>

#include <boost/json/fwd.hpp>

#include <string>
#include <vector>

namespace argus_ticket::plugins::support {

/// The values of an attribute (by its name in Argus's JSON, `source.name` for a nested one) or of a
/// tag (all of them, where the key repeats). Empty where the incident lacks it, or has it not yet.
[[nodiscard]] ARGUS_TICKET_DECL std::vector<std::string> values_of(mapping_source const& source,
                                                                   incident const& from);

/// Whether an incident cannot have the value of a source yet, so that none is missing: an open one
/// has no end.
[[nodiscard]] ARGUS_TICKET_DECL bool is_yet_to_come(mapping_source const& source,
                                                    incident const& from);

/// A source, attribute or tag, as people read it in a list of what an incident lacks.
[[nodiscard]] ARGUS_TICKET_DECL std::string shown_source(mapping_source const& source);

/// `labels_set`, then the values that `labels_mapping` names; each label once (compared without
/// case), on one line, cut to `limit` code points.
/// @param set     The labels of every ticket.
/// @param mapping The attributes and tags.
/// @param from    The incident that has them.
/// @param limit   The longest that a label may be, in code points.
/// @param instead What stands for characters that the system's labels cannot have, in pairs: `,;`.
[[nodiscard]] ARGUS_TICKET_DECL mapped_labels map_labels(std::vector<std::string> const& set,
                                                         std::vector<mapping_source> const& mapping,
                                                         incident const& from, std::size_t limit,
                                                         std::string_view instead = {});

/// The labels of a ticket in a system's JSON: a list of texts, or of objects with a `name`.
[[nodiscard]] ARGUS_TICKET_DECL std::vector<std::string>
labels_in(boost::json::value const& ticket);

/// Whether a ticket has a label, to the letter.
[[nodiscard]] ARGUS_TICKET_DECL bool has_label(boost::json::value const& ticket,
                                               std::string_view label);

/// Labels in one text, with a separator between each two.
[[nodiscard]] ARGUS_TICKET_DECL std::string joined(std::vector<std::string> const& labels,
                                                   std::string_view separator);

/// Those of the `wanted` labels that are not `there`; compared without case.
[[nodiscard]] ARGUS_TICKET_DECL std::vector<std::string>
labels_not_in(std::vector<std::string> const& there, std::vector<std::string> const& wanted);

/// Adds a warning `into` a ticket for the `wanted` labels that a server has silently not set: those
/// that are not `there`.
ARGUS_TICKET_DECL void note_dropped_labels(std::vector<std::string> const& there,
                                           std::vector<std::string> const& wanted, ticket& into);

} // namespace argus_ticket::plugins::support

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/plugins/support/labels.ipp>
#endif

#endif
