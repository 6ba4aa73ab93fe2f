// A document as plain text; titles and labels.

#include "../support/markdown_reader.hpp"
#include "documents.hpp"

#include <argus_ticket/detail/utf8.hpp>
#include <argus_ticket/document/limits.hpp>
#include <argus_ticket/document/plain.hpp>

namespace {

using namespace fuzz;
using doc::plain;

/// What stands at a block's line starts is the dialect's own.
void judge_lines(doc::block const& b) {
  std::string const rendered = plain::render(b);
  if (rendered.empty()) return;
  std::size_t items = 0;
  for (std::size_t at = 0; at <= rendered.size();) {
    std::size_t const end = (std::min)(rendered.find('\n', at), rendered.size());
    std::string_view const line = std::string_view{rendered}.substr(at, end - at);
    at = end + 1;
    if (std::holds_alternative<doc::code_block>(b))
      require(line.starts_with("    "), "code is indented", rendered);
    if (!std::holds_alternative<doc::list>(b)) continue;
    items += line.starts_with("- ");
    require(line.starts_with("- ") || line.starts_with("  "), "items are indented", rendered);
  }
  if (doc::list const* const l = std::get_if<doc::list>(&b)) {
    auto const some = std::count_if(l->items.begin(), l->items.end(), [](doc::inlines const& item) {
      return !plain::render(doc::list{item}).empty();
    });
    require(static_cast<std::size_t>(some) == items, "there are as many items", rendered);
  }
}

void judge_title(std::string_view bytes) {
  std::string const title = doc::clean_line(bytes);
  require(doc::clean_line(title) == title, "cleaning twice is cleaning once", title);
  require(title.find_first_of("\t\n\r") == std::string::npos, "a title is one line", title);
  require(test::as_read(title) == test::as_read(doc::clean(bytes)), "a title reads the same",
          title);
  for (auto const unit :
       {doc::length_unit::code_points, doc::length_unit::bytes, doc::length_unit::utf16})
    for (std::size_t const limit : {0U, 2U, 20U}) {
      std::string const cut = doc::cut(bytes, limit, unit);
      require(doc::length(cut, unit) <= limit, "what is cut is short enough", cut);
      require(argus_ticket::detail::is_utf8(cut), "what is cut is UTF-8", cut);
      require(doc::cut(cut, limit, unit) == cut, "cutting twice is cutting once", cut);
    }
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
  std::vector<piece> const pieces = pieces_of(as_text(data, size), document_marks);
  doc::document const d = document_of(pieces);
  std::string const rendered = plain::render(d);
  require(doc::clean(rendered) == rendered, "the text is clean", rendered);
  shown_as const how{[](doc::link const&) { return false; }, "- ", " | "};
  std::string const read = test::as_read(rendered);
  std::string const wanted = test::as_read(words_of(d, how));
  require(read == wanted, "it reads as it was written", rendered, wanted);
  for (doc::block const& b : d.blocks) judge_lines(b);
  for (piece const& p : pieces) judge_title(p.bytes);
  return 0;
}
