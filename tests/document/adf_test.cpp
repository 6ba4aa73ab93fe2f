#include "../support/adf_reader.hpp"
#include "../support/catch.hpp"
#include "../support/markdown_reader.hpp"
#include "jira_inputs.hpp"

#include <argus_ticket/document/adf.hpp>
#include <argus_ticket/document/neutralise.hpp>
#include <argus_ticket/document/pages.hpp>

#include <string>
#include <vector>

namespace doc = argus_ticket::document;
using doc::adf;
using strings = std::vector<std::string>;

namespace {

std::string all_of(strings const& list) {
  std::string text;
  for (std::string const& one : list) text += one + '\n';
  return text;
}

test::adf_reading read_block(doc::block const& b) {
  return test::adf_reader::read(adf::render(doc::document{b}));
}

} // namespace

TEST_CASE("hostile text is a text node's value in Atlassian's format", "[document][adf]") {
  struct place {
    doc::block (*holding)(std::string const&);
    strings nodes;
  };
  std::vector<place> const places{
      {[](std::string const& s) -> doc::block { return doc::paragraph{s}; }, {"paragraph"}},
      {[](std::string const& s) -> doc::block { return doc::heading{2, s}; }, {"heading"}},
      {[](std::string const& s) -> doc::block { return doc::list{s}; },
       {"bulletList", "listItem", "paragraph"}},
      {[](std::string const& s) -> doc::block { return doc::table{{s}}; },
       {"table", "tableRow", "tableHeader", "paragraph"}},
      {[](std::string const& s) -> doc::block { return doc::code_block{s}; }, {"codeBlock"}},
      {[](std::string const& s) -> doc::block { return doc::paragraph{doc::strong{s}}; },
       {"paragraph", "strong"}},
      {[](std::string const& s) -> doc::block { return doc::paragraph{doc::code{s}}; },
       {"paragraph", "code"}},
      {[](std::string const& s) -> doc::block {
         return doc::paragraph{doc::link{s, "https://a.example"}};
       },
       {"paragraph", "link"}},
      {[](std::string const& s) -> doc::block { return doc::paragraph{doc::link{s, s}, "x"}; }, {}},
  };
  for (place const& where : places)
    for (test::hostile_input const& input : test::all_jira_inputs()) {
      doc::block const b = where.holding(input.bytes);
      std::string const rendered = adf::render(b);
      INFO(input.name << ":\n" << rendered);
      test::adf_reading const reading = read_block(b);
      INFO(all_of(reading.faults));
      CHECK(reading.faults.empty());
      if (rendered.empty()) continue;
      std::string const wanted = test::as_read(doc::clean(input.bytes));
      if (!where.nodes.empty()) CHECK(reading.nodes == where.nodes);
      CHECK(test::as_read(reading.visible).find(wanted) != std::string::npos);
    }
}

TEST_CASE("the check of Atlassian's format finds what the schema does not allow",
          "[document][adf]") {
  auto const is_faulty = [](std::string const& content) {
    return !test::adf_reader::read(R"({"version":1,"type":"doc","content":[)" + content + "]}")
                .faults.empty();
  };
  CHECK_FALSE(is_faulty(R"({"type":"paragraph"})"));
  for (char const* content :
       {R"({"type":"text","text":"x"})", R"({"type":"mention","attrs":{"id":"1"}})",
        R"({"type":"paragraph","content":[{"type":"text","text":""}]})",
        R"({"type":"paragraph","content":[{"type":"mention","attrs":{"id":"1"}}]})",
        R"({"type":"paragraph","content":[{"type":"text","text":"x","marks":[{"type":"em"}]}]})",
        R"({"type":"paragraph","content":[{"type":"paragraph"}]})",
        R"({"type":"paragraph","attrs":{"onclick":"x"}})", R"({"type":"heading","content":[]})",
        R"({"type":"heading","attrs":{"level":7}})", R"({"type":"bulletList","content":[]})",
        R"({"type":"table","content":[{"type":"tableRow","content":[{"type":"tableCell"}]}]})",
        R"({"type":"codeBlock","content":[{"type":"hardBreak"}]})", "1", "null",
        R"({"type":"paragraph","content":[{"type":"text","text":"x","marks":[
             {"type":"link","attrs":{"href":"javascript:x"}
}]
}]
})"}) {
    INFO(content);
    CHECK(is_faulty(content));
  }
  CHECK_FALSE(test::adf_reader::read("{").faults.empty());
  CHECK_FALSE(test::adf_reader::read(R"({"version":2,"type":"doc","content":[]})").faults.empty());
}

