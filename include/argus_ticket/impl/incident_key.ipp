#ifndef ARGUS_TICKET_IMPL_INCIDENT_KEY_IPP
#define ARGUS_TICKET_IMPL_INCIDENT_KEY_IPP

#include <argus_ticket/incident_key.hpp>

#include <boost/uuid/name_generator_sha1.hpp>
#include <boost/uuid/uuid.hpp>
#include <boost/uuid/uuid_io.hpp>

#include <algorithm>
#include <array>
#include <charconv>
#include <utility>

namespace argus_ticket {
namespace detail {

/// The host of a URL as it is written; empty where there is none. Lenient: the URL may be anything.
inline std::string_view host_of(std::string_view url) noexcept {
  std::size_t const scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  url.remove_prefix(scheme + 3);
  return url.substr(0, url.find_first_of("/?#"));
}

template <class Number>
void append_number(std::string& to, Number number) {
  std::array<char, 24> digits;
  auto const end = std::to_chars(digits.data(), digits.data() + digits.size(), number).ptr;
  to.append(digits.data(), end);
}

/// Adds a part so that no two lists of parts give the same text.
inline void append_part(std::string& name, std::string_view part) {
  append_number(name, part.size());
  name += ':';
  name += part;
}

/// A name-based UUID in a namespace of this library's own, which was made once at random.
/// @param name Becomes the key.
inline incident_key key_from_name(std::string name) {
  constexpr boost::uuids::uuid space{{0x5b, 0x0e, 0x9a, 0x3c, 0x41, 0xd7, 0x4c, 0x1f, 0x8e, 0x62,
                                      0x77, 0xf3, 0x2d, 0x90, 0xc4, 0xab}};
  boost::uuids::uuid const id = boost::uuids::name_generator_sha1{space}(name);
  name.resize(36);
  boost::uuids::to_chars(id, name.data(), name.data() + name.size());
  return {std::move(name)};
}

incident_key derived_key(incident_key const& from, std::string_view what) {
  std::string name;
  append_part(name, "derived");
  append_part(name, from.value);
  append_part(name, what);
  return key_from_name(std::move(name));
}

} // namespace detail

incident_key key_of(incident const& from, std::string_view tenant) {
  if (!from.pk && from.source_incident_id.empty()) return {};
  std::string name;
  name.reserve(128);
  detail::append_part(name, tenant.empty() ? detail::host_of(from.argus_url) : tenant);
  if (tenant.empty()) // hosts are the same in any case
    std::transform(name.begin(), name.end(), name.begin(), [](char c) {
      return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    });
  if (from.source.pk) {
    detail::append_part(name, "source-pk");
    detail::append_part(name, std::to_string(*from.source.pk)); // short
  } else {
    detail::append_part(name, "source");
    detail::append_part(name, from.source.type);
    detail::append_part(name, from.source.name);
  }
  detail::append_part(name, from.pk ? "pk" : "source-incident-id");
  detail::append_part(name, from.pk ? std::to_string(*from.pk) : from.source_incident_id);
  return detail::key_from_name(std::move(name));
}

} // namespace argus_ticket

#endif
