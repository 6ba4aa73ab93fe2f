#ifndef ARGUS_TICKET_DETAIL_PORT_NUMBER_HPP
#define ARGUS_TICKET_DETAIL_PORT_NUMBER_HPP

#include <charconv>
#include <cstdint>
#include <optional>
#include <string_view>
#include <system_error>

namespace argus_ticket::detail {

/// A port as a number from 1 to 65535; nothing where the text is none.
[[nodiscard]] inline std::optional<std::uint16_t> port_number(std::string_view text) noexcept {
  std::uint16_t number = 0;
  auto const [end, failure] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failure != std::errc{} || end != text.data() + text.size() || number == 0)
    return std::nullopt;
  return number;
}

} // namespace argus_ticket::detail

#endif
