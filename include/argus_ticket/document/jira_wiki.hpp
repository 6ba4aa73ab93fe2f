#ifndef ARGUS_TICKET_DOCUMENT_JIRA_WIKI_HPP
#define ARGUS_TICKET_DOCUMENT_JIRA_WIKI_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/document/dialect.hpp>
#include <argus_ticket/document/dialect_tools.hpp>

#include <string>
#include <string_view>

namespace argus_ticket::document {

/**
 * Jira's wiki markup, as a `dialect`: what Jira Data Center's REST API, version 2, takes for a
 * description or a comment.
 *
 * Hostile text stays text: a character that could begin or end markup becomes an HTML entity,
 * `&#123;` for `{`, which the renderer leaves as it is. Backslashes would not do: who is mentioned
 * is looked for in the raw text, where `\[~name]` pings as `[~name]` does. A `-`, `_`, `+`, `:`,
 * `?`, `#` or `)` that cannot be markup where it stands is left alone, so that times, names and
 * most words are found by a search for them and stay readable in an editor. Issue keys, bare URLs,
 * emoticons, dashes and the renderer's own placeholders are taken for text as well.
 *
 * In a code block (`{noformat}`), where entities are shown as they are, a zero-width space stands
 * inside `{noformat`, `[~` and `[@`, and inside placeholders.
 *
 * It has no hidden comments. A link whose URL has a bracketed address is shown as text.
 *
 * Wire format: https://jira.atlassian.com/secure/WikiRendererHelpAction.jspa?section=all; what the
 * renderer does is that of com.atlassian.renderer.v2.
 *
 * Guarantees: those of every @ref dialect, whose members it has.
 */
struct jira_wiki {
  static constexpr std::string_view separator = "\n\n";

  [[nodiscard]] static ARGUS_TICKET_DECL std::string render(block const& b);
  [[nodiscard]] static std::string render(document const& d) {
    return detail::joined(d, &jira_wiki::render, separator);
  }
};

} // namespace argus_ticket::document

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/document/jira_wiki.ipp>
#endif

#endif
