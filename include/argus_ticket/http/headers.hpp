#ifndef ARGUS_TICKET_HTTP_HEADERS_HPP
#define ARGUS_TICKET_HTTP_HEADERS_HPP

#include <argus_ticket/detail/config.hpp>

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace argus_ticket::http {

/// One header field. The value of a sensitive one is never printed.
struct field {
  std::string name;       ///< In any letter case.
  std::string value;      ///< Without line breaks.
  bool sensitive = false; ///< Whether it holds a secret.
};

/// Header fields in their order; names are found in any letter case.
///
/// Guarantees: those of a @ref value.
class headers {
 public:
  /// Appends a field as it is; @ref request::header takes line breaks out.
  void add(field f) {
    if (fields_.empty()) fields_.reserve(8); // most requests have fewer
    fields_.push_back(std::move(f));
  }
  /// Puts fields that many requests have in front, without copying them.
  /// @param fields Outlive this object and its copies, as constants of the program do.
  void put_first(std::span<field const> fields) noexcept { constants_ = fields; }

  /// The first value of that name; an empty text where there is none.
  [[nodiscard]] ARGUS_TICKET_DECL std::string_view get(std::string_view name) const noexcept;
  /// How many fields there are.
  [[nodiscard]] std::size_t size() const noexcept { return constants_.size() + fields_.size(); }

  /// Goes through the fields; valid until they are changed. Guarantees: those of a @ref value.
  class iterator {
   public:
    using value_type = field;               ///< For the standard library.
    using difference_type = std::ptrdiff_t; ///< For the standard library.
    iterator() = default;
    /// Stands at the field of the number `at`, from 0.
    iterator(headers const& of, std::size_t at) noexcept : of_(&of), at_(at) {}

    field const& operator*() const noexcept {
      std::size_t const constants = of_->constants_.size();
      return at_ < constants ? of_->constants_[at_] : of_->fields_[at_ - constants];
    }
    field const* operator->() const noexcept { return &**this; }
    /// The field that stands so much `further`.
    field const& operator[](std::size_t further) const noexcept {
      return *iterator{*of_, at_ + further};
    }
    iterator& operator++() noexcept {
      ++at_;
      return *this;
    }
    iterator operator++(int) noexcept {
      iterator const before = *this;
      ++at_;
      return before;
    }
    bool operator==(iterator const&) const = default;

   private:
    headers const* of_ = nullptr;
    std::size_t at_ = 0;
  };
  /// Where the first field is.
  [[nodiscard]] iterator begin() const noexcept { return {*this, 0}; }
  /// Where no field is any more.
  [[nodiscard]] iterator end() const noexcept { return {*this, size()}; }

 private:
  std::span<field const> constants_;
  std::vector<field> fields_;
};

/// Whether two texts, `a` and `b`, are the same but for the case of ASCII letters, as header names
/// are compared.
[[nodiscard]] ARGUS_TICKET_DECL bool iequals(std::string_view a, std::string_view b) noexcept;

/// The target of the first link with that `relation` in a `Link` header, given by its value; empty
/// where there is none. Valid as long as `link_header`.
///
/// Wire format: RFC 8288, 3.
[[nodiscard]] ARGUS_TICKET_DECL std::string_view link_target(std::string_view link_header,
                                                             std::string_view relation) noexcept;

} // namespace argus_ticket::http

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/http/headers.ipp>
#endif

#endif
