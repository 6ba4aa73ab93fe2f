#ifndef ARGUS_TICKET_TRANSPORT_DETAIL_WIRE_HPP
#define ARGUS_TICKET_TRANSPORT_DETAIL_WIRE_HPP

#include <argus_ticket/http/request.hpp>
#include <argus_ticket/result.hpp>
#include <argus_ticket/secret.hpp>
#include <argus_ticket/transport/detail/proxy.hpp>
#include <argus_ticket/transport/https_options.hpp>

#include <optional>
#include <string>

namespace argus_ticket::detail::https {

/// `host:port` of a URL, as errors name it.
[[nodiscard]] ARGUS_TICKET_DECL std::string peer_of(http::url const&);

/// Why a request is not to be sent at all: http to another machine, or text that would break out of
/// the request line or a header. Nothing where all is well.
[[nodiscard]] ARGUS_TICKET_DECL std::optional<error> objection(http::request const&,
                                                               https_options const&);

/// The request as HTTP/1.1. The transport writes `Host`, `Content-Length` and `User-Agent`; it
/// leaves out what the request says of framing itself.
/// @param plain_proxy The proxy that gets the request itself (http only); null for none.
/// @return A secret, as it has the credentials in it.
[[nodiscard]] ARGUS_TICKET_DECL secret serialise(http::request const&, https_options const&,
                                                 proxy_address const* plain_proxy);

/// The request for a tunnel to the URL's host.
[[nodiscard]] ARGUS_TICKET_DECL secret serialise_connect(http::url const&, https_options const&,
                                                         proxy_address const&);

} // namespace argus_ticket::detail::https

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/transport/wire.ipp>
#endif

#endif
