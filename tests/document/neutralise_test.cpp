#include "../support/catch.hpp"
#include "hostile_inputs.hpp"

#include <argus_ticket/detail/utf8.hpp>
#include <argus_ticket/document/neutralise.hpp>

#include <chrono>

using argus_ticket::document::clean;
using argus_ticket::document::clean_line;

namespace {

/// Code points that no cleaned text holds.
bool is_unwanted(char32_t c) {
  return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7F && c < 0xA0) || c == 0x061C ||
         c == 0x200E || c == 0x200F || (c >= 0x2028 && c <= 0x202E) ||
         (c >= 0x2066 && c <= 0x2069) || c == 0xFEFF;
}

bool holds_unwanted(std::string_view text) {
  for (std::size_t i = 0; i < text.size();)
    if (is_unwanted(argus_ticket::detail::next_code_point(text, i))) return true;
  return false;
}

} // namespace

TEST_CASE("cleaned text holds no controls, in one kind of line break", "[document][neutralise]") {
  CHECK(clean("a\r\nb\rc\n\rd") == "a\nb\nc\n\nd");
  CHECK(clean("a\xE2\x80\xA8"
              "b\xE2\x80\xA9"
              "c\x0B"
              "d\x0C"
              "e") == "a\nb\nc\nd\ne");
  CHECK(clean(std::string_view{"a\0b", 3}) == "a\xEF\xBF\xBD"
                                              "b");
  CHECK(clean("\x1B[31m\x7F\xC2\x85") == "\xEF\xBF\xBD[31m\xEF\xBF\xBD\xEF\xBF\xBD");
  CHECK(clean("a\tb") == "a\tb");
  CHECK(clean("\xE2\x80\xAE"
              "abc\xE2\x81\xA9\xD8\x9C\xE2\x80\x8E") == "abc");
  CHECK(clean("\xEF\xBB\xBFx") == "x");
  CHECK(clean("\xFF") == "\xEF\xBF\xBD");
  CHECK(clean("e\xCC\x81 \xE2\x80\x8D \xE2\x80\x8B") == "e\xCC\x81 \xE2\x80\x8D \xE2\x80\x8B");
}

TEST_CASE("cleaning twice is cleaning once", "[document][neutralise]") {
  for (test::hostile_input const& input : test::hostile_inputs()) {
    INFO(input.name);
    std::string const cleaned = clean(input.bytes);
    CHECK(argus_ticket::detail::is_utf8(cleaned));
    CHECK_FALSE(holds_unwanted(cleaned));
    CHECK(clean(cleaned) == cleaned);
    std::string const line = clean_line(input.bytes);
    CHECK(clean_line(line) == line);
    CHECK(line.find_first_of("\n\t") == std::string::npos);
    CHECK_FALSE(holds_unwanted(line));
  }
}

TEST_CASE("a clean line is one line", "[document][neutralise]") {
  CHECK(clean_line("  a \r\n\t b  ") == "a b");
  CHECK(clean_line("a  b") == "a  b");
  CHECK(clean_line(" \n\t ").empty());
  CHECK(clean_line("").empty());
  CHECK(clean_line("a\n") == "a");
}

TEST_CASE("huge texts are cleaned", "[document][neutralise]") {
  for (test::hostile_input const& input : test::huge_inputs(1 << 18)) {
    INFO(input.name);
    CHECK(clean(input.bytes).size() <= 3 * input.bytes.size());
    CHECK(clean_line(input.bytes).size() <= 3 * input.bytes.size());
  }
}
