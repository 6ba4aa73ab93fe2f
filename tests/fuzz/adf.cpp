// A document in Atlassian's format: its nodes are those of the document, hold to the schema, and
// have its texts in order.

#include "../support/adf_reader.hpp"
#include "../support/markdown_reader.hpp"
#include "documents.hpp"

#include <argus_ticket/document/adf.hpp>

namespace {

using namespace fuzz;
using doc::adf;

bool is_link(doc::link const& l) { return doc::detail::link_target(l.url).has_value(); }

/// The nodes and marks that a document should have.
struct wanted_nodes {
  std::vector<std::string> nodes;

  /// @return Whether there is anything in the nodes, if only blanks.
  bool add(doc::inlines const& all) {
    bool any = false;
    auto const mark = [&](char const* name, bool is_there) {
      if (is_there) nodes.emplace_back(name);
      return is_there;
    };
    for (doc::inline_node const& node : all.nodes)
      any |= std::visit(
          overloaded{[](doc::text const& t) { return !doc::clean(t.value).empty(); },
                     [&](doc::strong const& s) {
                       return mark("strong", !doc::clean_line(s.value).empty());
                     },
                     [&](doc::code const& c) { return mark("code", !doc::clean(c.value).empty()); },
                     [&](doc::link const& l) {
                       if (is_link(l)) return mark("link", true);
                       return !doc::clean(doc::detail::link_as_text(l)).empty();
                     }},
          node);
    return any;
  }
  /// Nodes around inline ones, where there are some.
  bool around(std::initializer_list<char const*> names, doc::inlines const& inner) {
    std::size_t const before = nodes.size();
    nodes.insert(nodes.end(), names.begin(), names.end());
    if (add(inner)) return true;
    nodes.resize(before);
    return false;
  }
  void add_row(doc::table::row const& row, std::size_t columns, char const* cell) {
    nodes.emplace_back("tableRow");
    for (std::size_t i = 0; i < columns; ++i) {
      nodes.emplace_back(cell);
      nodes.emplace_back("paragraph");
      if (i < row.size()) add(row[i]);
    }
  }
  void add(doc::block const& b) {
    std::visit(overloaded{[&](doc::heading const& h) { around({"heading"}, h.content); },
                          [&](doc::paragraph const& p) { around({"paragraph"}, p.content); },
                          [&](doc::list const& l) {
                            std::size_t const before = nodes.size();
                            bool any = false;
                            nodes.emplace_back("bulletList");
                            for (doc::inlines const& item : l.items)
                              any |= around({"listItem", "paragraph"}, item);
                            if (!any) nodes.resize(before);
                          },
                          [&](doc::table const& t) {
                            std::size_t const columns = doc::detail::columns_of(t);
                            if (columns == 0) return;
                            nodes.emplace_back("table");
                            if (!t.header.empty()) add_row(t.header, columns, "tableHeader");
                            for (auto const& row : t.rows) add_row(row, columns, "tableCell");
                          },
                          [&](doc::code_block const& c) {
                            if (!doc::clean(c.value).empty()) nodes.emplace_back("codeBlock");
                          }},
               b);
  }
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
  doc::document const d = document_of(pieces_of(as_text(data, size), document_marks));
  std::string const rendered = adf::render(d);
  test::adf_reading const reading = test::adf_reader::read(rendered);
  require(reading.faults.empty(), "it holds to the schema", rendered,
          reading.faults.empty() ? "" : reading.faults.front());
  wanted_nodes wanted;
  for (doc::block const& b : d.blocks) wanted.add(b);
  require(reading.nodes == wanted.nodes, "the nodes are those of the document", rendered);
  std::string const read = test::as_read(reading.visible);
  std::string const words = test::as_read(words_of(d, {&is_link}));
  require(read == words, "it reads as it was written", rendered, read, words);
  return 0;
}
