#include "../support/catch.hpp"
#include "hostile_inputs.hpp"

#include <argus_ticket/detail/utf8.hpp>
#include <argus_ticket/document/limits.hpp>

using namespace argus_ticket::document;

namespace {
constexpr length_unit units[] = {length_unit::code_points, length_unit::bytes, length_unit::utf16};
}

TEST_CASE("a length is in the unit asked for", "[document][limits]") {
  char const* const text = "a\xC3\xA6\xE2\x82\xAC\xF0\x9F\x98\x80"; // a æ € 😀
  CHECK(length(text, length_unit::code_points) == 4);
  CHECK(length(text, length_unit::bytes) == 10);
  CHECK(length(text, length_unit::utf16) == 5);
  CHECK(length("", length_unit::bytes) == 0);
  CHECK(length("\xFF", length_unit::bytes) == 3);
}

TEST_CASE("a text is cut between code points, with an ellipsis", "[document][limits]") {
  CHECK(cut("abc", 3, length_unit::code_points) == "abc");
  CHECK(cut("abcd", 3, length_unit::code_points) == "ab\xE2\x80\xA6");
  CHECK(cut("abcd", 3, length_unit::bytes) == "\xE2\x80\xA6");
  CHECK(cut("abcd", 2, length_unit::bytes) == "ab");
  CHECK(cut("ab cd", 4, length_unit::code_points) == "ab\xE2\x80\xA6");
  CHECK(cut("\xF0\x9F\x98\x80\xF0\x9F\x98\x80", 3, length_unit::utf16) ==
        "\xF0\x9F\x98\x80\xE2\x80\xA6");
  CHECK(cut("\xF0\x9F\x98\x80\xF0\x9F\x98\x80", 2, length_unit::utf16) == "\xE2\x80\xA6");
  CHECK(cut("\xC3\xA6\xC3\xA6\xC3\xA6", 5, length_unit::bytes) == "\xC3\xA6\xE2\x80\xA6");
  CHECK(cut("abc", 0, length_unit::code_points).empty());
  CHECK(cut("a\xFF", 2, length_unit::code_points) == "a\xEF\xBF\xBD");
}

TEST_CASE("a cut text is within its limit and well formed", "[document][limits]") {
  for (test::hostile_input const& input : test::hostile_inputs())
    for (length_unit const unit : units)
      for (std::size_t limit = 0; limit < 40; ++limit) {
        std::string const text = cut(input.bytes, limit, unit);
        if (length(text, unit) > limit || !argus_ticket::detail::is_utf8(text))
          FAIL(input.name << " at " << limit);
        std::string const whole = argus_ticket::detail::repair(input.bytes);
        if (length(whole, unit) <= limit && text != whole) FAIL(input.name << " was cut");
      }
}

TEST_CASE("huge texts are cut", "[document][limits]") {
  for (test::hostile_input const& input : test::huge_inputs(1 << 18)) {
    INFO(input.name);
    CHECK(length(cut(input.bytes, 255, length_unit::utf16), length_unit::utf16) <= 255);
  }
}
