#ifndef ARGUS_TICKET_IMPL_TRANSPORT_PROXY_IPP
#define ARGUS_TICKET_IMPL_TRANSPORT_PROXY_IPP

#include <argus_ticket/detail/base64.hpp>
#include <argus_ticket/detail/uri.hpp>
#include <argus_ticket/transport/detail/proxy.hpp>
#include <argus_ticket/transport/https_options.hpp>

#include <algorithm>

namespace argus_ticket::detail::https {

inline secret basic_authorization(std::string const& user, std::string const& password) {
  return secret{"Basic " + std::string{basic_credentials(user, secret{password}).expose()}};
}

std::optional<proxy_address> parse_proxy(secret const& text) {
  std::string_view rest = text.expose();
  if (std::size_t const scheme = rest.find("://"); scheme != std::string_view::npos) {
    if (!http::iequals(rest.substr(0, scheme), "http")) return std::nullopt;
    rest.remove_prefix(scheme + 3);
  }
  proxy_address read;
  if (std::size_t const at = rest.find('@'); at != std::string_view::npos) {
    std::string_view const user_info = rest.substr(0, at);
    if (!uri::is_made_of(uri::charset::segment, user_info)) return std::nullopt;
    std::size_t const colon = (std::min)(user_info.find(':'), at);
    read.authorization =
        basic_authorization(uri::unescaped(user_info.substr(0, colon)),
                            uri::unescaped(user_info.substr((std::min)(colon + 1, at))));
    rest.remove_prefix(at + 1);
  }
  auto const address = http::url::parse("http://" + std::string{rest});
  if (!address || address->path() != "/" || rest.find('?') != std::string_view::npos)
    return std::nullopt;
  read.host = address->hostname();
  read.port = address->port();
  return read;
}

std::vector<std::string> split_no_proxy(std::string_view list) {
  std::vector<std::string> entries;
  while (!list.empty()) {
    std::size_t const end = (std::min)(list.find_first_of(", \t"), list.size());
    if (end > 0) entries.emplace_back(list.substr(0, end));
    list.remove_prefix((std::min)(end + 1, list.size()));
  }
  return entries;
}

bool matches_no_proxy(std::string_view entry, http::url const& url) {
  if (entry == "*") return true;
  // A port stands after the brackets of an IPv6 address, or after the only colon.
  std::size_t const bracket = entry.rfind(']');
  std::size_t const colon = entry.rfind(':');
  bool const has_port =
      colon != std::string_view::npos &&
      (bracket == std::string_view::npos ? entry.find(':') == colon : colon > bracket);
  if (has_port) {
    if (entry.substr(colon + 1) != url.port()) return false;
    entry = entry.substr(0, colon);
  }
  if (entry.size() > 2 && entry.front() == '[' && entry.back() == ']')
    entry = entry.substr(1, entry.size() - 2);
  if (entry.starts_with("*")) entry.remove_prefix(1);
  if (entry.starts_with(".")) entry.remove_prefix(1);
  std::string_view const host = url.hostname();
  if (entry.empty() || host.size() < entry.size()) return false;
  std::size_t const before = host.size() - entry.size();
  return http::iequals(host.substr(before), entry) && (before == 0 || host[before - 1] == '.');
}

bool goes_by_proxy(https_options const& options, http::url const& url) {
  if (options.proxy.empty() || (url.is_loopback() && !options.proxy_loopback)) return false;
  return std::none_of(options.no_proxy.begin(), options.no_proxy.end(),
                      [&](std::string const& entry) { return matches_no_proxy(entry, url); });
}

} // namespace argus_ticket::detail::https

#endif