TEST_CASE("blocks of Atlassian's format are what they are", "[document][adf]") {
  using namespace argus_ticket::document;
  CHECK(adf::render(document{}) == R"({"version":1,"type":"doc","content":[]})");
  CHECK(adf::render(paragraph{}).empty());
  CHECK(adf::render(list{"", ""}).empty());
  CHECK(adf::render(table{}).empty());
  CHECK(adf::render(code_block{""}).empty());
  CHECK(adf::render(heading{0, "a\nb"}) ==
        R"({"type":"heading","attrs":{"level":1},"content":[{"type":"text","text":"a"},)"
        R"({"type":"text","text":" "},{"type":"text","text":"b"}]})");
  CHECK(adf::render(paragraph{strong{"a:"}, " b\n\nc"}) ==
        R"({"type":"paragraph","content":[)"
        R"({"type":"text","text":"a:","marks":[{"type":"strong"}]},{"type":"text","text":" b"},)"
        R"({"type":"hardBreak"},{"type":"hardBreak"},{"type":"text","text":"c"}]})");
  CHECK(adf::render(paragraph{doc::link{"a", "https://x.example/?a=\"1\""}}) ==
        R"({"type":"paragraph","content":[{"type":"text","text":"a","marks":[)"
        R"({"type":"link","attrs":{"href":"https://x.example/?a=%221%22"}}]}]})");
  CHECK(adf::render(paragraph{doc::link{"a", "javascript:b"}}) ==
        R"x({"type":"paragraph","content":[{"type":"text","text":"a (javascript:b)"}]})x");
  CHECK(read_block(table{{"a", "b"}, {{"c"}}}).nodes ==
        strings{"table", "tableRow", "tableHeader", "paragraph", "tableHeader", "paragraph",
                "tableRow", "tableCell", "paragraph", "tableCell", "paragraph"});
  CHECK(read_block(table{{}, {{"c"}}}).nodes ==
        strings{"table", "tableRow", "tableCell", "paragraph"});
  CHECK(adf::render(document{paragraph{"a"}, paragraph{}, paragraph{"b"}}) ==
        R"({"version":1,"type":"doc","content":[)" + adf::render(paragraph{"a"}) + ',' +
            adf::render(paragraph{"b"}) + "]}");
}

TEST_CASE("pages of Atlassian's format are documents of their own", "[document][adf]") {
  doc::document d;
  std::string words;
  for (int i = 0; i < 2'000; ++i) words += "\"\\ \xF0\x9F\x94\xA5 \n";
  d.add(doc::heading{2, "a"}).add(doc::paragraph{doc::inlines{words}});
  d.add(doc::code_block{words}).add(doc::list{words, words});
  for (auto const unit : {doc::length_unit::utf16, doc::length_unit::bytes}) {
    auto const pages = doc::split<adf>(d, 3'000, 5'000, unit, 1'000);
    CHECK(pages.size() > 3);
    std::string visible;
    for (std::string const& page : pages) {
      CHECK(doc::length(page, unit) <= (&page == &pages.front() ? 3'000U : 5'000U));
      test::adf_reading const reading = test::adf_reader::read(page);
      CHECK(reading.faults.empty());
      visible += reading.visible;
    }
    std::size_t fires = 0;
    for (std::size_t i = visible.find("\xF0\x9F\x94\xA5"); i != std::string::npos;
         i = visible.find("\xF0\x9F\x94\xA5", i + 1))
      ++fires;
    CHECK(fires == 8'000);
  }
}
