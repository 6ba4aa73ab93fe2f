#ifndef ARGUS_TICKET_DOCUMENT_PAGES_HPP
#define ARGUS_TICKET_DOCUMENT_PAGES_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/document/dialect.hpp>
#include <argus_ticket/document/limits.hpp>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace argus_ticket::document {
namespace detail {

/// A dialect as a value.
struct page_renderer {
  std::string (*render_block)(block const&);
  std::string (*render_document)(document const&);
  std::string_view separator;
};

/// How long the pages of a split may be, and how many there may be.
struct page_limits {
  std::size_t first;
  std::size_t other;
  length_unit unit;
  std::size_t count;
};

[[nodiscard]] ARGUS_TICKET_DECL std::vector<std::string>
split_pages(document const& whole, page_renderer const& renderer, page_limits const& limits);

template <dialect D>
[[nodiscard]] constexpr std::string_view separator_of() noexcept {
  if constexpr (requires { std::string_view{D::separator}; })
    return D::separator;
  else
    return "\n\n";
}

} // namespace detail

/**
 * Renders a document into pages: a ticket's body and the comments that go on with it.
 *
 * Each page is complete markup of its own. Pages break between blocks where they can, and not
 * behind a heading; a block too long for a page is split in its texts, between code points, near
 * its limit at a line break or a space if there is one. A table that goes on repeats its header.
 * Takes time linear in the document (times the logarithm of the limits).
 *
 * @tparam D The dialect.
 * @param whole What is rendered.
 * @param first_limit How long the first page may be, in `unit`s.
 * @param other_limit How long each page after it may be. Limits below some 200 leave no room for
 * markup: what does not fit is left out.
 * @param unit What the limits count.
 * @param max_parts How many pages there may be; 0 counts as 1. Where more would be needed, the last
 * ends with a paragraph that says how many characters were left out, if that paragraph fits.
 * @return At least one page, none longer than its limit. Only the page of an empty document, or of
 * one of which nothing fits, is empty.
 * Errors: none. Exception safety: `std::bad_alloc` at most. Thread safety: without state.
 */
template <dialect D>
[[nodiscard]] std::vector<std::string> split(document const& whole, std::size_t first_limit,
                                             std::size_t other_limit, length_unit unit,
                                             std::size_t max_parts) {
  return detail::split_pages(whole,
                             {[](block const& b) { return D::render(b); },
                              [](document const& d) { return D::render(d); },
                              detail::separator_of<D>()},
                             {first_limit, other_limit, unit, max_parts});
}

} // namespace argus_ticket::document

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/document/pages.ipp>
#endif

#endif
