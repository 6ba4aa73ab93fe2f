#ifndef ARGUS_TICKET_DOCUMENT_REQUEST_TRACKER_HTML_HPP
#define ARGUS_TICKET_DOCUMENT_REQUEST_TRACKER_HTML_HPP

#include <argus_ticket/document/html.hpp>

#include <string>
#include <string_view>

namespace argus_ticket::document {

namespace detail {
[[nodiscard]] ARGUS_TICKET_DECL std::string request_tracker_html(std::string_view html);
} // namespace detail

/**
 * HTML for Request Tracker, as a `dialect`: as @ref html, but nothing in it is more than text to
 * RT's pages.
 *
 * RT makes links of all http and https URLs in texts and titles: hostile ones, and those that are
 * the text of a link already, which it breaks. It folds away lines that look quoted (`> x`, `# x`),
 * and all that follows a line such as `----- Original Message -----`. It looks for either when it
 * has read entities, but not across elements: so there is a `<span>` around the slashes of a URL,
 * and an empty one at each line's start. In titles, a zero-width space parts URLs.
 *
 * Wire format: https://html.spec.whatwg.org/multipage/, of what RT 5.0.3 leaves of it.
 * Guarantees: those of every @ref dialect, whose members it has.
 */
struct request_tracker_html {
  static constexpr std::string_view separator = html::separator;

  [[nodiscard]] static std::string render(block const& b) {
    return detail::request_tracker_html(html::render(b));
  }
  [[nodiscard]] static std::string render(document const& d) {
    return detail::joined(d, &request_tracker_html::render, separator);
  }
  [[nodiscard]] static ARGUS_TICKET_DECL std::string title(std::string_view line);
  [[nodiscard]] static std::string hidden(std::string_view text) { return html::hidden(text); }
};

} // namespace argus_ticket::document

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/document/request_tracker_html.ipp>
#endif

#endif
