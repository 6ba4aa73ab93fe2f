#ifndef ARGUS_TICKET_IMPL_DOCUMENT_MARKDOWN_WRITER_HPP
#define ARGUS_TICKET_IMPL_DOCUMENT_MARKDOWN_WRITER_HPP

#include <argus_ticket/document/dialect_tools.hpp>
#include <argus_ticket/document/markdown_rules.hpp>
#include <argus_ticket/impl/document/markdown_references.hpp>

#include <algorithm>
#include <array>
#include <cstddef>
#include <string>
#include <string_view>
#include <utility>

namespace argus_ticket::document::detail {

/// Where inline nodes stand: it decides what a line break becomes.
enum class markdown_place {
  paragraph, ///< A hard line break; an empty line begins another paragraph.
  item,      ///< `<br>`
  cell,      ///< `<br>`, and code may not hold a bare `|`.
  heading    ///< A space.
};

/// Writes inline nodes as Markdown. Line breaks and the blanks at a line's start wait until
/// something visible follows them, so that no line is empty and nothing trails.
class markdown_writer {
 public:
  /// @param out What is written goes behind what stands there.
  markdown_writer(markdown_grammar const& grammar, markdown_place place, std::string& out)
      : grammar_(grammar), rules_(grammar.rules), place_(place), out_(out), start_(out.size()) {}

  void write(inlines const& nodes) {
    inlines const ready = prepared(nodes, rules_.is_reference);
    for (std::size_t i = 0; i < ready.nodes.size(); ++i) {
      inline_node const* const next = i + 1 < ready.nodes.size() ? &ready.nodes[i + 1] : nullptr;
      std::visit(overloaded{[&](text const& t) { write_text(t.value); },
                            [&](strong const& s) { write_strong(s.value, is_end(next)); },
                            [&](code const& c) { write_code(c.value); },
                            [&](link const& l) { write_link(l.text, l.url); }},
                 ready.nodes[i]);
    }
  }
  /// Whether nothing has been written.
  [[nodiscard]] bool is_empty() const noexcept { return out_.size() == start_; }

  // The nodes one by one, as `prepared` makes them: cleaned, not empty, a link's target checked.

  void write_text(std::string_view value) {
    digits_start_ = digits_end_ = 0;
    bool const may_hold_hash = has_long_hash(value);
    for (std::size_t i = 0; i < value.size(); ++i) {
      if (!line_start_ && !leading_digits_ && !may_hold_hash) {
        i = write_simple(value, i);
        if (i == value.size()) return;
      }
      char const c = value[i];
      if (c == '\n' && place_ != markdown_place::heading) {
        ++breaks_;
        indent_ = 0;
        line_start_ = true;
      } else if (line_start_ && is_blank(c)) {
        indent_ += c == '\t' ? 4 : 1;
      } else {
        begin_visible();
        write_character(value, i);
      }
    }
  }

  /// The asterisks count as markup only beside certain characters; where those are missing a
  /// zero-width space stands in for them.
  /// @param ends Whether a blank or nothing follows.
  void write_strong(std::string_view value, bool ends) {
    begin_visible();
    bool const apart = is_empty() || is_blank(out_.back());
    if (ends_with('*')) out_ += zero_width_space;
    out_ += "**";
    line_start_ = leading_digits_ = false;
    if (!is_alnum(value.front()) && !(apart && is_punctuation(value.front())))
      out_ += zero_width_space;
    write_text(value);
    if (!is_alnum(value.back()) && !(ends && is_punctuation(value.back())))
      out_ += zero_width_space;
    out_ += "**";
  }

  /// The same of letters, spaces and slashes with a colon at their end, in a paragraph's beginning.
  void write_name(std::string_view name) {
    ((out_ += "**") += name) += "**";
    line_start_ = leading_digits_ = false;
  }

