#ifndef ARGUS_TICKET_IMPL_HTTP_URL_IPP
#define ARGUS_TICKET_IMPL_HTTP_URL_IPP

#include <argus_ticket/detail/port_number.hpp>
#include <argus_ticket/detail/uri.hpp>
#include <argus_ticket/http/url.hpp>

#include <algorithm>

namespace argus_ticket::http {

namespace uri = argus_ticket::detail::uri;

std::optional<url> url::parse(std::string_view text) {
  std::size_t const scheme_end = text.find("://");
  if (scheme_end == std::string_view::npos) return std::nullopt;
  std::string const scheme = uri::lower(text.substr(0, scheme_end));
  if (scheme != "https" && scheme != "http") return std::nullopt;
  text.remove_prefix(scheme_end + 3);
  std::string_view const authority = text.substr(0, text.find_first_of("/?#"));
  text.remove_prefix(authority.size());

  url read;
  read.https_ = scheme == "https";
  bool const is_bracketed = authority.starts_with('[');
  std::size_t const host_end = is_bracketed ? authority.find(']') : authority.find(':');
  if (is_bracketed && host_end == std::string_view::npos) return std::nullopt;
  std::string_view const host = authority.substr(0, is_bracketed ? host_end + 1 : host_end);
  // No user name: `@` is no part of a host. No escapes: a look-up would not undo them.
  bool const is_host = is_bracketed
                           ? uri::is_ipv6(host.substr(1, host.size() - 2))
                           : !host.empty() && std::all_of(host.begin(), host.end(), [](char c) {
                               return uri::holds(uri::charset::name, c);
                             });
  if (!is_host) return std::nullopt;
  read.host_ = uri::lower(host);
  if (std::string_view const port = authority.substr(host.size()); !port.empty()) {
    auto const number =
        port.front() == ':' ? argus_ticket::detail::port_number(port.substr(1)) : std::nullopt;
    if (!number) return std::nullopt;
    read.port_ = std::to_string(*number); // without leading zeros
  }
  if (read.port_ == (read.https_ ? "443" : "80")) read.port_.clear();

  // No fragment: `#` is no part of a query.
  std::size_t const query = (std::min)(text.find('?'), text.size());
  if (!uri::is_made_of(uri::charset::query, text)) return std::nullopt;
  if (query > 0) read.path_ = text.substr(0, query);
  read.query_ = text.substr((std::min)(query + 1, text.size()));
  return read;
}

std::string_view url::hostname() const noexcept {
  std::string_view name = host_;
  if (name.size() > 2 && name.front() == '[') name = name.substr(1, name.size() - 2);
  return name;
}

std::string url::port() const { return !port_.empty() ? port_ : https_ ? "443" : "80"; }

std::string url::authority() const { return port_.empty() ? host_ : host_ + ':' + port_; }

std::string url::origin() const { return std::string{scheme()} + "://" + authority(); }

std::string url::target() const { return query_.empty() ? path_ : path_ + '?' + query_; }

bool url::is_loopback() const noexcept {
  if (host_ == "localhost" || host_ == "[::1]") return true;
  // 127.0.0.0/8 as an address only: 127.evil.example.org is somebody else's.
  return host_.starts_with("127.") && uri::is_ipv4(host_);
}

url url::operator/(std::string_view segment) const {
  url extended = *this;
  if (extended.path_.empty() || extended.path_.back() != '/') extended.path_ += '/';
  // "." and ".." would be taken as steps; their dots are escaped. A slash is no part of a segment.
  if (segment == "." || segment == "..")
    for (std::size_t i = 0; i < segment.size(); ++i) extended.path_ += "%2E";
  else
    extended.path_ += uri::escaped(uri::charset::segment, segment);
  return extended;
}

url url::with(std::string_view name, std::string_view value) const {
  url extended = *this;
  if (!extended.query_.empty()) extended.query_ += '&';
  extended.query_ += uri::escaped(uri::charset::unreserved, name) + '=' +
                     uri::escaped(uri::charset::unreserved, value);
  return extended;
}

url url::with_query(std::string_view escaped) const {
  url changed = *this;
  changed.query_ = escaped;
  return changed;
}

url url::with_host(std::string_view name) const {
  url changed = *this;
  changed.host_ = name;
  return changed;
}

url url::with_path(std::string_view escaped) const {
  url changed = *this;
  changed.path_ = escaped;
  return changed;
}

std::optional<url> url::resolve(std::string_view reference) const {
  if (std::size_t const fragment = reference.find('#'); fragment != std::string_view::npos) {
    if (!uri::is_made_of(uri::charset::query, reference.substr(fragment + 1))) return std::nullopt;
    reference = reference.substr(0, fragment);
  }
  std::size_t const colon = reference.find(':');
  bool const has_scheme = colon != std::string_view::npos && colon < reference.find_first_of("/?");
  if (has_scheme || reference.starts_with("//")) {
    auto absolute = parse(has_scheme ? std::string{reference}
                                     : std::string{scheme()} + ':' + std::string{reference});
    if (absolute) absolute->path_ = uri::without_dots(absolute->path_);
    return absolute;
  }
  if (!uri::is_made_of(uri::charset::query, reference)) return std::nullopt;
  url resolved = *this;
  std::size_t const query = (std::min)(reference.find('?'), reference.size());
  if (!reference.empty())
    resolved.query_ = reference.substr((std::min)(query + 1, reference.size()));
  if (std::string_view const path = reference.substr(0, query); !path.empty()) {
    if (!path.starts_with('/')) // beside what this URL names
      resolved.path_.erase(resolved.path_.rfind('/') + 1);
    else
      resolved.path_.clear();
    resolved.path_ = uri::without_dots(resolved.path_.append(path));
  }
  return resolved;
}

std::optional<std::string> query_parameter(url const& from, std::string_view name) {
  std::string_view rest = from.query();
  for (bool is_more = !rest.empty(); is_more;) {
    std::string_view const one = rest.substr(0, rest.find('&'));
    is_more = one.size() < rest.size();
    rest.remove_prefix((std::min)(one.size() + 1, rest.size()));
    std::size_t const equals = (std::min)(one.find('='), one.size());
    if (uri::unescaped(one.substr(0, equals)) == name)
      return uri::unescaped(one.substr((std::min)(equals + 1, one.size())));
  }
  return std::nullopt;
}

} // namespace argus_ticket::http

#endif
