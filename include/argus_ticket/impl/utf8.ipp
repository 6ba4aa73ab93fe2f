#ifndef ARGUS_TICKET_IMPL_UTF8_IPP
#define ARGUS_TICKET_IMPL_UTF8_IPP

#include <argus_ticket/detail/utf8.hpp>

#include <bit>
#include <cstdint>
#include <cstring>
#ifdef __SSE2__
#include <emmintrin.h>
#endif

namespace argus_ticket::detail {

/// What a lead byte promises: the bits it carries, how many bytes follow, and the range of the
/// first of those, which is what shuts out overlong forms, surrogates and values past U+10FFFF.
struct utf8_lead {
  char32_t bits;
  int following;
  unsigned char low = 0x80;
  unsigned char high = 0xBF;
};

inline utf8_lead utf8_lead_of(unsigned char byte) noexcept {
  if (byte < 0x80) return {byte, 0};
  if (byte >= 0xC2 && byte <= 0xDF) return {byte & 0x1FU, 1};
  if (byte >= 0xE0 && byte <= 0xEF) {
    utf8_lead lead{byte & 0x0FU, 2};
    if (byte == 0xE0) lead.low = 0xA0;
    if (byte == 0xED) lead.high = 0x9F;
    return lead;
  }
  if (byte >= 0xF0 && byte <= 0xF4) {
    utf8_lead lead{byte & 0x07U, 3};
    if (byte == 0xF0) lead.low = 0x90;
    if (byte == 0xF4) lead.high = 0x8F;
    return lead;
  }
  return {replacement_character, -1};
}

/// As `next_code_point`; `well_formed` becomes false where U+FFFD stands for something else.
inline char32_t read_code_point(std::string_view text, std::size_t& position,
                                bool& well_formed) noexcept {
  utf8_lead const lead = utf8_lead_of(static_cast<unsigned char>(text[position]));
  ++position;
  if (lead.following < 0) {
    well_formed = false;
    return replacement_character;
  }
  char32_t value = lead.bits;
  for (int i = 0; i < lead.following; ++i) {
    unsigned char const low = i == 0 ? lead.low : 0x80;
    unsigned char const high = i == 0 ? lead.high : 0xBF;
    unsigned char const byte =
        position < text.size() ? static_cast<unsigned char>(text[position]) : 0;
    if (byte < low || byte > high) {
      well_formed = false;
      return replacement_character;
    }
    value = (value << 6U) | (byte & 0x3FU);
    ++position;
  }
  return value;
}

char32_t next_code_point(std::string_view text, std::size_t& position) noexcept {
  bool ignored = true;
  return read_code_point(text, position, ignored);
}

std::size_t printable_ascii(std::string_view text) noexcept {
  // Eight bytes at a time: one below 0x20 borrows, 0x7F carries, and others have the high bit.
  constexpr std::uint64_t ones = 0x0101010101010101U, highs = ones * 0x80U;
  std::size_t i = 0;
#ifdef __SSE2__ // sixteen, then
  for (; i + sizeof(__m128i) <= text.size(); i += sizeof(__m128i)) {
    __m128i const bytes = _mm_loadu_si128(reinterpret_cast<__m128i const*>(text.data() + i));
    // As signed numbers, what is above 0x7F is below 0x20 too.
    __m128i const wanted = _mm_and_si128(_mm_cmpgt_epi8(bytes, _mm_set1_epi8(0x1F)),
                                         _mm_cmplt_epi8(bytes, _mm_set1_epi8(0x7F)));
    int const found = _mm_movemask_epi8(wanted);
    if (found != 0xFFFF)
      return i + static_cast<std::size_t>(std::countr_one(static_cast<unsigned>(found)));
  }
#endif
  for (; i + sizeof(std::uint64_t) <= text.size(); i += sizeof(std::uint64_t)) {
    std::uint64_t bytes = 0;
    std::memcpy(&bytes, text.data() + i, sizeof bytes);
    std::uint64_t const others = (bytes | (bytes - ones * 0x20U) | (bytes + ones)) & highs;
    if (others == 0) continue;
    // Borrows and carries only go up, so the lowest byte that is found is one.
    if constexpr (std::endian::native == std::endian::little)
      return i + static_cast<std::size_t>(std::countr_zero(others)) / 8;
    break;
  }
  while (i < text.size() && text[i] >= ' ' && text[i] < '\x7F') ++i;
  return i;
}

void append_code_point(std::string& text, char32_t code_point) {
  if ((code_point >= 0xD800 && code_point <= 0xDFFF) || code_point > 0x10FFFF)
    code_point = replacement_character;
  auto const byte = [&](char32_t value) { text += static_cast<char>(value); };
  if (code_point < 0x80) return byte(code_point);
  if (code_point < 0x800) {
    byte(0xC0U | (code_point >> 6U));
  } else if (code_point < 0x10000) {
    byte(0xE0U | (code_point >> 12U));
    byte(0x80U | ((code_point >> 6U) & 0x3FU));
  } else {
    byte(0xF0U | (code_point >> 18U));
    byte(0x80U | ((code_point >> 12U) & 0x3FU));
    byte(0x80U | ((code_point >> 6U) & 0x3FU));
  }
  byte(0x80U | (code_point & 0x3FU));
}

bool is_utf8(std::string_view text) noexcept {
  bool well_formed = true;
  for (std::size_t i = printable_ascii(text); i < text.size() && well_formed;
       i += printable_ascii(text.substr(i)))
    static_cast<void>(read_code_point(text, i, well_formed));
  return well_formed;
}

std::string repair(std::string_view text) {
  if (is_utf8(text)) return std::string{text};
  std::string repaired;
  repaired.reserve(text.size() + text.size() / 8);
  for (std::size_t i = 0; i < text.size();) append_code_point(repaired, next_code_point(text, i));
  return repaired;
}

} // namespace argus_ticket::detail

#endif
