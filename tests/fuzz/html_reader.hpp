#ifndef ARGUS_TICKET_TESTS_FUZZ_HTML_READER_HPP
#define ARGUS_TICKET_TESTS_FUZZ_HTML_READER_HPP

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace fuzz {

/// HTML as a browser's tokeniser sees it, for what the dialect writes.
struct html_reading {
  std::vector<std::string> tags; ///< As written, without the angle brackets and without `br`.
  std::string visible;
  bool sound = true; ///< Each `<` begins a tag, each `>` ends one, each `&` is an entity of ours.
};

inline constexpr std::pair<std::string_view, std::string_view> html_entities[] = {
    {"&amp;", "&"},   {"&lt;", "<"},  {"&gt;", ">"},
    {"&quot;", "\""}, {"&#39;", "'"}, {"&nbsp;", "\xC2\xA0"}};

inline std::string escaped_html(std::string_view text) {
  std::string escaped;
  for (char const c : text) {
    std::string_view written{&c, 1};
    for (auto const& [entity, meaning] : html_entities)
      if (meaning == std::string_view{&c, 1}) written = entity;
    escaped += written;
  }
  return escaped;
}

inline html_reading read_html(std::string_view text) {
  html_reading reading;
  while (!text.empty()) {
    std::size_t taken = 1;
    if (text[0] == '<') {
      std::size_t const end = text.find('>');
      if (end == std::string_view::npos) {
        reading.sound = false;
        break;
      }
      std::string tag{text.substr(1, end - 1)};
      // Breaks, and the ends of blocks and cells, keep words apart.
      if (tag != "/strong" && tag != "/code" && tag != "/a" && (tag == "br" || tag[0] == '/'))
        reading.visible += '\n';
      if (tag != "br") reading.tags.push_back(std::move(tag));
      taken = end + 1;
    } else if (text[0] == '&') {
      bool known = false;
      for (auto const& [entity, meaning] : html_entities)
        if (!known && text.starts_with(entity)) {
          reading.visible += meaning;
          taken = entity.size();
          known = true;
        }
      reading.sound = reading.sound && known;
    } else {
      if (text[0] == '>' || text[0] == '"' || text[0] == '\'') reading.sound = false;
      reading.visible += text[0];
    }
    text.remove_prefix(taken);
  }
  return reading;
}

} // namespace fuzz

#endif
