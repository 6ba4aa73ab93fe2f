#ifndef ARGUS_TICKET_CLI_PRETTY_JSON_HPP
#define ARGUS_TICKET_CLI_PRETTY_JSON_HPP

#include <boost/json/value.hpp>

#include <string>

namespace cli {

/// JSON for people: indented, a member a line.
[[nodiscard]] std::string pretty(boost::json::value const& value, std::string const& indent = "");

} // namespace cli

#endif
