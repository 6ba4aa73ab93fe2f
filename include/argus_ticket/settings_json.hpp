#ifndef ARGUS_TICKET_SETTINGS_JSON_HPP
#define ARGUS_TICKET_SETTINGS_JSON_HPP

#include <argus_ticket/builtin_plugins.hpp>
#include <argus_ticket/plugin_map.hpp>
#include <argus_ticket/settings.hpp>

#include <boost/json/object.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace argus_ticket {

/**
 * Argus's four settings as they were found, before a plugin has looked at them.
 *
 * In JSON they are the members of one object; in the environment four variables, of which the two
 * dictionaries are JSON.
 */
struct raw_settings {
  std::string plugin;                 ///< `TICKET_PLUGIN`
  std::string endpoint;               ///< `TICKET_ENDPOINT`
  boost::json::object authentication; ///< `TICKET_AUTHENTICATION_SECRET`
  boost::json::object information;    ///< `TICKET_INFORMATION`
  std::vector<problem> problems;      ///< What could not be read; reported with all the others.
  bool unreadable =
      false; ///< Not even one JSON object: `problems` says why, and nothing else counts.
};

/// Reads the four settings from a JSON object. Never fails: see `problems`.
///
/// Wire format: RFC 8259, an object whose members have the names of Argus's settings;
/// https://github.com/Uninett/Argus/tree/master/docs/integrations/ticket-systems.
[[nodiscard]] ARGUS_TICKET_DECL raw_settings parse_raw_settings(std::string_view json);
/// Reads them from the file at a path, of at most 1 MiB that holds such an object.
[[nodiscard]] ARGUS_TICKET_DECL raw_settings read_raw_settings_file(std::string const& path);
/// Reads them from the environment.
[[nodiscard]] ARGUS_TICKET_DECL raw_settings read_raw_settings_environment();

namespace detail {

/// Whether a setting's text may be an id.
template <class Field>
concept may_be_number = bool{Field::takes_number};

/// Reads one value of a dictionary into a setting.
ARGUS_TICKET_DECL void read_setting(boost::json::value const& from, std::string_view where,
                                    std::string& into, std::vector<problem>& problems);
/// The same of a text that may be an id, for which people write a number.
ARGUS_TICKET_DECL void read_text_or_integer(boost::json::value const& from, std::string_view where,
                                            std::string& into, std::vector<problem>& problems);
ARGUS_TICKET_DECL void read_setting(boost::json::value const& from, std::string_view where,
                                    bool& into, std::vector<problem>& problems);
ARGUS_TICKET_DECL void read_setting(boost::json::value const& from, std::string_view where,
                                    std::vector<std::string>& into, std::vector<problem>& problems);
ARGUS_TICKET_DECL void read_setting(boost::json::value const& from, std::string_view where,
                                    std::vector<mapping_source>& into,
                                    std::vector<problem>& problems);
ARGUS_TICKET_DECL void read_setting(boost::json::value const& from, std::string_view where,
                                    std::vector<custom_field>& into,
                                    std::vector<problem>& problems);
ARGUS_TICKET_DECL void read_setting(boost::json::value const& from, std::string_view where,
                                    std::vector<field_mapping>& into,
                                    std::vector<problem>& problems);
/// Reads a secret that stands under `key`, `key_file` or `key_env`.
ARGUS_TICKET_DECL void read_secret(boost::json::object const& from, std::string_view setting,
                                   std::string_view key, secret& into,
                                   std::vector<problem>& problems);
/// Reports the keys of a dictionary that no field has, each with the nearest known one.
ARGUS_TICKET_DECL void report_unknown_keys(boost::json::object const& from,
                                           std::string_view setting,
                                           std::vector<std::string> const& known,
                                           std::vector<problem>& problems);

} // namespace detail

/**
 * Makes a plugin's settings of the four raw ones.
 *
 * A secret may be given in place (`"token": "…"`), as a file (`"token_file": "/run/secrets/token"`)
 * or as a variable (`"token_env": "GITHUB_TOKEN"`).
 *
 * @tparam Plugin A @ref ticket_plugin.
 * @param raw As @ref parse_raw_settings or its like has read them.
 * @return The settings, checked; or `errc::invalid_settings` with every problem by its setting and
 *         key: missing, empty, of the wrong type, malformed or unknown. No problem shows a secret.
 */
