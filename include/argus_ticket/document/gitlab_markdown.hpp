#ifndef ARGUS_TICKET_DOCUMENT_GITLAB_MARKDOWN_HPP
#define ARGUS_TICKET_DOCUMENT_GITLAB_MARKDOWN_HPP

#include <argus_ticket/document/markdown.hpp>

namespace argus_ticket::document {

namespace detail {

inline constexpr std::string_view gitlab_words[] = {"gl-"};

/// What GitLab makes of brackets and words in front of names, after Markdown has been read.
inline constexpr std::string_view gitlab_openers[] = {"[toc]",
                                                      "[[",
                                                      "{+",
                                                      "{-",
                                                      "[+",
                                                      "[-",
                                                      "[issue:",
                                                      "[work_item:",
                                                      "[epic:",
                                                      "[vulnerability:",
                                                      "[feature_flag:",
                                                      "[contact:",
                                                      "[wiki_page:",
                                                      "[cadence:",
                                                      "[iteration:",
                                                      "*iteration:",
                                                      "^alert"};

/// Whether GitLab, on whatever host, may tell the target of a link about it.
[[nodiscard]] ARGUS_TICKET_DECL bool is_gitlab_reference(std::string_view url);

} // namespace detail

/**
 * What GitLab makes of names and numbers: `@name`, `#1`, `GL-1`, `!1`, `&1`, `%milestone`,
 * `~label`, `[issue:1]` and its like, parts of commits' hashes, URLs; and of brackets: changes
 * (`{+ +}`), a table of contents (`[TOC]`), formulas. It looks for them in what Markdown leaves,
 * text by text, so that a backslash does not stop them, while another element between their parts
 * does.
 *
 * Titles are read for the same references, and get zero-width spaces. Parts of commits' hashes,
 * projects (`name>`) and keys of other trackers' issues stay as they are there: they notify nobody,
 * and titles are what people search for.
 *
 * What it does with them: https://docs.gitlab.com/user/markdown/.
 */
struct gitlab_flavour {
  /// What GitLab adds to Markdown.
  static constexpr markdown_rules rules{.sigils = "@#!&%~",
                                        .closers = ">",
                                        .words = detail::gitlab_words,
                                        .openers = detail::gitlab_openers,
                                        .digits_of_commit = 7,
                                        .has_tracker_keys = true,
                                        .has_commands = true,
                                        .has_live_titles = true,
                                        .dollar = "<span>\\$</span>",
                                        .is_shortcode = &detail::may_be_shortcode,
                                        .is_reference = &detail::is_gitlab_reference};
};

/// GitLab Flavored Markdown. Its quick actions (`/close` at a line's start) do not begin with a
/// backslash, which any punctuation at a line's start gets.
struct gitlab_markdown : basic_markdown<gitlab_flavour> {};

} // namespace argus_ticket::document

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/document/gitlab_markdown.ipp>
#endif

#endif
