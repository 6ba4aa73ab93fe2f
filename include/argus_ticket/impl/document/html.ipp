#ifndef ARGUS_TICKET_IMPL_DOCUMENT_HTML_IPP
#define ARGUS_TICKET_IMPL_DOCUMENT_HTML_IPP

#include <argus_ticket/document/html.hpp>
#include <argus_ticket/document/neutralise.hpp>

#include <algorithm>
#include <cstddef>

namespace argus_ticket::document {
namespace detail {

inline void append_html(std::string& to, char c) {
  switch (c) {
  case '&':
    to += "&amp;";
    break;
  case '<':
    to += "&lt;";
    break;
  case '>':
    to += "&gt;";
    break;
  case '"':
    to += "&quot;";
    break;
  case '\'':
    to += "&#39;";
    break;
  default:
    to += c;
  }
}

inline void append_html(std::string& to, std::string_view text) {
  for (char const c : text) append_html(to, c);
}

/// Text with its line breaks and the spaces at its lines' starts kept.
inline void append_html_lines(std::string& to, std::string_view text) {
  bool line_start = true;
  for (char const c : text) {
    if (c == '\n')
      to += "<br>";
    else if (line_start && c == ' ')
      to += "&nbsp;";
    else if (line_start && c == '\t')
      to += "&nbsp;&nbsp;&nbsp;&nbsp;";
    else
      append_html(to, c);
    line_start = c == '\n' || (line_start && (c == ' ' || c == '\t'));
  }
}

inline std::string html_inlines(inlines const& nodes) {
  std::string out;
  auto const element = [&](std::string_view open, std::string_view inner, std::string_view close) {
    out += open;
    append_html(out, inner);
    out += close;
  };
  for (inline_node const& node : prepared(nodes).nodes) {
    std::visit(overloaded{[&](text const& t) {
                            if (out.empty()) return append_html_lines(out, t.value);
                            // Behind another node a space is between words, not at a line's start.
                            std::size_t const head = (std::min)(t.value.find('\n'), t.value.size());
                            append_html(out, std::string_view{t.value}.substr(0, head));
                            append_html_lines(out, std::string_view{t.value}.substr(head));
                          },
                          [&](strong const& s) { element("<strong>", s.value, "</strong>"); },
                          [&](code const& c) { element("<code>", c.value, "</code>"); },
                          [&](link const& l) {
                            element(R"(<a href=")", l.url, R"(" rel="noopener noreferrer">)");
                            element("", l.text, "</a>");
                          }},
               node);
  }
  return out;
}

inline std::string html_element(std::string_view name, std::string const& inner) {
  std::string out = "<";
  ((out += name) += '>') += inner;
  ((out += "</") += name) += '>';
  return out;
}

inline std::string html_row(table::row const& row, std::size_t columns, std::string_view cell) {
  std::string cells;
  for (std::size_t i = 0; i < columns; ++i)
    cells += html_element(cell, i < row.size() ? html_inlines(row[i]) : std::string{});
  return html_element("tr", cells);
}

inline std::string html_table(table const& t) {
  std::size_t const columns = columns_of(t);
  if (columns == 0) return {};
  std::string rows;
  for (table::row const& row : t.rows) rows += html_row(row, columns, "td");
  return html_element("table", html_element("thead", html_row(t.header, columns, "th")) +
                                   html_element("tbody", rows));
}

inline std::string html_list(list const& l) {
  std::string items;
  for (inlines const& item : l.items)
    if (std::string const inner = html_inlines(item); !inner.empty())
      items += html_element("li", inner);
  return items.empty() ? items : html_element("ul", items);
}

inline std::string html_code_block(code_block const& c) {
  std::string const lines = clean(c.value);
  if (lines.empty()) return {};
  std::string inner;
  append_html(inner, lines);
  return html_element("pre", html_element("code", inner));
}

/// The element, or nothing where it would be empty.
inline std::string html_unless_empty(std::string_view name, inlines const& content) {
  std::string const inner = html_inlines(content);
  return inner.empty() ? inner : html_element(name, inner);
}

} // namespace detail

std::string html::render(block const& b) {
  return std::visit(
      detail::overloaded{
          [](heading const& h) {
            std::string const name = 'h' + std::to_string((std::clamp)(h.level, 1, 6));
            return detail::html_unless_empty(name, h.content);
          },
          [](paragraph const& p) { return detail::html_unless_empty("p", p.content); },
          [](list const& l) { return detail::html_list(l); },
          [](table const& t) { return detail::html_table(t); },
          [](code_block const& c) { return detail::html_code_block(c); }},
      b);
}

} // namespace argus_ticket::document

#endif
