#ifndef ARGUS_TICKET_DETAIL_JSON_HPP
#define ARGUS_TICKET_DETAIL_JSON_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/error.hpp>

#include <boost/json/value.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace argus_ticket::detail {

/// The most nesting that we read; more is refused, so that a hostile text cannot use up the stack.
inline constexpr std::size_t json_max_depth = 32;

/// Parses a whole text. On failure, `problem` says what is wrong, with line and column.
[[nodiscard]] ARGUS_TICKET_DECL std::optional<boost::json::value>
parse_json(std::string_view text, std::string& problem, std::size_t max_depth = json_max_depth);

/// `object`, `string` and so on, as people call it.
[[nodiscard]] ARGUS_TICKET_DECL std::string_view kind_of(boost::json::value const& value);

/// A member of an object; null where `value` is no object or lacks it.
[[nodiscard]] inline boost::json::value const* member(boost::json::value const& value,
                                                      std::string_view key) {
  auto const* object = value.if_object();
  return object ? object->if_contains(key) : nullptr;
}

/// A text member; empty where it is absent or of another type.
[[nodiscard]] inline std::string_view text_member(boost::json::value const& value,
                                                  std::string_view key) {
  auto const* found = member(value, key);
  auto const* text = found ? found->if_string() : nullptr;
  return text ? std::string_view{text->data(), text->size()} : std::string_view{};
}

/// A boolean member; nothing where it is absent or of another type.
[[nodiscard]] inline std::optional<bool> bool_member(boost::json::value const& value,
                                                     std::string_view key) {
  auto const* found = member(value, key);
  auto const* flag = found ? found->if_bool() : nullptr;
  return flag ? std::optional{*flag} : std::nullopt;
}

/// A whole number as text, whether JSON has it as a number or as a string; empty where it is
/// neither. Ids come both ways.
[[nodiscard]] ARGUS_TICKET_DECL std::string id_member(boost::json::value const& value,
                                                      std::string_view key);

/// Reads an object member by member and collects every problem under its path.
class json_reader {
 public:
  json_reader(boost::json::value const& value, std::string path, std::vector<problem>& problems)
      : value_(value), path_(std::move(path)), problems_(problems) {}

  ARGUS_TICKET_DECL void read(std::string_view key, std::string& into);
  ARGUS_TICKET_DECL void read(std::string_view key, bool& into);
  ARGUS_TICKET_DECL void read(std::string_view key, int& into);
  ARGUS_TICKET_DECL void read(std::string_view key, std::optional<std::int64_t>& into);
  /// The member, where it is there and not null.
  ARGUS_TICKET_DECL boost::json::value const* find(std::string_view key) const;
  ARGUS_TICKET_DECL void expected(std::string_view key, std::string_view what,
                                  boost::json::value const& found);
  ARGUS_TICKET_DECL void add(std::string_view key, std::string what);
  [[nodiscard]] ARGUS_TICKET_DECL std::string path_of(std::string_view key) const;

 private:
  boost::json::value const& value_;
  std::string path_;
  std::vector<problem>& problems_;
};

} // namespace argus_ticket::detail

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/json.ipp>
#endif

#endif
