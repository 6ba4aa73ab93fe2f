#ifndef ARGUS_TICKET_IMPL_HTTP_HEADERS_IPP
#define ARGUS_TICKET_IMPL_HTTP_HEADERS_IPP

#include <argus_ticket/http/headers.hpp>

#include <algorithm>

namespace argus_ticket::http {

bool iequals(std::string_view a, std::string_view b) noexcept {
  auto const lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [&](char x, char y) { return lower(x) == lower(y); });
}

std::string_view headers::get(std::string_view name) const noexcept {
  for (field const& f : *this)
    if (iequals(f.name, name)) return f.value;
  return {};
}

namespace detail {

/// Reads a `Link` header from its beginning to its end.
class link_scanner {
 public:
  explicit link_scanner(std::string_view header) noexcept : rest_(header) {}

  /// Goes to the next link. @return Whether there is one.
  bool next_link(std::string_view& target) noexcept {
    skip_to(rest_.find('<'));
    std::size_t const end = rest_.find('>');
    if (rest_.empty() || end == std::string_view::npos) return false;
    target = rest_.substr(1, end - 1);
    rest_.remove_prefix(end + 1);
    return true;
  }
  /// Reads the link's next parameter. @return Whether there is one; else goes behind the link.
  bool next_parameter(std::string_view& name, std::string_view& value) noexcept {
    skip_blanks();
    if (rest_.empty() || rest_.front() != ';') {
      skip_to(rest_.find(','));
      return false;
    }
    rest_.remove_prefix(1);
    skip_blanks();
    name = take(rest_.find_first_of(" \t;,="));
    value = {};
    skip_blanks();
    if (rest_.empty() || rest_.front() != '=') return true;
    rest_.remove_prefix(1);
    skip_blanks();
    value = rest_.empty() || rest_.front() != '"' ? take(rest_.find_first_of(" \t;,")) : quoted();
    return true;
  }

 private:
  void skip_to(std::size_t at) noexcept { rest_.remove_prefix((std::min)(at, rest_.size())); }
  void skip_blanks() noexcept { skip_to(rest_.find_first_not_of(" \t")); }
  std::string_view take(std::size_t size) noexcept {
    std::string_view const taken = rest_.substr(0, size);
    rest_.remove_prefix(taken.size());
    return taken;
  }
  std::string_view quoted() noexcept {
    std::size_t end = 1;
    while (end < rest_.size() && rest_[end] != '"') end += rest_[end] == '\\' ? 2U : 1U;
    std::string_view const text = rest_.substr(1, end - 1);
    skip_to(end + 1);
    return text;
  }

  std::string_view rest_;
};

inline bool has_word(std::string_view words, std::string_view wanted) noexcept {
  while (!words.empty()) {
    std::string_view const word = words.substr(0, words.find_first_of(" \t"));
    if (!word.empty() && iequals(word, wanted)) return true;
    words.remove_prefix((std::min)(word.size() + 1, words.size()));
  }
  return false;
}

} // namespace detail

std::string_view link_target(std::string_view link_header, std::string_view relation) noexcept {
  // <url>; rel="next"; other="…", <url>; rel=last    A relation may be one of several words.
  detail::link_scanner scan(link_header);
  for (std::string_view target; scan.next_link(target);) {
    bool first = true; // of several, only the first `rel` of a link counts
    bool wanted = false;
    for (std::string_view name, value; scan.next_parameter(name, value);)
      if (first && iequals(name, "rel")) {
        first = false;
        wanted = detail::has_word(value, relation);
      }
    if (wanted) return target;
  }
  return {};
}

} // namespace argus_ticket::http

#endif
