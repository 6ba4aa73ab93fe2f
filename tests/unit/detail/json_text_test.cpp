#include "../../document/hostile_inputs.hpp"
#include "../../support/catch.hpp"

#include <argus_ticket/detail/json_text.hpp>
#include <argus_ticket/detail/utf8.hpp>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>
#include <boost/json/value.hpp>

#include <string>

namespace detail = argus_ticket::detail;

namespace {

std::string written(std::string_view text) {
  std::string to = "before";
  detail::append_json_string(to, text);
  REQUIRE(to.starts_with("before"));
  return to.substr(6);
}

} // namespace

TEST_CASE("json_text: every byte at every place is written as Boost.JSON writes it") {
  constexpr std::size_t longest = 40; // more than is looked at in one go, and a rest
  for (std::size_t size = 0; size <= longest; ++size)
    for (std::size_t at = 0; at < size; ++at)
      for (int byte = 0; byte < 0x80; ++byte) {
        std::string text(size, 'x');
        text[at] = static_cast<char>(byte);
        if (at + 1 < size) text[at + 1] = '#'; // the quote and one more: nothing is borrowed of it
        if (written(text) != boost::json::serialize(boost::json::value(text)))
          FAIL("byte " << byte << " at " << at << " of " << size);
      }
}

TEST_CASE("json_text: what is written is read as it was") {
  for (test::hostile_input const& input : test::hostile_inputs()) {
    INFO(input.name);
    std::string const text = detail::repair(input.bytes);
    CHECK(boost::json::parse(written(text)) == boost::json::value(text));
  }
}
