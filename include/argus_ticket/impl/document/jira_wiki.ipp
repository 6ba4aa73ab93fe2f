#ifndef ARGUS_TICKET_IMPL_DOCUMENT_JIRA_WIKI_IPP
#define ARGUS_TICKET_IMPL_DOCUMENT_JIRA_WIKI_IPP

#include <argus_ticket/document/jira_wiki.hpp>
#include <argus_ticket/document/neutralise.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>
#include <vector>

namespace argus_ticket::document {
namespace detail {

/// The renderer's placeholders for what it has rendered already have this in them, whatever else:
/// `inltokxyzkdtnhgnsbdfinltok` and its like.
inline constexpr std::string_view wiki_placeholder = "xyzkdtnhgnsbdf";

/// What becomes of a line break.
enum class wiki_breaks {
  lines, ///< A line break, and no-break spaces where lines begin with spaces.
  forced ///< `\\`, which is one in a list and in a table, where a line break ends the item.
};

/// Writes texts so that the renderer takes nothing in them for markup.
class wiki_text {
 public:
  /// @param at_line_start Whether block markup would be read where the text begins.
  wiki_text(std::string_view text, wiki_breaks breaks, bool at_line_start)
      : text_(text), breaks_(breaks), word_(at_line_start ? none_yet : inside) {}

  std::string written() {
    out_.reserve(text_.size() + text_.size() / 4);
    for (at_ = 0; at_ < text_.size(); ++at_) write(text_[at_]);
    return std::move(out_);
  }

 private:
  // Where a line's first word begins, if it is one of this text.
  static constexpr std::size_t none_yet = static_cast<std::size_t>(-1);
  static constexpr std::size_t inside = static_cast<std::size_t>(-2);

  char before() const { return at_ == 0 ? '\0' : text_[at_ - 1]; }
  char after() const { return at_ + 1 < text_.size() ? text_[at_ + 1] : '\0'; }

  void entity(char c) {
    out_ += "&#";
    out_ += std::to_string(static_cast<int>(c));
    out_ += ';';
  }

  bool begins_line() const { return word_ == none_yet; }

  void write(char c) {
    if (c == '\n') return write_break();
    if (c == ' ' || c == '\t') {
      if (!begins_line() || breaks_ != wiki_breaks::lines)
        out_ += c;
      else
        for (int i = 0; i < (c == '\t' ? 4 : 1); ++i) out_ += "&nbsp;";
      return;
    }
    if (c == '&')
      out_ += "&amp;";
    else if (may_be_markup(c))
      entity(c);
    else
      out_ += c;
    if (begins_line()) word_ = at_;
  }

  void write_break() {
    if (breaks_ == wiki_breaks::forced) {
      out_ += " \\\\ ";
      return;
    }
    out_ += '\n';
    word_ = none_yet;
  }

  bool may_be_markup(char c) const {
    switch (c) {
    case '!':
    case '(':
    case '*':
    case '@':
    case '[':
    case '\\':
    case ']':
    case '^':
    case '{':
    case '|':
    case '}':
    case '~':
      return true;
    case '-':
      return !(is_alnum(before()) && (is_letter(after()) || joins_number()));
    case '_':
    case '+':
      return !(is_alnum(before()) && is_alnum(after()));
    case ':': // of a URL's scheme or an emoticon; a space at the end may become an entity
      return !((after() == ' ' && at_ + 2 < text_.size()) || after() == '\n' ||
               (is_digit(before()) && is_digit(after())));
    case ')': // of an emoticon, to which an entity's semicolon may belong
      return out_.empty() || !is_alnum(out_.back());
    case '?':
      return before() == '?' || after() == '?' || before() == '\0' || after() == '\0';
    case '#':
      return begins_line();
    case '.':
      return names_block();
    case 'x':
    case 'X':
      return starts_with_any_case(text_.substr(at_), wiki_placeholder);
    default:
      return false;
    }
  }

  /// Whether a dash before digits cannot be that of an issue's key, which is in upper case.
  bool joins_number() const {
    if (!is_digit(after())) return false;
    for (std::size_t i = at_; i > 0; --i) {
      char const c = text_[i - 1];
      if ((c >= 'A' && c <= 'Z') || static_cast<unsigned char>(c) >= 0x80) return false;
      if (!is_alnum(c) && c != '_') return true;
    }
    return true;
  }

  /// Whether `h1` or `bq` stands before it, alone in its line.
  bool names_block() const {
    if (word_ == none_yet || word_ == inside || at_ - word_ != 2) return false;
    std::string_view const word = text_.substr(word_, 2);
    return word == "bq" || (word[0] == 'h' && is_digit(word[1]));
  }

