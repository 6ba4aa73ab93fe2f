#ifndef ARGUS_TICKET_PLUGIN_LOOKUP_HPP
#define ARGUS_TICKET_PLUGIN_LOOKUP_HPP

#include <argus_ticket/detail/nearest.hpp>
#include <argus_ticket/fixed_string.hpp>

#include <boost/hana/at_key.hpp>
#include <boost/hana/contains.hpp>
#include <boost/hana/map.hpp>
#include <boost/hana/pair.hpp>
#include <boost/hana/string.hpp>
#include <boost/hana/type.hpp>
#include <boost/hana/unpack.hpp>

#include <array>
#include <string_view>
#include <tuple>
#include <type_traits>
#include <utility>

// The part of plugin_map.hpp that finds a plugin by its name, which every client needs.

namespace argus_ticket {

/// The names of a plugin beside its own, such as the paths of Argus's classes.
template <fixed_string... Names>
struct names {};

/**
 * A plugin that stands in a map although its header is not included, under these names: a program
 * compiles the plugins that it uses, however many the map has.
 *
 * @tparam Plugin     The declared class.
 * @tparam Name       Its `name`.
 * @tparam OtherNames Its `other_names`.
 */
template <class Plugin, fixed_string Name, fixed_string... OtherNames>
struct declared_plugin;

namespace detail {

namespace hana = boost::hana;

template <class P>
struct diagnose_plugin; // plugin.hpp

template <fixed_string S, std::size_t... I>
constexpr auto to_hana(std::index_sequence<I...>) {
  return hana::string<S.data[I]...>{};
}

/// The key of a name in the map.
template <fixed_string S>
using map_key = decltype(to_hana<S>(std::make_index_sequence<sizeof(S.data) - 1>{}));

template <char... C>
constexpr auto to_fixed(hana::string<C...>) {
  constexpr char const text[] = {C..., '\0'};
  return fixed_string<sizeof...(C) + 1>{text};
}

/// A type for the compiler's message: "did you mean".
template <fixed_string Name>
struct did_you_mean {
  static constexpr bool is_known = false;
};

template <fixed_string Name, class Suggestion>
struct unknown_plugin {
  static_assert(Suggestion::is_known,
                "argus_ticket: no ticket plugin has this name; see unknown_plugin<the name that "
                "was given, did_you_mean<the nearest one that is known>>");
};

template <class Map>
struct empty_plugin_map {
  static_assert(sizeof(Map) == 0,
                "argus_ticket: the map has no ticket plugin at all: add some with "
                "`argus_ticket::with_plugins<...>(...)`");
};

/// Where a name stands a second time among all of them; the number of names where none does.
template <std::size_t N>
constexpr std::size_t second_use(std::array<std::string_view, N> const& all) {
  for (std::size_t i = 0; i < N; ++i)
    for (std::size_t j = 0; j < i; ++j)
      if (all[i] == all[j]) return i;
  return N;
}

template <fixed_string Name>
struct plugin_name_clash {
  static_assert(sizeof(Name.data) == 0,
                "argus_ticket: two ticket plugins have the same name, shown in "
                "plugin_name_clash<name>; give one of them another `name`");
};

template <class Pair>
using key_of_pair = typename std::remove_cvref_t<decltype(hana::first(std::declval<Pair>()))>;

/// Pairs of a key and a plugin. Lists of types rather than values: that compiles in half the time.
template <class... Pairs>
struct pair_list {};

template <class P, fixed_string... Names>
using pairs_under = pair_list<hana::pair<map_key<Names>, hana::type<P>>...>;

template <class... Pairs, class... More>
constexpr auto operator+(pair_list<Pairs...>, pair_list<More...>) {
  return pair_list<Pairs..., More...>{};
}

struct listed {
  template <class... Pairs>
  constexpr pair_list<Pairs...> operator()(Pairs const&...) const {
    return {};
  }
};

/// Makes a map of pairs, in which each key stands once.
template <class... Pairs>
constexpr auto checked_map(pair_list<Pairs...>) {
  constexpr std::array<std::string_view, sizeof...(Pairs)> all{
      std::string_view{hana::to<char const*>(key_of_pair<Pairs>{})}...};
  constexpr std::size_t clash = second_use(all);
  if constexpr (clash < sizeof...(Pairs))
    plugin_name_clash<to_fixed(std::tuple_element_t<clash, std::tuple<key_of_pair<Pairs>...>>{})>{};
  else
    return hana::make_map(Pairs{}...);
}

template <class P, fixed_string... Others>
constexpr pairs_under<P, P::name, Others...> pairs_with(names<Others...>) {
  return {};
}

/// A plugin under its name and its other names.
template <class P>
struct entry_of {
  static constexpr auto pairs() {
    static_assert(diagnose_plugin<P>::ok);
    if constexpr (requires { typename P::other_names; })
      return pairs_with<P>(typename P::other_names{});
    else
      return pairs_with<P>(names<>{});
  }
};

template <class P, fixed_string... Names>
struct entry_of<declared_plugin<P, Names...>> {
  static constexpr pairs_under<P, Names...> pairs() { return {}; }
};

/// The plugin itself, where its header is there.
template <class P>
struct included {
  static_assert(
      requires { sizeof(P); },
      "argus_ticket: this ticket plugin is only declared: include its header from "
      "<argus_ticket/plugins/>, or <argus_ticket/argus_ticket.hpp> for all of them");
  using type = P;
};

/// The names of a map, in its order.
template <class Map>
inline constexpr auto names_in = hana::unpack(Map{}, [](auto... pairs) {
  return std::array<std::string_view, sizeof...(pairs)>{
      std::string_view{hana::to<char const*>(hana::first(pairs))}...};
});

template <class Map, fixed_string Name>
constexpr auto find_plugin() {
  if constexpr (hana::value<decltype(hana::contains(Map{}, map_key<Name>{}))>()) {
    return hana::at_key(Map{}, map_key<Name>{});
  } else if constexpr (names_in<Map>.empty()) {
    return empty_plugin_map<Map>{};
  } else {
    constexpr std::size_t nearest = nearest_index(Name.view(), names_in<Map>);
    constexpr auto suggestion = hana::unpack(Map{}, [](auto... pairs) {
      using keys = std::tuple<key_of_pair<decltype(pairs)>...>;
      return std::tuple_element_t<nearest, keys>{};
    });
    return unknown_plugin<Name, did_you_mean<to_fixed(suggestion)>>{};
  }
}

} // namespace detail

/// A compile-time map without a plugin, to start a map of one's own from.
inline constexpr auto no_plugins = boost::hana::make_map();

/**
 * A compile-time map (`boost::hana::map`) with more plugins: each under its `name` and under its
 * `other_names`, an instance of @ref names, where it has them.
 *
 *     inline constexpr auto my_plugins = at::with_plugins<acme>(at::builtin_plugins);
 *
 * A plugin may be a @ref declared_plugin. A type that is no @ref ticket_plugin, or a name that
 * stands in the map already, is a compile error that says so.
 *
 * @tparam Plugins What is added.
 * @param map What they are added to: @ref no_plugins, `builtin_plugins` or another one.
 * @return The new map; the old one stays as it is.
 */
template <class... Plugins, class Map>
[[nodiscard]] constexpr auto with_plugins(Map map) {
  return detail::checked_map(
      (boost::hana::unpack(map, detail::listed{}) + ... + detail::entry_of<Plugins>::pairs()));
}

/// The plugin type of the name `Name` in the map `Map`; an unknown name is a compile error that
/// names the nearest known one.
template <fixed_string Name, auto const& Map>
using plugin_in = typename detail::included<
    typename decltype(detail::find_plugin<std::remove_cvref_t<decltype(Map)>, Name>())::type>::type;

/// All the names in the map `Map`, in no particular order.
template <auto const& Map>
inline constexpr auto const& plugin_names = detail::names_in<std::remove_cvref_t<decltype(Map)>>;

} // namespace argus_ticket

#endif
