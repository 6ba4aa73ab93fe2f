#include "../support/catch.hpp"
#include "../support/markdown_reader.hpp"
#include "hostile_inputs.hpp"
#include "markdown_places.hpp"

#include <argus_ticket/document/markdown.hpp>
#include <argus_ticket/document/neutralise.hpp>
#include <argus_ticket/document/pages.hpp>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <set>

namespace doc = argus_ticket::document;
using doc::markdown;
using test::place;
using test::places;
using test::times_read;

namespace {

/// What GitHub makes of some Markdown that it must not; empty is good.
std::vector<std::string> violations(std::string const& rendered,
                                    std::set<std::string> const& allowed) {
  test::markdown_reading const reading = test::read_markdown(rendered);
  std::vector<std::string> found = test::github_references(reading);
  for (std::string const& html : reading.html)
    if (html != "<br>" && html != "<span>" && html != "</span>") found.push_back("html: " + html);
  for (test::markdown_link const& link : reading.links)
    if (link.url != "https://argus.example.org/1") found.push_back("link: " + link.url);
  for (std::string const& kind : reading.kinds)
    if (kind != "html_inline" && !allowed.contains(kind)) found.push_back("node: " + kind);
  if (rendered.find("<!--") != std::string::npos) found.emplace_back("comment");
  return found;
}

std::string visible(doc::block const& b) {
  return test::read_markdown(markdown::render(b)).visible;
}

/// As much of GitLab as one line says.
struct other_flavour {
  static constexpr doc::markdown_rules rules{.sigils = "@#!$%~&^"};
};

} // namespace

TEST_CASE("hostile text is nothing but text to GitHub, wherever it stands",
          "[document][markdown]") {
  for (place const& where : places()) {
    for (test::hostile_input const& input : test::hostile_inputs()) {
      std::string const rendered = markdown::render(where.holding(input.bytes));
      INFO(where.name << ", " << input.name << ":\n" << rendered);
      CHECK(violations(rendered, where.kinds) == std::vector<std::string>{});
      std::string const wanted = test::as_read(doc::clean(input.bytes));
      std::string const read = test::as_read(test::read_markdown(rendered).visible);
      CHECK((wanted.empty() || times_read(read, wanted) > 0));
    }
  }
}

TEST_CASE("hostile text is read to the letter", "[document][markdown]") {
  for (test::hostile_input const& input : test::hostile_inputs()) {
    INFO(input.name);
    std::string const wanted = test::as_read(doc::clean(input.bytes));
    CHECK(test::as_read(visible(doc::paragraph{input.bytes})) == wanted);
    CHECK(test::as_read(visible(doc::list{input.bytes})) == wanted);
    CHECK(test::as_read(visible(doc::heading{3, input.bytes})) == wanted);
    CHECK(test::as_read(visible(doc::code_block{input.bytes})) == wanted);
    CHECK(test::as_read(visible(doc::paragraph{doc::code{input.bytes}})) == wanted);
    CHECK(test::as_read(visible(doc::paragraph{doc::strong{input.bytes}})) == wanted);
  }
}

TEST_CASE("two hostile texts beside each other make nothing together", "[document][markdown]") {
  auto const& inputs = test::hostile_inputs();
  std::set<std::string> const kinds{"document", "paragraph", "text", "linebreak",
                                    "strong",   "code",      "link"};
  for (std::size_t i = 0; i < inputs.size(); ++i) {
    std::string const& a = inputs[i].bytes;
    std::string const& b = inputs[(i * 7 + 3) % inputs.size()].bytes;
    doc::paragraph const p{a,
                           b,
                           doc::strong{a},
                           b,
                           doc::code{b},
                           a,
                           doc::strong{b},
                           doc::link{a, "https://argus.example.org/1"},
                           b};
    std::string const rendered = markdown::render(p);
    INFO(inputs[i].name << ":\n" << rendered);
    CHECK(violations(rendered, kinds) == std::vector<std::string>{});
    CHECK(test::as_read(test::read_markdown(rendered).visible).size() >=
          test::as_read(doc::clean(a)).size());
  }
}

TEST_CASE("texts made of markup at random are nothing but text", "[document][markdown]") {
  test::random_markup random{20260101};
  int const rounds = std::getenv("ARGUS_TICKET_LONG_TESTS") != nullptr ? 3'000'000 : 30'000;
  int wrong = 0;
  for (int round = 0; round < rounds; ++round) {
    std::string const text = random.text(12);
    place const& where = places()[random.below(places().size())];
    if (where.name == "link target" && argus_ticket::document::detail::link_target(text)) continue;
    std::string const rendered = markdown::render(where.holding(text));
    std::string const wanted = test::as_read(doc::clean(text));
    std::string const read = test::as_read(test::read_markdown(rendered).visible);
    auto const found = violations(rendered, where.kinds);
    if (!found.empty() || (!wanted.empty() && times_read(read, wanted) == 0)) {
      ++wrong;
      INFO(where.name << ":\n" << text << "\nrendered:\n" << rendered << "\nread:\n" << read);
      CHECK(found == std::vector<std::string>{});
      CHECK(read == wanted);
    }
  }
  CHECK(wrong == 0);
}

