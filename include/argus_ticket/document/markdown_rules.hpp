#ifndef ARGUS_TICKET_DOCUMENT_MARKDOWN_RULES_HPP
#define ARGUS_TICKET_DOCUMENT_MARKDOWN_RULES_HPP

#include <concepts>
#include <span>
#include <string_view>

namespace argus_ticket::document {

/**
 * What one ticket system adds to Markdown: the texts that it makes references of.
 *
 * These work on what Markdown leaves of a text, so a backslash does not stop them. A zero-width
 * space does, and is what they get.
 */
struct markdown_rules {
  /// Characters that make a reference of the name or number behind them.
  std::string_view sigils = "@#";
  /// Words, in lower case, that make a reference of the digits behind them: `gh-`.
  std::span<std::string_view const> words = {};
  /// Whether `:name:` may become an emoji. The name is of the letters `[A-Za-z0-9_+-]`, not empty.
  bool (*is_shortcode)(std::string_view name) = nullptr;
  /// Whether a link to this URL does something to what it leads to; it is then shown as text.
  bool (*is_reference)(std::string_view url) = nullptr;
};

/// A type that says what a ticket system adds: `static constexpr markdown_rules rules`.
template <class F>
concept markdown_flavour = requires {
  { F::rules } -> std::convertible_to<markdown_rules const&>;
};

} // namespace argus_ticket::document

#endif
