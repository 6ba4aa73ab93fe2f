#pragma once
// Jira's wiki markup as its renderer reads it, after com.atlassian.renderer.v2 (macros, then
// blocks, then links, URLs, issue keys, phrases) and com.atlassian.jira.mention: what the library
// has any business with is read, and everything else that is live is told. Without a test
// framework.

#include <charconv>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace test {

struct wiki_reading {
  std::string visible;            ///< What is read; blocks, cells and breaks apart by line breaks.
  std::vector<std::string> nodes; ///< `h2`, `paragraph`, `item`, `row`, `cell`, `strong`, ...
  std::vector<std::string> links; ///< Where they lead.
  std::vector<std::string> codes; ///< Code blocks.
  std::vector<std::string> alive; ///< What does more than to be read. Empty is good.
};

class jira_wiki_reader {
 public:
  static wiki_reading read(std::string_view text) {
    jira_wiki_reader reader;
    reader.look_for_mentions(text);
    reader.look_for_placeholders(text);
    reader.macros(text);
    return std::move(reader.out_);
  }

 private:
  static bool is_digit(char c) { return c >= '0' && c <= '9'; }
  static bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
  static bool is_ascii_letter(char c) { return is_upper(c) || (c >= 'a' && c <= 'z'); }
  /// Letters and digits; bytes above 127 are taken for letters.
  static bool is_word(char c) {
    return is_digit(c) || is_ascii_letter(c) || static_cast<unsigned char>(c) >= 0x80;
  }
  static bool is_blank(char c) { return c == ' ' || c == '\t'; }
  static char at(std::string_view s, std::size_t i) { return i < s.size() ? s[i] : '\0'; }

  void live(std::string what, std::string_view where) {
    out_.alive.push_back(std::move(what) + ": " + std::string{where.substr(0, 40)});
  }

  /// `\[[~@][^\\,]+?\]` in the raw text, whatever stands around it.
  void look_for_mentions(std::string_view s) {
    for (std::size_t i = 0; i + 2 < s.size(); ++i) {
      if (s[i] != '[' || (s[i + 1] != '~' && s[i + 1] != '@')) continue;
      for (std::size_t j = i + 2; j < s.size() && s[j] != '\\' && s[j] != ','; ++j)
        if (s[j] == ']' && j > i + 2) {
          live("a mention", s.substr(i));
          break;
        }
    }
  }
  void look_for_placeholders(std::string_view s) {
    for (char const* token :
         {"inltokxyzkdtnhgnsbdfinltok", "blktokxyzkdtnhgnsbdfblktok", "ibltokxyzkdtnhgnsbdfibltok"})
      if (s.find(token) != std::string_view::npos) live("a placeholder", token);
  }

  // --- macros ---------------------------------------------------------------------------------

  void macros(std::string_view s) {
    std::string text;
    bool escaped = false;
    for (std::size_t i = 0; i < s.size(); ++i) {
      char const c = s[i];
      if (escaped || c != '{') {
        escaped = !escaped && c == '\\';
        text += c;
        continue;
      }
      if (std::string_view{"{*?^_-+~"}.find(at(s, i + 1)) != std::string_view::npos &&
          i + 1 < s.size()) {
        text += s.substr(i, 2);
        ++i;
        continue;
      }
      std::size_t const end = s.find_first_of("{}", i + 1);
      if (end == std::string_view::npos || s[end] == '{') {
        live("a brace", s.substr(i));
        text += c;
        continue;
      }
      std::string_view const tag = s.substr(i + 1, end - i - 1);
      if (tag != "noformat") {
        live("a macro", s.substr(i));
        i = end;
        continue;
      }
      std::size_t const close = s.find("{noformat}", end + 1);
      if (close == std::string_view::npos) {
        live("a code block that does not end", s.substr(i));
        return;
      }
      blocks(text);
      text.clear();
      std::string_view code = s.substr(end + 1, close - end - 1);
      if (code.starts_with('\n')) code.remove_prefix(1);
      if (code.ends_with('\n')) code.remove_suffix(1);
      out_.nodes.emplace_back("noformat");
      out_.codes.emplace_back(code);
      (out_.visible += '\n') += code;
      out_.visible += '\n';
      i = close + std::string_view{"{noformat}"}.size() - 1;
    }
    blocks(text);
  }

