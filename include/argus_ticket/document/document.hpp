#ifndef ARGUS_TICKET_DOCUMENT_DOCUMENT_HPP
#define ARGUS_TICKET_DOCUMENT_DOCUMENT_HPP

#include <argus_ticket/detail/config.hpp>

#include <boost/config.hpp>

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

/**
 * What a ticket says, before it is written in a ticket system's markup.
 *
 * A document is a list of blocks, most of which hold inline nodes. All strings in it are *hostile*:
 * they may hold any bytes, and the dialects (document/dialect.hpp) write them so that a person
 * reads the same text and the ticket system takes none of it for markup. So a document is built of
 * plain values, and nothing is ever escaped by hand:
 *
 *     document d;
 *     d.add(heading{2, "Disk full"});
 *     d.add(paragraph{strong{"Host:"}, " ", incident.source.name});
 *     d.add(list{"one item", inlines{"seen on ", code{"/dev/sda1"}}});
 *
 * In the types of nodes,
 * - `value` is the text of one;
 * - `content` is what stands in a block;
 * - `nodes`, `items`, `rows`, `blocks` are its parts, in their order.
 *
 * Guarantees: those of a @ref value.
 */
namespace argus_ticket::document {

/// Plain words; line breaks in them are kept where the place allows it.
struct text {
  std::string value;

  text() = default;
  text(std::string v) : value(std::move(v)) {}
  text(std::string_view v) : value(v) {}
  text(char const* v) : value(v) {}
  bool operator==(text const&) const = default;
};

/// Words that stand out. On one line: line breaks become spaces, the ends are trimmed.
struct strong {
  std::string value;

  strong() = default;
  explicit strong(std::string v) : value(std::move(v)) {}
  bool operator==(strong const&) const = default;
};

/// A name, a path, a value, as a machine writes it. On one line: line breaks become spaces.
struct code {
  std::string value;

  code() = default;
  explicit code(std::string v) : value(std::move(v)) {}
  bool operator==(code const&) const = default;
};

/// A link. Anything but an http or https URL is shown as text instead.
struct link {
  std::string text; ///< What is read; the URL itself where it is empty.
  std::string url;  ///< Where it leads.

  link() = default;
  explicit link(std::string url_) : text(url_), url(std::move(url_)) {}
  link(std::string text_, std::string url_) : text(std::move(text_)), url(std::move(url_)) {}
  bool operator==(link const&) const = default;
};

/// Anything that stands within a line.
using inline_node = std::variant<text, strong, code, link>;

/// A sequence of inline nodes; a string alone is one node of text.
struct inlines {
  std::vector<inline_node> nodes;

  inlines() = default;
  ARGUS_TICKET_DECL inlines(std::string v);
  ARGUS_TICKET_DECL inlines(std::string_view v);
  ARGUS_TICKET_DECL inlines(char const* v);
  ARGUS_TICKET_DECL inlines(inline_node node);
  ARGUS_TICKET_DECL inlines(text node);
  ARGUS_TICKET_DECL inlines(strong node);
  ARGUS_TICKET_DECL inlines(code node);
  ARGUS_TICKET_DECL inlines(link node);
  ARGUS_TICKET_DECL inlines(std::initializer_list<inline_node> list);

  /// Appends a node. @return This object.
  ARGUS_TICKET_DECL inlines& add(inline_node node);
  /// Whether there is no node; one without text is a node.
  [[nodiscard]] bool empty() const noexcept { return nodes.empty(); }
  bool operator==(inlines const&) const = default;
};

/// A heading of level 1 (the largest) to 6; other levels are taken for the nearest of these.
struct heading {
  int level = 2; ///< The level, from 1 to 6.
  inlines content;

  heading() = default;
  ARGUS_TICKET_DECL heading(int l, inlines c);
  bool operator==(heading const&) const = default;
};

/// A paragraph; an empty line in its text begins another one.
struct paragraph {
  inlines content;

  paragraph() = default;
  ARGUS_TICKET_DECL explicit paragraph(inlines c);
  ARGUS_TICKET_DECL paragraph(std::initializer_list<inline_node> c);
  bool operator==(paragraph const&) const = default;
};

/// A bulleted list of one level.
struct list {
  std::vector<inlines> items;

  list() = default;
  ARGUS_TICKET_DECL explicit list(std::vector<inlines> i);
  ARGUS_TICKET_DECL list(std::initializer_list<inlines> i);
  bool operator==(list const&) const = default;
};

/// A table; rows that are shorter than the longest are filled up with empty cells.
struct table {
  using row = std::vector<inlines>; ///< Its cells.
  row header;                       ///< The names of the columns; empty for none.
  std::vector<row> rows;

  table() = default;
  ARGUS_TICKET_DECL explicit table(row h, std::vector<row> r = {});
  bool operator==(table const&) const = default;
};

/// Lines as a machine wrote them: a log, a stack trace.
struct code_block {
  std::string value;

  code_block() = default;
  explicit code_block(std::string v) : value(std::move(v)) {}
  bool operator==(code_block const&) const = default;
};

/// Anything that stands on lines of its own.
using block = std::variant<heading, paragraph, list, table, code_block>;

/// A whole text, from top to bottom. Two lists in a row are one list in some dialects.
struct document {
  std::vector<block> blocks;

  document() = default;
  ARGUS_TICKET_DECL document(std::initializer_list<block> b);

  // Not inline: of a variant whose alternative it knows, GCC 12 warns that the others are not
  // initialised where it is moved.
  /// Appends a block. @return This object.
  BOOST_NOINLINE ARGUS_TICKET_DECL document& add(block b);
  /// Whether there is no block; one without text is a block.
  [[nodiscard]] bool empty() const noexcept { return blocks.empty(); }
  bool operator==(document const&) const = default;
};

} // namespace argus_ticket::document

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/document/document.ipp>
#endif

#endif
