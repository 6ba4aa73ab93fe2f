#include "markdown_reader.hpp"

#include <algorithm>
#include <cmark-gfm-core-extensions.h>
#include <cmark-gfm-extension_api.h>
#include <cmark-gfm.h>
#include <cstdlib>
#include <memory>

namespace test {
namespace {

struct deleter {
  void operator()(cmark_parser* p) const { cmark_parser_free(p); }
  void operator()(cmark_node* n) const { cmark_node_free(n); }
  void operator()(cmark_iter* i) const { cmark_iter_free(i); }
  void operator()(char* c) const { std::free(c); }
};
template <class T>
using owned = std::unique_ptr<T, deleter>;

constexpr int options = CMARK_OPT_FOOTNOTES | CMARK_OPT_UNSAFE;

struct parsed {
  owned<cmark_parser> parser;
  owned<cmark_node> root;
};

parsed parse(std::string_view markdown) {
  cmark_gfm_core_extensions_ensure_registered();
  parsed p;
  p.parser.reset(cmark_parser_new(options));
  for (char const* name : {"table", "strikethrough", "autolink", "tasklist"})
    cmark_parser_attach_syntax_extension(p.parser.get(), cmark_find_syntax_extension(name));
  cmark_parser_feed(p.parser.get(), markdown.data(), markdown.size());
  p.root.reset(cmark_parser_finish(p.parser.get()));
  cmark_consolidate_text_nodes(p.root.get());
  return p;
}

std::string text_of(char const* text) { return text == nullptr ? std::string{} : text; }

bool is_word(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_';
}
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

/// A name between colons that is an emoji of GitHub, or could be one: all but numbers, times and
/// groups of an address, unless GitHub has an emoji of that name.
bool is_emoji(std::string name) {
  for (std::string_view const known :
       {"100", "1234", "+1", "-1", "a", "ab", "abc", "abcd", "b", "bed", "bee", "cd"})
    if (name == known) return true;
  bool const letters = std::any_of(name.begin(), name.end(),
                                   [](char c) { return is_word(c) && c != '_' && !is_digit(c); });
  bool const address = name.size() <= 4 && std::all_of(name.begin(), name.end(), is_hex);
  return letters && !address;
}

std::string around(std::string_view text, std::size_t at) {
  std::size_t const from = at < 20 ? 0 : at - 20;
  return std::string{text.substr(from, 50)};
}

void find_references(std::string_view text, std::vector<std::string>& found) {
  std::size_t colon = std::string_view::npos; // the last one with only name characters behind it
  std::size_t hex_start = 0;
  for (std::size_t i = 0; i <= text.size(); ++i) {
    char const c = i < text.size() ? text[i] : '\0';
    char const before = i > 0 ? text[i - 1] : ' ';
    char const next = i + 1 < text.size() ? text[i + 1] : '\0';
    if (c == '@' && is_word(next)) found.push_back("mention: " + around(text, i));
    if (c == '#' && is_digit(next)) found.push_back("issue: " + around(text, i));
    if ((c == 'g' || c == 'G') && !is_word(before) && text.size() - i > 3 &&
        (next == 'h' || next == 'H') && text[i + 2] == '-' && is_digit(text[i + 3]))
      found.push_back("issue: " + around(text, i));
    if (c == ':') {
      if (colon != std::string_view::npos &&
          is_emoji(std::string{text.substr(colon + 1, i - colon - 1)}))
        found.push_back("emoji: " + around(text, colon));
      colon = i;
    } else if (!is_word(c) && c != '+' && c != '-') {
      colon = std::string_view::npos;
    }
    if (!is_hex(c)) {
      bool const whole =
          i - hex_start == 40 && !is_word(c) && (hex_start == 0 || !is_word(text[hex_start - 1]));
      if (whole) found.push_back("commit: " + around(text, hex_start));
      hex_start = i + 1;
    }
  }
}

void read_node(markdown_reading& reading, cmark_node* node, std::string_view kind) {
  std::string const literal = text_of(cmark_node_get_literal(node));
  bool const ends_block = cmark_node_get_type(node) < CMARK_NODE_TEXT;
  if (kind == "text") {
    reading.texts.push_back(literal);
    reading.visible += literal;
  } else if (kind == "code" || kind == "code_block") {
    reading.codes.push_back(literal);
    reading.visible += literal;
  } else if (kind == "softbreak" || kind == "linebreak") {
    reading.visible += '\n';
  } else if (kind == "html_inline" || kind == "html_block") {
    reading.html.push_back(literal);
    if (literal == "<br>") reading.visible += '\n';
  }
  if (ends_block) reading.visible += '\n';
}

} // namespace

std::size_t markdown_reading::count(std::string_view kind) const {
  return static_cast<std::size_t>(std::count(kinds.begin(), kinds.end(), kind));
}

markdown_reading read_markdown(std::string_view markdown) {
  parsed const p = parse(markdown);
  markdown_reading reading;
  std::vector<std::size_t> starts; // where the words of the open links begin
  owned<cmark_iter> iterator{cmark_iter_new(p.root.get())};
  for (cmark_event_type event = cmark_iter_next(iterator.get()); event != CMARK_EVENT_DONE;
       event = cmark_iter_next(iterator.get())) {
    cmark_node* const node = cmark_iter_get_node(iterator.get());
    std::string const kind = text_of(cmark_node_get_type_string(node));
    bool const leads = kind == "link" || kind == "image";
    if (event == CMARK_EVENT_ENTER) {
      reading.kinds.push_back(kind);
      if (leads) starts.push_back(reading.visible.size());
      read_node(reading, node, kind);
      continue;
    }
    if (cmark_node_get_type(node) < CMARK_NODE_TEXT || kind == "table_cell")
      reading.visible += '\n';
    if (!leads) continue;
    markdown_link link{text_of(cmark_node_get_url(node)), reading.visible.substr(starts.back())};
    starts.pop_back();
    (kind == "link" ? reading.links : reading.images).push_back(std::move(link));
  }
  return reading;
}

std::string markdown_to_html(std::string_view markdown) {
  parsed const p = parse(markdown);
  owned<char> const html{
      cmark_render_html(p.root.get(), options, cmark_parser_get_syntax_extensions(p.parser.get()))};
  return text_of(html.get());
}

std::vector<std::string> github_references(markdown_reading const& reading) {
  std::vector<std::string> found;
  for (std::string const& text : reading.texts) find_references(text, found);
  return found;
}

std::string as_read(std::string_view text) {
  std::string result;
  bool gap = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    std::string_view const rest = text.substr(i);
    if (rest.starts_with("\xE2\x80\x8B")) {
      i += 2;
    } else if (rest.starts_with("\xC2\xA0")) {
      gap = true;
      ++i;
    } else if (text[i] == ' ' || text[i] == '\n' || text[i] == '\t') {
      gap = true;
    } else {
      if (gap && !result.empty()) result += ' ';
      gap = false;
      result += text[i];
    }
  }
  return result;
}

} // namespace test
