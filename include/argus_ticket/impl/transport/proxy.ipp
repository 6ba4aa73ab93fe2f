#ifndef ARGUS_TICKET_IMPL_TRANSPORT_PROXY_IPP
#define ARGUS_TICKET_IMPL_TRANSPORT_PROXY_IPP

#include <argus_ticket/detail/base64.hpp>
#include <argus_ticket/detail/port_number.hpp>
#include <argus_ticket/transport/detail/proxy.hpp>
#include <argus_ticket/transport/https_options.hpp>

#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>

namespace argus_ticket::detail::https {

inline secret basic_authorization(std::string const& user, std::string const& password) {
  return secret{"Basic " + std::string{basic_credentials(user, secret{password}).expose()}};
}

std::optional<proxy_address> parse_proxy(secret const& text) {
  secret const absolute{text.expose().find("://") == std::string_view::npos
                            ? "http://" + std::string{text.expose()}
                            : std::string{text.expose()}};
  auto const parsed = boost::urls::parse_uri(absolute.expose());
  if (!parsed || !http::iequals(std::string_view{parsed->scheme()}, "http") ||
      parsed->has_query() || parsed->has_fragment() || parsed->encoded_host().empty() ||
      parsed->encoded_path().size() > 1)
    return std::nullopt;
  proxy_address read;
  read.host = std::string{std::string_view{parsed->encoded_host()}};
  if (read.host.find('%') != std::string::npos) return std::nullopt;
  if (read.host.size() > 2 && read.host.front() == '[')
    read.host = read.host.substr(1, read.host.size() - 2);
  read.port = parsed->has_port() ? std::string{std::string_view{parsed->port()}} : "80";
  if (!port_number(read.port)) return std::nullopt;
  if (parsed->has_userinfo())
    read.authorization = basic_authorization(parsed->user(), parsed->password());
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