  void write_code(std::string_view raw) {
    begin_visible();
    line_start_ = leading_digits_ = false;
    bool const is_simple = raw.front() != ' ' && raw.find('`') == std::string_view::npos &&
                           raw.find("<!--") == std::string_view::npos;
    if (is_simple && !ends_with('`') && place_ != markdown_place::cell) {
      ((out_ += '`') += raw) += '`';
      return;
    }
    std::string const value = markdown_code(raw);
    if (ends_with('`')) out_ += zero_width_space;
    std::string const fence(longest_run(value, '`') + 1, '`');
    bool const blank_ends = value.front() == ' ' && value.back() == ' ';
    bool const padded = value.front() == '`' || value.back() == '`' ||
                        (blank_ends && value.find_first_not_of(' ') != std::string_view::npos);
    out_ += fence;
    if (padded) out_ += ' ';
    if (place_ == markdown_place::cell)
      append_code_in_cell(value);
    else
      out_ += value;
    if (padded) out_ += ' ';
    out_ += fence;
  }

  void write_link(std::string_view words, std::string_view target) {
    begin_visible();
    out_ += '[';
    line_start_ = true; // so that a `^` there is no footnote
    leading_digits_ = false;
    write_text(words);
    line_start_ = leading_digits_ = false;
    out_ += "](<";
    if (target.find('&') == std::string_view::npos && target.find('$') == std::string_view::npos) {
      (out_ += target) += ">)";
      return;
    }
    for (char const c : target) {
      if (c == '&')
        out_ += "&amp;";
      else if (c == '$')
        out_ += "%24";
      else
        out_ += c;
    }
    out_ += ">)";
  }

 private:
  static constexpr bool is_blank(char c) noexcept { return c == ' ' || c == '\t' || c == '\n'; }

  /// Whether a blank or nothing follows where that is the next node.
  static bool is_end(inline_node const* next) {
    if (next == nullptr) return true;
    text const* const words = std::get_if<text>(next);
    return words != nullptr && !words->value.empty() && is_blank(words->value[0]);
  }
  [[nodiscard]] bool ends_with(char c) const noexcept { return !is_empty() && out_.back() == c; }

  /// Writes characters within a line that need no closer look. @return The end of those.
  std::size_t write_simple(std::string_view value, std::size_t i) {
    std::array<markdown_care, 256> const& care = grammar_.care;
    auto const care_of = [&](std::size_t at) {
      return care[static_cast<unsigned char>(value[at])];
    };
    auto const is_any = [](auto... ones) { return ((static_cast<unsigned>(ones) | ...)) != 0; };
    std::size_t begin = i;
    for (; i < value.size(); ++i) {
      while (i + 4 < value.size() &&
             !is_any(care_of(i), care_of(i + 1), care_of(i + 2), care_of(i + 3)))
        i += 4; // most characters need none
      switch (care_of(i)) {
      case markdown_care::none:
        continue;
      case markdown_care::none_unless_after_w:
        if (i > 0 && lower(value[i - 1]) == 'w') break;
        continue;
      case markdown_care::none_unless_at_digit:
        if (i + 1 < value.size() && is_digit(value[i + 1]) &&
            ends_word(rules_, value.substr(0, i + 1)))
          break;
        continue;
      case markdown_care::none_unless_colon:
        if (is_live_colon(value, i)) break;
        continue;
      case markdown_care::backslash:
        out_.append(value.data() + begin, i - begin);
        out_ += '\\';
        begin = i; // the character itself goes with those behind it
        continue;
      case markdown_care::all:
        break;
      }
      break;
    }
    out_.append(value.data() + begin, i - begin);
    return i;
  }

  /// Whether a text may hold the 40 digits of a commit: then every 40th character or so is one.
  static bool has_long_hash(std::string_view value) noexcept {
    constexpr std::size_t digits = 40;
    for (std::size_t i = digits - 1; i < value.size(); i += digits) {
      if (!is_hex(value[i])) continue;
      std::size_t begin = i, end = i + 1;
      while (begin > 0 && is_hex(value[begin - 1])) --begin;
      while (end < value.size() && is_hex(value[end])) ++end;
      if (end - begin >= digits) return true;
    }
    return false;
  }

  /// Writes the line breaks and blanks that were waiting.
  void begin_visible() {
    if (breaks_ == 0 && indent_ == 0) return;
    if (is_empty()) breaks_ = 0;
    bool const is_new = breaks_ > 1;
    if (breaks_ > 0)
      out_ += place_ == markdown_place::paragraph ? std::string_view{is_new ? "\n\n" : "\\\n"}
                                                  : std::string_view{is_new ? "<br><br>" : "<br>"};
    if (place_ == markdown_place::heading) indent_ = 0;
    for (; indent_ > 0; --indent_) out_ += "&nbsp;";
    breaks_ = 0;
  }

