#ifndef ARGUS_TICKET_ADOPT_SETTINGS_HPP
#define ARGUS_TICKET_ADOPT_SETTINGS_HPP

#include <argus_ticket/settings_fields.hpp>

#include <concepts>
#include <iterator>
#include <string>
#include <tuple>
#include <type_traits>
#include <vector>

namespace argus_ticket {

/**
 * Walks the settings of a plugin: calls `f.template operator()<Field>()` for each of its
 * `setting_fields`, such as `fields::endpoint`.
 *
 * @tparam Plugin A type that @ref has_settings.
 * @param f Is called in the order of the tuple; returns nothing.
 */
template <class Plugin, class F>
constexpr void for_each_setting(F&& f) {
  [&]<class... Fields>(std::type_identity<std::tuple<Fields...>>) {
    (f.template operator()<Fields>(), ...);
  }(std::type_identity<typename Plugin::setting_fields>{});
}

/// The name of a setting (its `Field`) as the user knows it, e.g. `TICKET_INFORMATION.labels_set`.
template <class Field>
[[nodiscard]] std::string setting_name() {
  std::string name{Field::setting};
  if (!Field::key.empty()) name.append(1, '.').append(Field::key);
  return name;
}

namespace detail {

template <class Plugin, class S>
constexpr bool has_required_settings() {
  bool all = true;
  for_each_setting<Plugin>([&]<class Field>() {
    if constexpr (Field::required) all = all && has_setting<S const, Field>;
  });
  return all;
}

inline void assign_setting(std::string& to, std::string_view from) { to = from; }
inline void assign_setting(secret& to, secret const& from) { to = from; }
/// Nothing but `bool`: "no" would convert to `true`.
template <std::same_as<bool> From>
void assign_setting(bool& to, From from) {
  to = from;
}
template <class T, class Range>
  requires requires(Range const& from) {
    requires std::constructible_from<T, decltype(*std::begin(from))>;
  }
void assign_setting(std::vector<T>& to, Range const& from) {
  for (auto const& item : from) to.emplace_back(item);
}

template <class Field, class Own, class Settings>
struct diagnose_setting {
  static constexpr bool ok =
      requires(Own& to, Settings const& from) { assign_setting(Field::of(to), Field::of(from)); };
  static_assert(ok, "argus_ticket: a member of these settings has a type that does not fit: see "
                    "diagnose_setting<the setting, the plugin's settings, these settings>");
};

} // namespace detail

/// Whether a type `S` may be given to a plugin as its settings: it has a fitting member for each
/// setting that the plugin requires. Others are taken where they are there.
template <class S, class Plugin>
concept settings_for = detail::has_required_settings<Plugin, S>();

/**
 * The plugin's own settings made of a user's type: each member is copied that the plugin knows.
 * A type that lacks a required one, or a `static constexpr` member that is malformed, is a compile
 * error that names it.
 *
 * @tparam Plugin A @ref ticket_plugin.
 * @param from The user's settings.
 * @return The plugin's own; whether their values are right is told by @ref check_settings.
 */
template <class Plugin, class S>
[[nodiscard]] typename Plugin::settings adopt_settings(S const& from) {
  if constexpr (std::is_same_v<S, typename Plugin::settings>) {
    return from;
  } else {
    for_each_setting<Plugin>([]<class Field>() {
      if constexpr (Field::required) Field::template diagnose<S const>();
    });
    typename Plugin::settings own{};
    if constexpr (settings_for<S, Plugin>)
      for_each_setting<Plugin>([&]<class Field>() {
        if constexpr (has_setting<S const, Field>)
          if constexpr (detail::diagnose_setting<Field, typename Plugin::settings, S>::ok)
            detail::assign_setting(Field::of(own), Field::of(from));
      });
    return own;
  }
}

namespace detail {

/// The same; settings that are the plugin's own already are not copied.
template <class Plugin, class S>
decltype(auto) own_settings(S const& from) {
  if constexpr (std::is_same_v<S, typename Plugin::settings>)
    return (from);
  else
    return adopt_settings<Plugin>(from);
}

} // namespace detail
} // namespace argus_ticket

#endif
