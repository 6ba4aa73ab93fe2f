#include "../support/catch.hpp"
#include "hostile_inputs.hpp"

#include <argus_ticket/detail/utf8.hpp>

#include <string>
#include <vector>

using namespace argus_ticket::detail;

namespace {

std::u32string decoded(std::string_view text) {
  std::u32string all;
  for (std::size_t i = 0; i < text.size();) {
    std::size_t const before = i;
    all += next_code_point(text, i);
    REQUIRE(i > before);
    REQUIRE(i <= text.size());
  }
  return all;
}

} // namespace

TEST_CASE("every code point is read as it was written", "[document][utf8]") {
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c <= 0xDFFF) continue;
    std::string text;
    append_code_point(text, c);
    std::size_t position = 0;
    bool const same = next_code_point(text, position) == c && position == text.size();
    if (!same || !is_utf8(text)) FAIL("code point " << static_cast<unsigned long>(c));
  }
}

TEST_CASE("what is no code point is written as U+FFFD", "[document][utf8]") {
  for (char32_t const c : {0xD800U, 0xDBFFU, 0xDFFFU, 0x110000U, 0xFFFFFFFFU}) {
    std::string text;
    append_code_point(text, c);
    CHECK(text == "\xEF\xBF\xBD");
  }
}

// Table 3-8 and its neighbours in the Unicode Standard, and the tests of the WHATWG decoder.
TEST_CASE("malformed text gives U+FFFD for each maximal subpart", "[document][utf8]") {
  char32_t const r = 0xFFFD;
  CHECK(decoded("\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64") ==
        std::u32string{'a', r, r, r, 'b', r, 'c', r, r, 'd'});
  CHECK(decoded("\xC0\xAF\xE0\x80\xBF\xF0\x81\x82\x41") ==
        std::u32string{r, r, r, r, r, r, r, r, 'A'});
  CHECK(decoded("\xED\xA0\x80\xED\xBF\xBF\xED\xAF\x41") ==
        std::u32string{r, r, r, r, r, r, r, r, 'A'});
  CHECK(decoded("\xF4\x91\x92\x93\xFF\x41\x80\xBF\x42") ==
        std::u32string{r, r, r, r, r, 'A', r, r, 'B'});
  CHECK(decoded("\xE1\x80\xE2\xF0\x91\x92\xF1\xBF\x41") == std::u32string{r, r, r, r, 'A'});
  CHECK(decoded("\xE2\x82") == std::u32string{r});
  CHECK(decoded("\xF0\x9F\x98") == std::u32string{r});
  CHECK(decoded("\xFE\xFF") == std::u32string{r, r});
}

TEST_CASE("repaired text is well formed, and well-formed text is left alone", "[document][utf8]") {
  CHECK(repair("a\xFFz") == "a\xEF\xBF\xBDz");
  CHECK(repair("\xC3\xA6\xF0\x9F\x98\x80") == "\xC3\xA6\xF0\x9F\x98\x80");
  CHECK(repair("").empty());
  CHECK_FALSE(is_utf8("\xC3"));
  for (test::hostile_input const& input : test::hostile_inputs()) {
    INFO(input.name);
    std::string const repaired = repair(input.bytes);
    CHECK(is_utf8(repaired));
    CHECK(repair(repaired) == repaired);
    CHECK(decoded(input.bytes) == decoded(repaired));
    if (is_utf8(input.bytes)) CHECK(repaired == input.bytes);
  }
}

TEST_CASE("every sequence of two bytes is repaired", "[document][utf8]") {
  for (int a = 0; a < 256; ++a)
    for (int b = 0; b < 256; ++b) {
      std::string const two{static_cast<char>(a), static_cast<char>(b)};
      if (!is_utf8(repair(two))) FAIL(a << ' ' << b);
    }
}

TEST_CASE("printable ASCII ends where another byte stands", "[document][utf8]") {
  constexpr std::size_t longest = 40; // more than is looked at in one go, and a rest
  for (std::size_t size = 0; size <= longest; ++size) {
    std::string text(size, '~');
    CHECK(printable_ascii(text) == size);
    for (std::size_t at = 0; at < size; ++at)
      for (int byte = 0; byte < 256; ++byte) {
        bool const is_printable = byte >= 0x20 && byte < 0x7F;
        text[at] = static_cast<char>(byte);
        // What stands behind it makes no difference.
        for (char const next : {' ', '\x1F', '\x7F', '\xFF'}) {
          if (at + 1 < size) text[at + 1] = next;
          bool const is_next = at + 1 < size && next != ' ';
          std::size_t const wanted = !is_printable ? at : is_next ? at + 1 : size;
          if (printable_ascii(text) != wanted)
            FAIL("byte " << byte << " at " << at << " of " << size);
        }
        text.assign(size, '~');
      }
  }
}
