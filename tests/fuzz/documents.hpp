#ifndef ARGUS_TICKET_TESTS_FUZZ_DOCUMENTS_HPP
#define ARGUS_TICKET_TESTS_FUZZ_DOCUMENTS_HPP

#include "notation.hpp"

#include <argus_ticket/document/dialect_tools.hpp>
#include <argus_ticket/document/document.hpp>
#include <argus_ticket/document/neutralise.hpp>

/// Documents from inputs, and what a reader should see of them. The marks of blocks: {h}eading,
/// {p}aragraph, {l}ist, next {i}tem, {t}able, next {r}ow, next {c}ell, bloc{k} of code. Those of
/// inline nodes: te{x}t, {s}trong, {m}onospaced code, {a} link's words, the same link's {u}rl.
namespace fuzz {

namespace doc = argus_ticket::document;
using doc::detail::overloaded;

inline constexpr std::string_view document_marks = "hplitrckxsmau";

/// Where an inline node is added: the end of the document.
inline doc::inlines& end_of(doc::document& d) {
  if (d.empty() || std::holds_alternative<doc::code_block>(d.blocks.back()))
    d.add(doc::paragraph{});
  auto const last = [](std::vector<doc::inlines>& all) -> doc::inlines& {
    return all.empty() ? all.emplace_back() : all.back();
  };
  return *std::visit(
      overloaded{[&](doc::list& l) { return &last(l.items); },
                 [&](doc::table& t) { return &last(t.rows.empty() ? t.header : t.rows.back()); },
                 [](doc::code_block&) -> doc::inlines* { return nullptr; },
                 [](auto& other) { return &other.content; }},
      d.blocks.back());
}

inline void add(doc::document& d, piece const& p) {
  doc::list* const items = d.empty() ? nullptr : std::get_if<doc::list>(&d.blocks.back());
  doc::table* const rows = d.empty() ? nullptr : std::get_if<doc::table>(&d.blocks.back());
  switch (p.mark) {
  case 'k':
    d.add(doc::code_block{p.bytes});
    return;
  case 's':
    end_of(d).add(doc::strong{p.bytes});
    return;
  case 'm':
    end_of(d).add(doc::code{p.bytes});
    return;
  case 'a':
    end_of(d).add(doc::link{p.bytes, ""});
    return;
  case 'u': {
    auto& nodes = end_of(d).nodes;
    doc::link* const begun = nodes.empty() ? nullptr : std::get_if<doc::link>(&nodes.back());
    if (begun != nullptr && begun->url.empty())
      begun->url = p.bytes;
    else
      nodes.emplace_back(doc::link{p.bytes});
    return;
  }
  case 'h':
    d.add(doc::heading{2, {}});
    break;
  case 'p':
    d.add(doc::paragraph{});
    break;
  case 'l':
    d.add(doc::list{});
    break;
  case 't':
    d.add(doc::table{});
    break;
  case 'i':
    if (items != nullptr) items->items.emplace_back();
    break;
  case 'r':
    if (rows != nullptr) rows->rows.emplace_back();
    break;
  case 'c':
    if (rows != nullptr) (rows->rows.empty() ? rows->header : rows->rows.back()).emplace_back();
    break;
  default:
    break;
  }
  if (!p.bytes.empty()) end_of(d).add(doc::text{p.bytes});
}

inline doc::document document_of(std::vector<piece> const& pieces) {
  doc::document d;
  for (piece const& p : pieces) add(d, p);
  return d;
}

/// How a dialect shows what dialects show in different ways.
struct shown_as {
  bool (*is_link)(doc::link const&); ///< Else it is text: `words (url)`.
  std::string_view item = "";
  std::string_view cell = "\n";
};

/// The words of a link that is one.
inline std::string words_of(doc::link const& l) {
  std::string const words = doc::clean_line(l.text);
  return words.empty() ? doc::clean_line(l.url) : words;
}

/// The cleaned words of inline nodes, one after the other.
inline std::string words_of(doc::inlines const& nodes, shown_as const& how) {
  std::string words;
  for (doc::inline_node const& node : nodes.nodes)
    words += std::visit(overloaded{[](doc::text const& t) { return doc::clean(t.value); },
                                   [](doc::strong const& s) { return doc::clean_line(s.value); },
                                   [](doc::code const& c) { return doc::clean(c.value); },
                                   [&](doc::link const& l) {
                                     return how.is_link(l)
                                                ? words_of(l)
                                                : doc::clean(doc::detail::link_as_text(l));
                                   }},
                        node);
  return words;
}

/// Whether there is anything but blanks to read.
inline bool is_blank(std::string_view cleaned) {
  return cleaned.find_first_not_of(" \t\n") == std::string_view::npos;
}

/// What is read of a document from top to bottom, up to white space.
inline std::string words_of(doc::document const& d, shown_as const& how) {
  std::string words;
  auto const row = [&](doc::table::row const& cells) {
    for (std::size_t i = 0; i < cells.size(); ++i)
      words += (i == 0 ? "\n" : std::string{how.cell}) + words_of(cells[i], how);
  };
  for (doc::block const& b : d.blocks) {
    words += '\n';
    std::visit(overloaded{[&](doc::list const& l) {
                            for (doc::inlines const& item : l.items)
                              if (std::string const one = words_of(item, how); !is_blank(one))
                                (words += '\n').append(how.item) += one;
                          },
                          [&](doc::table const& t) {
                            row(t.header);
                            for (auto const& cells : t.rows) row(cells);
                          },
                          [&](doc::code_block const& c) { words += doc::clean(c.value); },
                          [&](auto const& other) { words += words_of(other.content, how); }},
               b);
  }
  return words;
}

} // namespace fuzz

#endif
