#ifndef ARGUS_TICKET_CLI_COMMAND_LINE_HPP
#define ARGUS_TICKET_CLI_COMMAND_LINE_HPP

#include "commands.hpp"

#include <CLI/CLI.hpp>

#include <charconv>
#include <chrono>
#include <cmath>
#include <string>

namespace cli {

// Values of options, in our words where they are wrong.

/// `1`, `2.5`: a number of seconds, more than nothing and at most a day.
inline std::chrono::milliseconds to_time(char const* option, std::string const& text) {
  double seconds = 0;
  auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), seconds);
  // Written so that it is false for what is not a number.
  if (failed != std::errc{} || end != text.data() + text.size() ||
      !(seconds >= 0.001 && seconds <= 86'400))
    throw CLI::ValidationError(option,
                               "takes a number of seconds, at least 0.001 and at most 86400");
  return std::chrono::milliseconds{std::llround(seconds * 1000)};
}

inline argus_ticket::close_reason to_close_reason(std::string const& text) {
  if (text == "completed") return argus_ticket::close_reason::completed;
  if (text == "not-planned") return argus_ticket::close_reason::not_planned;
  throw CLI::ValidationError("--reason", "takes completed or not-planned");
}

/// A whole number between two bounds.
template <class T>
T to_number(char const* option, std::string const& text, T least, T most) {
  T number{};
  auto const [end, failed] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (failed != std::errc{} || end != text.data() + text.size() || number < least || number > most)
    throw CLI::ValidationError(option, "takes a whole number from " + std::to_string(least) +
                                           " to " + std::to_string(most));
  return number;
}

/// Adds the command `outbox` with its own commands.
void add_outbox(CLI::App& app, options& asked);

/// The names of an app's commands.
[[nodiscard]] std::vector<std::string> command_names(CLI::App const& app);

} // namespace cli

#endif
