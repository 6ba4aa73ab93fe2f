#ifndef ARGUS_TICKET_IMPL_TRANSPORT_HTTPS_OPTIONS_IPP
#define ARGUS_TICKET_IMPL_TRANSPORT_HTTPS_OPTIONS_IPP

#include <argus_ticket/transport/detail/proxy.hpp>
#include <argus_ticket/transport/https_options.hpp>

#include <algorithm>
#include <cstdlib>

namespace argus_ticket {
namespace detail::https {

/// The first of two variables that is set and not empty; null where none is.
inline char const* environment(char const* name, char const* other_name) {
  for (char const* each : {name, other_name})
    if (char const* value = std::getenv(each); value != nullptr && *value != '\0') return value;
  return nullptr;
}

inline void check_time(std::vector<problem>& problems, char const* name,
                       std::chrono::milliseconds value) {
  if (value <= std::chrono::milliseconds{0} || value > std::chrono::hours{24})
    problems.push_back({name, "must be more than nothing and at most a day"});
}

inline void check_size(std::vector<problem>& problems, char const* name, std::size_t value) {
  if (value == 0 || value > std::size_t{1} << 30)
    problems.push_back({name, "must be at least one byte and at most 1 GiB"});
}

inline bool is_printable(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; });
}

} // namespace detail::https

https_options& https_options::proxy_from_environment() {
  if (char const* value = detail::https::environment("HTTPS_PROXY", "https_proxy"))
    proxy = secret{value};
  if (char const* value = detail::https::environment("NO_PROXY", "no_proxy"))
    no_proxy = detail::https::split_no_proxy(value);
  return *this;
}

std::vector<problem> problems_of(https_options const& options) {
  std::vector<problem> problems;
  if (options.client_certificate_file.empty() != options.client_key_file.empty())
    problems.push_back({options.client_key_file.empty() ? "https_options.client_key_file"
                                                        : "https_options.client_certificate_file",
                        "is missing: a client certificate and its key go together"});
  if (!options.client_key_password.problem().empty())
    problems.push_back(
        {"https_options.client_key_password", options.client_key_password.problem()});
  detail::https::check_time(problems, "https_options.connect_timeout", options.connect_timeout);
  detail::https::check_time(problems, "https_options.handshake_timeout", options.handshake_timeout);
  detail::https::check_time(problems, "https_options.total_timeout", options.total_timeout);
  detail::https::check_time(problems, "https_options.idle_timeout", options.idle_timeout);
  detail::https::check_size(problems, "https_options.header_limit", options.header_limit);
  detail::https::check_size(problems, "https_options.body_limit", options.body_limit);
  if (options.max_connections_per_host == 0)
    problems.push_back({"https_options.max_connections_per_host", "must be at least one"});
  if (options.max_redirects < 0)
    problems.push_back({"https_options.max_redirects", "must not be negative"});
  if (options.user_agent.empty() || !detail::https::is_printable(options.user_agent))
    problems.push_back({"https_options.user_agent", "must be printable ASCII and not empty"});
  if (!options.proxy.problem().empty())
    problems.push_back({"https_options.proxy", options.proxy.problem()});
  else if (!options.proxy.empty() && !detail::https::parse_proxy(options.proxy))
    problems.push_back(
        {"https_options.proxy", "must be http://host:port or http://user:password@host:port"});
  return problems;
}

} // namespace argus_ticket

#endif
