#ifndef ARGUS_TICKET_TESTS_DOCUMENT_MARKDOWN_PLACES_HPP
#define ARGUS_TICKET_TESTS_DOCUMENT_MARKDOWN_PLACES_HPP

#include <argus_ticket/document/document.hpp>

#include <set>
#include <string>
#include <vector>

namespace test {

namespace doc = argus_ticket::document;

/// A place where hostile text may stand, and what an engine may make of it.
struct place {
  std::string name;
  doc::block (*holding)(std::string const&);
  std::set<std::string> kinds; ///< The node types that harmless text gives there.
  bool one_line;               ///< Line breaks become spaces.
};

inline std::vector<place> const& places() {
  using namespace argus_ticket::document;
  static std::vector<place> const all{
      {"paragraph",
       [](std::string const& s) -> block { return paragraph{s}; },
       {"document", "paragraph", "text", "linebreak"},
       false},
      {"list item",
       [](std::string const& s) -> block { return list{s}; },
       {"document", "list", "item", "paragraph", "text"},
       false},
      {"second list item",
       [](std::string const& s) -> block { return list{"first", s}; },
       {"document", "list", "item", "paragraph", "text"},
       false},
      {"table cell",
       [](std::string const& s) -> block { return table{{"head", "er"}, {{s, "x"}, {"y", s}}}; },
       {"document", "table", "table_header", "table_row", "table_cell", "text"},
       false},
      {"table header",
       [](std::string const& s) -> block { return table{{s, "x"}, {{"y", "z"}}}; },
       {"document", "table", "table_header", "table_row", "table_cell", "text"},
       false},
      {"heading",
       [](std::string const& s) -> block { return heading{2, s}; },
       {"document", "heading", "text"},
       true},
      {"strong",
       [](std::string const& s) -> block { return paragraph{strong{s}}; },
       {"document", "paragraph", "strong", "text"},
       true},
      {"strong between words",
       [](std::string const& s) -> block { return paragraph{"a", strong{s}, strong{s}, "b"}; },
       {"document", "paragraph", "strong", "text"},
       true},
      {"strong, then text",
       [](std::string const& s) -> block { return paragraph{strong{"Host:"}, " ", s}; },
       {"document", "paragraph", "strong", "text", "linebreak"},
       false},
      {"code",
       [](std::string const& s) -> block { return paragraph{code{s}}; },
       {"document", "paragraph", "code"},
       true},
      {"code in a list",
       [](std::string const& s) -> block { return list{code{s}}; },
       {"document", "list", "item", "paragraph", "code"},
       true},
      {"code in a table",
       [](std::string const& s) -> block { return table{{"h"}, {{code{s}}}}; },
       {"document", "table", "table_header", "table_row", "table_cell", "text", "code"},
       true},
      {"code between",
       [](std::string const& s) -> block { return paragraph{s, code{s}, code{s}, s}; },
       {"document", "paragraph", "code", "text", "linebreak"},
       false},
      {"code block",
       [](std::string const& s) -> block { return code_block{s}; },
       {"document", "code_block"},
       false},
      {"link text",
       [](std::string const& s) -> block {
         return paragraph{doc::link{s, "https://argus.example.org/1"}};
       },
       {"document", "paragraph", "link", "text"},
       true},
      {"text around a link",
       [](std::string const& s) -> block {
         return paragraph{s, doc::link{"x", "https://argus.example.org/1"}, s};
       },
       {"document", "paragraph", "link", "text", "linebreak"},
       false},
      {"link target",
       [](std::string const& s) -> block { return paragraph{doc::link{"x", s}}; },
       {"document", "paragraph", "text", "linebreak"},
       false},
  };
  return all;
}

/// How often a text stands in what is read.
inline std::size_t times_read(std::string const& visible, std::string const& wanted) {
  std::size_t count = 0;
  for (std::size_t at = visible.find(wanted); at != std::string::npos;
       at = visible.find(wanted, at + wanted.size()))
    ++count;
  return count;
}

} // namespace test

#endif
