#ifndef ARGUS_TICKET_DETAIL_BASE64_HPP
#define ARGUS_TICKET_DETAIL_BASE64_HPP

#include <argus_ticket/secret.hpp>

#include <algorithm>
#include <cstddef>
#include <string>
#include <string_view>

namespace argus_ticket::detail {

inline constexpr std::string_view base64_digits =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// RFC 4648, section 4, with padding.
[[nodiscard]] inline std::string base64(std::string_view bytes) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  for (std::size_t i = 0; i < bytes.size(); i += 3) {
    std::size_t const count = (std::min)(bytes.size() - i, std::size_t{3});
    unsigned group = 0;
    for (std::size_t k = 0; k < 3; ++k)
      group = group << 8 | (k < count ? static_cast<unsigned char>(bytes[i + k]) : 0U);
    for (std::size_t k = 0; k < 4; ++k)
      text += k <= count ? base64_digits[group >> (18 - 6 * k) & 63U] : '=';
  }
  return text;
}

/// The bytes of such a text, up to where it is none.
[[nodiscard]] inline std::string from_base64(std::string_view text) {
  std::string bytes;
  unsigned group = 0, bits = 0;
  for (char const c : text) {
    std::size_t const digit = base64_digits.find(c);
    if (digit == std::string_view::npos) break;
    group = (group << 6 | static_cast<unsigned>(digit)) & 0xFFFFU;
    bits += 6;
    if (bits < 8) continue;
    bits -= 8;
    bytes += static_cast<char>(group >> bits & 0xFFU);
  }
  return bytes;
}

/// What stands behind `Basic` (RFC 7617).
[[nodiscard]] inline secret basic_credentials(std::string_view user, secret const& password) {
  secret const plain{std::string{user} + ':' + std::string{password.expose()}};
  return secret{base64(plain.expose())};
}

} // namespace argus_ticket::detail

#endif
