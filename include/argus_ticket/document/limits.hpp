#ifndef ARGUS_TICKET_DOCUMENT_LIMITS_HPP
#define ARGUS_TICKET_DOCUMENT_LIMITS_HPP

#include <argus_ticket/detail/config.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace argus_ticket::document {

/// What a ticket system counts when it says "characters".
enum class length_unit {
  code_points, ///< Unicode code points, as MySQL, PostgreSQL, Ruby and Python count.
  bytes,       ///< Bytes of UTF-8.
  utf16        ///< UTF-16 code units, as Java and JavaScript count.
};

/// How long the texts of a ticket may be in one ticket system.
struct text_limits {
  std::size_t title = 0; ///< How many `unit`s.
  std::size_t body = 0;  ///< How many `unit`s, for each body and each comment.
  length_unit unit = length_unit::code_points; ///< What the system counts.

  bool operator==(text_limits const&) const = default;
};

/// How long a text is, in `unit`s. Each malformed part of it counts as the one U+FFFD that will
/// stand there.
[[nodiscard]] ARGUS_TICKET_DECL std::size_t length(std::string_view text,
                                                   length_unit unit) noexcept;

namespace detail {
/// As @ref cut, of the text itself.
ARGUS_TICKET_DECL void cut_in_place(std::string& text, std::size_t limit, length_unit unit);
} // namespace detail

/**
 * The text if it is short enough, else its beginning with an ellipsis (U+2026).
 *
 * Cuts between code points, and leaves out spaces in front of the ellipsis. For raw text such as a
 * title; rendered markup is never cut (see document/pages.hpp).
 * @param text  Any bytes.
 * @param limit In `unit`s; the result is never longer. Where not even the ellipsis fits, it is left
 * out.
 * @param unit  What the limit counts.
 * @return Well-formed UTF-8.
 * Errors: none. Exception safety: `std::bad_alloc` at most. Thread safety: a function of its
 * arguments.
 */
[[nodiscard]] ARGUS_TICKET_DECL std::string cut(std::string_view text, std::size_t limit,
                                                length_unit unit);

} // namespace argus_ticket::document

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/document/limits.ipp>
#endif

#endif
