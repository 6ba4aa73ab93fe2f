#ifndef ARGUS_TICKET_DOCUMENT_DEFAULT_DOCUMENT_HPP
#define ARGUS_TICKET_DOCUMENT_DEFAULT_DOCUMENT_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/document/document.hpp>
#include <argus_ticket/incident.hpp>

#include <string>
#include <vector>

namespace argus_ticket::document {

/**
 * What a ticket says about an incident unless the user says it otherwise: Argus's own sections, in
 * Argus's order, without those that have nothing to say. A heading with the incident's number, then
 * Description, Start time, End time (only where it ended), Source, Argus URL, Details URL, Tags,
 * Argus user.
 * Errors: none. Exception safety: `std::bad_alloc` at most. Thread safety: a function of its
 * argument.
 */
[[nodiscard]] ARGUS_TICKET_DECL document default_document(incident const& from);

/**
 * An incident's description on one line; `Incident <id>` where that is empty (Argus's number, else
 * the source's own), `Incident` where it has no id.
 * @return Raw text, cleaned (document/neutralise.hpp) but not cut: a ticket system's limit is
 * applied with `cut`.
 */
[[nodiscard]] ARGUS_TICKET_DECL std::string default_title(incident const& from);

namespace detail {
/// The title of an incident whose description is empty.
[[nodiscard]] ARGUS_TICKET_DECL std::string title_without_description(incident const& from);
} // namespace detail

/// Adds the section "Missing fields/tags" to a document: what the settings ask for and the incident
/// lacks. Nothing where none is missing.
ARGUS_TICKET_DECL void append_missing(document& to, std::vector<std::string> const& missing);

/// Where an incident's details are: `details_url`, which may be relative to `source.base_url`. A
/// path prefix of the base is kept. Empty where there is no `details_url`.
[[nodiscard]] ARGUS_TICKET_DECL std::string details_url_of(incident const& from);

} // namespace argus_ticket::document

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/document/default_document.ipp>
#endif

#endif
