#ifndef ARGUS_TICKET_DOCUMENT_NEUTRALISE_HPP
#define ARGUS_TICKET_DOCUMENT_NEUTRALISE_HPP

#include <argus_ticket/detail/config.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace argus_ticket::document {

/**
 * The same text without what no ticket should hold, in any dialect.
 *
 * - What is no UTF-8 becomes U+FFFD.
 * - CR LF, CR, vertical tab, form feed, U+2028 and U+2029 become LF.
 * - NUL and the other control characters (C0 but for LF and tab, DEL, C1) become U+FFFD.
 * - Bidirectional controls (U+061C, U+200E, U+200F, U+202A to U+202E, U+2066 to U+2069) are left
 *   out, so that text is read in the order in which it is written.
 * - Byte order marks (U+FEFF) are left out: they are invisible, and readers of markup drop them at
 *   a text's start, where they would uncover what stands behind them.
 *
 * Cleaning twice is cleaning once. Takes time linear in the text.
 * Errors: none. Exception safety: `std::bad_alloc` at most. Thread safety: a function of its
 * argument.
 */
[[nodiscard]] ARGUS_TICKET_DECL std::string clean(std::string_view text);

namespace detail {
/// The same text where nothing in it is to be cleaned, else `room` with the cleaned one.
[[nodiscard]] ARGUS_TICKET_DECL std::string_view clean_view(std::string_view text,
                                                            std::string& room);
/// Whether @ref clean_line leaves nothing of a text.
[[nodiscard]] ARGUS_TICKET_DECL bool is_blank_line(std::string_view text) noexcept;
} // namespace detail

/// As @ref clean, on a single line: each run of line breaks and tabs, with the spaces around it,
/// becomes one space, and the ends are trimmed. For titles, headings and labels.
/// @param text   Any bytes.
/// @param enough Once the line has more bytes than that its end may be missing.
/// @return Well-formed UTF-8 on one line.
[[nodiscard]] ARGUS_TICKET_DECL std::string
clean_line(std::string_view text, std::size_t enough = static_cast<std::size_t>(-1));

} // namespace argus_ticket::document

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/document/neutralise.ipp>
#endif

#endif
