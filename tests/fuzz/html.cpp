// A document as HTML: its tags are those of the document, and everything else is text.

#include "../support/markdown_reader.hpp"
#include "documents.hpp"
#include "html_reader.hpp"

#include <argus_ticket/document/html.hpp>

namespace {

using namespace fuzz;
using doc::html;

bool is_link(doc::link const& l) { return doc::detail::link_target(l.url).has_value(); }

/// The tags that a document should have, but for line breaks.
struct wanted_tags {
  std::vector<std::string> tags;

  void around(std::string const& name, auto inner) {
    std::size_t const before = tags.size();
    tags.push_back(name);
    if (inner())
      tags.push_back('/' + name);
    else
      tags.resize(before); // nothing to read: no element
  }
  /// @return Whether there is anything in the nodes, if only blanks.
  bool add(doc::inlines const& nodes) {
    bool any = false;
    for (doc::inline_node const& node : nodes.nodes)
      any |= std::visit(overloaded{[](doc::text const& t) { return !doc::clean(t.value).empty(); },
                                   [&](doc::strong const& s) {
                                     return element("strong", !doc::clean_line(s.value).empty());
                                   },
                                   [&](doc::code const& c) {
                                     return element("code", !doc::clean(c.value).empty());
                                   },
                                   [&](doc::link const& l) {
                                     if (!is_link(l))
                                       return !doc::clean(doc::detail::link_as_text(l)).empty();
                                     tags.push_back("a href=\"" +
                                                    escaped_html(*doc::detail::link_target(l.url)) +
                                                    "\" rel=\"noopener noreferrer\"");
                                     tags.push_back("/a");
                                     return true;
                                   }},
                        node);
    return any;
  }
  bool element(std::string const& name, bool any) {
    if (any) tags.insert(tags.end(), {name, '/' + name});
    return any;
  }
  void add_row(doc::table::row const& row, std::size_t columns, std::string const& cell) {
    around("tr", [&] {
      for (std::size_t i = 0; i < columns; ++i)
        around(cell, [&] {
          if (i < row.size()) add(row[i]);
          return true;
        });
      return true;
    });
  }
  void add(doc::block const& b) {
    std::visit(
        overloaded{[&](doc::heading const& h) { around("h2", [&] { return add(h.content); }); },
                   [&](doc::paragraph const& p) { around("p", [&] { return add(p.content); }); },
                   [&](doc::list const& l) {
                     around("ul", [&] {
                       std::size_t const before = tags.size();
                       for (doc::inlines const& item : l.items)
                         around("li", [&] { return add(item); });
                       return tags.size() > before;
                     });
                   },
                   [&](doc::table const& t) {
                     std::size_t const columns = doc::detail::columns_of(t);
                     if (columns == 0) return;
                     tags.insert(tags.end(), {"table", "thead"});
                     add_row(t.header, columns, "th");
                     tags.insert(tags.end(), {"/thead", "tbody"});
                     for (auto const& row : t.rows) add_row(row, columns, "td");
                     tags.insert(tags.end(), {"/tbody", "/table"});
                   },
                   [&](doc::code_block const& c) {
                     around("pre", [&] { return element("code", !doc::clean(c.value).empty()); });
                   }},
        b);
  }
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
  doc::document const d = document_of(pieces_of(as_text(data, size), document_marks));
  std::string const rendered = html::render(d);
  html_reading const reading = read_html(rendered);
  require(reading.sound, "each sign of markup is ours", rendered);
  wanted_tags wanted;
  for (doc::block const& b : d.blocks) wanted.add(b);
  require(reading.tags == wanted.tags, "the tags are those of the document", rendered);
  std::string const read = test::as_read(reading.visible);
  std::string const words = test::as_read(words_of(d, {&is_link}));
  require(read == words, "it reads as it was written", rendered, read, words);

  std::string const comment = html::hidden(as_text(data, size));
  require(comment.starts_with("<!-- ") && comment.ends_with(" -->") &&
              comment.find("--", 4) == comment.size() - 3 &&
              comment.find('\n') == std::string::npos,
          "a comment ends where it should", comment);
  return 0;
}
