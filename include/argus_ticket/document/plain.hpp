#ifndef ARGUS_TICKET_DOCUMENT_PLAIN_HPP
#define ARGUS_TICKET_DOCUMENT_PLAIN_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/document/dialect.hpp>
#include <argus_ticket/document/dialect_tools.hpp>

#include <string>
#include <string_view>

namespace argus_ticket::document {

/**
 * Text without markup, as a @ref dialect, for systems that show it as it is.
 *
 * Nothing is escaped, as nothing is read as markup; texts are cleaned (document/neutralise.hpp).
 * List items begin with `- ` and go on indented, cells are kept apart by ` | `, code blocks are
 * indented by four spaces, a link is `text (url)`. It has no hidden comments.
 *
 * Wire format: RFC 3629 (UTF-8), nothing beside it.
 *
 * Guarantees: those of every @ref dialect, whose members it has.
 */
struct plain {
  static constexpr std::string_view separator = "\n\n";

  [[nodiscard]] static ARGUS_TICKET_DECL std::string render(block const& b);
  [[nodiscard]] static std::string render(document const& d) {
    return detail::joined(d, &plain::render, separator);
  }
};

} // namespace argus_ticket::document

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/document/plain.ipp>
#endif

#endif
