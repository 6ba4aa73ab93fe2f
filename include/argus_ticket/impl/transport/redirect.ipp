#ifndef ARGUS_TICKET_IMPL_TRANSPORT_REDIRECT_IPP
#define ARGUS_TICKET_IMPL_TRANSPORT_REDIRECT_IPP

#include <argus_ticket/transport/redirect.hpp>

#include <algorithm>
#include <utility>

namespace argus_ticket {
namespace detail::https {

inline bool is_redirect(int status) noexcept {
  return status == http::status::moved_permanently || status == http::status::found ||
         status == http::status::see_other || status == http::status::temporary_redirect ||
         status == http::status::permanent_redirect;
}

inline bool carries_credentials(http::request const& request) noexcept {
  return std::any_of(request.headers().begin(), request.headers().end(), [](auto const& f) {
    return f.sensitive || http::iequals(f.name, "Authorization") || http::iequals(f.name, "Cookie");
  });
}

/// Whether it is the same server to us: another port may be somebody else's.
inline bool same_place(http::url const& from, http::url const& to) {
  return from.same_origin(to) || (!from.is_https() && to.is_https() && from.host() == to.host() &&
                                  from.port() == "80" && to.port() == "443");
}

inline error refused_redirect(http::request const& sent, http::response const& reply,
                              std::string message) {
  error e{errc::redirect_refused, outcome::rejected, std::move(message), sent.url().origin()};
  e.http_status = reply.status();
  e.progress = progress::reply_begun;
  return e;
}

} // namespace detail::https

result<std::optional<http::request>>
follow_redirect(http::request const& sent, http::response const& reply, int followed, int limit) {
  std::string_view const location = reply.header("Location");
  if (!detail::https::is_redirect(reply.status()) || location.empty())
    return std::optional<http::request>{};
  auto const refused = [&](std::string message) {
    return detail::https::refused_redirect(sent, reply, std::move(message));
  };
  std::string const code = std::to_string(reply.status());
  http::url const& from = sent.url();
  bool const safe = sent.idempotency() == http::idempotency::safe;
  bool const keeps_method = reply.status() == http::status::temporary_redirect ||
                            reply.status() == http::status::permanent_redirect;

  if (reply.status() == http::status::see_other && !safe) {
    error e = refused(from.host() + " answers with a redirect (303) in place of a result");
    e.outcome = outcome::ambiguous;
    return e;
  }
  auto const to = from.resolve(location);
  if (!to) return refused(from.host() + " redirects (" + code + ") to what is no http URL");
  std::string const there = to->origin();
  if (!safe && !keeps_method)
    return refused("the resource has moved to " + there + " (" + code +
                   "): configure its new address");
  if (reply.status() == http::status::see_other && sent.method() != http::method::get)
    return refused(from.host() + " redirects (303) a request that is no GET");
  if (from.is_https() && !to->is_https())
    return refused(from.host() + " redirects from https to " + there + ", which is not encrypted");
  if (!detail::https::same_place(from, *to)) {
    if (detail::https::carries_credentials(sent))
      return refused(from.host() + " redirects to " + there +
                     ", where the credentials are not sent: configure that host if it is right");
    if (!safe)
      return refused(from.host() + " redirects to " + there +
                     ": configure that host if it is right");
  }
  if (*to == from) return refused(from.host() + " redirects in a circle");
  if (followed >= limit)
    return refused("more than " + std::to_string(limit) + " redirects, the last one to " + there);
  return std::optional<http::request>{sent.to(*to)};
}

} // namespace argus_ticket

#endif
