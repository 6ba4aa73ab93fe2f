#ifndef ARGUS_TICKET_SETTINGS_HPP
#define ARGUS_TICKET_SETTINGS_HPP

#include <argus_ticket/plugin.hpp>
#include <argus_ticket/settings_fields.hpp>

#include <concepts>
#include <iterator>
#include <string>
#include <string_view>
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

/// What is wrong with a value of a field; empty where nothing is.
template <class Field, class T>
std::string problem_with(T const& value) {
  if constexpr (std::is_same_v<T, secret>)
    if (!value.problem().empty()) return value.problem();
  if constexpr (Field::required)
    if (value.empty()) return "is missing or empty";
  if constexpr (requires { Field::problem(value); })
    if (!value.empty()) return std::string{Field::problem(value)};
  return {};
}

ARGUS_TICKET_DECL void check_endpoint(std::string const& endpoint, bool allow_plain_http,
                                      std::vector<problem>& problems);
[[nodiscard]] ARGUS_TICKET_DECL error invalid_settings(std::vector<problem> problems);

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

/// Checks settings at run time. @return Every problem at once, each by the setting's name and key;
/// none shows a secret. Nothing is sent; whether they work is asked by a client's `check`.
template <class Plugin>
[[nodiscard]] std::vector<problem> check_settings(typename Plugin::settings const& s) {
  std::vector<problem> problems;
  for_each_setting<Plugin>([&]<class Field>() {
    std::string what;
    if constexpr (requires { Field::of(s).empty(); })
      what = detail::problem_with<Field>(Field::of(s));
    if (!what.empty()) problems.push_back({setting_name<Field>(), std::move(what)});
  });
  bool plain = false;
  if constexpr (has_setting<typename Plugin::settings const, fields::allow_plain_http>)
    plain = fields::allow_plain_http::of(s);
  if constexpr (has_setting<typename Plugin::settings const, fields::endpoint>)
    if (!s.endpoint.empty() && endpoint_problem(s.endpoint).empty())
      detail::check_endpoint(s.endpoint, plain, problems);
  if constexpr (compares_settings<Plugin>)
    for (problem& together : Plugin::problems_of(s)) problems.push_back(std::move(together));
  return problems;
}

} // namespace argus_ticket

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/settings.ipp>
#endif

#endif
