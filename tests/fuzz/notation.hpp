#ifndef ARGUS_TICKET_TESTS_FUZZ_NOTATION_HPP
#define ARGUS_TICKET_TESTS_FUZZ_NOTATION_HPP

#include <charconv>
#include <cstdlib>
#include <iostream>
#include <string>
#include <string_view>
#include <vector>

/// Inputs are plain text, so that a corpus can be kept, compared and read: `{e2}` is the byte E2,
/// and `{p}`, where a target knows the mark p, begins a piece of its own.
namespace fuzz {

struct piece {
  char mark; ///< NUL: what stands before the first mark.
  std::string bytes;
};

namespace detail {

inline bool byte_at(std::string_view text, std::string& into) {
  if (text.size() < 4 || text[0] != '{' || text[3] != '}') return false;
  unsigned value = 0;
  auto const [end, error] = std::from_chars(text.data() + 1, text.data() + 3, value, 16);
  if (error != std::errc{} || end != text.data() + 3) return false;
  into += static_cast<char>(value);
  return true;
}

} // namespace detail

/// @param marks The letters that are marks.
inline std::vector<piece> pieces_of(std::string_view input, std::string_view marks) {
  std::vector<piece> pieces{{'\0', {}}};
  while (!input.empty()) {
    std::string& bytes = pieces.back().bytes;
    if (detail::byte_at(input, bytes)) {
      input.remove_prefix(4);
    } else if (input.size() >= 3 && input[0] == '{' && input[2] == '}' &&
               marks.find(input[1]) != std::string_view::npos) {
      pieces.push_back({input[1], {}});
      input.remove_prefix(3);
    } else {
      // Other control characters have `{0d}` only: tools for text change them.
      if (input[0] == '\n' || input[0] == '\t' || static_cast<unsigned char>(input[0]) >= ' ')
        bytes += input[0];
      input.remove_prefix(1);
    }
  }
  return pieces;
}

/// The text of an input with something in place of each mark.
template <class F>
std::string filled_in(std::string_view input, std::string_view marks, F text_of) {
  std::string whole;
  for (piece const& p : pieces_of(input, marks)) {
    if (p.mark != '\0') whole += text_of(p.mark);
    whole += p.bytes;
  }
  return whole;
}

inline std::string_view as_text(unsigned char const* data, std::size_t size) {
  return {reinterpret_cast<char const*>(data), size};
}

/// Ends the program where something does not hold, and says what; the fuzzer keeps the input.
template <class... Seen>
void require(bool holds, std::string_view what, Seen const&... seen) {
  if (holds) return;
  std::cerr << "does not hold: " << what << '\n';
  ((std::cerr << "-- " << seen << '\n'), ...);
  std::abort();
}

} // namespace fuzz

#endif