  std::string_view text_;
  wiki_breaks breaks_;
  std::size_t word_;
  std::size_t at_ = 0;
  std::string out_;
};

/// A piece of inline markup, not yet put between its neighbours.
struct wiki_piece {
  enum class kind { text, strong, code, link } what;
  std::string words; // written already
};

/// Whether a phrase such as `*strong*` may begin or end beside a character. Letters of other
/// alphabets count too: they are bytes above 127 here.
inline bool is_phrase_edge(char c) {
  return c != '\\' && !is_alnum(c) && static_cast<unsigned char>(c) < 0x80;
}

/// Spaces at the ends of code, where no phrase may have them.
inline std::string with_hard_ends(std::string words) {
  if (words.ends_with(' ')) words.replace(words.size() - 1, 1, "&nbsp;");
  if (words.starts_with(' ')) words.replace(0, 1, "&nbsp;");
  return words;
}

inline std::optional<std::string> wiki_url(std::string_view url) {
  std::size_t const host = url.find("//") + 2;
  if (host < url.size() && url[host] == '[') return std::nullopt;
  std::string target;
  for (char const c : url) {
    if (c == '[')
      target += "%5B";
    else if (c == ']')
      target += "%5D";
    else
      target += c;
  }
  if (target.find(wiki_placeholder) != std::string::npos) return std::nullopt;
  return target;
}

inline std::vector<wiki_piece> wiki_pieces(inlines const& nodes, wiki_breaks breaks) {
  using kind = wiki_piece::kind;
  std::vector<wiki_piece> pieces;
  auto const refused = [](std::string_view url) { return !wiki_url(url); };
  for (inline_node const& node : prepared(nodes, refused).nodes) {
    bool const first = pieces.empty();
    std::visit(
        overloaded{[&](text const& t) {
                     pieces.push_back({kind::text, wiki_text(t.value, breaks, first).written()});
                   },
                   [&](strong const& s) {
                     pieces.push_back({kind::strong, wiki_text(s.value, breaks, true).written()});
                   },
                   [&](code const& c) {
                     pieces.push_back(
                         {kind::code, with_hard_ends(wiki_text(c.value, breaks, true).written())});
                   },
                   [&](link const& l) {
                     std::string link = "[" + wiki_text(l.text, breaks, true).written();
                     pieces.push_back({kind::link, link + '|' + *wiki_url(l.url) + ']'});
                   }},
        node);
  }
  return pieces;
}

/// Inline markup; empty where it is nothing but blanks and line breaks.
inline std::string wiki_inlines(inlines const& nodes, wiki_breaks breaks) {
  using kind = wiki_piece::kind;
  std::string out;
  std::vector<wiki_piece> const pieces = wiki_pieces(nodes, breaks);
  for (std::size_t i = 0; i < pieces.size(); ++i) {
    wiki_piece const& one = pieces[i];
    bool const ends = i + 1 == pieces.size();
    bool const before_strong = !ends && pieces[i + 1].what == kind::strong;
    bool const free_before =
        out.empty() || (is_phrase_edge(out.back()) && out.back() != '*' && out.back() != '}');
    bool const free_after = ends || before_strong || is_phrase_edge(pieces[i + 1].words.front());
    if (one.what == kind::strong && free_before && free_after && !before_strong) {
      out += '*' + one.words + '*';
    } else if (one.what == kind::strong) {
      out += "{*}" + one.words + "{*}";
    } else if (one.what == kind::code) { // a zero-width space is no letter
      if (!free_before) out += zero_width_space;
      out += "{{" + one.words + "}}";
      if (!ends && (!free_after || pieces[i + 1].what != kind::text)) out += zero_width_space;
    } else {
      out += one.words;
    }
  }
  bool const is_blank = out.find_first_not_of(" \t\n\\") == std::string::npos;
  return is_blank ? std::string{} : out;
}

inline std::string wiki_row(table::row const& row, std::size_t columns, std::string_view edge) {
  std::string line{edge};
  for (std::size_t i = 0; i < columns; ++i) {
    std::string const words =
        i < row.size() ? wiki_inlines(row[i], wiki_breaks::forced) : std::string{};
    line += words.empty() ? " " : words;
    line += edge;
  }
  return line;
}

inline std::string wiki_table(table const& t) {
  std::size_t const columns = columns_of(t);
  if (columns == 0) return {};
  std::string lines;
  if (!t.header.empty()) lines = wiki_row(t.header, columns, "||");
  for (table::row const& row : t.rows)
    lines += (lines.empty() ? "" : "\n") + wiki_row(row, columns, "|");
  return lines;
}

inline std::string wiki_list(list const& l) {
  std::string lines;
  for (inlines const& item : l.items)
    if (std::string const words = wiki_inlines(item, wiki_breaks::forced); !words.empty())
      lines += (lines.empty() ? "* " : "\n* ") + words;
  return lines;
}

/// Lines as they are, but for what would end them, ping or stand for something else.
inline std::string wiki_code_block(code_block const& c) {
  std::string const lines = clean(c.value);
  if (lines.empty()) return {};
  std::string inner;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    std::string_view const rest = std::string_view{lines}.substr(i);
    inner += lines[i];
    if (starts_with_any_case(rest, "{noformat") || rest.starts_with("[~") ||
        rest.starts_with("[@") || starts_with_any_case(rest, wiki_placeholder))
      inner += zero_width_space;
  }
  return "{noformat}\n" + inner + "\n{noformat}";
}

inline std::string one_line(std::string words) {
  std::replace(words.begin(), words.end(), '\n', ' ');
  return words;
}

} // namespace detail

std::string jira_wiki::render(block const& b) {
  using detail::wiki_breaks;
  return std::visit(
      detail::overloaded{
          [](heading const& h) {
            inlines line = h.content;
            for (inline_node& node : line.nodes)
              if (text* const t = std::get_if<text>(&node))
                t->value = detail::one_line(clean(t->value));
            std::string words = detail::wiki_inlines(line, wiki_breaks::forced);
            if (words.empty()) return words;
            return 'h' + std::to_string((std::clamp)(h.level, 1, 6)) + ". " + words;
          },
          [](paragraph const& p) { return detail::wiki_inlines(p.content, wiki_breaks::lines); },
          [](list const& l) { return detail::wiki_list(l); },
          [](table const& t) { return detail::wiki_table(t); },
          [](code_block const& c) { return detail::wiki_code_block(c); }},
      b);
}

} // namespace argus_ticket::document

#endif
