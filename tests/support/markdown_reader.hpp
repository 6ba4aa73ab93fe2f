#ifndef ARGUS_TICKET_TESTS_SUPPORT_MARKDOWN_READER_HPP
#define ARGUS_TICKET_TESTS_SUPPORT_MARKDOWN_READER_HPP

#include <string>
#include <string_view>
#include <vector>

/// What GitHub's own Markdown engine (cmark-gfm with all of GitHub's extensions) makes of a text.
namespace test {

/// A node that leads or points somewhere.
struct markdown_link {
  std::string url;
  std::string words; ///< What is read of it.
};

struct markdown_reading {
  std::string visible;               ///< What is read; breaks between lines and blocks are LF.
  std::vector<std::string> texts;    ///< Text nodes, neighbours made one; no code.
  std::vector<std::string> codes;    ///< Code spans and code blocks.
  std::vector<markdown_link> links;  ///< Links, autolinks included.
  std::vector<markdown_link> images; ///< Images.
  std::vector<std::string> html;     ///< Raw HTML, blocks and inline.
  std::vector<std::string> kinds;    ///< The type of each node, from top to bottom.
  /// How many nodes are of a type, as cmark names it: `paragraph`, `strong`, `item` ...
  [[nodiscard]] std::size_t count(std::string_view kind) const;
};

[[nodiscard]] markdown_reading read_markdown(std::string_view markdown);

/// The HTML that the engine makes of it, raw HTML and all.
[[nodiscard]] std::string markdown_to_html(std::string_view markdown);

/// What GitHub makes references of in the text nodes: mentions, issues, commits, emoji. Empty is
/// good; each entry says what and where.
[[nodiscard]] std::vector<std::string> github_references(markdown_reading const& reading);

/// A text without zero-width spaces and with each run of white space (no-break spaces, too) as one
/// space and none at its ends: what two texts have in common that read alike.
[[nodiscard]] std::string as_read(std::string_view text);

} // namespace test

#endif
