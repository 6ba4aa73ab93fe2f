#ifndef ARGUS_TICKET_INCIDENT_KEY_HPP
#define ARGUS_TICKET_INCIDENT_KEY_HPP

#include <argus_ticket/incident.hpp>
#include <argus_ticket/result.hpp>

#include <string>
#include <string_view>

namespace argus_ticket {

/// What a ticket is found again by: the same for the same incident, and for no other. Empty where
/// the incident has no id.
///
/// Guarantees: those of a @ref value.
struct incident_key {
  std::string value; ///< A UUID (version 5), or empty.

  /// Whether the incident had no id, so that its ticket cannot be found again.
  [[nodiscard]] bool empty() const noexcept { return value.empty(); }
  bool operator==(incident_key const&) const = default;
};

/**
 * Makes the key of an incident: a name-based UUID (RFC 9562, version 5) of tenant, source and
 * incident id.
 *
 * @param from   The id is `pk`, or `source_incident_id` where `pk` is absent; the source is its
 *               `pk`, or its type and name. With neither id the key is empty.
 * @param tenant Tells apart two installations whose incidents have the same ids. Where it is empty,
 *               the host of `argus_url` stands in for it, so that a test installation and the real
 *               one do not answer for each other.
 * @return The key; the same for equal arguments.
 *
 * Wire format: RFC 9562, 5.5.
 */
[[nodiscard]] ARGUS_TICKET_DECL incident_key key_of(incident const& from,
                                                    std::string_view tenant = {});

namespace detail {

/// A key for something that belongs to an incident, such as one of its comments; another one for
/// each text.
[[nodiscard]] ARGUS_TICKET_DECL incident_key derived_key(incident_key const& from,
                                                         std::string_view what);

} // namespace detail
} // namespace argus_ticket

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/incident_key.ipp>
#endif

#endif
