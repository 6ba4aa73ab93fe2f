#ifndef ARGUS_TICKET_IMPL_DOCUMENT_PLAIN_IPP
#define ARGUS_TICKET_IMPL_DOCUMENT_PLAIN_IPP

#include <argus_ticket/document/neutralise.hpp>
#include <argus_ticket/document/plain.hpp>

#include <cstddef>

namespace argus_ticket::document {
namespace detail {

/// The inline nodes one after the other, without line breaks and blanks at the end.
inline std::string plain_inlines(inlines const& nodes) {
  std::string out;
  for (inline_node const& node : nodes.nodes)
    out += std::visit(overloaded{[](link const& l) { return clean(link_as_text(l)); },
                                 [](code const& c) { return code_line(c.value); },
                                 [](strong const& s) { return clean_line(s.value); },
                                 [](text const& t) { return clean(t.value); }},
                      node);
  out.erase(out.find_last_not_of(" \t\n") + 1);
  return out;
}

/// Each line behind a prefix: `first` for the first, `other` for those after it.
inline std::string plain_lines(std::string_view lines, std::string_view first,
                               std::string_view other) {
  std::string out{first};
  for (char const c : lines) {
    out += c;
    if (c == '\n') out += other;
  }
  return out;
}

inline void append_line(std::string& out, std::string_view line) {
  if (!out.empty()) out += '\n';
  out += line;
}

inline std::string plain_list(list const& l) {
  std::string out;
  for (inlines const& item : l.items)
    if (std::string const inner = plain_inlines(item); !inner.empty())
      append_line(out, plain_lines(inner, "- ", "  "));
  return out;
}

inline std::string plain_table(table const& t) {
  std::string out;
  auto const add = [&](table::row const& row) {
    std::string line;
    for (std::size_t i = 0; i < row.size(); ++i)
      (line += i == 0 ? "" : " | ") += clean_line(plain_inlines(row[i]));
    if (!row.empty()) append_line(out, line);
  };
  add(t.header);
  for (table::row const& row : t.rows) add(row);
  return out;
}

inline std::string plain_code_block(code_block const& c) {
  std::string lines = clean(c.value);
  lines.erase(lines.find_last_not_of('\n') + 1);
  return lines.empty() ? lines : plain_lines(lines, "    ", "    ");
}

} // namespace detail

std::string plain::render(block const& b) {
  return std::visit(
      detail::overloaded{
          [](heading const& h) { return clean_line(detail::plain_inlines(h.content)); },
          [](paragraph const& p) { return detail::plain_inlines(p.content); },
          [](list const& l) { return detail::plain_list(l); },
          [](table const& t) { return detail::plain_table(t); },
          [](code_block const& c) { return detail::plain_code_block(c); }},
      b);
}

} // namespace argus_ticket::document

#endif
