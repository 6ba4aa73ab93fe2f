#ifndef ARGUS_TICKET_DOCUMENT_ADF_HPP
#define ARGUS_TICKET_DOCUMENT_ADF_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/document/dialect.hpp>

#include <string>
#include <string_view>

namespace argus_ticket::document {

/**
 * Atlassian Document Format, version 1, as a `dialect`: what Jira Cloud's REST API, version 3,
 * takes for a description or a comment.
 *
 * A document is the text of a JSON object, `{"version":1,"type":"doc","content":[…]}`; a block is
 * the text of one of its nodes. Hostile text is a text node's value, which nothing reads as
 * markup: a mention, a card or an emoji is a node of another type, and none of those is written.
 * Links lead to http and https only. A line break is a `hardBreak` node. It has no hidden comments.
 *
 * Wire format: json-schema/v1/full.json of the package \@atlaskit/adf-schema;
 * https://developer.atlassian.com/cloud/jira/platform/apis/document/structure/.
 *
 * Guarantees: those of every @ref dialect, whose members it has.
 */
struct adf {
  static constexpr std::string_view separator = ",";

  [[nodiscard]] static ARGUS_TICKET_DECL std::string render(block const& b);
  [[nodiscard]] static ARGUS_TICKET_DECL std::string render(document const& d);
};

} // namespace argus_ticket::document

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/document/adf.ipp>
#endif

#endif
