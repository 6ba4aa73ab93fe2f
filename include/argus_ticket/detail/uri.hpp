#ifndef ARGUS_TICKET_DETAIL_URI_HPP
#define ARGUS_TICKET_DETAIL_URI_HPP

#include <argus_ticket/detail/config.hpp>

#include <string>
#include <string_view>

// What http/url.hpp and the proxy's address are read with: the rules of RFC 3986, and no more of
// them than http and https need. Boost.URL would add a quarter of a megabyte to every program; the
// tests hold these functions against it.

namespace argus_ticket::detail::uri {

/// Which bytes a text may hold as they are; all others are written as `%` and two digits.
enum class charset {
  unreserved, ///< Letters, digits, `-._~`.
  name,       ///< And `!$&'()*+,;=`: the name of a host.
  segment,    ///< And `:@`: a segment of a path.
  query       ///< And `/?`: a query, a fragment; a path where `?` is no part of it.
};

[[nodiscard]] ARGUS_TICKET_DECL bool holds(charset, char) noexcept;
/// Whether a text is made of these bytes and of `%` with two digits.
[[nodiscard]] ARGUS_TICKET_DECL bool is_made_of(charset, std::string_view) noexcept;

[[nodiscard]] ARGUS_TICKET_DECL std::string escaped(charset, std::string_view);
/// The text that an escaped one stands for.
[[nodiscard]] ARGUS_TICKET_DECL std::string unescaped(std::string_view);

[[nodiscard]] ARGUS_TICKET_DECL std::string lower(std::string_view);

/// Whether a text is four numbers up to 255, without leading zeros: what else a system may take for
/// an address is none here.
[[nodiscard]] ARGUS_TICKET_DECL bool is_ipv4(std::string_view) noexcept;
/// Without brackets, and without a zone.
[[nodiscard]] ARGUS_TICKET_DECL bool is_ipv6(std::string_view) noexcept;

/// A path that begins with a slash without its steps `.` and `..`; those that lead beyond the root
/// lead to the root (5.2.4).
[[nodiscard]] ARGUS_TICKET_DECL std::string without_dots(std::string_view path);

} // namespace argus_ticket::detail::uri

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/uri.ipp>
#endif

#endif
