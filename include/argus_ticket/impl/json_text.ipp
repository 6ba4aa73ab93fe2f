#ifndef ARGUS_TICKET_IMPL_JSON_TEXT_IPP
#define ARGUS_TICKET_IMPL_JSON_TEXT_IPP

#include <argus_ticket/detail/json_text.hpp>

#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace argus_ticket::detail {

constexpr bool is_escaped_in_json(char c) noexcept {
  return static_cast<unsigned char>(c) < 0x20 || c == '"' || c == '\\';
}

/// The position of the first character from there on that JSON escapes, or the end.
inline std::size_t next_escaped_in_json(std::string_view text, std::size_t i) noexcept {
  // Eight bytes at a time: one that is below 0x20 borrows, and so does one that is 0 once the quote
  // or the backslash has been taken off. What is above 0x7F is no such byte.
  constexpr std::uint64_t ones = 0x0101010101010101U, highs = ones * 0x80U;
#ifdef __SSE2__
  for (; i + sizeof(__m128i) <= text.size(); i += sizeof(__m128i)) {
    __m128i const bytes = _mm_loadu_si128(reinterpret_cast<__m128i const*>(text.data() + i));
    __m128i const controls = _mm_cmpeq_epi8(_mm_min_epu8(bytes, _mm_set1_epi8(0x1F)), bytes);
    __m128i const others = _mm_or_si128(_mm_cmpeq_epi8(bytes, _mm_set1_epi8('"')),
                                        _mm_cmpeq_epi8(bytes, _mm_set1_epi8('\\')));
    int const found = _mm_movemask_epi8(_mm_or_si128(controls, others));
    if (found != 0)
      return i + static_cast<std::size_t>(std::countr_zero(static_cast<unsigned>(found)));
  }
#endif
  for (; i + sizeof(std::uint64_t) <= text.size(); i += sizeof(std::uint64_t)) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data() + i, sizeof bytes);
    std::uint64_t const quotes = bytes ^ (ones * 0x22U), slashes = bytes ^ (ones * 0x5CU);
    std::uint64_t const found = ((bytes - ones * 0x20U) & ~bytes) | ((quotes - ones) & ~quotes) |
                                ((slashes - ones) & ~slashes);
    if ((found & highs) == 0) continue;
    // Borrows only go up, so the lowest byte that is found is one.
    if constexpr (std::endian::native == std::endian::little)
      return i + static_cast<std::size_t>(std::countr_zero(found & highs)) / 8;
    break;
  }
  while (i < text.size() && !is_escaped_in_json(text[i])) ++i;
  return i;
}

void append_json_string(std::string& to, std::string_view text) {
  constexpr std::string_view digits = "0123456789abcdef";
  to += '"';
  for (std::size_t i = 0; i < text.size();) {
    std::size_t const end = next_escaped_in_json(text, i);
    to.append(text.data() + i, end - i);
    if (end == text.size()) break;
    char const c = text[end];
    i = end + 1;
    switch (c) {
    case '"':
    case '\\':
      (to += '\\') += c;
      break;
    case '\b':
      to += "\\b";
      break;
    case '\f':
      to += "\\f";
      break;
    case '\n':
      to += "\\n";
      break;
    case '\r':
      to += "\\r";
      break;
    case '\t':
      to += "\\t";
      break;
    default:
      to += "\\u00";
      to += digits[static_cast<unsigned char>(c) >> 4U];
      to += digits[static_cast<unsigned char>(c) & 0xFU];
    }
  }
  to += '"';
}

} // namespace argus_ticket::detail

#endif
