// A document as GitLab's Markdown: read by GitHub's engine, and what is left by GitLab's rules.

#include "../support/gitlab_reader.hpp"
#include "../support/markdown_reader.hpp"
#include "documents.hpp"

#include <argus_ticket/document/gitlab_markdown.hpp>

using namespace fuzz;
using doc::gitlab_markdown;

namespace {

bool is_gitlab_link(doc::link const& l) {
  auto const target = doc::detail::link_target(l.url);
  return target && !doc::detail::is_gitlab_reference(*target);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
  doc::document const d = document_of(pieces_of(as_text(data, size), document_marks));
  std::string const rendered = gitlab_markdown::render(d);
  test::markdown_reading const reading = test::read_markdown(rendered);
  for (std::string const& text : reading.texts)
    require(test::gitlab_reference_in(text).empty(), "there is no reference", text, rendered);
  for (std::string const& html : reading.html)
    require(html == "<br>" || html == "<span>" || html == "</span>", "HTML is ours", html,
            rendered);
  for (test::markdown_link const& link : reading.links)
    require(!doc::detail::is_gitlab_reference(link.url), "no link tells its target", link.url);
  require(reading.images.empty() && rendered.find("<!--") == std::string::npos,
          "there is no image and no comment", rendered);
  std::string const wanted = test::as_read(words_of(d, {&is_gitlab_link}));
  std::string const read = test::as_read(reading.visible);
  require(read == wanted, "it reads as it was written", rendered, read, wanted);
  require(!test::has_quick_action(rendered), "no line is a quick action", rendered);
  return 0;
}
