#ifndef ARGUS_TICKET_DOCUMENT_DIALECT_TOOLS_HPP
#define ARGUS_TICKET_DOCUMENT_DIALECT_TOOLS_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/document/document.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

/// What dialects have in common. For those who write one; nobody else needs it.
namespace argus_ticket::document::detail {

/// U+200B: seen by no reader, but it keeps apart what a ticket system would take for one word.
inline constexpr std::string_view zero_width_space = "\xE2\x80\x8B";

[[nodiscard]] constexpr bool is_digit(char c) noexcept { return c >= '0' && c <= '9'; }
[[nodiscard]] constexpr bool is_letter(char c) noexcept {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}
[[nodiscard]] constexpr bool is_alnum(char c) noexcept { return is_digit(c) || is_letter(c); }
[[nodiscard]] constexpr bool is_hex(char c) noexcept {
  return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}
/// The characters that Markdown calls ASCII punctuation.
[[nodiscard]] constexpr bool is_punctuation(char c) noexcept {
  return c > ' ' && c < '\x7F' && !is_alnum(c);
}
[[nodiscard]] constexpr char lower(char c) noexcept {
  return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
/// Whether a text begins with a prefix, which is in lower case, in any case of its letters.
[[nodiscard]] constexpr bool starts_with_any_case(std::string_view text,
                                                  std::string_view prefix) noexcept {
  if (text.size() < prefix.size()) return false;
  for (std::size_t i = 0; i < prefix.size(); ++i)
    if (lower(text[i]) != prefix[i]) return false;
  return true;
}

/**
 * What a link may lead to: an http or https URL with a host, with everything percent-encoded that
 * could end an attribute or a destination in some markup.
 * @return Nothing where the text is no such URL or holds spaces or controls.
 */
[[nodiscard]] ARGUS_TICKET_DECL std::optional<std::string> link_target(std::string_view url);

/// The same without a copy where nothing has to be encoded; else it stands in `room`.
[[nodiscard]] ARGUS_TICKET_DECL std::optional<std::string_view>
link_target_view(std::string_view url, std::string& room);

/// A link as text: `text (url)`, or only the one where they are the same or the other is empty.
[[nodiscard]] ARGUS_TICKET_DECL std::string link_as_text(link const& node);

/// The nodes with neighbouring texts made one, empty nodes left out, and the links that may not be
/// links made text. Texts are cleaned (@ref clean; @ref clean_line for all but `text` and `code`).
/// @param refused Asked about the URL of each link that `link_target` accepts; null refuses none.
[[nodiscard]] ARGUS_TICKET_DECL inlines prepared(inlines const& nodes,
                                                 bool (*refused)(std::string_view url) = nullptr);

/// The text of a code span: cleaned, with line breaks and tabs as spaces.
[[nodiscard]] ARGUS_TICKET_DECL std::string code_line(std::string_view text);

/// Appends a text with a zero-width space inside each `<!--`, for places that markup takes as raw.
ARGUS_TICKET_DECL void append_without_comments(std::string& to, std::string_view text);

/// The text of code in Markdown: without `<!--`, and with a zero-width space in each run of more
/// than 64 backticks. A fence must be longer than the runs in it, and engines know no fence of more
/// than 80 backticks around a span and none of more than 255 around a block.
[[nodiscard]] ARGUS_TICKET_DECL std::string markdown_code(std::string_view text);

/// How often a character stands in a row at most.
[[nodiscard]] ARGUS_TICKET_DECL std::size_t longest_run(std::string_view text, char c) noexcept;

/// `<!-- text -->` on one line, which ends there whatever the text holds.
[[nodiscard]] ARGUS_TICKET_DECL std::string html_comment(std::string_view text);

/// How many cells the longest row of a table has, the header included.
[[nodiscard]] ARGUS_TICKET_DECL std::size_t columns_of(table const& t) noexcept;

/// The blocks that are not empty, one after the other.
[[nodiscard]] ARGUS_TICKET_DECL std::string
joined(document const& d, std::string (*render)(block const&), std::string_view separator);

template <class... Visitors>
struct overloaded : Visitors... {
  using Visitors::operator()...;
};
template <class... Visitors>
overloaded(Visitors...) -> overloaded<Visitors...>;

} // namespace argus_ticket::document::detail

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/document/dialect_tools.ipp>
#endif

#endif
