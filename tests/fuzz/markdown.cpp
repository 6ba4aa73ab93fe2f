// A document as GitHub's Markdown, judged by GitHub's own engine.

#include "markdown_judge.hpp"

namespace {

using namespace fuzz;
using doc::markdown;

/// What the engine must find of a document.
struct structure {
  std::size_t headings = 0, lists = 0, items = 0, tables = 0, code_blocks = 0, strongs = 0,
              codes = 0;
  std::vector<test::markdown_link> links;

  void count(doc::inlines const& nodes) {
    for (doc::inline_node const& node : nodes.nodes)
      std::visit(
          overloaded{[](doc::text const&) {},
                     [&](doc::strong const& s) { strongs += !doc::clean_line(s.value).empty(); },
                     [&](doc::code const& c) { codes += !doc::clean(c.value).empty(); },
                     [&](doc::link const& l) {
                       if (!is_markdown_link(l)) return;
                       std::string url = *doc::detail::link_target(l.url);
                       for (std::size_t at; (at = url.find('$')) != std::string::npos;)
                         url.replace(at, 1, "%24");
                       links.push_back({url, test::as_read(words_of(l))});
                     }},
          node);
  }

  explicit structure(doc::document const& d) {
    bool list_before = false; // two lists in a row are one
    for (doc::block const& b : d.blocks) {
      if (markdown::render(b).empty()) continue;
      bool const is_list = std::holds_alternative<doc::list>(b);
      lists += is_list && !list_before;
      list_before = is_list;
      std::visit(overloaded{[&](doc::heading const& h) {
                              ++headings;
                              count(h.content);
                            },
                            [&](doc::paragraph const& p) { count(p.content); },
                            [&](doc::list const& l) {
                              for (doc::inlines const& item : l.items) {
                                items += !markdown::render(doc::list{item}).empty();
                                count(item);
                              }
                            },
                            [&](doc::table const& t) {
                              ++tables;
                              for (doc::inlines const& cell : t.header) count(cell);
                              for (auto const& row : t.rows)
                                for (doc::inlines const& cell : row) count(cell);
                            },
                            [&](doc::code_block const&) { ++code_blocks; }},
                 b);
    }
  }
};

void judge_structure(structure const& wanted, test::markdown_reading const& reading,
                     std::string const& rendered) {
  auto const same = [&](char const* kind, std::size_t number) {
    require(reading.count(kind) == number, "there are as many nodes as in the document", kind,
            reading.count(kind), number, rendered);
  };
  same("heading", wanted.headings);
  same("list", wanted.lists);
  same("item", wanted.items);
  same("table", wanted.tables);
  same("code_block", wanted.code_blocks);
  same("strong", wanted.strongs);
  same("code", wanted.codes);
  same("link", wanted.links.size());
  for (std::size_t i = 0; i < wanted.links.size(); ++i) {
    require(reading.links[i].url == wanted.links[i].url, "a link leads where it should",
            reading.links[i].url, wanted.links[i].url);
    require(test::as_read(reading.links[i].words) == wanted.links[i].words,
            "a link reads as it should", reading.links[i].words, wanted.links[i].words);
  }
}

void judge_hidden(std::string_view text) {
  std::string const comment = markdown::hidden(text);
  test::markdown_reading const reading = test::read_markdown("a\n\n" + comment + "\n\nb");
  require(reading.html.size() == 1 && test::as_read(reading.visible) == "a b",
          "a comment ends where it should", comment);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
  doc::document const d = document_of(pieces_of(as_text(data, size), document_marks));
  std::string const rendered = markdown::render(d);
  test::markdown_reading const reading = test::read_markdown(rendered);
  judge_markdown(rendered, reading);
  judge_structure(structure{d}, reading, rendered);
  std::string const wanted = test::as_read(words_of(d, {&is_markdown_link}));
  std::string const read = test::as_read(reading.visible);
  require(read == wanted, "it reads as it was written", rendered, read, wanted);
  // Commands of other systems begin a line; code is no place for them.
  for (doc::block const& b : d.blocks)
    if (std::string const one = '\n' + markdown::render(b);
        !std::holds_alternative<doc::code_block>(b))
      require(one.find("\n/") == std::string::npos, "no line is a command", rendered);
  judge_hidden(as_text(data, size));
  return 0;
}
