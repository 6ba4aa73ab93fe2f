#include "../support/catch.hpp"
#include "../support/jira_wiki_reader.hpp"
#include "../support/markdown_reader.hpp"
#include "jira_inputs.hpp"

#include <argus_ticket/document/jira_wiki.hpp>
#include <argus_ticket/document/neutralise.hpp>

#include <chrono>
#include <string>
#include <vector>

namespace doc = argus_ticket::document;
using doc::jira_wiki;
using strings = std::vector<std::string>;

namespace {

std::string all_of(strings const& list) {
  std::string text;
  for (std::string const& one : list) text += one + '\n';
  return text;
}

/// Paragraphs part at empty lines: how many there are is the text's business.
strings without_repeated_paragraphs(strings nodes) {
  strings kept;
  for (std::string& one : nodes)
    if (one != "paragraph" || kept.empty() || kept.back() != "paragraph")
      kept.push_back(std::move(one));
  return kept;
}

} // namespace

TEST_CASE("hostile text is nothing but text in Jira's wiki markup", "[document][jira_wiki]") {
  struct place {
    doc::block (*holding)(std::string const&);
    strings nodes;
  };
  std::vector<place> const places{
      {[](std::string const& s) -> doc::block { return doc::paragraph{s}; }, {"paragraph"}},
      {[](std::string const& s) -> doc::block { return doc::heading{2, s}; }, {"h2"}},
      {[](std::string const& s) -> doc::block { return doc::list{s}; }, {"item"}},
      {[](std::string const& s) -> doc::block { return doc::table{{s}}; }, {"row", "header"}},
      {[](std::string const& s) -> doc::block { return doc::table{{}, {{s, s}}}; },
       {"row", "cell", "cell"}},
      {[](std::string const& s) -> doc::block { return doc::code_block{s}; }, {"noformat"}},
      {[](std::string const& s) -> doc::block { return doc::paragraph{s, doc::strong{s}, s}; }, {}},
      {[](std::string const& s) -> doc::block { return doc::paragraph{"a", doc::strong{s}, "b"}; },
       {}},
      {[](std::string const& s) -> doc::block { return doc::paragraph{s, doc::code{s}, s}; }, {}},
      {[](std::string const& s) -> doc::block {
         return doc::paragraph{doc::strong{s}, doc::code{s}, doc::strong{s}, doc::code{s}};
       },
       {}},
      {[](std::string const& s) -> doc::block {
         return doc::paragraph{"a ", doc::link{s, "https://a.example/?x=[1]|2"}, s};
       },
       {}},
      {[](std::string const& s) -> doc::block { return doc::list{{doc::link{s, s}, "x"}}; }, {}},
  };
  for (place const& where : places)
    for (test::hostile_input const& input : test::all_jira_inputs()) {
      if (input.bytes.size() > 20'000) continue; // see below
      std::string const rendered = jira_wiki::render(where.holding(input.bytes));
      INFO(input.name << ":\n" << rendered);
      test::wiki_reading const reading = test::jira_wiki_reader::read(rendered);
      INFO(all_of(reading.alive));
      CHECK(reading.alive.empty());
      std::string const wanted = test::as_read(doc::clean(input.bytes));
      if (!rendered.empty() && !where.nodes.empty())
        CHECK(without_repeated_paragraphs(reading.nodes) == where.nodes);
      CHECK(test::as_read(reading.visible).find(wanted) != std::string::npos);
    }
}

TEST_CASE("the check of wiki markup finds something in raw hostile text", "[document][jira_wiki]") {
  auto const is_live = [](std::string_view text) {
    return !test::jira_wiki_reader::read(text).alive.empty();
  };
  for (char const* text : {"[~admin]",    "\\[~admin]",
                           "[@admin]",    "{code}x{code}",
                           "{color:red}", "!x.png!",
                           "a|b",         "[a|javascript:x]",
                           "[#x]",        "NET-17",
                           "(AB_C-1)",    "http://x.example",
                           "mailto:x@y",  "_i_",
                           "-d-",         "+u+",
                           "??c??",       "^s^",
                           "~s~",         ":)",
                           ";)",          "(x)",
                           "a -- b",      "a \\ b",
                           "&copy;",      "inltokxyzkdtnhgnsbdfinltok1inltok",
                           "x*y",         "{noformat}\nx",
                           "|a|b"}) {
    INFO(text);
    CHECK(is_live(text));
  }
  CHECK(test::jira_wiki_reader::read("h1. a\n* b\n||c||\nbq. d").nodes ==
        strings{"h1", "item", "row", "header", "bq"});
}

TEST_CASE("wiki blocks are what they are", "[document][jira_wiki]") {
  using namespace argus_ticket::document;
  CHECK(jira_wiki::render(heading{0, "a\nb"}) == "h1. a b");
  CHECK(jira_wiki::render(heading{7, "a"}) == "h6. a");
  CHECK(jira_wiki::render(paragraph{"a\n  b"}) == "a\n&nbsp;&nbsp;b");
  CHECK(jira_wiki::render(paragraph{strong{"Host:"}, " b"}) == "*Host&#58;* b");
  CHECK(jira_wiki::render(paragraph{strong{"# a"}}) == "*&#35; a*"); // no list
  CHECK(jira_wiki::render(paragraph{strong{"a"}, "b"}) == "{*}a{*}b");
  CHECK(jira_wiki::render(paragraph{strong{"a"}, strong{"b"}}) == "{*}a{*}{*}b{*}");
  CHECK(jira_wiki::render(paragraph{"a", code{"b"}, " c"}) == "a\xE2\x80\x8B{{b}} c");
  CHECK(jira_wiki::render(list{"a\nb", "", code{" b"}}) == "* a \\\\ b\n* {{&nbsp;b}}");
  CHECK(jira_wiki::render(table{{"a", "b"}, {{"c"}}}) == "||a||b||\n|c| |");
  CHECK(jira_wiki::render(code_block{"a\n{b}"}) == "{noformat}\na\n{b}\n{noformat}");
  CHECK(jira_wiki::render(paragraph{doc::link{"a", "https://x.example/?a=1&b=[2]"}}) ==
        "[a|https://x.example/?a=1&b=%5B2%5D]");
  CHECK(jira_wiki::render(paragraph{doc::link{"a", "https://[::1]/"}}) ==
        "a &#40;https&#58;//&#91;&#58;&#58;1&#93;/&#41;");
  CHECK(jira_wiki::render(paragraph{doc::link{"a", "javascript:b"}}) == "a &#40;javascript&#58;b)");
  CHECK(jira_wiki::render(paragraph{}).empty());
  CHECK(jira_wiki::render(document{paragraph{"a"}, paragraph{}, paragraph{"b"}}) == "a\n\nb");
}

TEST_CASE("plain words stay plain in wiki markup", "[document][jira_wiki]") {
  for (char const* words : {"Link gw-3 to core-2 down", "2026-11-12T10:11:12+02:00",
                            "snake_case_name", "a/b.c, d; e = f", "Is it? Yes.", "Host: gw",
                            "100% <b> 'x' \"y\" $z", "see #42", "a < b > c", "10.0.0.1"})
    CHECK(jira_wiki::render(doc::paragraph{doc::inlines{words}}) == words);
}

TEST_CASE("wiki markup of a megabyte takes no long time", "[document][jira_wiki]") {
  for (std::string_view const unit : {" ", ".", "a-1", "h1.", "[~", "xyz", "\n", "_a", "#", "1-"}) {
    std::string text = "x";
    while (text.size() < 1'000'000) text += unit;
    auto const start = std::chrono::steady_clock::now();
    CHECK_FALSE(jira_wiki::render(doc::paragraph{doc::inlines{text}}).empty());
    CHECK(std::chrono::steady_clock::now() - start < std::chrono::seconds{10});
  }
}
