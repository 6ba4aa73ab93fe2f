#ifndef ARGUS_TICKET_FIXED_STRING_HPP
#define ARGUS_TICKET_FIXED_STRING_HPP

#include <cstddef>
#include <string_view>

namespace argus_ticket {

/**
 * A string that can be a template argument, as in `client<"github">`.
 *
 * @tparam Size Number of characters with the terminating NUL, so that compilers print the argument
 *              as text in their messages.
 *
 * A literal type; compared by content. Guarantees: those of a @ref value; nothing throws.
 */
template <std::size_t Size>
struct fixed_string {
  char data[Size]{}; ///< With the NUL.

  /// Takes a string literal.
  consteval fixed_string(char const (&literal)[Size]) {
    for (std::size_t i = 0; i < Size; ++i) data[i] = literal[i];
  }

  /// The characters without the NUL; valid as long as this object.
  [[nodiscard]] constexpr std::string_view view() const noexcept { return {data, Size - 1}; }
  /// As @ref view.
  constexpr operator std::string_view() const noexcept { return view(); }

  constexpr bool operator==(fixed_string const&) const = default;
};

} // namespace argus_ticket

#endif
