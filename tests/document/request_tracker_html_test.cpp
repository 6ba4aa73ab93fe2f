// What Request Tracker's pages would make of texts, and do not. What they do make of these is seen
// by servers/rt_pages.py.

#include "../support/catch.hpp"
#include "hostile_inputs.hpp"

#include <argus_ticket/document/pages.hpp>
#include <argus_ticket/document/request_tracker_html.hpp>

namespace request_tracker_html_test {

namespace doc = argus_ticket::document;
using html = doc::request_tracker_html;

static_assert(doc::dialect<html>);
static_assert(doc::has_live_titles<html>);
static_assert(doc::has_hidden_comments<html>);

namespace {

std::string paragraph(std::string text) {
  return html::render(doc::block{doc::paragraph{doc::inlines{std::move(text)}}});
}

/// What a browser shows: the text without tags.
std::string without_tags(std::string const& from) {
  std::string text;
  for (std::size_t i = 0; i < from.size(); ++i)
    if (from[i] == '<')
      i = from.find('>', i);
    else
      text += from[i];
  return text;
}

} // namespace

TEST_CASE("request tracker's HTML: URLs in texts are not live, those of links are whole") {
  CHECK(paragraph("see HTTPS://evil.example/x") ==
        "<p>see HTTPS:<span>//</span>evil.example/x</p>");
  CHECK(html::render(doc::block{doc::paragraph{
            doc::inlines{doc::link{"https://a.example/://b", "https://a.example/://b"}}}}) ==
        "<p><a href=\"https://a.example/://b\" rel=\"noopener noreferrer\">"
        "https:<span>//</span>a.example/:<span>//</span>b</a></p>");
  CHECK(html::title("a https://b.example c://d") ==
        "a https:\xE2\x80\x8B//b.example c:\xE2\x80\x8B//d");
  CHECK(html::title("") == "");
  CHECK(html::title(":/") == ":/");
}

TEST_CASE("request tracker's HTML: no line begins with what looks quoted") {
  CHECK(paragraph("a\n> b\n\n----- c -----") ==
        "<p>a<br><span></span>&gt; b<br><br><span></span>----- c -----</p>");
  CHECK(html::render(doc::block{doc::code_block{"> a\n\n# b"}}) ==
        "<pre><code><span></span>&gt; a\n\n<span></span># b</code></pre>");
}

TEST_CASE("request tracker's HTML: to people the text is the same") {
  for (test::hostile_input const& one : test::hostile_inputs()) {
    INFO(one.name);
    doc::document const text{doc::paragraph{doc::inlines{one.bytes}}, doc::code_block{one.bytes}};
    std::string const shown = html::render(text);
    CHECK(without_tags(shown) == without_tags(doc::html::render(text)));
    CHECK(without_tags(shown).find('<') == std::string::npos);
    for (std::string const& page :
         doc::split<html>(text, 1'000, 1'000, doc::length_unit::bytes, 1'000))
      CHECK(page.size() <= 1'000);
  }
}

} // namespace request_tracker_html_test
