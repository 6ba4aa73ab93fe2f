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

/// What a character within a line needs to be itself.
enum class markdown_care : unsigned char {
  none = 0,             ///< Nothing, whatever is beside it.
  none_unless_after_w,  ///< Nothing, but for `www.`
  none_unless_at_digit, ///< Nothing where no digit follows, or no word ends here.
  none_unless_colon,    ///< Nothing but where a URL, an address or a shortcode begins.
  backslash,            ///< A backslash, whatever is beside it.
  all                   ///< A closer look.
};

/// Rules, and what follows from them for every character.
struct markdown_grammar {
  markdown_rules rules; ///< What they follow from.
  /// Of 40 hexadecimal digits in a row, the first needs a closer look nevertheless.
  std::array<markdown_care, 256> care{};
  /// The characters behind which a zero-width space may have to break a reference.
  std::array<bool, 256> may_begin{};

  constexpr explicit markdown_grammar(markdown_rules const& r) : rules(r) {
    constexpr std::string_view hexadecimal = "0123456789abcdef";
    note("\n&<>$.)#!:", markdown_care::all);
    note("\\`*_~[]|", markdown_care::backslash);
    if (r.digits_of_commit == 0) note(":", markdown_care::none_unless_colon);
    note(".", markdown_care::none_unless_after_w);
    note(")", markdown_care::none); // but behind digits at a line's start, which are looked at
    for (std::string_view const word : r.words) {
      bool const is_text = care[static_cast<unsigned char>(word.back())] == markdown_care::none;
      note(word.substr(word.size() - 1),
           is_text ? markdown_care::none_unless_at_digit : markdown_care::all);
    }
    for (std::string_view const opener : r.openers) note(opener.substr(0, 1), markdown_care::all);
    note(r.sigils, markdown_care::all);
    note(r.closers, markdown_care::all);
    if (r.has_tracker_keys) note("-", markdown_care::all);
    if (r.digits_of_commit > 0) note(hexadecimal, markdown_care::all);

    note_beginning(":");
    note_beginning(hexadecimal);
    note_beginning(r.sigils);
    for (std::string_view const word : r.words) note_beginning(word.substr(word.size() - 1));
    for (std::string_view const opener : r.openers) note_beginning(opener.substr(0, 1));
  }

 private:
  static constexpr char upper(char c) noexcept {
    return c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  }
  constexpr void note(std::string_view characters, markdown_care what) {
    for (char const c : characters)
      care[static_cast<unsigned char>(c)] = care[static_cast<unsigned char>(upper(c))] = what;
  }
  constexpr void note_beginning(std::string_view characters) {
    for (char const c : characters)
      may_begin[static_cast<unsigned char>(c)] = may_begin[static_cast<unsigned char>(upper(c))] =
          true;
  }
};

/// A type `F` that says what a ticket system adds: `static constexpr markdown_rules rules`.
template <class F>
concept markdown_flavour = requires {
  { F::rules } -> std::convertible_to<markdown_rules const&>;
};

} // namespace argus_ticket::document

#endif
