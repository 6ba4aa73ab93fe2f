#ifndef ARGUS_TICKET_DOCUMENT_MARKDOWN_RULES_HPP
#define ARGUS_TICKET_DOCUMENT_MARKDOWN_RULES_HPP

#include <array>
#include <concepts>
#include <cstddef>
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
  /// Characters that make a reference of the name in front of them.
  std::string_view closers = {};
  /// Words, in lower case, that make a reference of the digits behind them: `gh-`.
  std::span<std::string_view const> words = {};
  /// Texts, in lower case, that begin something wherever they stand: `[toc]`.
  std::span<std::string_view const> openers = {};
  /// How many hexadecimal digits in a row may name a commit; 0 where only 40 of them do. They are
  /// kept apart by empty elements, which copying leaves out, and so is the colon of a URL.
  std::size_t digits_of_commit = 0;
  /// Whether the keys of another tracker's issues, `NET-17`, become links. An empty element stands
  /// in them then.
  bool has_tracker_keys = false;
  /// Whether a `/` and a word at the start of a line of a text as it is written are a command. In
  /// code a space goes before them.
  bool has_commands = false;
  /// Whether titles are read for references as well; see `has_live_titles`.
  bool has_live_titles = false;
  /// How a dollar sign is written so that no formula begins with it.
  std::string_view dollar = "<span>$</span>";
  /// Whether `:name:` may become an emoji. The name is of the letters `[A-Za-z0-9_+-]`, not empty.
  bool (*is_shortcode)(std::string_view name) = nullptr;
  /// Whether a link to this URL does something to what it leads to; it is then shown as text.
  bool (*is_reference)(std::string_view url) = nullptr;
};

/// Rules, and what follows from them for every character.
struct markdown_grammar {
  markdown_rules rules;
  /// The bytes that are themselves wherever they stand within a line, whatever is beside them; but
  /// the first of 40 hexadecimal digits is not.
  std::array<bool, 256> is_plain{};
  /// The bytes that can be the last one before a reference is broken by a zero-width space.
  std::array<bool, 256> may_begin{};

  constexpr explicit markdown_grammar(markdown_rules const& r) : rules(r) {
    is_plain.fill(true);
    auto const include = [this](char c) {
      may_begin[static_cast<unsigned char>(c)] = true;
      if (c >= 'a' && c <= 'z') may_begin[static_cast<unsigned char>(c - 'a' + 'A')] = true;
    };
    for (char const c : std::string_view{":0123456789abcdef"}) include(c);
    for (char const c : r.sigils) include(c);
    for (std::string_view const word : r.words) include(word.back());
    for (std::string_view const opener : r.openers) include(opener.front());
    auto const exclude = [this](char c) {
      is_plain[static_cast<unsigned char>(c)] = false;
      if (c >= 'a' && c <= 'z') is_plain[static_cast<unsigned char>(c - 'a' + 'A')] = false;
    };
    for (char const c : std::string_view{"\n&<>$\\`*_~[]|.)#!:"}) exclude(c);
    for (char const c : r.sigils) exclude(c);
    for (char const c : r.closers) exclude(c);
    for (std::string_view const word : r.words) exclude(word.back());
    for (std::string_view const opener : r.openers) exclude(opener.front());
    if (r.has_tracker_keys) exclude('-');
    if (r.digits_of_commit > 0)
      for (char const c : std::string_view{"0123456789abcdef"}) exclude(c);
  }
};

/// A type that says what a ticket system adds: `static constexpr markdown_rules rules`.
template <class F>
concept markdown_flavour = requires {
  { F::rules } -> std::convertible_to<markdown_rules const&>;
};

} // namespace argus_ticket::document

#endif
