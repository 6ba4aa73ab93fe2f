#ifndef ARGUS_TICKET_TRANSPORT_DETAIL_LOOKUP_HPP
#define ARGUS_TICKET_TRANSPORT_DETAIL_LOOKUP_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/transport/detail/asio.hpp>

#include <boost/asio/ip/tcp.hpp>

#include <functional>
#include <string>
#include <vector>

namespace argus_ticket::detail::https {

using endpoints = std::vector<asio::ip::tcp::endpoint>;

/// Blocks until a host's addresses are known.
using lookup_function =
    std::function<endpoints(std::string const& host, std::string const& port, error_code&)>;

/// The system's name look-up (`getaddrinfo`).
[[nodiscard]] ARGUS_TICKET_DECL endpoints system_lookup(std::string const& host,
                                                        std::string const& port, error_code& ec);

/**
 * Looks a name up, and stops waiting when the time is over.
 *
 * `getaddrinfo` cannot be cancelled, and Asio's resolver makes the end of an `io_context` wait for
 * it. So it runs in a thread of its own, which is left behind when time runs out and ends by
 * itself. Addresses need no thread.
 *
 * Errors: `asio::error::timed_out`; those of the look-up; what starting a thread may fail with.
 */
[[nodiscard]] ARGUS_TICKET_DECL asio::awaitable<endpoints>
async_lookup(std::string host, std::string port, time_point limit, error_code& ec,
             lookup_function lookup = system_lookup);

} // namespace argus_ticket::detail::https

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/transport/lookup.ipp>
#endif

#endif
