#pragma once
// Atlassian Document Format as a reader of its own sees it, after the published schema
// (@atlaskit/adf-schema, json-schema/v1/full.json): only the nodes, marks and attributes that the
// library has any business with; everything else is a fault. Without a test framework.

#include <boost/json.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <vector>

namespace test {

struct adf_reading {
  std::string visible;             ///< The words; blocks, breaks and cells apart by line breaks.
  std::vector<std::string> links;  ///< Where links lead.
  std::vector<std::string> nodes;  ///< Types of the nodes and marks, in order, but for text.
  std::vector<std::string> faults; ///< What the schema does not allow.
};

class adf_reader {
 public:
  /// Reads a whole document.
  static adf_reading read(std::string_view text) {
    adf_reader reader;
    boost::system::error_code problem;
    boost::json::value const root = boost::json::parse(text, problem);
    if (problem)
      reader.fault("no JSON");
    else
      reader.document(root);
    return std::move(reader.out_);
  }
  static adf_reading read_tree(boost::json::value const& root) {
    adf_reader reader;
    reader.document(root);
    return std::move(reader.out_);
  }

 private:
  using value = boost::json::value;
  using object = boost::json::object;

  void fault(std::string what) { out_.faults.push_back(std::move(what)); }

  /// Checks that an object has these members only, and the required ones.
  bool members(object const& o, std::initializer_list<std::string_view> required,
               std::initializer_list<std::string_view> optional) {
    bool good = true;
    for (auto const& member : o) {
      bool known = false;
      for (auto const& list : {required, optional})
        for (std::string_view const one : list) known = known || one == member.key();
      if (!known) {
        fault("unknown member " + std::string{member.key()});
        good = false;
      }
    }
    for (std::string_view const one : required)
      if (!o.contains(one)) {
        fault("lacks " + std::string{one});
        good = false;
      }
    return good;
  }
  std::string type_of(value const& v) {
    auto const* o = v.if_object();
    auto const* type = o == nullptr ? nullptr : o->if_contains("type");
    if (type == nullptr || !type->is_string()) {
      fault("a node without a type");
      return {};
    }
    return std::string{std::string_view{type->get_string()}};
  }
  template <class F>
  void children(object const& o, std::size_t least, F each) {
    auto const* list = o.if_contains("content");
    if (list == nullptr) {
      if (least > 0) fault("no content");
      return;
    }
    if (!list->is_array()) return fault("content is no list");
    if (list->get_array().size() < least) fault("too little content");
    for (value const& one : list->get_array()) each(one);
  }

  void document(value const& v) {
    auto const* o = v.if_object();
    if (o == nullptr) return fault("no object");
    if (!members(*o, {"version", "type", "content"}, {})) return;
    if (o->at("version") != 1 || o->at("type") != "doc") fault("no document of version 1");
    children(*o, 0, [&](value const& one) { block(one); });
  }

  void block(value const& v) {
    std::string const type = type_of(v);
    if (type.empty()) return;
    object const& o = v.get_object();
    out_.nodes.push_back(type);
    out_.visible += '\n';
    if (type == "paragraph") {
      members(o, {"type"}, {"content"});
      children(o, 0, [&](value const& one) { inline_node(one, true); });
    } else if (type == "heading") {
      if (!members(o, {"type", "attrs"}, {"content"})) return;
      auto const* level =
          o.at("attrs").is_object() ? o.at("attrs").get_object().if_contains("level") : nullptr;
      if (level == nullptr || o.at("attrs").get_object().size() != 1 || !level->is_int64() ||
          level->get_int64() < 1 || level->get_int64() > 6)
        fault("a heading of no level");
      children(o, 0, [&](value const& one) { inline_node(one, true); });
    } else if (type == "bulletList") {
      members(o, {"type", "content"}, {});
      children(o, 1, [&](value const& one) { item(one); });
    } else if (type == "table") {
      members(o, {"type", "content"}, {});
      children(o, 1, [&](value const& one) { row(one); });
    } else if (type == "codeBlock") {
      members(o, {"type"}, {"content"});
      children(o, 0, [&](value const& one) { inline_node(one, false); });
    } else {
      fault("a node " + type);
    }
  }
  void item(value const& v) {
    if (type_of(v) != "listItem") return fault("no listItem in a list");
    out_.nodes.emplace_back("listItem");
    members(v.get_object(), {"type", "content"}, {});
    children(v.get_object(), 1, [&](value const& one) { paragraph_in(one); });
  }
  void row(value const& v) {
    if (type_of(v) != "tableRow") return fault("no tableRow in a table");
    out_.nodes.emplace_back("tableRow");
    members(v.get_object(), {"type", "content"}, {});
    children(v.get_object(), 1, [&](value const& one) {
      std::string const type = type_of(one);
      if (type != "tableCell" && type != "tableHeader") return fault("no cell in a row");
      out_.nodes.push_back(type);
      members(one.get_object(), {"type", "content"}, {});
      children(one.get_object(), 1, [&](value const& inner) { paragraph_in(inner); });
    });
  }
  void paragraph_in(value const& v) {
    if (type_of(v) != "paragraph") return fault("no paragraph where one belongs");
    block(v);
  }

  void inline_node(value const& v, bool marks_allowed) {
    std::string const type = type_of(v);
    if (type.empty()) return;
    object const& o = v.get_object();
    if (type == "hardBreak") {
      if (!marks_allowed) fault("a hardBreak in code");
      members(o, {"type"}, {});
      out_.visible += '\n';
      return;
    }
    if (type != "text") return fault("an inline node " + type);
    if (!members(o, {"type", "text"}, {"marks"})) return;
    if (!o.at("text").is_string() || o.at("text").get_string().empty())
      return fault("a text without text");
    out_.visible += std::string_view{o.at("text").get_string()};
    auto const* marks = o.if_contains("marks");
    if (marks == nullptr) return;
    if (!marks->is_array() || !marks_allowed) return fault("marks where there may be none");
    for (value const& mark : marks->get_array()) {
      std::string const kind = type_of(mark);
      out_.nodes.push_back(kind);
      if (kind == "strong" || kind == "code") {
        members(mark.get_object(), {"type"}, {});
        // Of the marks that are used here, code goes with links alone.
        if (kind == "code" && marks->get_array().size() > 1) fault("code with another mark");
      } else if (kind == "link") {
        if (!members(mark.get_object(), {"type", "attrs"}, {})) continue;
        auto const* attrs = mark.get_object().at("attrs").if_object();
        auto const* href = attrs == nullptr ? nullptr : attrs->if_contains("href");
        if (href == nullptr || attrs->size() != 1 || !href->is_string()) {
          fault("a link that leads nowhere");
          continue;
        }
        out_.links.emplace_back(std::string_view{href->get_string()});
        std::string const& to = out_.links.back();
        bool const is_web = to.size() > 7 &&
                            (to.compare(4, 3, "://") == 0 || to.compare(5, 3, "://") == 0) &&
                            (to[0] == 'h' || to[0] == 'H');
        if (!is_web || to.find_first_of(" \"<>\n") != std::string::npos) fault("a link to " + to);
      } else {
        fault("a mark " + kind);
      }
    }
  }

  adf_reading out_;
};

} // namespace test
