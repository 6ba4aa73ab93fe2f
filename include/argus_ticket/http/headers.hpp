#ifndef ARGUS_TICKET_HTTP_HEADERS_HPP
#define ARGUS_TICKET_HTTP_HEADERS_HPP

#include <argus_ticket/detail/config.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace argus_ticket::http {

/// One header field. The value of a sensitive one is never printed.
struct field {
  std::string name;
  std::string value;
  bool sensitive = false;
};

/// Header fields in their order; names are found in any letter case.
class headers {
 public:
  void add(field f) {
    if (fields_.empty()) fields_.reserve(8); // most requests have fewer
    fields_.push_back(std::move(f));
  }
  /// The first value of that name; an empty text where there is none.
  [[nodiscard]] ARGUS_TICKET_DECL std::string_view get(std::string_view name) const noexcept;
  [[nodiscard]] std::size_t size() const noexcept { return fields_.size(); }
  [[nodiscard]] auto begin() const noexcept { return fields_.begin(); }
  [[nodiscard]] auto end() const noexcept { return fields_.end(); }

 private:
  std::vector<field> fields_;
};

/// Whether two texts are the same but for the case of ASCII letters, as header names are compared.
[[nodiscard]] ARGUS_TICKET_DECL bool iequals(std::string_view a, std::string_view b) noexcept;

/// The target of the first link with that relation in a `Link` header (RFC 8288); nothing where it
/// has none. @return Empty where there is none.
[[nodiscard]] ARGUS_TICKET_DECL std::string_view link_target(std::string_view link_header,
                                                             std::string_view relation) noexcept;

} // namespace argus_ticket::http

#include <argus_ticket/impl/http/headers.ipp>

#endif
