#ifndef ARGUS_TICKET_HTTP_URL_HPP
#define ARGUS_TICKET_HTTP_URL_HPP

#include <argus_ticket/detail/config.hpp>

#include <optional>
#include <string>
#include <string_view>

namespace argus_ticket::http {

/**
 * An absolute http or https URL without user name, password or fragment; always well formed.
 *
 * Scheme and host are in lower case and a port that the scheme implies is left out, so that equal
 * origins compare equal. Extended by `/` and @ref with, which escape what they are given.
 *
 * Wire format: RFC 3986. Guarantees: those of a @ref value.
 */
class url {
 public:
  /// Reads a URL from text. Nothing where it is none, or none of the kind above.
  [[nodiscard]] static ARGUS_TICKET_DECL std::optional<url> parse(std::string_view text);

  /// Whether the scheme is https, and not http.
  [[nodiscard]] bool is_https() const noexcept { return https_; }
  /// `https` or `http`.
  [[nodiscard]] std::string_view scheme() const noexcept { return https_ ? "https" : "http"; }
  [[nodiscard]] std::string const& host() const noexcept { return host_; } ///< `[::1]` in brackets
  /// The host as name look-ups and certificates have it: without brackets.
  [[nodiscard]] ARGUS_TICKET_DECL std::string_view hostname() const noexcept;
  [[nodiscard]] ARGUS_TICKET_DECL std::string port() const; ///< The explicit or the scheme's own.
  [[nodiscard]] std::string const& path() const noexcept { return path_; }   ///< As escaped.
  [[nodiscard]] std::string const& query() const noexcept { return query_; } ///< As escaped.
  [[nodiscard]] ARGUS_TICKET_DECL std::string authority() const; ///< `host` or `host:port`
  [[nodiscard]] ARGUS_TICKET_DECL std::string origin() const;    ///< `scheme://authority`
  [[nodiscard]] ARGUS_TICKET_DECL std::string target() const;    ///< Path and query, for a request.
  /// The whole URL.
  [[nodiscard]] std::string string() const { return origin() + target(); }
  /// Whether scheme, host and port are those of the `other` one.
  [[nodiscard]] bool same_origin(url const& other) const {
    return https_ == other.https_ && host_ == other.host_ && port_ == other.port_;
  }
  /// Whether the host is this machine itself: `localhost`, `127.0.0.0/8` or `[::1]`.
  [[nodiscard]] ARGUS_TICKET_DECL bool is_loopback() const noexcept;

  /// This URL with one more segment: any text, escaped as a single segment.
  [[nodiscard]] ARGUS_TICKET_DECL url operator/(std::string_view segment) const;
  /// This URL with one more parameter in its query, of that name and value; both are escaped.
  [[nodiscard]] ARGUS_TICKET_DECL url with(std::string_view name, std::string_view value) const;
  /// This URL with another query, which is escaped already.
  [[nodiscard]] ARGUS_TICKET_DECL url with_query(std::string_view escaped) const;
  /// The absolute URL that a reference in a reply to this one means (RFC 3986, 5.2).
  [[nodiscard]] ARGUS_TICKET_DECL std::optional<url> resolve(std::string_view reference) const;
  /// This URL with another host, which is in lower case already; keeps scheme and port.
  [[nodiscard]] ARGUS_TICKET_DECL url with_host(std::string_view name) const;
  /// This URL with another path, which is escaped already and starts with a slash.
  [[nodiscard]] ARGUS_TICKET_DECL url with_path(std::string_view escaped) const;

  bool operator==(url const&) const = default;

 private:
  url() = default;

  bool https_ = true;
  std::string host_;
  std::string port_; // empty: the scheme's own
  std::string path_ = "/";
  std::string query_;
};

/// The value of the first parameter of this name in the query of a URL; nothing where it has none.
[[nodiscard]] ARGUS_TICKET_DECL std::optional<std::string> query_parameter(url const& from,
                                                                           std::string_view name);

} // namespace argus_ticket::http

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/http/url.ipp>
#endif

#endif
