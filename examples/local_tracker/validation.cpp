#include <local_tracker/state.hpp>

namespace local_tracker::detail {

json::value parse_body(std::string const& body) {
  boost::system::error_code failed;
  // The parser's defaults refuse invalid UTF-8, comments and what nests deeper than 32.
  json::value parsed = json::parse(body, failed);
  if (failed) throw refusal{400, "Problems parsing JSON"};
  return parsed;
}

json::object parse_object(std::string const& body) {
  // No body at all reads as an empty object: GitHub then misses the first member it needs.
  if (body.empty()) return {};
  json::value parsed = parse_body(body);
  if (!parsed.is_object()) throw refusal{400, "Body should be a JSON object"};
  return std::move(parsed.get_object());
}

std::string ruby_inspect(json::value const& value) {
  std::string text;
  switch (value.kind()) {
  case json::kind::null:
    return "nil";
  case json::kind::array:
    for (json::value const& item : value.get_array())
      text += (text.empty() ? "" : ", ") + ruby_inspect(item);
    return '[' + text + ']';
  case json::kind::object:
    for (auto const& [key, item] : value.get_object())
      text += (text.empty() ? "" : ", ") + json::serialize(json::string(key)) + "=>" +
              ruby_inspect(item);
    return '{' + text + '}';
  default:
    return json::serialize(value);
  }
}

json::object field_error(std::string_view resource, std::string_view field, std::string_view code,
                         std::string_view message) {
  json::object error{{"resource", resource}, {"code", code}, {"field", field}};
  if (!message.empty()) error["message"] = message;
  return error;
}

void refuse_invalid(json::array errors) {
  throw refusal{422, "Validation Failed", std::move(errors)};
}

void refuse_shape(std::string const& detail) {
  throw refusal{422, "Invalid request.\n\n" + detail};
}

text_field take_text(json::object const& body, std::string_view key, bool number_too) {
  json::value const* const found = body.if_contains(key);
  if (found == nullptr) return {};
  if (found->is_null()) return {true, std::nullopt};
  if (found->is_string()) return {true, std::string(found->get_string())};
  if (number_too && (found->is_int64() || found->is_uint64()))
    return {true, json::serialize(*found)};
  refuse_shape("For 'properties/" + std::string(key) + "', " + ruby_inspect(*found) +
               (number_too ? " is not a string or integer." : " is not a string."));
}

std::vector<std::string> label_names(json::array const& values) {
  std::vector<std::string> names;
  for (json::value const& item : values) {
    json::value const* name = &item;
    if (item.is_object()) name = item.get_object().if_contains("name");
    if (name == nullptr || !name->is_string())
      refuse_shape("For 'items', " + ruby_inspect(item) + " is not a string or object.");
    std::string text(name->get_string());
    bool known = false;
    for (std::string const& other : names) known = known || same_text(other, text);
    if (!known) names.push_back(std::move(text));
  }
  return names;
}

std::optional<std::vector<std::string>> take_labels(json::object const& body, std::string_view key,
                                                    bool null_is_shape) {
  json::value const* const found = body.if_contains(key);
  if (found == nullptr || (found->is_null() && !null_is_shape)) return std::nullopt;
  if (!found->is_array())
    refuse_shape("For 'properties/" + std::string(key) + "', " + ruby_inspect(*found) +
                 " is not an array.");
  return label_names(found->get_array());
}

void check_title(std::string const& title, json::array& errors) {
  if (blank(title)) errors.push_back(field_error("Issue", "title", "missing_field"));
  if (code_points(title) > 256)
    errors.push_back(
        field_error("Issue", "title", "custom", "title is too long (maximum is 256 characters)"));
}

void check_issue_body(std::string const& body, json::array& errors) {
  if (code_points(body) > 65536)
    errors.push_back(
        field_error("Issue", "body", "custom", "body is too long (maximum is 65536 characters)"));
}

void check_label_names(std::vector<std::string> const& names) {
  json::array errors;
  for (std::string const& name : names)
    if (blank(name) || code_points(name) > 50)
      errors.push_back(
          {{"value", name}, {"resource", "Label"}, {"field", "name"}, {"code", "invalid"}});
  if (!errors.empty()) refuse_invalid(std::move(errors));
}

} // namespace local_tracker::detail
