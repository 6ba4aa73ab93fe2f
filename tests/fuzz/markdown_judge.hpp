#ifndef ARGUS_TICKET_TESTS_FUZZ_MARKDOWN_JUDGE_HPP
#define ARGUS_TICKET_TESTS_FUZZ_MARKDOWN_JUDGE_HPP

#include "../support/markdown_reader.hpp"
#include "documents.hpp"

#include <argus_ticket/document/markdown.hpp>

#include <algorithm>
#include <iterator>

namespace fuzz {

/// The nodes that a document may become, whatever it says.
inline constexpr std::string_view markdown_kinds[] = {
    "document",     "heading",   "paragraph",   "list",       "item", "table",
    "table_header", "table_row", "table_cell",  "code_block", "text", "strong",
    "linebreak",    "code",      "html_inline", "link"};

/// A link that GitHub's Markdown shows as one.
inline bool is_markdown_link(doc::link const& l) {
  auto const target = doc::detail::link_target(l.url);
  return target && !doc::detail::is_github_reference(*target);
}

/// GitHub notes on an issue, a pull request, a discussion and a commit who links to it.
inline bool tells_its_target(std::string url) {
  std::transform(url.begin(), url.end(), url.begin(), doc::detail::lower);
  std::size_t const host = (std::min)(url.find("//"), url.size() - 2) + 2;
  std::size_t const end = (std::min)(url.find_first_of("/?#", host), url.size());
  std::string_view const authority = std::string_view{url}.substr(host, end - host);
  std::size_t const name = authority.rfind("github.com");
  if (name == std::string_view::npos) return false;
  std::string_view const before = authority.substr(0, name);
  std::string_view const behind = authority.substr(name + 10);
  bool const is_host =
      (before.empty() || before == "www." || before.ends_with('@') || before.ends_with("@www.")) &&
      (behind.empty() || behind[0] == ':' || behind == "." || behind.starts_with(".:"));
  if (!is_host) return false;
  for (char const* part : {"/issues", "/pull", "/discussions", "/commit"})
    if (url.find(part, end) != std::string::npos) return true;
  return false;
}

/// Nothing in some Markdown does anything but be read, or lead to where the document says.
inline void judge_markdown(std::string const& rendered, test::markdown_reading const& reading) {
  for (std::string const& kind : reading.kinds)
    require(std::find(std::begin(markdown_kinds), std::end(markdown_kinds), kind) !=
                std::end(markdown_kinds),
            "a node is of a kind that documents have", kind, rendered);
  for (std::string const& found : test::github_references(reading))
    require(false, "there is no reference", found, rendered);
  for (std::string const& html : reading.html)
    require(html == "<br>" || html == "<span>" || html == "</span>", "HTML is ours", html,
            rendered);
  for (std::string const& text : reading.texts)
    require(text == "$" || text.find('$') == std::string::npos, "there is no mathematics", text,
            rendered);
  for (test::markdown_link const& link : reading.links)
    require(!tells_its_target(link.url), "no link tells its target", link.url, rendered);
  require(rendered.find("<!--") == std::string::npos, "there is no comment", rendered);
  require(test::markdown_to_html(rendered).find("<pre lang") == std::string::npos,
          "no code has a language", rendered);
}

} // namespace fuzz

#endif
