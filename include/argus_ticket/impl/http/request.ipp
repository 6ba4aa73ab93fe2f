#ifndef ARGUS_TICKET_IMPL_HTTP_REQUEST_IPP
#define ARGUS_TICKET_IMPL_HTTP_REQUEST_IPP

#include <argus_ticket/http/request.hpp>

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <ostream>

namespace argus_ticket::http {
namespace detail {

inline void make_header_value(std::string& text) {
  std::replace_if(
      text.begin(), text.end(),
      [](char c) { return (static_cast<unsigned char>(c) < 0x20 && c != '\t') || c == 0x7f; }, ' ');
}

inline std::string header_value(std::string_view text) {
  std::string value{text};
  make_header_value(value);
  return value;
}

} // namespace detail

request&& request::header(std::string name, std::string_view value) && {
  headers_.add(field{std::move(name), detail::header_value(value), false});
  return std::move(*this);
}

request&& request::header(std::string name, secret const& value) && {
  headers_.add(field{std::move(name), detail::header_value(value.expose()), true});
  return std::move(*this);
}

request&& request::authorization(std::string_view scheme, secret const& credentials) && {
  std::string value;
  value.reserve(scheme.size() + 1 + credentials.expose().size()); // no copy is left behind
  ((value += scheme) += ' ') += credentials.expose();
  detail::make_header_value(value);
  headers_.add(field{"Authorization", std::move(value), true});
  return std::move(*this);
}

request&& request::json(boost::json::value const& document) && {
  headers_.add(field{"Content-Type", "application/json; charset=utf-8", false});
  body_ = boost::json::serialize(document);
  return std::move(*this);
}

std::string to_string(request const& r) {
  std::string text{to_string(r.method())};
  text += ' ' + r.url().string() + '\n';
  for (field const& f : r.headers()) text += f.name + ": " + (f.sensitive ? "***" : f.value) + '\n';
  text += '\n';
  text += r.body();
  return text;
}

std::ostream& operator<<(std::ostream& out, request const& r) { return out << to_string(r); }

} // namespace argus_ticket::http

#endif
