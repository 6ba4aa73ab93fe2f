#ifndef ARGUS_TICKET_TRANSPORT_HTTPS_OPTIONS_HPP
#define ARGUS_TICKET_TRANSPORT_HTTPS_OPTIONS_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/error.hpp>
#include <argus_ticket/secret.hpp>
#include <argus_ticket/version.hpp>

#include <chrono>
#include <cstddef>
#include <string>
#include <vector>

namespace argus_ticket {

/**
 * How an `https_transport` connects. Every default is fit for use; there is no switch that turns
 * the verification of certificates off.
 *
 * Time-outs are positive and at most a day; limits are positive.
 *
 * Guarantees: those of a @ref value.
 */
struct https_options {
  /// A PEM file with the certificate authorities to trust *instead of* the system's.
  std::string ca_file{};
  /// The same as a text; may be given besides `ca_file`.
  std::string ca_pem{};
  /// A PEM file with the client's certificate chain (mutual TLS); needs `client_key_file`.
  std::string client_certificate_file{};
  /// A PEM file with the private key of that certificate.
  std::string client_key_file{};
  /// What the key file is encrypted with, where it is.
  secret client_key_password{};

  /// For the name look-up, the TCP connection and the proxy together.
  std::chrono::milliseconds connect_timeout = std::chrono::seconds{10};
  /// For the TLS handshake.
  std::chrono::milliseconds handshake_timeout = std::chrono::seconds{10};
  /// For a whole `send`, redirects included; the deadline given to `send` may end it earlier.
  std::chrono::milliseconds total_timeout = std::chrono::seconds{30};

  /// After how long an unused connection is closed.
  std::chrono::milliseconds idle_timeout = std::chrono::seconds{30};
  /// How many unused connections are kept; 0 for a new connection each time.
  std::size_t max_idle_connections = 16;
  /// How many connections to one server an `async_https_transport` has in use at a time; what is to
  /// be sent beyond that waits, in its order.
  std::size_t max_connections_per_host = 16;

  std::size_t header_limit = std::size_t{64} * 1024;     ///< Bytes of a reply's header.
  std::size_t body_limit = std::size_t{8} * 1024 * 1024; ///< Bytes of a reply's body.
  int max_redirects = 5; ///< How many redirects are followed; 0: none.

  /// The `User-Agent` of requests that have none.
  std::string user_agent = "argus_ticket/" + std::string{version};

  /// `http://host:port` or `http://user:password@host:port`; empty for none. The scheme may be left
  /// out. https goes through it by `CONNECT`, so that it never sees a request.
  secret proxy{};
  /// Hosts that are reached without the proxy: a host or IP address, or a domain (with its
  /// subdomains), each with an optional port; `*` for all.
  std::vector<std::string> no_proxy{};
  /// Whether even `localhost`, `127.0.0.0/8` and `[::1]` are reached through the proxy.
  bool proxy_loopback = false;

  /// Whether http (without TLS) is allowed to hosts other than this machine.
  bool allow_plain_http = false;

  /// Takes `proxy` from `HTTPS_PROXY` or `https_proxy` and `no_proxy` from `NO_PROXY` or
  /// `no_proxy`. What is not set (or empty) leaves its option as it is.
  ARGUS_TICKET_DECL https_options& proxy_from_environment();
};

/// Everything that is wrong with the options and can be seen without opening a file.
[[nodiscard]] ARGUS_TICKET_DECL std::vector<problem> problems_of(https_options const&);

} // namespace argus_ticket

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/transport/https_options.ipp>
#endif

#endif
