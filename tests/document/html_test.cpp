#include "../support/catch.hpp"
#include "../support/markdown_reader.hpp"
#include "hostile_inputs.hpp"

#include <argus_ticket/document/html.hpp>
#include <argus_ticket/document/neutralise.hpp>

#include <string>
#include <vector>

namespace doc = argus_ticket::document;
using doc::html;

namespace {

/// HTML as a browser's tokeniser sees it, for what this dialect writes: tags, words, and whether
/// anything else is in it.
struct html_reading {
  std::vector<std::string> tags; ///< As written, without the angle brackets.
  std::string visible;
  bool sound = true; ///< Each `<` begins a tag, each `>` ends one, each `&` an entity of ours.
};

html_reading read_html(std::string_view text) {
  html_reading reading;
  while (!text.empty()) {
    if (text.front() == '<') {
      std::size_t const end = text.find('>');
      if (end == std::string_view::npos) {
        reading.sound = false;
        break;
      }
      reading.tags.emplace_back(text.substr(1, end - 1));
      if (reading.tags.back() == "br" || reading.tags.back().starts_with("/t"))
        reading.visible += '\n';
      text.remove_prefix(end + 1);
      continue;
    }
    if (text.front() == '&') {
      bool known = false;
      for (auto const& [entity, meaning] :
           std::vector<std::pair<std::string, std::string>>{{"&amp;", "&"},
                                                            {"&lt;", "<"},
                                                            {"&gt;", ">"},
                                                            {"&quot;", "\""},
                                                            {"&#39;", "'"},
                                                            {"&nbsp;", "\xC2\xA0"}}) {
        if (known || !text.starts_with(entity)) continue;
        reading.visible += meaning;
        text.remove_prefix(entity.size());
        known = true;
      }
      if (known) continue;
      reading.sound = false;
    }
    if (text.front() == '>' || text.front() == '"' || text.front() == '\'') reading.sound = false;
    reading.visible += text.front();
    text.remove_prefix(1);
  }
  return reading;
}

std::vector<std::string> tags_without_breaks(html_reading const& reading) {
  std::vector<std::string> tags;
  for (std::string const& tag : reading.tags)
    if (tag != "br") tags.push_back(tag);
  return tags;
}

} // namespace

TEST_CASE("hostile text is nothing but text in HTML", "[document][html]") {
  struct place {
    doc::block (*holding)(std::string const&);
    std::vector<std::string> tags;
  };
  std::vector<place> const places{
      {[](std::string const& s) -> doc::block { return doc::paragraph{s}; }, {"p", "/p"}},
      {[](std::string const& s) -> doc::block { return doc::heading{2, s}; }, {"h2", "/h2"}},
      {[](std::string const& s) -> doc::block { return doc::list{s}; }, {"ul", "li", "/li", "/ul"}},
      {[](std::string const& s) -> doc::block { return doc::table{{s}}; },
       {"table", "thead", "tr", "th", "/th", "/tr", "/thead", "tbody", "/tbody", "/table"}},
      {[](std::string const& s) -> doc::block { return doc::code_block{s}; },
       {"pre", "code", "/code", "/pre"}},
      {[](std::string const& s) -> doc::block { return doc::paragraph{doc::strong{s}}; },
       {"p", "strong", "/strong", "/p"}},
      {[](std::string const& s) -> doc::block { return doc::paragraph{doc::code{s}}; },
       {"p", "code", "/code", "/p"}},
      {[](std::string const& s) -> doc::block {
         return doc::paragraph{doc::link{s, "https://a.example"}};
       },
       {"p", "a href=\"https://a.example\" rel=\"noopener noreferrer\"", "/a", "/p"}},
      {[](std::string const& s) -> doc::block { return doc::paragraph{doc::link{s, s}, "x"}; },
       {"p", "/p"}},
  };
  for (place const& where : places)
    for (test::hostile_input const& input : test::hostile_inputs()) {
      std::string const rendered = html::render(where.holding(input.bytes));
      INFO(input.name << ":\n" << rendered);
      html_reading const reading = read_html(rendered);
      CHECK(reading.sound);
      std::string const wanted = test::as_read(doc::clean(input.bytes));
      if (!rendered.empty() && rendered != "<p>x</p>" && !input.bytes.starts_with("http"))
        CHECK(tags_without_breaks(reading) == where.tags);
      CHECK(test::as_read(reading.visible).find(wanted) != std::string::npos);
    }
}

TEST_CASE("the check of HTML finds something in raw hostile text", "[document][html]") {
  CHECK_FALSE(read_html("a < b").sound);
  CHECK_FALSE(read_html("a & b").sound);
  CHECK_FALSE(read_html("a > b").sound);
  CHECK(read_html("<script>x</script>").tags.size() == 2);
}

TEST_CASE("HTML blocks are what they are", "[document][html]") {
  using namespace argus_ticket::document;
  CHECK(html::render(heading{0, "a"}) == "<h1>a</h1>");
  CHECK(html::render(heading{7, "a"}) == "<h6>a</h6>");
  CHECK(html::render(paragraph{"a\n  b"}) == "<p>a<br>&nbsp;&nbsp;b</p>");
  CHECK(html::render(paragraph{strong{"a:"}, " b"}) == "<p><strong>a:</strong> b</p>");
  CHECK(html::render(list{"a", "", code{"b"}}) == "<ul><li>a</li><li><code>b</code></li></ul>");
  CHECK(html::render(table{{"a", "b"}, {{"c"}}}) ==
        "<table><thead><tr><th>a</th><th>b</th></tr></thead>"
        "<tbody><tr><td>c</td><td></td></tr></tbody></table>");
  CHECK(html::render(code_block{"a\n<b>"}) == "<pre><code>a\n&lt;b&gt;</code></pre>");
  CHECK(
      html::render(paragraph{doc::link{"a", "https://x.example/?a=1&b='\""}}) ==
      "<p><a href=\"https://x.example/?a=1&amp;b=&#39;%22\" rel=\"noopener noreferrer\">a</a></p>");
  CHECK(html::render(paragraph{doc::link{"a", "javascript:b"}}) == "<p>a (javascript:b)</p>");
  CHECK(html::render(paragraph{}).empty());
  CHECK(html::render(document{paragraph{"a"}, paragraph{}, paragraph{"b"}}) ==
        "<p>a</p>\n<p>b</p>");
  CHECK(html::hidden("a--b") == "<!-- a-\xE2\x80\x8B-b -->");
}
