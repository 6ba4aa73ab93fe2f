#ifndef ARGUS_TICKET_IMPL_HTTP_URL_IPP
#define ARGUS_TICKET_IMPL_HTTP_URL_IPP

#include <argus_ticket/detail/port_number.hpp>
#include <argus_ticket/http/url.hpp>

#include <boost/url/encode.hpp>
#include <boost/url/ipv4_address.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/rfc/pchars.hpp>
#include <boost/url/rfc/unreserved_chars.hpp>
#include <boost/url/url.hpp>

#include <algorithm>

namespace argus_ticket::http {
namespace detail {

inline std::string lower(std::string_view text) {
  std::string lowered{text};
  std::transform(lowered.begin(), lowered.end(), lowered.begin(), [](char c) {
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
  });
  return lowered;
}

template <class CharSet>
std::string escaped(std::string_view text, CharSet const& kept) {
  return boost::urls::encode(text, kept);
}

} // namespace detail

std::optional<url> url::parse(std::string_view text) {
  auto const parsed = boost::urls::parse_uri(text);
  if (!parsed || !parsed->has_authority() || parsed->has_userinfo() || parsed->has_fragment())
    return std::nullopt;
  url read;
  std::string const scheme = detail::lower(std::string_view{parsed->scheme()});
  if (scheme != "https" && scheme != "http") return std::nullopt;
  read.https_ = scheme == "https";
  read.host_ = detail::lower(std::string_view{parsed->encoded_host()});
  if (read.host_.empty() || read.host_.find('%') != std::string::npos) return std::nullopt;
  if (parsed->has_port()) {
    auto const number = argus_ticket::detail::port_number(std::string_view{parsed->port()});
    if (!number) return std::nullopt;
    read.port_ = std::to_string(*number); // without leading zeros
  }
  if (read.port_ == (read.https_ ? "443" : "80")) read.port_.clear();
  read.path_ = std::string{std::string_view{parsed->encoded_path()}};
  if (read.path_.empty()) read.path_ = "/";
  if (read.path_.front() != '/') return std::nullopt; // Boost 1.81 takes h:80x for port 80, path x
  read.query_ = std::string{std::string_view{parsed->encoded_query()}};
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
  // 127.0.0.0/8 as an address only: 127.evil.example.org is somebody else's. Boost 1.81 reads just
  // the beginning of 127.0.0.1.evil.example.org.
  if (std::count(host_.begin(), host_.end(), '.') != 3 ||
      host_.find_first_not_of("0123456789.") != std::string::npos)
    return false;
  auto const address = boost::urls::parse_ipv4_address(host_);
  return address && address->is_loopback();
}

url url::operator/(std::string_view segment) const {
  url extended = *this;
  if (extended.path_.empty() || extended.path_.back() != '/') extended.path_ += '/';
  // "." and ".." would be taken as steps; their dots are escaped. A slash is no part of a segment.
  if (segment == "." || segment == "..")
    for (std::size_t i = 0; i < segment.size(); ++i) extended.path_ += "%2E";
  else
    extended.path_ += detail::escaped(segment, boost::urls::pchars);
  return extended;
}

url url::with(std::string_view name, std::string_view value) const {
  url extended = *this;
  if (!extended.query_.empty()) extended.query_ += '&';
  extended.query_ += detail::escaped(name, boost::urls::unreserved_chars) + '=' +
                     detail::escaped(value, boost::urls::unreserved_chars);
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
  std::string const self = string(); // the parsed views refer to it
  auto const base = boost::urls::parse_uri(self);
  auto const relative = boost::urls::parse_uri_reference(reference);
  if (!base || !relative) return std::nullopt;
  boost::urls::url absolute;
  if (!boost::urls::resolve(*base, *relative, absolute)) return std::nullopt;
  absolute.remove_fragment();
  auto resolved = parse(std::string_view{absolute.buffer().data(), absolute.buffer().size()});
  // Boost 1.81 keeps the steps that lead beyond the root.
  while (resolved && resolved->path_.starts_with("/../")) resolved->path_.erase(0, 3);
  if (resolved && resolved->path_ == "/..") resolved->path_ = "/";
  return resolved;
}

std::optional<std::string> query_parameter(url const& from, std::string_view name) {
  std::string const text = from.string(); // the parsed view refers to it
  auto const parsed = boost::urls::parse_uri(text);
  if (!parsed) return std::nullopt;
  for (auto const& parameter : parsed->params())
    if (parameter.key == name) return parameter.value;
  return std::nullopt;
}

} // namespace argus_ticket::http

#endif