TEST_CASE("the check finds something in raw hostile text", "[document][markdown]") {
  std::set<std::string> const kinds{"document", "paragraph", "text", "linebreak", "softbreak"};
  std::size_t caught = 0;
  for (test::hostile_input const& input : test::hostile_inputs())
    if (!violations(input.bytes, kinds).empty()) ++caught;
  CHECK(caught > 80);
  for (char const* const raw : {"@octocat",
                                "x #1",
                                "GH-1",
                                ":smile:",
                                "www.example.org",
                                "https://a.example",
                                "a@b.example",
                                "0123456789abcdef0123456789abcdef01234567",
                                "*a*",
                                "~~a~~",
                                "[a](b)",
                                "![a](b)",
                                "# a",
                                "- a",
                                "1. a",
                                "> a",
                                "```\na\n```",
                                "    a",
                                "a\n---",
                                "| a |\n| - |",
                                "<b>",
                                "<!-- a -->",
                                "[a]: b\n\n[a]",
                                "x[^1]\n\n[^1]: y",
                                "- [ ] a",
                                "***"}) {
    INFO(raw);
    CHECK_FALSE(violations(raw, kinds).empty());
  }
}

TEST_CASE("escapes are as few as need be", "[document][markdown]") {
  auto const text = [](char const* s) { return markdown::render(doc::paragraph{s}); };
  CHECK(text("Netbox 11 is down (since 11:11:11+02:00).") ==
        "Netbox 11 is down (since 11:11:11+02:00).");
  CHECK(text("2001:db8::1 on eth0/1, 50% at 10:20") == "2001:db8::1 on eth0/1, 50% at 10:20");
  CHECK(text("C# and F#, a-b, x = y") == "C# and F#, a-b, x = y");
  CHECK(text("- a") == "\\- a");
  CHECK(text("1. a") == "1\\. a");
  CHECK(text("/close") == "\\/close");
  CHECK(text("a <b> & c") == "a &lt;b&gt; &amp; c");
  CHECK(text("5$") == "5<span>$</span>");
  CHECK(text("@x #1") == "\\@\xE2\x80\x8Bx #\xE2\x80\x8B"
                         "1");
  CHECK(text("GH-1") == "GH-\xE2\x80\x8B"
                        "1");
  CHECK(text("https://a.example") == "https\\://a.example");
  CHECK(text("www.a.example") == "www\\.a.example");
  CHECK(text("x\n  y") == "x\\\n&nbsp;&nbsp;y");
  CHECK(text("x\n\n\ny\n") == "x\n\ny");
}

TEST_CASE("blocks are what they are", "[document][markdown]") {
  using namespace argus_ticket::document;
  CHECK(markdown::render(heading{2, "a # b #"}) == "## a \\# b \\#");
  CHECK(markdown::render(heading{0, "a"}) == "# a");
  CHECK(markdown::render(heading{9, "a"}) == "###### a");
  CHECK(markdown::render(list{"a\nb", "", "c"}) == "- a<br>b\n- c");
  CHECK(markdown::render(table{{"a", "b"}, {{"c|d"}, {"e", "f", "g"}}}) ==
        "| a | b |  |\n| --- | --- | --- |\n| c\\|d |  |  |\n| e | f | g |");
  CHECK(markdown::render(code_block{"a\n```\nb\n"}) == "````\na\n```\nb\n````");
  CHECK(markdown::render(paragraph{code{"a`b"}}) == "``a`b``");
  CHECK(markdown::render(paragraph{code{"`"}}) == "`` ` ``");
  CHECK(markdown::render(paragraph{"a ", strong{"b"}, " c"}) == "a **b** c");
  CHECK(markdown::render(paragraph{strong{"Host:"}, " x"}) == "**Host:** x");
  CHECK(markdown::render(paragraph{doc::link{"https://a.example/x?y=1&z=2"}}) ==
        "[https\\://a.example/x?y=1&amp;z=2](<https://a.example/x?y=1&amp;z=2>)");
  CHECK(markdown::render(paragraph{}).empty());
  CHECK(markdown::render(heading{2, ""}).empty());
  CHECK(markdown::render(list{}).empty());
  CHECK(markdown::render(table{}).empty());
  CHECK(markdown::render(code_block{}).empty());
  CHECK(markdown::render(paragraph{strong{" "}, code{""}, ""}).empty());
  CHECK(markdown::render(document{heading{2, "a"}, paragraph{""}, paragraph{"b"}}) == "## a\n\nb");
}

