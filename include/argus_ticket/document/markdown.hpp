#ifndef ARGUS_TICKET_DOCUMENT_MARKDOWN_HPP
#define ARGUS_TICKET_DOCUMENT_MARKDOWN_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/document/dialect.hpp>
#include <argus_ticket/document/dialect_tools.hpp>
#include <argus_ticket/document/markdown_rules.hpp>
#include <argus_ticket/incident.hpp>

#include <span>
#include <string>
#include <string_view>

namespace argus_ticket::document {

namespace detail {

inline constexpr std::string_view github_words[] = {"gh-"};

/// Whether GitHub or GitLab could show an emoji for a name. Numbers, times and groups of up to four
/// hexadecimal digits are parts of times and addresses instead, but for the few emoji among them.
[[nodiscard]] ARGUS_TICKET_DECL bool may_be_shortcode(std::string_view name);
/// Whether GitHub may tell the target of a link about it: an issue, a pull request, a commit.
[[nodiscard]] ARGUS_TICKET_DECL bool is_github_reference(std::string_view url);

/// A title with a zero-width space in what would be a reference.
[[nodiscard]] ARGUS_TICKET_DECL std::string markdown_title(std::string_view line,
                                                           markdown_rules const& rules);
[[nodiscard]] ARGUS_TICKET_DECL std::string render_markdown(block const& b,
                                                            markdown_grammar const& grammar);
/// What rendering `default_document` with the missing names gives, without making that document.
[[nodiscard]] ARGUS_TICKET_DECL std::string
render_default_markdown(incident const& from, std::span<std::string const> missing,
                        markdown_grammar const& grammar);

} // namespace detail

/// Mentions `@name` and `@org/team`, references `#1`, `owner/name#1`, `GH-1`, URLs of issues.
struct github_flavour {
  /// What GitHub adds to Markdown.
  static constexpr markdown_rules rules{.sigils = "@#",
                                        .words = detail::github_words,
                                        .is_shortcode = &detail::may_be_shortcode,
                                        .is_reference = &detail::is_github_reference};
};

/**
 * GitHub Flavored Markdown (https://github.github.com/gfm/), as a `dialect`.
 *
 * Hostile text stays text: characters that are markup get a backslash or become an entity, dollar
 * signs stand in a `<span>` (GitHub's way to keep them out of mathematics), references get a
 * zero-width space. A line break in a paragraph is a hard one, an empty line begins another
 * paragraph, spaces at a line's start are no-break spaces; in list items and table cells a line
 * break is `<br>`, in headings a space.
 *
 * @tparam Flavour What the ticket system makes of names and numbers; see `markdown_rules`.
 *
 * Wire format: https://github.github.com/gfm/.
 * Guarantees: those of every @ref dialect, whose members it has.
 */
template <markdown_flavour Flavour>
struct basic_markdown {
  static constexpr std::string_view separator = "\n\n";

  [[nodiscard]] static std::string render(block const& b) {
    return detail::render_markdown(b, grammar);
  }
  [[nodiscard]] static std::string render(document const& d) {
    return detail::joined(d, &basic_markdown::render, separator);
  }
  /// What rendering the default document of an incident with the `missing` names (`append_missing`)
  /// gives; see document/default_document.hpp.
  [[nodiscard]] static std::string render_default(incident const& from,
                                                  std::span<std::string const> missing) {
    return detail::render_default_markdown(from, missing, grammar);
  }
  [[nodiscard]] static std::string title(std::string_view line)
    requires(Flavour::rules.has_live_titles)
  {
    return detail::markdown_title(line, Flavour::rules);
  }
  /// A comment that readers do not see; in `text`, dashes in a row are kept apart.
  [[nodiscard]] static std::string hidden(std::string_view text) {
    return detail::html_comment(text);
  }

 private:
  static constexpr markdown_grammar grammar{Flavour::rules};
};

/// GitHub's Markdown.
struct markdown : basic_markdown<github_flavour> {};

} // namespace argus_ticket::document

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/document/markdown.ipp>
#endif

#endif
