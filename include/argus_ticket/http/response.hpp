#ifndef ARGUS_TICKET_HTTP_RESPONSE_HPP
#define ARGUS_TICKET_HTTP_RESPONSE_HPP

#include <argus_ticket/http/headers.hpp>

#include <string>
#include <string_view>

namespace argus_ticket::http {

/**
 * The status codes that plugins tell apart (RFC 9110, 15; RFC 6585, 4).
 * - `ok`, `created`, `no_content`: the server has done it.
 * - `moved_permanently`, `found`, `see_other`, `temporary_redirect`, `permanent_redirect`: another
 *   URL; see @ref follow_redirect.
 * - `not_modified`: as it was.
 * - `unauthorized`, `forbidden`: not with these credentials.
 * - `not_found`, `gone`: not there, or not to be seen.
 * - `unprocessable`: the request is wrong for the system.
 * - `too_many_requests`, `service_unavailable`: not now.
 */
namespace status {
inline constexpr int ok = 200;
inline constexpr int created = 201;
inline constexpr int no_content = 204;
inline constexpr int moved_permanently = 301;
inline constexpr int found = 302;
inline constexpr int see_other = 303;
inline constexpr int not_modified = 304;
inline constexpr int temporary_redirect = 307;
inline constexpr int permanent_redirect = 308;
inline constexpr int unauthorized = 401;
inline constexpr int forbidden = 403;
inline constexpr int not_found = 404;
inline constexpr int gone = 410;
inline constexpr int unprocessable = 422;
inline constexpr int too_many_requests = 429;
inline constexpr int service_unavailable = 503;
} // namespace status

/// A whole reply as a value.
///
/// Guarantees: those of a @ref value.
class response {
 public:
  /// A reply with that status, those headers and that body, such as a script has.
  response(int status, http::headers headers, std::string body)
      : status_(status), headers_(std::move(headers)), body_(std::move(body)) {}

  /// The status code; see @ref status.
  [[nodiscard]] int status() const noexcept { return status_; }
  /// In the order in which they came.
  [[nodiscard]] http::headers const& headers() const noexcept { return headers_; }
  /// The first value of the header of that name; empty where it is absent.
  [[nodiscard]] std::string_view header(std::string_view name) const noexcept {
    return headers_.get(name);
  }
  /// The bytes behind the headers; empty for none.
  [[nodiscard]] std::string const& body() const noexcept { return body_; }

 private:
  int status_;
  http::headers headers_;
  std::string body_;
};

} // namespace argus_ticket::http

#endif