template <class Plugin>
[[nodiscard]] result<typename Plugin::settings> load_settings(raw_settings const& raw) {
  typename Plugin::settings read{};
  std::vector<problem> problems = raw.problems;
  if (raw.unreadable) return detail::invalid_settings(std::move(problems));
  std::vector<std::string> authentication_keys;
  std::vector<std::string> information_keys;
  for_each_setting<Plugin>([&]<class Field>() {
    auto& into = Field::of(read);
    if constexpr (Field::key.empty()) {
      into = raw.endpoint;
    } else {
      constexpr bool is_secret = Field::setting == std::string_view{"TICKET_AUTHENTICATION_SECRET"};
      auto const& from = is_secret ? raw.authentication : raw.information;
      auto& keys = is_secret ? authentication_keys : information_keys;
      keys.emplace_back(Field::key);
      if constexpr (std::is_same_v<std::remove_cvref_t<decltype(into)>, secret>) {
        for (auto const* suffix : {"_file", "_env"})
          keys.push_back(std::string{Field::key} + suffix);
        detail::read_secret(from, Field::setting, Field::key, into, problems);
      } else if (auto const* value = from.if_contains(Field::key)) {
        if constexpr (detail::may_be_number<Field>)
          detail::read_text_or_integer(*value, setting_name<Field>(), into, problems);
        else
          detail::read_setting(*value, setting_name<Field>(), into, problems);
      }
    }
  });
  detail::report_unknown_keys(raw.authentication, "TICKET_AUTHENTICATION_SECRET",
                              authentication_keys, problems);
  detail::report_unknown_keys(raw.information, "TICKET_INFORMATION", information_keys, problems);
  // A value that could not be read counts as empty: it is reported once, for what is wrong with it.
  for (problem& p : check_settings<Plugin>(read)) {
    bool known = false;
    for (problem const& other : problems)
      known = known || other.where == p.where || p.where.starts_with(other.where + '.') ||
              other.where == p.where + "_file" || other.where == p.where + "_env";
    if (!known) problems.push_back(std::move(p));
  }
  if (!problems.empty()) return detail::invalid_settings(std::move(problems));
  return read;
}

/**
 * Loads the settings of the plugin of that name.
 *
 * `TICKET_PLUGIN` may be left out, since the name is known; where it names another plugin, that is
 * one of the problems. For the rest see @ref load_settings of a plugin type.
 *
 *     auto s = at::load_settings<"github">(at::read_raw_settings_environment());
 *
 * @tparam Name A name of a plugin in `Map`.
 * @tparam Map  A compile-time map of plugins; see @ref with_plugins.
 * @param raw As @ref read_raw_settings_file or its like has read them.
 * @return The settings, or `errc::invalid_settings` with every problem.
 */
template <fixed_string Name, auto const& Map = builtin_plugins>
[[nodiscard]] result<settings<Name, Map>> load_settings(raw_settings raw) {
  using plugin = plugin_in<Name, Map>;
  if (!raw.plugin.empty()) {
    result<bool> const same =
        visit_plugin<Map>(raw.plugin, []<class P>(std::type_identity<P>) -> result<bool> {
          return std::is_same_v<P, plugin>;
        });
    if (!same)
      raw.problems.push_back({"TICKET_PLUGIN", same.error().message});
    else if (!*same)
      raw.problems.push_back({"TICKET_PLUGIN", "names '" + detail::shown(raw.plugin) +
                                                   "', but this program uses '" +
                                                   std::string{plugin::name.view()} + "'"});
  }
  return load_settings<plugin>(raw);
}

/// The same, of the text of a JSON object: @ref parse_raw_settings, then @ref load_settings.
/// `errc::invalid_settings` also where it is none.
template <fixed_string Name, auto const& Map = builtin_plugins>
[[nodiscard]] result<settings<Name, Map>> load_settings(std::string_view json) {
  return load_settings<Name, Map>(parse_raw_settings(json));
}

} // namespace argus_ticket

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/settings_json.ipp>
#endif

#endif
