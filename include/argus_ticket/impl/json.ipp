#ifndef ARGUS_TICKET_IMPL_JSON_IPP
#define ARGUS_TICKET_IMPL_JSON_IPP

#include <argus_ticket/detail/json.hpp>

#include <boost/json/monotonic_resource.hpp>
#include <boost/json/stream_parser.hpp>

#include <algorithm>

namespace argus_ticket::detail {

std::optional<boost::json::value> parse_json(std::string_view text, std::string& problem,
                                             std::size_t max_depth) {
  boost::json::parse_options options;
  options.max_depth = max_depth;
  options.allow_invalid_utf8 = true; // kept for the renderer to repair; refusing loses the alert
  boost::json::stream_parser parser({}, options);
  // What is read of it is copied and the rest dropped: one by one its parts would cost as much to
  // allocate as to read.
  parser.reset(boost::json::make_shared_resource<boost::json::monotonic_resource>());
  boost::system::error_code ec;
  std::size_t const used = parser.write_some(text.data(), text.size(), ec);
  if (!ec && used == text.size()) {
    parser.finish(ec);
    if (!ec) return parser.release();
  }
  std::string_view const before = text.substr(0, (std::min)(used, text.size()));
  std::size_t const line_start = before.rfind('\n') + 1; // npos + 1 is 0
  problem = "is no JSON: " + (ec ? ec.message() : "something follows the value") + " at line " +
            std::to_string(std::count(before.begin(), before.end(), '\n') + 1) + ", column " +
            std::to_string(before.size() - line_start + 1);
  return std::nullopt;
}

std::string_view kind_of(boost::json::value const& value) {
  switch (value.kind()) {
  case boost::json::kind::null:
    return "null";
  case boost::json::kind::bool_:
    return "a boolean";
  case boost::json::kind::int64:
  case boost::json::kind::uint64:
  case boost::json::kind::double_:
    return "a number";
  case boost::json::kind::string:
    return "a string";
  case boost::json::kind::array:
    return "a list";
  case boost::json::kind::object:
    return "an object";
  }
  return "something else";
}

std::string id_member(boost::json::value const& value, std::string_view key) {
  auto const* found = member(value, key);
  if (found == nullptr) return {};
  if (auto const* number = found->if_int64()) return std::to_string(*number);
  if (auto const* number = found->if_uint64()) return std::to_string(*number);
  std::string_view const text = text_member(value, key);
  return text.find_first_not_of("0123456789") == std::string_view::npos ? std::string{text}
                                                                        : std::string{};
}

std::string json_reader::path_of(std::string_view key) const {
  return path_.empty() ? std::string{key} : path_ + '.' + std::string{key};
}

void json_reader::add(std::string_view key, std::string what) {
  problems_.push_back({path_of(key), std::move(what)});
}

void json_reader::expected(std::string_view key, std::string_view what,
                           boost::json::value const& found) {
  add(key, "must be " + std::string{what} + ", but is " + std::string{kind_of(found)});
}

boost::json::value const* json_reader::find(std::string_view key) const {
  auto const* found = member(value_, key);
  return found == nullptr || found->is_null() ? nullptr : found;
}

void json_reader::read(std::string_view key, std::string& into) {
  auto const* found = find(key);
  if (found == nullptr) return;
  if (auto const* text = found->if_string())
    into.assign(text->data(), text->size());
  else
    expected(key, "a string", *found);
}

void json_reader::read(std::string_view key, bool& into) {
  auto const* found = find(key);
  if (found == nullptr) return;
  if (auto const* flag = found->if_bool())
    into = *flag;
  else
    expected(key, "a boolean", *found);
}

void json_reader::read(std::string_view key, std::optional<std::int64_t>& into) {
  auto const* found = find(key);
  if (found == nullptr) return;
  if (auto const* number = found->if_int64())
    into = *number;
  else
    expected(key, "a whole number", *found);
}

void json_reader::read(std::string_view key, int& into) {
  std::optional<std::int64_t> number;
  read(key, number);
  if (!number) return;
  if (*number < -2'147'483'648LL || *number > 2'147'483'647LL)
    add(key, "is out of range");
  else
    into = static_cast<int>(*number);
}

} // namespace argus_ticket::detail

#endif
