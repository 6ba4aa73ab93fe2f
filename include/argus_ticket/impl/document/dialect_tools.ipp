#ifndef ARGUS_TICKET_IMPL_DOCUMENT_DIALECT_TOOLS_IPP
#define ARGUS_TICKET_IMPL_DOCUMENT_DIALECT_TOOLS_IPP

#include <argus_ticket/document/dialect_tools.hpp>
#include <argus_ticket/document/neutralise.hpp>

#include <algorithm>
#include <utility>

namespace argus_ticket::document::detail {

/// Whether a character may stand in a link's target as it is.
[[nodiscard]] constexpr bool is_kept_in_target(char c) noexcept {
  if (is_alnum(c)) return true;
  switch (c) {
  case '"':
  case '<':
  case '>':
  case '\\':
  case '^':
  case '`':
  case '{':
  case '|':
  case '}':
    return false;
  default:
    return c > ' ' && c < '\x7F';
  }
}

std::optional<std::string_view> link_target_view(std::string_view url, std::string& room) {
  std::size_t const scheme = starts_with_any_case(url, "https://")  ? 8
                             : starts_with_any_case(url, "http://") ? 7
                                                                    : 0;
  if (scheme == 0 || scheme == url.size()) return std::nullopt;
  auto const first = static_cast<unsigned char>(url[scheme]);
  if (!is_alnum(url[scheme]) && url[scheme] != '[' && first < 0x80) return std::nullopt;
  if (std::all_of(url.begin(), url.end(), is_kept_in_target)) return url;
  if (clean(url) != url) return std::nullopt;
  constexpr std::string_view digits = "0123456789ABCDEF";
  room.clear();
  room.reserve(url.size());
  for (char const c : url) {
    auto const byte = static_cast<unsigned char>(c);
    if (byte <= 0x20) return std::nullopt;
    if (is_kept_in_target(c)) {
      room += c;
    } else {
      room += '%';
      room += digits[byte >> 4U];
      room += digits[byte & 0x0FU];
    }
  }
  return room;
}

std::optional<std::string> link_target(std::string_view url) {
  std::string room;
  auto const target = link_target_view(url, room);
  if (!target) return std::nullopt;
  return std::string{*target};
}

std::string link_as_text(link const& node) {
  if (node.text == node.url || clean_line(node.text).empty()) return node.url;
  if (node.url.empty()) return node.text;
  return node.text + " (" + node.url + ')';
}

std::string code_line(std::string_view text) {
  std::string line = clean(text);
  std::replace_if(line.begin(), line.end(), [](char c) { return c == '\n' || c == '\t'; }, ' ');
  return line;
}

inlines prepared(inlines const& nodes, bool (*refused)(std::string_view url)) {
  inlines result;
  auto const add_text = [&](std::string value) {
    if (value.empty()) return;
    text* const last = result.empty() ? nullptr : std::get_if<text>(&result.nodes.back());
    if (last != nullptr)
      last->value += value;
    else
      result.nodes.emplace_back(text{std::move(value)});
  };
  for (inline_node const& node : nodes.nodes) {
    std::visit(overloaded{[&](text const& t) { add_text(clean(t.value)); },
                          [&](strong const& s) {
                            strong line{clean_line(s.value)};
                            if (!line.value.empty()) result.nodes.emplace_back(std::move(line));
                          },
                          [&](code const& c) {
                            code line{code_line(c.value)};
                            if (!line.value.empty()) result.nodes.emplace_back(std::move(line));
                          },
                          [&](link const& l) {
                            auto target = link_target(l.url);
                            if (!target || (refused != nullptr && refused(*target)))
                              return add_text(clean(link_as_text(l)));
                            std::string label = clean_line(l.text);
                            if (label.empty()) label = clean_line(l.url);
                            result.nodes.emplace_back(link{std::move(label), std::move(*target)});
                          }},
               node);
  }
  return result;
}

void append_without_comments(std::string& to, std::string_view text) {
  for (std::size_t at = text.find("<!--"); at != std::string_view::npos; at = text.find("<!--")) {
    to.append(text.substr(0, at + 1)) += zero_width_space;
    text.remove_prefix(at + 1);
  }
  to += text;
}

std::string markdown_code(std::string_view text) {
  constexpr std::size_t longest = 64;
  std::string raw;
  append_without_comments(raw, text);
  std::string code;
  code.reserve(raw.size());
  std::size_t run = 0;
  for (char const c : raw) {
    run = c == '`' ? run + 1 : 0;
    if (run > longest) {
      code += zero_width_space;
      run = 1;
    }
    code += c;
  }
  return code;
}

std::size_t longest_run(std::string_view text, char c) noexcept {
  std::size_t longest = 0, run = 0;
  for (char const here : text) {
    run = here == c ? run + 1 : 0;
    longest = (std::max)(longest, run);
  }
  return longest;
}

std::string html_comment(std::string_view text) {
  std::string comment = "<!-- ";
  for (char const c : clean_line(text)) {
    // Without two dashes in a row a comment neither ends nor nests.
    if (c == '-' && comment.back() == '-') comment += zero_width_space;
    comment += c;
  }
  return comment += " -->";
}

std::size_t columns_of(table const& t) noexcept {
  std::size_t columns = t.header.size();
  for (table::row const& row : t.rows) columns = (std::max)(columns, row.size());
  return columns;
}

std::string joined(document const& d, std::string (*render)(block const&),
                   std::string_view separator) {
  std::string whole;
  for (block const& b : d.blocks) {
    std::string const part = render(b);
    if (part.empty()) continue;
    if (!whole.empty()) whole += separator;
    whole += part;
  }
  return whole;
}

} // namespace argus_ticket::document::detail

#endif
