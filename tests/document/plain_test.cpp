#include "../support/catch.hpp"
#include "../support/markdown_reader.hpp"
#include "hostile_inputs.hpp"

#include <argus_ticket/document/neutralise.hpp>
#include <argus_ticket/document/plain.hpp>

using namespace argus_ticket::document;
namespace doc = argus_ticket::document;

TEST_CASE("plain text is the cleaned text", "[document][plain]") {
  for (test::hostile_input const& input : test::hostile_inputs()) {
    INFO(input.name);
    std::string const wanted = test::as_read(clean(input.bytes));
    for (block const& b : {block{paragraph{input.bytes}}, block{heading{1, input.bytes}},
                           block{code_block{input.bytes}}, block{paragraph{code{input.bytes}}},
                           block{paragraph{strong{input.bytes}}}}) {
      CHECK(test::as_read(plain::render(b)) == wanted);
      CHECK(clean(plain::render(b)) == plain::render(b));
    }
  }
}

TEST_CASE("plain blocks are what they are", "[document][plain]") {
  CHECK(plain::render(heading{1, "a\nb"}) == "a b");
  CHECK(plain::render(paragraph{"a\n  b\n"}) == "a\n  b");
  CHECK(plain::render(list{"a\nb", "", "c"}) == "- a\n  b\n- c");
  CHECK(plain::render(table{{"a", "b"}, {{"c\nd"}, {"e", code{"f"}}}}) == "a | b\nc d\ne | f");
  CHECK(plain::render(code_block{"a\n b\n"}) == "    a\n     b");
  CHECK(plain::render(paragraph{doc::link{"https://a.example"}}) == "https://a.example");
  CHECK(plain::render(paragraph{doc::link{"a", "b"}}) == "a (b)");
  CHECK(plain::render(paragraph{strong{"a:"}, " b"}) == "a: b");
  CHECK(plain::render(paragraph{}).empty());
  CHECK(plain::render(list{}).empty());
  CHECK(plain::render(document{heading{1, "a"}, list{}, paragraph{"b"}}) == "a\n\nb");
}
