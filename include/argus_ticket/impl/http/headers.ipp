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
  for (field const& f : fields_)
    if (iequals(f.name, name)) return f.value;
  return {};
}

std::string_view link_target(std::string_view link_header, std::string_view relation) noexcept {
  // <url>; rel="next"; other="…", <url>; rel=last    A relation may be one of several words.
  while (true) {
    std::size_t const open = link_header.find('<');
    std::size_t const close = link_header.find('>', open);
    if (open == std::string_view::npos || close == std::string_view::npos) return {};
    std::string_view const target = link_header.substr(open + 1, close - open - 1);
    link_header.remove_prefix(close + 1);
    std::string_view parameters = link_header.substr(0, link_header.find('<'));
    for (std::size_t at = 0; (at = parameters.find("rel=", at)) != std::string_view::npos;) {
      bool const begins_name = at == 0 || parameters[at - 1] == ' ' || parameters[at - 1] == ';';
      at += 4;
      std::string_view value = parameters.substr(at);
      if (!value.empty() && value.front() == '"')
        value = value.substr(1, value.find('"', 1) - 1);
      else
        value = value.substr(0, value.find_first_of(";, "));
      while (begins_name && !value.empty()) {
        std::size_t const end = (std::min)(value.find(' '), value.size());
        if (iequals(value.substr(0, end), relation)) return target;
        value.remove_prefix((std::min)(end + 1, value.size()));
      }
    }
  }
}

} // namespace argus_ticket::http

#endif
