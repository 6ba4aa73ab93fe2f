#include <local_tracker/faults.hpp>
#include <memory>
#include <random>

namespace local_tracker {

connection_fault_hook random_faults(random_fault_options const& options) {
  // std::function copies what it holds; all copies must draw from one generator.
  auto const generator = std::make_shared<std::mt19937_64>(options.seed);
  std::string prefix = options.path_prefix;
  while (prefix.ends_with('/')) prefix.pop_back();
  if (!prefix.empty() && !prefix.starts_with('/')) prefix.insert(0, 1, '/');
  std::string const api = prefix + "/api/";
  return [=](connection_event const& event) -> std::optional<connection_fault> {
    if (event.method.empty() || !event.target.starts_with(api)) return std::nullopt;
    auto const happens = [&](unsigned percent) { return (*generator)() % 100 < percent; };
    if (event.at == fault_point::in_request && happens(options.fail_requests_percent))
      return connection_fault{.at = fault_point::in_request,
                              .how = fault_manner::reset,
                              .after_fraction = static_cast<double>((*generator)() % 101) / 100};
    bool const writes = event.method != "GET" && event.method != "HEAD";
    if (event.at == fault_point::in_reply && writes && happens(options.lose_replies_percent))
      return connection_fault{.at = fault_point::in_reply,
                              .how = happens(50) ? fault_manner::reset : fault_manner::close};
    return std::nullopt;
  };
}

} // namespace local_tracker