  // --- blocks ---------------------------------------------------------------------------------

  static std::string_view trimmed(std::string_view s) {
    while (!s.empty() && is_blank(s.front())) s.remove_prefix(1);
    while (!s.empty() && is_blank(s.back())) s.remove_suffix(1);
    return s;
  }

  void blocks(std::string_view s) {
    std::string paragraph;
    auto const flush = [&] {
      if (!paragraph.empty()) {
        out_.nodes.emplace_back("paragraph");
        phrases(paragraph);
        out_.visible += '\n';
      }
      paragraph.clear();
    };
    while (!s.empty()) {
      std::size_t const end = s.find('\n');
      std::string_view const raw = s.substr(0, end);
      s = end == std::string_view::npos ? std::string_view{} : s.substr(end + 1);
      std::string_view const line = trimmed(raw);
      if (line.empty()) {
        flush();
      } else if (std::string_view const rest = block_start(line); rest.data() != nullptr) {
        flush();
        phrases(rest);
        out_.visible += '\n';
      } else if (line.front() == '|') {
        flush();
        row(line);
      } else {
        if (!paragraph.empty()) paragraph += '\n';
        paragraph += raw;
      }
    }
    flush();
  }

  /// What follows `h2.`, `* ` and the like; null where the line begins no such block.
  std::string_view block_start(std::string_view line) {
    if (line.size() > 2 && line[0] == 'h' && line[1] >= '1' && line[1] <= '6' && line[2] == '.') {
      out_.nodes.emplace_back(line.substr(0, 2));
      return trimmed(line.substr(3));
    }
    if (line.starts_with("bq.")) {
      out_.nodes.emplace_back("bq");
      return trimmed(line.substr(3));
    }
    if (line == "----" || line == "-----") {
      out_.nodes.emplace_back("rule");
      return line.substr(line.size());
    }
    std::size_t marks = 0;
    while (marks < line.size() &&
           std::string_view{"*#-"}.find(line[marks]) != std::string_view::npos)
      ++marks;
    if (marks == 0 || !is_blank(at(line, marks))) return {};
    out_.nodes.push_back(
        line.substr(0, marks) == "*" ? "item" : "item " + std::string{line.substr(0, marks)});
    return trimmed(line.substr(marks));
  }

  void row(std::string_view line) {
    bool const is_header = line.starts_with("||");
    std::string_view const edge = is_header ? "||" : "|";
    out_.nodes.emplace_back("row");
    line.remove_prefix(edge.size());
    while (!line.empty()) {
      std::size_t end = 0; // links have bars of their own
      for (bool in_link = false; end < line.size(); ++end) {
        if (line[end] == '[') in_link = true;
        if (line[end] == ']') in_link = false;
        if (!in_link && line[end] == '|') break;
      }
      if (end == line.size()) {
        live("a row that does not end", line);
        return;
      }
      if (line.substr(end, edge.size()) != edge || (!is_header && at(line, end + 1) == '|'))
        live("a cell of another kind", line.substr(end));
      out_.nodes.emplace_back(is_header ? "header" : "cell");
      std::string_view const cell = trimmed(line.substr(0, end));
      if (block_start(cell).data() != nullptr) live("a block in a cell", cell);
      phrases(cell);
      out_.visible += '\n';
      line.remove_prefix((end + edge.size() < line.size()) ? end + edge.size() : line.size());
    }
  }

  // --- inside a line --------------------------------------------------------------------------

