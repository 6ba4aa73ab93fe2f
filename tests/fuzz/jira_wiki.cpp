// A document in Jira's wiki markup: nothing in it is live but what the document has, and it reads
// as it was written.

#include "../support/jira_wiki_reader.hpp"
#include "../support/markdown_reader.hpp"
#include "documents.hpp"

#include <argus_ticket/document/jira_wiki.hpp>

#include <algorithm>

namespace {

using namespace fuzz;
using doc::jira_wiki;

bool is_link(doc::link const& l) {
  auto const target = doc::detail::link_target(l.url);
  return target && doc::detail::wiki_url(*target);
}

/// How many nodes of each kind a document should have.
struct wanted_counts {
  std::size_t strong = 0, code = 0, link = 0, noformat = 0, items = 0, rows = 0;

  void add(doc::inlines const& all) {
    for (doc::inline_node const& node : all.nodes)
      std::visit(
          overloaded{
              [](doc::text const&) {},
              [&](doc::strong const& s) { strong += doc::clean_line(s.value).empty() ? 0 : 1; },
              [&](doc::code const& c) { code += doc::clean(c.value).empty() ? 0 : 1; },
              [&](doc::link const& l) { link += is_link(l) ? 1 : 0; }},
          node);
  }
  void add_item(doc::inlines const& all) {
    add(all);
    doc::list one;
    one.items.push_back(all);
    items += is_blank(words_of(doc::document{one}, {&is_link})) && !holds_code(all) ? 0 : 1;
  }
  /// Code shows its spaces.
  static bool holds_code(doc::inlines const& all) {
    return std::any_of(all.nodes.begin(), all.nodes.end(), [](doc::inline_node const& node) {
      auto const* c = std::get_if<doc::code>(&node);
      return c != nullptr && !doc::clean(c->value).empty();
    });
  }
  void add(doc::block const& b) {
    std::visit(overloaded{[&](doc::list const& l) {
                            for (doc::inlines const& item : l.items) add_item(item);
                          },
                          [&](doc::table const& t) {
                            if (doc::detail::columns_of(t) == 0) return;
                            rows += t.rows.size() + (t.header.empty() ? 0 : 1);
                            for (doc::inlines const& cell : t.header) add(cell);
                            for (auto const& row : t.rows)
                              for (doc::inlines const& cell : row) add(cell);
                          },
                          [&](doc::code_block const& c) {
                            noformat += doc::clean(c.value).empty() ? 0 : 1;
                          },
                          [&](auto const& other) { add(other.content); }},
               b);
  }
};

} // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
  doc::document const d = document_of(pieces_of(as_text(data, size), document_marks));
  std::string const rendered = jira_wiki::render(d);
  test::wiki_reading const reading = test::jira_wiki_reader::read(rendered);
  require(reading.alive.empty(), "nothing in it is live", rendered,
          reading.alive.empty() ? "" : reading.alive.front());
  wanted_counts wanted;
  for (doc::block const& b : d.blocks) wanted.add(b);
  auto const count = [&](char const* kind) {
    return static_cast<std::size_t>(std::count(reading.nodes.begin(), reading.nodes.end(), kind));
  };
  require(count("strong") == wanted.strong, "what is strong is what should be", rendered);
  require(count("code") == wanted.code, "what is code is what should be", rendered);
  require(count("link") == wanted.link, "links are those of the document", rendered);
  require(count("noformat") == wanted.noformat, "code blocks are those of the document", rendered);
  require(count("item") == wanted.items, "items are those of the document", rendered);
  require(count("row") == wanted.rows, "rows are those of the document", rendered);
  std::string const read = test::as_read(reading.visible);
  std::string const words = test::as_read(words_of(d, {&is_link}));
  require(read == words, "it reads as it was written", rendered, read, words);
  return 0;
}
