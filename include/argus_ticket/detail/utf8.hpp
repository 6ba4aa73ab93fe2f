#ifndef ARGUS_TICKET_DETAIL_UTF8_HPP
#define ARGUS_TICKET_DETAIL_UTF8_HPP

#include <argus_ticket/detail/config.hpp>

#include <cstddef>
#include <string>
#include <string_view>

namespace argus_ticket::detail {

/// What stands for bytes that are no UTF-8: U+FFFD.
inline constexpr char32_t replacement_character = 0xFFFD;

/**
 * Reads the code point that starts at a position and moves the position behind it.
 *
 * Malformed input gives U+FFFD once per maximal subpart (Unicode 15, 3.9), as browsers do: the
 * position moves by at least one byte whatever stands there. Overlong forms, surrogates and values
 * beyond U+10FFFF are malformed.
 * @param text Any bytes.
 * @param position Less than `text.size()`.
 * Errors: none. Exception safety: never throws. Thread safety: a function of its arguments.
 */
[[nodiscard]] ARGUS_TICKET_DECL char32_t next_code_point(std::string_view text,
                                                         std::size_t& position) noexcept;

/// How many of the bytes at a text's start are printable ASCII, space to tilde: most texts are all
/// of it, and each of those bytes is a code point that needs no look of its own.
[[nodiscard]] ARGUS_TICKET_DECL std::size_t printable_ascii(std::string_view text) noexcept;

/// Writes a code point as UTF-8 behind a text; a surrogate or a value beyond U+10FFFF as U+FFFD.
ARGUS_TICKET_DECL void append_code_point(std::string& text, char32_t code_point);

/// Whether every byte of a text belongs to well-formed UTF-8.
[[nodiscard]] ARGUS_TICKET_DECL bool is_utf8(std::string_view text) noexcept;

/// A text with U+FFFD in place of what is no UTF-8; well-formed text comes back as it is.
[[nodiscard]] ARGUS_TICKET_DECL std::string repair(std::string_view text);

/// Whether a byte continues a code point that began before it.
[[nodiscard]] constexpr bool is_continuation(char byte) noexcept {
  return (static_cast<unsigned char>(byte) & 0xC0U) == 0x80U;
}

} // namespace argus_ticket::detail

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/utf8.ipp>
#endif

#endif
