#ifndef ARGUS_TICKET_IMPL_TRANSPORT_WIRE_IPP
#define ARGUS_TICKET_IMPL_TRANSPORT_WIRE_IPP

#include <argus_ticket/transport/detail/wire.hpp>

#include <algorithm>

namespace argus_ticket::detail::https {

inline bool is_token(std::string_view name) noexcept {
  constexpr std::string_view others = "!#$%&'*+-.^_`|~";
  return !name.empty() && std::all_of(name.begin(), name.end(), [&](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           others.find(c) != std::string_view::npos;
  });
}

inline bool has_control_or_space(std::string_view text) noexcept {
  return std::any_of(text.begin(), text.end(),
                     [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == 0x7f; });
}

inline bool is_field_value(std::string_view text) noexcept {
  return std::none_of(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f;
  });
}

/// Headers that are the transport's own business.
inline bool is_framing(std::string_view name) noexcept {
  constexpr std::string_view names[] = {"Host",       "Content-Length",      "Transfer-Encoding",
                                        "Connection", "Proxy-Authorization", "Proxy-Connection"};
  return std::any_of(std::begin(names), std::end(names),
                     [&](std::string_view own) { return http::iequals(name, own); });
}

std::string peer_of(http::url const& url) { return url.host() + ':' + url.port(); }

std::optional<error> objection(http::request const& request, https_options const& options) {
  http::url const& url = request.url();
  auto const refused = [&](std::string message) {
    error e{errc::invalid_settings, outcome::rejected, std::move(message), url.origin()};
    e.progress = progress::nothing_sent;
    return e;
  };
  if (has_control_or_space(url.authority()) || has_control_or_space(url.target()))
    return error{refused("the URL of the request is not well formed")};
  if (!url.is_https() && !url.is_loopback() && !options.allow_plain_http)
    return refused("http is not encrypted: use https, or set allow_plain_http");
  for (http::field const& f : request.headers())
    if (!is_token(f.name) || !is_field_value(f.value))
      return refused("the request has a header that is not well formed");
  return std::nullopt;
}

secret serialise(http::request const& request, https_options const& options,
                 proxy_address const* plain_proxy) {
  http::url const& url = request.url();
  std::size_t size = 128 + url.host().size() + url.path().size() + url.query().size() +
                     options.user_agent.size() + request.body().size();
  for (http::field const& f : request.headers()) size += f.name.size() + f.value.size() + 4;
  if (plain_proxy != nullptr)
    size += 64 + url.host().size() + plain_proxy->authorization.expose().size();
  std::string text;
  text.reserve(size); // one piece of memory, so that no copy of a credential is left behind
  text += to_string(request.method());
  text += ' ';
  if (plain_proxy != nullptr) text += url.origin();
  text += url.path();
  if (!url.query().empty()) (text += '?') += url.query();
  ((text += " HTTP/1.1\r\nHost: ") += url.authority()) += "\r\n";
  if (request.headers().get("User-Agent").empty())
    ((text += "User-Agent: ") += options.user_agent) += "\r\n";
  for (http::field const& f : request.headers())
    if (!is_framing(f.name)) {
      text += f.name;
      text += ": ";
      text += f.value;
      text += "\r\n";
    }
  if (plain_proxy != nullptr && !plain_proxy->authorization.empty()) {
    text += "Proxy-Authorization: ";
    text += plain_proxy->authorization.expose();
    text += "\r\n";
  }
  bool const may_lack_a_body =
      request.method() == http::method::get || request.method() == http::method::delete_;
  if (!request.body().empty() || !may_lack_a_body)
    ((text += "Content-Length: ") += std::to_string(request.body().size())) += "\r\n";
  text += "\r\n";
  text += request.body();
  return secret{std::move(text)};
}

secret serialise_connect(http::url const& url, https_options const& options,
                         proxy_address const& proxy) {
  std::string text;
  text.reserve(512 + options.user_agent.size() + proxy.authorization.expose().size());
  text += "CONNECT " + peer_of(url) + " HTTP/1.1\r\nHost: " + peer_of(url) +
          "\r\nUser-Agent: " + options.user_agent + "\r\n";
  if (!proxy.authorization.empty()) {
    text += "Proxy-Authorization: ";
    text += proxy.authorization.expose();
    text += "\r\n";
  }
  text += "\r\n";
  return secret{std::move(text)};
}

} // namespace argus_ticket::detail::https

#endif
