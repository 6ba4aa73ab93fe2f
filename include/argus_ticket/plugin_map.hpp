#ifndef ARGUS_TICKET_PLUGIN_MAP_HPP
#define ARGUS_TICKET_PLUGIN_MAP_HPP

#include <argus_ticket/detail/nearest.hpp>
#include <argus_ticket/document/neutralise.hpp>
#include <argus_ticket/plugin.hpp>
#include <argus_ticket/plugin_lookup.hpp>
#include <argus_ticket/result.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace argus_ticket {
namespace detail {

/// A name or key that somebody gave, as a message may show it: one line, not without end.
inline std::string shown(std::string_view given) {
  return document::cut(document::clean_line(given.substr(0, 512)), 128,
                       document::length_unit::code_points);
}

} // namespace detail

/**
 * Calls `f` with the plugin type of a name that is known only at run time, such as a
 * `TICKET_PLUGIN` from a file: `f(std::type_identity<Plugin>{})`.
 *
 * @tparam Map The plugins to choose from.
 * @param name A plugin's name, or one of its other names.
 * @param f    Returns a `result<T>`, the same for each plugin.
 * @return What `f` returns, or `errc::unknown_plugin`, which names the nearest known one.
 */
template <auto const& Map, class F>
[[nodiscard]] auto visit_plugin(std::string_view name, F&& f) {
  using map_type = std::remove_cvref_t<decltype(Map)>;
  static_assert(!detail::names_in<map_type>.empty(),
                "argus_ticket: the map has no ticket plugin at all: add some with "
                "`argus_ticket::with_plugins<...>(...)`");
  return boost::hana::unpack(map_type{}, [&](auto first, auto... rest) {
    using first_plugin = typename decltype(+boost::hana::second(first))::type;
    using returned = decltype(f(std::type_identity<first_plugin>{}));
    std::optional<returned> answer;
    auto const try_one = [&](auto pair) {
      using plugin = typename decltype(+boost::hana::second(pair))::type;
      if (!answer && name == boost::hana::to<char const*>(boost::hana::first(pair)))
        answer.emplace(f(std::type_identity<plugin>{}));
    };
    try_one(first);
    (try_one(rest), ...);
    if (!answer)
      answer.emplace(error{errc::unknown_plugin, outcome::rejected,
                           "no ticket plugin is named '" + detail::shown(name) +
                               "'; did you mean '" +
                               std::string{detail::nearest(name, plugin_names<Map>)} + "'?",
                           "TICKET_PLUGIN"});
    return std::move(*answer);
  });
}

} // namespace argus_ticket

#endif
