#ifndef ARGUS_TICKET_CLI_CLIENTS_HPP
#define ARGUS_TICKET_CLI_CLIENTS_HPP

#include "redactor.hpp"

#include <argus_ticket/document/document.hpp>
#include <argus_ticket/http/request.hpp>
#include <argus_ticket/incident.hpp>
#include <argus_ticket/plugin.hpp>
#include <argus_ticket/result.hpp>
#include <argus_ticket/settings_json.hpp>
#include <argus_ticket/ticket.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cli {

/// How to reach the ticket system; what is empty keeps the library's default.
struct connection_options {
  std::optional<std::chrono::milliseconds> timeout;
  std::string ca_file;
  std::string client_certificate;
  std::string client_key;
  std::string proxy; ///< Empty: from the environment.
  bool no_proxy = false;
};

/**
 * A client of a ticket system whose name is known only now.
 *
 * The library's clients are templates; the plugins' and the transport's are instantiated in
 * clients.cpp and nowhere else, which keeps the other files fast to compile. An operation that the
 * plugin lacks is `errc::unsupported`.
 */
class any_client {
 public:
  any_client() = default;
  any_client(any_client const&) = delete;
  any_client& operator=(any_client const&) = delete;
  virtual ~any_client() = default;

  virtual argus_ticket::result<argus_ticket::check_report> check() = 0;
  virtual argus_ticket::result<argus_ticket::http::request>
  preview(argus_ticket::incident const& from) = 0;
  virtual argus_ticket::result<std::string> prefilled_url(argus_ticket::incident const& from) = 0;
  virtual argus_ticket::result<argus_ticket::ticket> create(argus_ticket::incident const& from) = 0;
  virtual argus_ticket::result<argus_ticket::ticket>
  find_or_create(argus_ticket::incident const& from) = 0;
  virtual argus_ticket::result<std::optional<argus_ticket::ticket>>
  find(argus_ticket::incident const& from) = 0;
  virtual argus_ticket::result<argus_ticket::ticket> get(std::string const& which) = 0;
  virtual argus_ticket::result<argus_ticket::ticket> update(std::string const& which,
                                                            argus_ticket::incident const& from) = 0;
  virtual argus_ticket::result<argus_ticket::comment> comment(std::string const& which,
                                                              std::string const& text) = 0;
  virtual argus_ticket::result<argus_ticket::ticket> close(std::string const& which,
                                                           argus_ticket::close_reason why) = 0;
  virtual argus_ticket::result<argus_ticket::ticket> reopen(std::string const& which) = 0;
};

/**
 * Makes the client that the settings name.
 * @return It, or every problem of the settings and of the connection's options at once. Where the
 *         plugin is missing or unknown, those are reported that any plugin would have found.
 */
[[nodiscard]] argus_ticket::result<std::unique_ptr<any_client>>
make_client(argus_ticket::raw_settings const& settings, connection_options const& connection,
            redactor& texts);

/// One setting of a plugin, for people.
struct setting_info {
  std::string name; ///< e.g. `TICKET_INFORMATION.queue`
  std::string_view type;
  bool required = false;
  std::string about;
};

/// A plugin, for people.
struct plugin_info {
  std::string name;
  std::vector<std::string> other_names;
  std::vector<std::string_view> commands; ///< What it can do, by our commands' names.
  std::vector<setting_info> settings;
};

/// The plugins that this program was built with.
[[nodiscard]] std::vector<plugin_info> known_plugins();

} // namespace cli

#endif