  void phrases(std::string_view s) {
    for (std::size_t i = 0; i < s.size();) {
      if (s[i] == '[') {
        std::size_t const end = s.find(']', i);
        if (end == std::string_view::npos || !link(s.substr(i + 1, end - i - 1)))
          live("a bracket", s.substr(i));
        i = end == std::string_view::npos ? s.size() : end + 1;
      } else if (auto const strong = phrase(s, i, "*")) {
        out_.nodes.emplace_back("strong");
        words(s.substr(strong->begin, strong->end - strong->begin));
        i = strong->after;
      } else if (auto const code = phrase(s, i, "{{")) {
        out_.nodes.emplace_back("code");
        words(s.substr(code->begin, code->end - code->begin));
        i = code->after;
      } else {
        std::size_t end = i + 1;
        while (end < s.size() && s[end] != '[' && !phrase(s, end, "*") && !phrase(s, end, "{{"))
          ++end;
        words(s.substr(i, end - i), i > 0 ? s[i - 1] : '\0', at(s, end));
        i = end;
      }
    }
  }

  struct span {
    std::size_t begin, end, after;
  };
  /// A phrase that begins at a place, `*x*` or `{*}x{*}`, `{{x}}`.
  static std::optional<span> phrase(std::string_view s, std::size_t i, std::string_view mark) {
    bool const is_code = mark == "{{";
    std::string_view const closing = is_code ? "}}" : mark;
    std::string const braced = '{' + std::string{mark} + '}';
    std::size_t begin = 0;
    if (!is_code && s.substr(i).starts_with(braced)) {
      begin = i + braced.size();
    } else {
      if (!s.substr(i).starts_with(mark)) return std::nullopt;
      if (i > 0 && (is_word(s[i - 1]) || s[i - 1] == '\\') &&
          !s.substr(0, i).ends_with("\xE2\x80\x8B"))
        return std::nullopt;
      begin = i + mark.size();
    }
    if (begin >= s.size() || is_blank(s[begin]) || s[begin] == '\n' || s[begin] == mark[0])
      return std::nullopt;
    for (std::size_t j = begin + 1; j < s.size() && s[j] != '\n'; ++j) {
      if (is_blank(s[j - 1])) continue;
      if (!is_code && s.substr(j).starts_with(braced)) return span{begin, j, j + braced.size()};
      if (!s.substr(j).starts_with(closing)) continue;
      char const next = at(s, j + closing.size());
      bool const is_apart = s.substr(j + closing.size()).starts_with("\xE2\x80\x8B");
      if (is_word(next) && !is_apart) continue;
      return span{begin, j, j + closing.size()};
    }
    return std::nullopt;
  }

  bool link(std::string_view body) {
    std::size_t const bar = body.rfind('|');
    if (bar == std::string_view::npos) return false;
    std::string_view const url = body.substr(bar + 1);
    if (!url.starts_with("http://") && !url.starts_with("https://") && !url.starts_with("HTTP") &&
        !url.starts_with("Http") && !url.starts_with("h") && !url.starts_with("H"))
      return false;
    if (url.find("://") == std::string_view::npos ||
        url.find_first_of(" \n|[]{}\\^\"<>") != std::string_view::npos)
      return false;
    std::string_view const label = body.substr(0, bar);
    if (label.empty() || label.find('|') != std::string_view::npos ||
        std::string_view{"^~#@"}.find(label.front()) != std::string_view::npos)
      return false;
    out_.nodes.emplace_back("link");
    out_.links.emplace_back(url);
    words(label);
    return true;
  }

  /// Words that should be nothing else. @param before, after What stands beside them.
  void words(std::string_view s, char before = '\0', char after = '\0') {
    look_for_urls(s, before);
    look_for_keys(s, before);
    look_for_marks(s, before, after);
    for (std::size_t i = 0; i < s.size();) {
      if (s[i] == '&')
        i += entity(s.substr(i));
      else if (s.substr(i).starts_with("\\\\") && at(s, i + 2) != '\\')
        out_.visible += '\n', i += 2;
      else
        out_.visible += s[i++];
    }
  }

