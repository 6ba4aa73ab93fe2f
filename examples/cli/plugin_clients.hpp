#ifndef ARGUS_TICKET_CLI_PLUGIN_CLIENTS_HPP
#define ARGUS_TICKET_CLI_PLUGIN_CLIENTS_HPP

// For clients.cpp and outbox_clients.cpp alone: what includes this compiles the plugins and the
// transport.
#include "clients.hpp"

#include <argus_ticket/argus_ticket.hpp>
#include <argus_ticket/transport/https.hpp>

#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace cli {

inline constexpr auto const& plugins = argus_ticket::builtin_plugins;

template <class Plugin>
argus_ticket::error lacks(char const* operation) {
  return {argus_ticket::errc::unsupported, argus_ticket::outcome::rejected,
          std::string{Plugin::name.view()} + " has no operation '" + operation + "'"};
}

/// The transport's options, without what the plugin's settings say.
[[nodiscard]] argus_ticket::https_options https_options_of(connection_options const& given,
                                                           redactor& texts);

/// One error of what is wrong with a plugin's settings and the connection's options.
[[nodiscard]] argus_ticket::error
wrong_settings(std::vector<argus_ticket::problem> const& of_settings,
               std::vector<argus_ticket::problem> const& of_connection,
               connection_options const& given);

/// The error where no plugin has the name that was given: with every problem that any plugin would
/// have found.
[[nodiscard]] argus_ticket::error no_such_plugin(argus_ticket::error unknown,
                                                 argus_ticket::raw_settings const& raw,
                                                 connection_options const& given,
                                                 argus_ticket::https_options options);

template <class Plugin>
argus_ticket::result<argus_ticket::basic_client<Plugin>>
plugin_client(argus_ticket::raw_settings const& raw, connection_options const& given,
              argus_ticket::https_options options, redactor& texts) {
  namespace at = argus_ticket;
  auto settings = at::load_settings<Plugin>(raw);
  if (settings) {
    at::for_each_setting<Plugin>([&]<class Field>() {
      auto const& value = Field::of(*settings);
      if constexpr (std::is_same_v<decltype(value), at::secret const&>) texts.hide(value.expose());
    });
    if constexpr (at::has_setting<typename Plugin::settings, at::fields::allow_plain_http>)
      options.allow_plain_http = at::fields::allow_plain_http::of(*settings);
  }
  auto transport = at::https_transport::make(std::move(options));
  if (!settings || !transport)
    return {boost::system::in_place_error,
            wrong_settings(settings ? std::vector<at::problem>{} : settings.error().problems,
                           transport ? std::vector<at::problem>{} : transport.error().problems,
                           given)};
  at::policies<> policies;
  if (given.timeout) policies.timeout = *given.timeout;
  return at::basic_client<Plugin>{*settings, std::move(*transport), policies};
}

/**
 * Calls `f` with the client that the settings name, and returns what it returns.
 * @tparam T `f` gives a `result<T>` of an `argus_ticket::basic_client<Plugin>`.
 * @return Also every problem of the settings and of the connection's options at once. Where the
 *         plugin is missing or unknown, those are reported that any plugin would have found.
 */
template <class T, class F>
argus_ticket::result<T> with_client(argus_ticket::raw_settings const& raw,
                                    connection_options const& given, redactor& texts, F f) {
  namespace at = argus_ticket;
  at::https_options const options = https_options_of(given, texts);
  auto made =
      at::visit_plugin<plugins>(raw.plugin, [&]<class P>(std::type_identity<P>) -> at::result<T> {
        auto client = plugin_client<P>(raw, given, options, texts);
        if (!client) return std::move(client).error();
        return f(std::move(*client));
      });
  if (made || made.error().code != at::errc::unknown_plugin) return made;
  return no_such_plugin(std::move(made).error(), raw, given, options);
}

} // namespace cli

#endif
