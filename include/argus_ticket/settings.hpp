#ifndef ARGUS_TICKET_SETTINGS_HPP
#define ARGUS_TICKET_SETTINGS_HPP

#include <argus_ticket/adopt_settings.hpp>
#include <argus_ticket/plugin.hpp>

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace argus_ticket {
namespace detail {

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
