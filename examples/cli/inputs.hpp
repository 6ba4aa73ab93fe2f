#ifndef ARGUS_TICKET_CLI_INPUTS_HPP
#define ARGUS_TICKET_CLI_INPUTS_HPP

#include "redactor.hpp"

#include <argus_ticket/incident.hpp>
#include <argus_ticket/result.hpp>
#include <argus_ticket/settings_json.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace cli {

/// The most that is read from a file or from standard input.
inline constexpr std::size_t input_limit = std::size_t{16} * 1024 * 1024;

/// Reads a file, or standard input where the path is empty or `-`.
/// @return The text, or `errc::invalid_incident` where it cannot be read or is too large.
[[nodiscard]] argus_ticket::result<std::string> read_text(std::string const& path,
                                                          char const* what_for);

/// The same, for an incident in Argus's JSON.
[[nodiscard]] argus_ticket::result<argus_ticket::incident> read_incident(std::string const& path);

/**
 * Reads any number of incidents: of each file an object, a list of objects, or an object a line.
 * @param paths None: standard input.
 * @return `errc::invalid_incident` where one of them is wrong, with its place.
 */
[[nodiscard]] argus_ticket::result<std::vector<argus_ticket::incident>>
read_incidents(std::vector<std::string> const& paths);

/**
 * The four settings from a file, or from the environment where the path is empty. All that may be
 * a secret in them is hidden from then on.
 * @return `errc::invalid_settings` only where the file cannot be read at all; everything else that
 *         is wrong is reported together with what the plugin finds.
 */
[[nodiscard]] argus_ticket::result<argus_ticket::raw_settings>
read_settings(std::string const& path, redactor& texts);

} // namespace cli

#endif
