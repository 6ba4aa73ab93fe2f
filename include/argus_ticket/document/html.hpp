#ifndef ARGUS_TICKET_DOCUMENT_HTML_HPP
#define ARGUS_TICKET_DOCUMENT_HTML_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/document/dialect.hpp>
#include <argus_ticket/document/dialect_tools.hpp>

#include <string>
#include <string_view>

namespace argus_ticket::document {

/**
 * HTML, as a `dialect`: elements only, no page around them.
 *
 * Hostile text stays text: `& < > " '` become entities in texts and attributes. A line break is
 * `<br>`, spaces at a line's start are no-break spaces. Links lead to http and https only and give
 * their target neither an opener nor a referrer.
 *
 * Wire format: https://html.spec.whatwg.org/multipage/.
 *
 * Guarantees: those of every @ref dialect, whose members it has.
 */
struct html {
  static constexpr std::string_view separator = "\n";

  [[nodiscard]] static ARGUS_TICKET_DECL std::string render(block const& b);
  [[nodiscard]] static std::string render(document const& d) {
    return detail::joined(d, &html::render, separator);
  }
  /// A comment that readers do not see; in `text`, dashes in a row are kept apart.
  [[nodiscard]] static std::string hidden(std::string_view text) {
    return detail::html_comment(text);
  }
};

} // namespace argus_ticket::document

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/document/html.ipp>
#endif

#endif