TEST_CASE("links lead where they say, or nowhere", "[document][markdown]") {
  using namespace argus_ticket::document;
  auto const links = [](doc::link const& l) {
    return test::read_markdown(markdown::render(paragraph{"x ", l, " y"})).links;
  };
  auto const url = [&](char const* target) {
    auto const found = links(doc::link{"words", target});
    return found.size() == 1 ? found.front().url : std::string{"none"};
  };
  CHECK(url("https://a.example/x") == "https://a.example/x");
  CHECK(url("HTTP://a.example") == "HTTP://a.example");
  CHECK(url("https://[::1]:8443/x") == "https://[::1]:8443/x");
  CHECK(url("https://a.example/?a=1&copy=2#f") == "https://a.example/?a=1&copy=2#f");
  CHECK(url("https://a.example/(x)\\*_~`|<>\"'") == "https://a.example/(x)%5C*_~%60%7C%3C%3E%22'");
  CHECK(url("https://a.example/\xC3\xA6") == "https://a.example/%C3%A6");
  CHECK(url("https://github.com/octocat/x") == "https://github.com/octocat/x");
  for (char const* const bad :
       {"", "javascript:alert(1)", "data:text/html,x", "//a.example", "/x", "https://", "http:///x",
        "https://a.example/a b", "https://a.example/\n", "https://a.example/\x01",
        "ftp://a.example", "https://a.example/\xE2\x80\xAE", "https://a.example/\xFF",
        " https://a.example", "https://github.com/torvalds/linux/issues/1",
        "https://WWW.GitHub.com./a/b/pull/1", "https://x@github.com:443/a/b/discussions/1",
        "https://github.com/a/b/%69ssues/1"}) {
    INFO(bad);
    CHECK(url(bad) == "none");
  }
  CHECK(links(doc::link{"", "https://a.example"}).size() == 1);
}

TEST_CASE("a hidden comment ends where it should", "[document][markdown]") {
  CHECK(markdown::hidden("argus-ticket:v1 key=0") == "<!-- argus-ticket:v1 key=0 -->");
  for (test::hostile_input const& input : test::hostile_inputs()) {
    INFO(input.name);
    std::string const comment = markdown::hidden(input.bytes);
    CHECK(comment.find("-->") == comment.size() - 3);
    CHECK(comment.find('\n') == std::string::npos);
    test::markdown_reading const reading = test::read_markdown("a\n\n" + comment + "\n\nb");
    CHECK(reading.html.size() == 1);
    CHECK(test::as_read(reading.visible) == "a b");
  }
}

TEST_CASE("a flavour is one small struct", "[document][markdown]") {
  auto const text = [](char const* s) {
    return test::read_markdown(doc::basic_markdown<other_flavour>::render(doc::paragraph{s}))
        .visible;
  };
  CHECK(text("x !1 %1 ~1 &1 ^1") == "\n\nx !\xE2\x80\x8B"
                                    "1 %\xE2\x80\x8B"
                                    "1 ~\xE2\x80\x8B"
                                    "1 &\xE2\x80\x8B"
                                    "1 ^\xE2\x80\x8B"
                                    "1\n\n");
}

TEST_CASE("huge lines are nothing but text to GitHub, on each page", "[document][markdown]") {
  std::set<std::string> const allowed{"document", "paragraph", "text", "linebreak"};
  auto const check = [&](test::hostile_input const& input) {
    INFO(input.name << ", " << input.bytes.size() << " bytes");
    auto const pages = doc::split<markdown>(doc::document{doc::paragraph{input.bytes}}, 65'536,
                                            65'536, doc::length_unit::code_points, 1'000);
    for (std::string const& page : pages) {
      REQUIRE(doc::length(page, doc::length_unit::code_points) <= 65'536);
      REQUIRE(violations(page, allowed) == std::vector<std::string>{});
    }
  };
  for (test::hostile_input const& input : test::huge_inputs(1 << 17)) check(input);
  auto const lines_of_a_megabyte = test::huge_inputs();
  for (std::size_t i = 0; i < lines_of_a_megabyte.size(); i += 12) check(lines_of_a_megabyte[i]);
}

TEST_CASE("huge texts do not grow beyond measure", "[document][markdown]") {
  for (test::hostile_input const& input : test::huge_inputs(1 << 16)) {
    INFO(input.name);
    for (doc::block const& b :
         std::vector<doc::block>{doc::paragraph{input.bytes}, doc::list{doc::code{input.bytes}},
                                 doc::code_block{input.bytes}, doc::heading{1, input.bytes}})
      CHECK(markdown::render(b).size() < 20 * input.bytes.size());
  }
}