  /// Reads an entity; gives how long it is.
  std::size_t entity(std::string_view s) {
    for (auto const& [name, meaning] :
         {std::pair<std::string_view, std::string_view>{"&amp;", "&"}, {"&nbsp;", "\xC2\xA0"}})
      if (s.starts_with(name)) {
        out_.visible += meaning;
        return name.size();
      }
    std::size_t const end = s.find(';');
    int code = 0;
    if (s.starts_with("&#") && end != std::string_view::npos && end < 7) {
      auto const [stop, problem] = std::from_chars(s.data() + 2, s.data() + end, code);
      if (problem == std::errc{} && stop == s.data() + end && code > 32 && code < 127) {
        out_.visible += static_cast<char>(code);
        return end + 1;
      }
    }
    live("an ampersand", s);
    out_.visible += '&';
    return 1;
  }

  void look_for_urls(std::string_view s, char before) {
    for (char const* scheme : {"http://", "https://", "ftp://", "ftps://", "mailto:", "nntp://",
                               "news://", "irc://", "file:"})
      for (std::size_t i = s.find(scheme); i != std::string_view::npos; i = s.find(scheme, i + 1)) {
        char const front = i > 0 ? s[i - 1] : before;
        char const next = at(s, i + std::string_view{scheme}.size());
        if (!is_digit(front) && !is_ascii_letter(front) && next > ' ') live("a URL", s.substr(i));
      }
  }
  /// Keys of any project: the pattern is the site's own.
  void look_for_keys(std::string_view s, char before) {
    for (std::size_t i = s.find('-'); i != std::string_view::npos; i = s.find('-', i + 1)) {
      if (!is_digit(at(s, i + 1))) continue;
      std::size_t start = i;
      while (start > 0 && (is_upper(s[start - 1]) || is_digit(s[start - 1]) || s[start - 1] == '_'))
        --start;
      // The pattern may begin in the middle of the run, but not behind a letter.
      for (std::size_t k = start; k + 1 < i; ++k) {
        char const front = k > 0 ? s[k - 1] : before;
        if (is_upper(s[k]) && !is_ascii_letter(front)) {
          live("an issue's key", s.substr(k));
          break;
        }
      }
    }
  }
  void look_for_marks(std::string_view s, char before, char after) {
    for (std::size_t i = 0; i < s.size(); ++i) {
      char const c = s[i];
      char const front = i > 0 ? s[i - 1] : before;
      char const next = i + 1 < s.size() ? s[i + 1] : after;
      std::string_view const rest = s.substr(i);
      if (std::string_view{"!@|{}^~[]*("}.find(c) != std::string_view::npos)
        live(std::string{"a raw "} + c, rest);
      bool const begins = !is_word(front) && front != '\\' && next > ' ';
      if ((c == '_' || c == '+' || c == '-') && begins) live("a phrase", rest);
      if (c == '-' && next == '-' && (front == '\0' || front == ' ' || front == '\n'))
        live("a dash", rest);
      if (c == '?' && next == '?') live("a citation", rest);
      for (char const* face :
           {":-)", ":)", ":P", ":p", ";-)", ";)", ":D", ":-D", ":(", ":-(", ":-P"})
        if (rest.starts_with(face)) live("an emoticon", rest);
      if (c != '\\') continue;
      auto const ends = [](char one) { return one == ' ' || one == '\0'; };
      bool const is_break = front != '\\' && next == '\\' && ends(at(s, i + 2));
      bool const is_second = front == '\\' && (i < 2 || s[i - 2] != '\\') && ends(next);
      if (!is_break && !is_second) live("a backslash", rest);
    }
  }

  wiki_reading out_;
};

} // namespace test
