#pragma once
// The program's switches. Not for users of the library.

#include <filesystem>
#include <local_tracker/server.hpp>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

namespace local_tracker::program {

extern std::string_view const usage;

struct bad_usage : std::runtime_error {
  using std::runtime_error::runtime_error;
};

struct settings {
  server_options server;
  random_fault_options faults;
  std::chrono::milliseconds latency{};
  std::filesystem::path directory = ".";
  std::string repository = "argus/incidents";
  std::string token;
  unsigned tickets = 0;
  std::optional<unsigned> seconds;
  bool help = false;
};

settings parse(std::vector<std::string_view> const& arguments);

} // namespace local_tracker::program
