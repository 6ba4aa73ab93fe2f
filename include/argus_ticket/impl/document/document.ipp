#ifndef ARGUS_TICKET_IMPL_DOCUMENT_DOCUMENT_IPP
#define ARGUS_TICKET_IMPL_DOCUMENT_DOCUMENT_IPP

#include <argus_ticket/document/document.hpp>

namespace argus_ticket::document {

inlines::inlines(std::string v) : nodes{text{std::move(v)}} {}

inlines::inlines(std::string_view v) : nodes{text{v}} {}

inlines::inlines(char const* v) : nodes{text{v}} {}

inlines::inlines(inline_node node) : nodes{std::move(node)} {}

inlines::inlines(text node) : nodes{std::move(node)} {}

inlines::inlines(strong node) : nodes{std::move(node)} {}

inlines::inlines(code node) : nodes{std::move(node)} {}

inlines::inlines(link node) : nodes{std::move(node)} {}

inlines::inlines(std::initializer_list<inline_node> list) : nodes(list) {}

inlines& inlines::add(inline_node node) {
  nodes.push_back(std::move(node));
  return *this;
}

heading::heading(int l, inlines c) : level(l), content(std::move(c)) {}

paragraph::paragraph(inlines c) : content(std::move(c)) {}

paragraph::paragraph(std::initializer_list<inline_node> c) : content(c) {}

list::list(std::vector<inlines> i) : items(std::move(i)) {}

list::list(std::initializer_list<inlines> i) : items(i) {}

table::table(row h, std::vector<row> r) : header(std::move(h)), rows(std::move(r)) {}

document::document(std::initializer_list<block> b) : blocks(b) {}

document& document::add(block b) {
  blocks.push_back(std::move(b));
  return *this;
}

} // namespace argus_ticket::document

#endif
