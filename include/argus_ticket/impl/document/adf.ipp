#ifndef ARGUS_TICKET_IMPL_DOCUMENT_ADF_IPP
#define ARGUS_TICKET_IMPL_DOCUMENT_ADF_IPP

#include <argus_ticket/document/adf.hpp>
#include <argus_ticket/document/dialect_tools.hpp>
#include <argus_ticket/document/neutralise.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <cstddef>
#include <utility>

namespace argus_ticket::document {
namespace detail {

/// A node of the tree, built of values: only the serializer writes texts, escaped.
inline boost::json::object adf_node(std::string_view type) {
  boost::json::object node;
  node["type"] = type;
  return node;
}

inline boost::json::object adf_node(std::string_view type, boost::json::array content) {
  boost::json::object node = adf_node(type);
  node["content"] = std::move(content);
  return node;
}

/// Adds a text node; the schema has none without text.
inline void add_adf_text(boost::json::array& to, std::string_view words,
                         boost::json::array marks = {}) {
  if (words.empty()) return;
  boost::json::object node = adf_node("text");
  node["text"] = words;
  if (!marks.empty()) node["marks"] = std::move(marks);
  to.push_back(std::move(node));
}

/// Adds text with its line breaks as nodes of their own, or as spaces.
inline void add_adf_lines(boost::json::array& to, std::string_view words, bool breaks) {
  while (!words.empty()) {
    std::size_t const end = (std::min)(words.find('\n'), words.size());
    add_adf_text(to, words.substr(0, end));
    if (end == words.size()) return;
    if (breaks)
      to.push_back(adf_node("hardBreak"));
    else
      add_adf_text(to, " ");
    words.remove_prefix(end + 1);
  }
}

inline boost::json::array adf_mark(std::string_view type) { return {adf_node(type)}; }

inline boost::json::array adf_link_mark(std::string_view url) {
  boost::json::object mark = adf_node("link");
  mark["attrs"] = boost::json::object{{"href", url}};
  return {std::move(mark)};
}

inline boost::json::array adf_inlines(inlines const& nodes, bool breaks = true) {
  boost::json::array content;
  for (inline_node const& node : prepared(nodes).nodes)
    std::visit(
        overloaded{[&](text const& t) { add_adf_lines(content, t.value, breaks); },
                   [&](strong const& s) { add_adf_text(content, s.value, adf_mark("strong")); },
                   [&](code const& c) { add_adf_text(content, c.value, adf_mark("code")); },
                   [&](link const& l) { add_adf_text(content, l.text, adf_link_mark(l.url)); }},
        node);
  return content;
}

inline boost::json::object adf_row(table::row const& row, std::size_t columns,
                                   std::string_view cell) {
  boost::json::array cells;
  for (std::size_t i = 0; i < columns; ++i) {
    boost::json::array words = i < row.size() ? adf_inlines(row[i]) : boost::json::array{};
    cells.push_back(adf_node(cell, {adf_node("paragraph", std::move(words))}));
  }
  return adf_node("tableRow", std::move(cells));
}

/// The block's node; null where there is nothing to read in it.
inline boost::json::value adf_block(block const& b) {
  using boost::json::array;
  using boost::json::value;
  return std::visit(overloaded{[](heading const& h) -> value {
                                 array words = adf_inlines(h.content, false);
                                 if (words.empty()) return nullptr;
                                 boost::json::object node = adf_node("heading");
                                 node["attrs"] =
                                     boost::json::object{{"level", (std::clamp)(h.level, 1, 6)}};
                                 node["content"] = std::move(words);
                                 return node;
                               },
                               [](paragraph const& p) -> value {
                                 array words = adf_inlines(p.content);
                                 if (words.empty()) return nullptr;
                                 return adf_node("paragraph", std::move(words));
                               },
                               [](list const& l) -> value {
                                 array items;
                                 for (inlines const& item : l.items)
                                   if (array words = adf_inlines(item); !words.empty())
                                     items.push_back(adf_node(
                                         "listItem", {adf_node("paragraph", std::move(words))}));
                                 if (items.empty()) return nullptr;
                                 return adf_node("bulletList", std::move(items));
                               },
                               [](table const& t) -> value {
                                 std::size_t const columns = columns_of(t);
                                 if (columns == 0) return nullptr;
                                 array rows;
                                 if (!t.header.empty())
                                   rows.push_back(adf_row(t.header, columns, "tableHeader"));
                                 for (table::row const& row : t.rows)
                                   rows.push_back(adf_row(row, columns, "tableCell"));
                                 return adf_node("table", std::move(rows));
                               },
                               [](code_block const& c) -> value {
                                 array lines;
                                 add_adf_text(lines, clean(c.value));
                                 if (lines.empty()) return nullptr;
                                 return adf_node("codeBlock", std::move(lines));
                               }},
                    b);
}

} // namespace detail

std::string adf::render(block const& b) {
  boost::json::value const node = detail::adf_block(b);
  return node.is_null() ? std::string{} : boost::json::serialize(node);
}

std::string adf::render(document const& d) {
  boost::json::array content;
  for (block const& b : d.blocks)
    if (boost::json::value node = detail::adf_block(b); !node.is_null())
      content.push_back(std::move(node));
  boost::json::object whole;
  whole["version"] = 1;
  whole["type"] = "doc";
  whole["content"] = std::move(content);
  return boost::json::serialize(whole);
}

} // namespace argus_ticket::document

#endif
