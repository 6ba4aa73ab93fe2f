#ifndef ARGUS_TICKET_DOCUMENT_DIALECT_HPP
#define ARGUS_TICKET_DOCUMENT_DIALECT_HPP

#include <argus_ticket/document/document.hpp>

#include <concepts>
#include <string>
#include <string_view>

namespace argus_ticket::document {

/**
 * A markup that a ticket system reads: a type that is never made an object of.
 *
 * - `static std::string render(block const&)`: one block, without line breaks around it; empty
 *   where there is nothing to read in it.
 * - `static std::string render(document const&)`: the blocks that are not empty, with a separator
 *   between each two of them, and as much as `render(document{})` around them all.
 * - `static constexpr std::string_view separator`: that separator; two line breaks where a dialect
 *   does not say.
 * - `title`, `hidden`: see @ref argus_ticket::document::has_live_titles "has_live_titles" and
 *   @ref argus_ticket::document::has_hidden_comments "has_hidden_comments".
 *
 * All texts in what it is given are hostile (document/document.hpp). Rendering takes time linear in
 * them.
 *
 * @tparam D The dialect.
 *
 * Errors: none. Exception safety: `std::bad_alloc` at most. Thread safety: without state.
 * Object lifetimes: what is rendered is a copy.
 */
template <class D>
concept dialect = requires(block const& b, document const& d) {
  { D::render(b) } -> std::same_as<std::string>;
  { D::render(d) } -> std::same_as<std::string>;
};

/// A dialect `D` of a system that reads titles, too: `static std::string title(std::string_view)`
/// is one line so that nothing in it is more than text.
template <class D>
concept has_live_titles = dialect<D> && requires(std::string_view line) {
  { D::title(line) } -> std::same_as<std::string>;
};

/// A dialect `D` that has comments which readers of the ticket do not see:
/// `static std::string hidden(std::string_view)`. Whatever the argument is, the comment ends where
/// it should.
template <class D>
concept has_hidden_comments = dialect<D> && requires(std::string_view text) {
  { D::hidden(text) } -> std::same_as<std::string>;
};

} // namespace argus_ticket::document

#endif