  /// Writes a character so that it is itself, then a zero-width space where it would begin
  /// something together with what follows.
  void write_character(std::string_view value, std::size_t i) {
    char const c = value[i];
    bool const digits = is_digit(c) && (line_start_ || leading_digits_);
    if (rules_.digits_of_commit > 0) keep_commit_apart(value, i);
    if (!rules_.closers.empty() && ends_reference(rules_, value, i)) out_ += zero_width_space;
    switch (c) {
    case '&':
      out_ += "&amp;";
      break;
    case '<':
      out_ += "&lt;";
      break;
    case '>':
      out_ += "&gt;";
      break;
    case '$':
      out_ += rules_.dollar;
      break;
    case '\n':
      out_ += ' ';
      break; // in a heading
    case ':':
      if (rules_.digits_of_commit > 0 && value.substr(i + 1).starts_with("//")) {
        out_ += "<span>:</span>"; // no backslash stops GitLab from making a link of it
        break;
      }
      [[fallthrough]];
    default:
      if (needs_backslash(value, i)) out_ += '\\';
      out_ += c;
    }
    leading_digits_ = digits;
    line_start_ = false;
    if (grammar_.may_begin[static_cast<unsigned char>(c)] && begins_reference(rules_, value, i))
      out_ += zero_width_space;
    if (rules_.has_tracker_keys && ends_tracker_prefix(value, i)) out_ += "<span></span>";
  }

  /// Whether a word, in lower case, stands in front of a position in any case.
  static bool follows(std::string_view value, std::size_t i, std::string_view word) {
    return i >= word.size() && lower(value[i - 1]) == word.back() &&
           starts_with_any_case(value.substr(i - word.size()), word);
  }

  /// Whether a colon makes a URL or an address of what is beside it, or a shortcode.
  bool is_live_colon(std::string_view value, std::size_t i) const {
    std::string_view const after{value.data() + i + 1, value.size() - i - 1};
    return after.starts_with("//") || follows(value, i, "mailto") || follows(value, i, "xmpp") ||
           begins_shortcode(rules_, after);
  }

  bool needs_backslash(std::string_view value, std::size_t i) const {
    char const c = value[i];
    if (line_start_ && is_punctuation(c)) return true;
    switch (c) {
    case '\\':
    case '`':
    case '*':
    case '_':
    case '~':
    case '[':
    case ']':
    case '|':
      return true;
    case '.':
      return leading_digits_ || follows(value, i, "www");
    case ')':
      return leading_digits_;
    case '#':
      return place_ == markdown_place::heading;
    case '!':
      return i + 1 == value.size(); // a link may follow
    case ':':
      return value.substr(i + 1).starts_with("//") || follows(value, i, "mailto") ||
             follows(value, i, "xmpp");
    default:
      return false;
    }
  }

  /// Digits of which too few stand together to name a commit, at what begins or goes on there.
  void keep_commit_apart(std::string_view value, std::size_t i) {
    if (i >= digits_end_) {
      digits_start_ = digits_end_ = i;
      while (digits_end_ < value.size() && is_hex(value[digits_end_])) ++digits_end_;
      if (digits_end_ == i) ++digits_end_;
    }
    std::size_t const before = i - digits_start_;
    if (digits_end_ - digits_start_ >= rules_.digits_of_commit && before > 0 &&
        before % (rules_.digits_of_commit - 1) == 0)
      out_ += "<span></span>";
  }

  void append_code_in_cell(std::string_view value) {
    for (char const c : value) {
      // A backslash in front of `\|` would change what that means.
      if (c == '|') out_ += out_.back() == '\\' ? std::string{zero_width_space} + '\\' : "\\";
      out_ += c;
    }
  }

  markdown_grammar const& grammar_;
  markdown_rules const& rules_;
  markdown_place place_;
  std::string& out_;
  std::size_t start_; // where it begins in there
  std::size_t breaks_ = 0;
  std::size_t indent_ = 0;
  std::size_t digits_start_ = 0; // hexadecimal digits in a row, of the text that is being written
  std::size_t digits_end_ = 0;
  bool line_start_ = true;      // nothing visible stands on this line yet
  bool leading_digits_ = false; // only digits stand on this line so far
};

} // namespace argus_ticket::document::detail

#endif
