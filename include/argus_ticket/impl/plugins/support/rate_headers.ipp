#ifndef ARGUS_TICKET_IMPL_PLUGINS_SUPPORT_RATE_HEADERS_IPP
#define ARGUS_TICKET_IMPL_PLUGINS_SUPPORT_RATE_HEADERS_IPP

#include <argus_ticket/plugins/support/rate_headers.hpp>
#include <argus_ticket/plugins/support/reply.hpp>

#include <algorithm>
#include <charconv>

namespace argus_ticket::plugins::support {

std::optional<std::chrono::seconds> until_reset(http::response const& reply) {
  namespace chrono = std::chrono;
  auto const either = [&](char const* one, char const* other) {
    std::string_view const text = reply.header(one);
    return text.empty() ? reply.header(other) : text;
  };
  if (either("X-RateLimit-Remaining", "RateLimit-Remaining") != "0") return std::nullopt;
  std::string_view const text = either("X-RateLimit-Reset", "RateLimit-Reset");
  chrono::seconds::rep value = 0;
  auto const parsed = std::from_chars(text.data(), text.data() + text.size(), value);
  if (parsed.ec != std::errc{} || parsed.ptr != text.data() + text.size()) return std::nullopt;
  chrono::seconds wait{value};
  constexpr chrono::seconds longest_span = chrono::days{365}; // what is more is a point in time
  if (wait > longest_span) {
    auto const now = parse_http_date(reply.header("Date"));
    if (!now) return std::nullopt;
    // A year before 1970 is below zero: a reset at the end of all time has no place for that.
    wait = (std::min)(wait, chrono::seconds::max() / 2) - now->time_since_epoch();
  }
  return std::clamp(wait, chrono::seconds{0},
                    chrono::seconds{chrono::hours{24}} - chrono::seconds{1}) +
         chrono::seconds{1};
}

} // namespace argus_ticket::plugins::support

#endif
