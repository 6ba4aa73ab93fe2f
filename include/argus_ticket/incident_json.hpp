#ifndef ARGUS_TICKET_INCIDENT_JSON_HPP
#define ARGUS_TICKET_INCIDENT_JSON_HPP

#include <argus_ticket/incident.hpp>
#include <argus_ticket/result.hpp>

#include <boost/json/fwd.hpp>

#include <string_view>

namespace argus_ticket {

/**
 * Reads an incident as Argus's API writes it.
 *
 * Members that are absent or null keep their defaults, unknown members are accepted, and invalid
 * UTF-8 is kept for the renderer to repair.
 *
 * @param text A JSON object. Nothing of it is kept by reference.
 * @return The incident, or `errc::invalid_incident` with every problem by its member
 *         (`incident.tags[2].tag`); text that is no JSON names the line and column.
 *
 * Wire format: Argus 2.x, `GET /api/v2/incidents/<pk>/`, plus `argus_url` and `user`;
 * https://github.com/Uninett/Argus/blob/master/docs/reference/api/v2.rst.
 */
[[nodiscard]] ARGUS_TICKET_DECL result<incident> parse_incident(std::string_view text);

/// As @ref parse_incident, of JSON that is parsed already.
[[nodiscard]] ARGUS_TICKET_DECL result<incident> incident_from_json(boost::json::value const& json);

/// Writes every member in Argus's form, so that @ref parse_incident gives an equal incident.
/// `metadata` that is no JSON object is written as `{}`.
[[nodiscard]] ARGUS_TICKET_DECL boost::json::object to_json(incident const& value);

} // namespace argus_ticket

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/incident_json.ipp>
#endif

#endif
