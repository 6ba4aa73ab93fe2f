#ifndef ARGUS_TICKET_DOCUMENT_REQUEST_TRACKER_HTML_HPP
#define ARGUS_TICKET_DOCUMENT_REQUEST_TRACKER_HTML_HPP

#include <argus_ticket/document/html.hpp>

#include <string>
#include <string_view>

namespace argus_ticket::document {

namespace detail {
[[nodiscard]] ARGUS_TICKET_DECL std::string without_live_urls(std::string_view html);
} // namespace detail

/**
 * HTML for Request Tracker, as a `dialect`: as @ref html, but no URL in a text is live.
 *
 * RT makes links of all http and https URLs in texts, hostile ones and those that are the text of a
 * link already, which it breaks. A `<span>` around the slashes keeps it from that: RT reads
 * entities before it looks for URLs, but not elements.
 *
 * Errors: none. Exception safety: `std::bad_alloc` at most. Thread safety: without state.
 */
struct request_tracker_html {
  static constexpr std::string_view separator = html::separator;

  [[nodiscard]] static std::string render(block const& b) {
    return detail::without_live_urls(html::render(b));
  }
  [[nodiscard]] static std::string render(document const& d) {
    return detail::joined(d, &request_tracker_html::render, separator);
  }
  [[nodiscard]] static std::string hidden(std::string_view text) { return html::hidden(text); }
};

} // namespace argus_ticket::document

#include <argus_ticket/impl/document/request_tracker_html.ipp>

#endif
