#ifndef ARGUS_TICKET_TRANSPORT_DETAIL_PROXY_HPP
#define ARGUS_TICKET_TRANSPORT_DETAIL_PROXY_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/http/headers.hpp>
#include <argus_ticket/http/url.hpp>
#include <argus_ticket/secret.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace argus_ticket {
struct https_options;
}

namespace argus_ticket::detail::https {

/// An HTTP proxy, and what it asks for.
struct proxy_address {
  std::string host; ///< Without brackets.
  std::string port;
  secret authorization; ///< The value of `Proxy-Authorization`; empty where it needs none.

  /// `host:port`, as errors name it.
  [[nodiscard]] std::string peer() const {
    return (host.find(':') == std::string::npos ? host : '[' + host + ']') + ':' + port;
  }
};

/// Reads `[http://][user:password@]host[:port][/]`; the port is 80 where none is given. Nothing
/// where it is no such thing.
[[nodiscard]] ARGUS_TICKET_DECL std::optional<proxy_address> parse_proxy(secret const& text);

/// The entries of a `NO_PROXY` list, which commas or spaces keep apart.
[[nodiscard]] ARGUS_TICKET_DECL std::vector<std::string> split_no_proxy(std::string_view list);

/// Whether a `no_proxy` entry is meant for that URL.
[[nodiscard]] ARGUS_TICKET_DECL bool matches_no_proxy(std::string_view entry, http::url const&);

/// Whether that URL is reached through the proxy of these options.
[[nodiscard]] ARGUS_TICKET_DECL bool goes_by_proxy(https_options const&, http::url const&);

} // namespace argus_ticket::detail::https

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/transport/proxy.ipp>
#endif

#endif
