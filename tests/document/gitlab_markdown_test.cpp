// GitLab's Markdown. How it is read as Markdown, GitHub's engine says; what GitLab makes of the
// texts that are left is written down here after its documentation,
// https://docs.gitlab.com/user/markdown/ and https://docs.gitlab.com/user/project/quick_actions/.

#include "../support/catch.hpp"
#include "../support/gitlab_reader.hpp"
#include "../support/markdown_reader.hpp"
#include "hostile_inputs.hpp"
#include "markdown_places.hpp"

#include <argus_ticket/document/gitlab_markdown.hpp>
#include <argus_ticket/document/neutralise.hpp>

namespace gitlab_markdown_test {

namespace doc = argus_ticket::document;
using doc::gitlab_markdown;
using test::place;
using test::places;
using test::times_read;

namespace {

std::vector<std::string> violations(std::string const& rendered, place const& where) {
  test::markdown_reading const reading = test::read_markdown(rendered);
  std::vector<std::string> found;
  for (std::string const& text : reading.texts)
    if (std::string one = test::gitlab_reference_in(text); !one.empty())
      found.push_back(std::move(one));
  for (std::string const& html : reading.html)
    if (html != "<br>" && html != "<span>" && html != "</span>") found.push_back("html: " + html);
  for (test::markdown_link const& link : reading.links)
    if (link.url != "https://argus.example.org/1") found.push_back("link: " + link.url);
  for (std::string const& kind : reading.kinds)
    if (kind != "html_inline" && !where.kinds.contains(kind)) found.push_back("node: " + kind);
  if (rendered.find("<!--") != std::string::npos) found.emplace_back("comment");
  if (!where.kinds.contains("code_block") && !where.kinds.contains("code") &&
      test::has_bare_dollar(rendered))
    found.emplace_back("dollar");
  if (test::has_quick_action(rendered)) found.emplace_back("quick action");
  return found;
}

std::string text(std::string const& s) { return gitlab_markdown::render(doc::paragraph{s}); }

} // namespace

TEST_CASE("hostile text is nothing but text to GitLab, wherever it stands",
          "[document][markdown]") {
  std::vector<test::hostile_input> inputs = test::hostile_inputs();
  for (char const* const own :
       {"/close",
        "a\n/assign @all\n/spend 3h",
        "```\n/close\n```\n/label ~x",
        "!1 &2 %3 ~4 $5 #6",
        "group/project!12 a&b %\"a milestone\" ~\"a label\" ~a::b",
        "GL-1 gl-23 xGL-4",
        "[TOC]",
        "[[_TOC_]]",
        "{+ added +} {- gone -} [+ a +] [- b -]",
        "[issue:12] [epic:g/3]",
        "[vulnerability:9] [feature_flag:1] [contact:a@b.example] [wiki_page:home]",
        "[work_item:1] [cadence:2] [iteration:3] *iteration:\"x\" ^alert#4",
        "deadbeef 0123456 DEADBEEFCAFE x0123456789abcdef0123456789abcdef01234567",
        "http://a.example ftp://b.example smb://c https://gitlab.example.org/g/p/-/issues/1",
        "NET-17 A_B2-3 x-RTR-01",
        "group/project> a>",
        "%{project_path}",
        "[[page]]",
        "$a$ $`b`$ $$c$$ \\$d$ 5$ and 6$",
        "---\ntitle: x\n---",
        "::include{file=a}",
        "@all, @group/sub"})
    inputs.push_back({own, own});
  for (place const& where : places()) {
    for (test::hostile_input const& input : inputs) {
      std::string const rendered = gitlab_markdown::render(where.holding(input.bytes));
      INFO(where.name << ", " << input.name << ":\n" << rendered);
      CHECK(violations(rendered, where) == std::vector<std::string>{});
      std::string const wanted = test::as_read(doc::clean(input.bytes));
      std::string const read = test::as_read(test::read_markdown(rendered).visible);
      CHECK((wanted.empty() || times_read(read, wanted) > 0));
    }
  }
}

TEST_CASE("texts made of markup at random are nothing but text to GitLab", "[document][markdown]") {
  test::random_markup random{20261123};
  for (int round = 0; round < 5'000; ++round) {
    std::string const raw = random.text(12);
    place const& where = places()[random.below(places().size())];
    if (where.name == "link target" && doc::detail::link_target(raw)) continue;
    std::string const rendered = gitlab_markdown::render(where.holding(raw));
    INFO(where.name << ":\n" << raw << "\nrendered:\n" << rendered);
    CHECK(violations(rendered, where) == std::vector<std::string>{});
  }
}

TEST_CASE("the check of GitLab's markup finds something in raw text", "[document][markdown]") {
  place const& paragraph = places().front();
  for (char const* const raw : {"/close",   "x\n/close",
                                "@all",     "#1",
                                "!1",       "a &1",
                                "%1",       "~bug",
                                "GL-1",     "\\[TOC\\]",
                                "$a$",      "NET-17",
                                "a>",       "%{a}",
                                "{+ a +}",  "\\[issue:1\\]",
                                "deadbeef", "http\\://a.example",
                                "<b>",      "<!-- a -->",
                                "*a*"}) {
    INFO(raw);
    CHECK_FALSE(violations(raw, paragraph).empty());
  }
}

TEST_CASE("to GitLab, ordinary text is as it is, and copies without what is added",
          "[document][markdown]") {
  CHECK(text("Netbox 11 is down (since 11:11:11+02:00).") ==
        "Netbox 11 is down (since 11:11:11+02:00).");
  CHECK(text("2001:db8::1 on eth0/1, 50% at 10:20") == "2001:db8::1 on eth0/1, 50% at 10:20");
  CHECK(text("/close") == "\\/close");
  CHECK(text("see http://a.example") == "see http<span>:</span>//a.example");
  CHECK(text("id deadbeefcafe01") == "id deadbe<span></span>efcafe<span></span>01");
  CHECK(text("id 12345 or 123456") == "id 12345 or 123456");
  CHECK(gitlab_markdown::render(doc::code_block{"/usr/bin"}) == "```\n/usr/bin\n```");
  CHECK(gitlab_markdown::render(doc::code_block{"```\n/close"}) == "````\n```\n /close\n````");
  CHECK(gitlab_markdown::render(doc::code_block{"/close\n/a b\n\n/c"}) ==
        "```\n /close\n /a b\n\n /c\n```");
  CHECK(text("RTR-01 at 5$") == "RTR-<span></span>01 at 5<span>\\$</span>");
}

TEST_CASE("links to what GitLab would tell of are text", "[document][markdown]") {
  auto const links = [](char const* url) {
    return test::read_markdown(gitlab_markdown::render(doc::paragraph{doc::link{"x", url}}))
        .links.size();
  };
  CHECK(links("https://argus.example.org/incidents/10101") == 1);
  CHECK(links("https://nav.example.org/alerts/1/?a=b") == 1);
  for (char const* telling :
       {"https://gitlab.com/g/p/-/issues/1", "https://git.example/x/g/p/-/merge_requests/2",
        "https://gitlab.com/g/p/issues/1", "https://gitlab.com/g/p/-/commit/deadbeef",
        "https://gitlab.com/g/p/-/%69ssues%2F1", "https://gitlab.com/groups/g/-/epics/3",
        "https://gitlab.com/g/p/-/WORK_ITEMS/4"})
    CHECK(links(telling) == 0);
}

} // namespace gitlab_markdown_test
