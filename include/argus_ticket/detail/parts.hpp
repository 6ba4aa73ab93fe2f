#ifndef ARGUS_TICKET_DETAIL_PARTS_HPP
#define ARGUS_TICKET_DETAIL_PARTS_HPP

#include <argus_ticket/document/pages.hpp>
#include <argus_ticket/plugin.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace argus_ticket::detail {

/// A document in a plugin's dialect, in as many texts as it needs: see `document::split`.
template <class Plugin>
std::vector<std::string> parts_of(Plugin const& plugin, document::document const& text,
                                  std::size_t first_limit, std::size_t rest_limit,
                                  std::size_t most) {
  constexpr document::text_limits limits = Plugin::limits;
  auto const split = [&]<class Dialect>() {
    return document::split<Dialect>(text, first_limit, rest_limit, limits.unit, most);
  };
  if constexpr (chooses_dialect<Plugin>)
    return plugin.visit_dialect(split);
  else
    return split.template operator()<typename Plugin::dialect>();
}

} // namespace argus_ticket::detail

#endif
