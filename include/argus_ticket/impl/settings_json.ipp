#ifndef ARGUS_TICKET_IMPL_SETTINGS_JSON_IPP
#define ARGUS_TICKET_IMPL_SETTINGS_JSON_IPP

#include <argus_ticket/detail/json.hpp>
#include <argus_ticket/detail/nearest.hpp>
#include <argus_ticket/document/neutralise.hpp>
#include <argus_ticket/settings_json.hpp>

#include <boost/json/serialize.hpp>

#include <cstdlib>
#include <fstream>
#include <iterator>
#include <optional>

namespace argus_ticket {
namespace detail {

inline std::string did_you_mean_key(std::string_view given, std::vector<std::string> const& known) {
  std::vector<std::string_view> const views(known.begin(), known.end());
  std::string const nearest_key{nearest(given, views)};
  return "is no such setting" +
         (nearest_key.empty() ? std::string{} : "; did you mean '" + nearest_key + "'?");
}

/// A key that is unknown, as the place of a problem.
inline std::string place_of(std::string_view key) {
  std::string place = shown(key);
  return place.empty() ? "(a key without a name)" : place;
}

inline void read_dictionary(boost::json::value const& from, std::string_view name,
                            boost::json::object& into, std::vector<problem>& problems) {
  if (auto const* object = from.if_object())
    into = *object;
  else
    problems.push_back(
        {std::string{name}, "must be a dictionary, but is " + std::string{kind_of(from)}});
}

/// A dictionary that stands as JSON in a variable. The text may hold a secret, so that a problem
/// tells only where it is broken.
inline void read_dictionary_variable(char const* name, boost::json::object& into,
                                     std::vector<problem>& problems) {
  char const* text = std::getenv(name);
  if (text == nullptr || *text == '\0') {
    problems.push_back({name, "is missing: the environment variable is not set"});
    return;
  }
  std::string what;
  if (auto const json = parse_json(text, what))
    read_dictionary(*json, name, into, problems);
  else
    problems.push_back({name, what});
}

void read_setting(boost::json::value const& from, std::string_view where, std::string& into,
                  std::vector<problem>& problems) {
  if (auto const* text = from.if_string())
    into.assign(text->data(), text->size());
  else
    problems.push_back(
        {std::string{where}, "must be a string, but is " + std::string{kind_of(from)}});
}

void read_text_or_integer(boost::json::value const& from, std::string_view where, std::string& into,
                          std::vector<problem>& problems) {
  if (from.is_int64() || from.is_uint64())
    into = boost::json::serialize(from);
  else
    read_setting(from, where, into, problems);
}

void read_setting(boost::json::value const& from, std::string_view where, bool& into,
                  std::vector<problem>& problems) {
  if (auto const* flag = from.if_bool())
    into = *flag;
  else
    problems.push_back(
        {std::string{where}, "must be true or false, but is " + std::string{kind_of(from)}});
}

/// Reads a list with `read_item(item, name of the item)`.
template <class F>
void read_list(boost::json::value const& from, std::string_view where,
               std::vector<problem>& problems, F read_item) {
  auto const* list = from.if_array();
  if (list == nullptr) {
    problems.push_back(
        {std::string{where}, "must be a list, but is " + std::string{kind_of(from)}});
    return;
  }
  for (std::size_t i = 0; i < list->size(); ++i)
    read_item((*list)[i], std::string{where} + '[' + std::to_string(i) + ']');
}

void read_setting(boost::json::value const& from, std::string_view where,
                  std::vector<std::string>& into, std::vector<problem>& problems) {
  read_list(from, where, problems, [&](boost::json::value const& item, std::string name) {
    std::string text;
    std::size_t const before = problems.size();
    read_setting(item, name, text, problems);
    if (text.empty() && problems.size() == before)
      problems.push_back({std::move(name), "is empty"});
    into.push_back(std::move(text));
  });
}

inline void read_source(boost::json::value const& from, std::string name, mapping_source& into,
                        std::vector<problem>& problems) {
  if (auto const* text = from.if_string(); text != nullptr && !text->empty())
    into = mapping_source::attribute({text->data(), text->size()});
  else if (std::string_view const tag = text_member(from, "tag");
           !tag.empty() && from.as_object().size() == 1)
    into = mapping_source::tag(std::string{tag});
  else
    problems.push_back({std::move(name), R"(must be an attribute's name or {"tag": "name"})"});
}

void read_setting(boost::json::value const& from, std::string_view where,
                  std::vector<mapping_source>& into, std::vector<problem>& problems) {
  read_list(from, where, problems, [&](boost::json::value const& item, std::string name) {
    read_source(item, std::move(name), into.emplace_back(), problems);
  });
}

/// Reads the fields of a dictionary with `read_item(name of the field, value, name of the item)`.
template <class F>
void read_fields(boost::json::value const& from, std::string_view where,
                 std::vector<problem>& problems, F read_item) {
  boost::json::object fields;
  read_dictionary(from, where, fields, problems);
  for (auto const& item : fields)
    read_item(std::string{item.key().data(), item.key().size()}, item.value(),
              std::string{where} + '.' + place_of(item.key()));
}

/// A field's value as a text; nothing where it is none. What systems take for a choice or a user,
/// `{"value": "High"}`, is that text: a plugin makes of it what its system asks for.
inline std::optional<std::string> field_value(boost::json::value const& from) {
  auto const* object = from.if_object();
  if (object != nullptr && object->size() == 1)
    for (char const* key : {"value", "name", "id", "key", "accountId"})
      if (auto const* member = object->if_contains(key); member != nullptr && !member->is_object())
        return field_value(*member);
  if (auto const* text = from.if_string()) return std::string{text->data(), text->size()};
  if (from.is_bool() || from.is_number()) return boost::json::serialize(from);
  return std::nullopt;
}

void read_setting(boost::json::value const& from, std::string_view where,
                  std::vector<custom_field>& into, std::vector<problem>& problems) {
  read_fields(from, where, problems,
              [&](std::string field, boost::json::value const& value, std::string name) {
                custom_field& one = into.emplace_back();
                one.name = std::move(field);
                auto const add = [&](boost::json::value const& item) {
                  if (auto text = field_value(item); text && !text->empty())
                    one.values.push_back(std::move(*text));
                  else
                    problems.push_back({name, "must be a text, a number, true or false, or a list "
                                              "of them, and not empty"});
                };
                if (auto const* list = value.if_array(); list != nullptr && !list->empty())
                  for (boost::json::value const& item : *list) add(item);
                else
                  add(value);
              });
}

void read_setting(boost::json::value const& from, std::string_view where,
                  std::vector<field_mapping>& into, std::vector<problem>& problems) {
  read_fields(from, where, problems,
              [&](std::string field, boost::json::value const& value, std::string name) {
                field_mapping& one = into.emplace_back();
                one.name = std::move(field);
                read_source(value, std::move(name), one.source, problems);
              });
}

void read_secret(boost::json::object const& from, std::string_view setting, std::string_view key,
                 secret& into, std::vector<problem>& problems) {
  std::string const name = std::string{setting} + '.' + std::string{key};
  std::string const file_key = std::string{key} + "_file";
  std::string const variable_key = std::string{key} + "_env";
  int given = 0;
  for (auto const* one :
       {from.if_contains(key), from.if_contains(file_key), from.if_contains(variable_key)})
    if (one != nullptr) ++given;
  if (given > 1) {
    problems.push_back({name, "is given more than once: keep one of '" + std::string{key} + "', '" +
                                  file_key + "', '" + variable_key + "'"});
    return;
  }
  std::string text;
  if (auto const* value = from.if_contains(key)) {
    read_setting(*value, name, text, problems);
    into = secret{std::move(text)};
  } else if (auto const* path = from.if_contains(file_key)) {
    read_setting(*path, name + "_file", text, problems);
    if (!text.empty()) into = secret::from_file(text);
    if (!into.problem().empty()) {
      problems.push_back(
          {name, document::clean_line(into.problem())}); // the path may hold anything
      into = secret{};
    }
  } else if (auto const* variable = from.if_contains(variable_key)) {
    read_setting(*variable, name + "_env", text, problems);
    if (!text.empty()) into = secret::from_environment(text);
    // The name is not repeated: it may be the token itself, put into the wrong place.
    if (!into.problem().empty()) {
      into = secret{};
      problems.push_back({name, "is to come from the environment variable that '" + variable_key +
                                    "' names, which is not set"});
    }
  }
}

void report_unknown_keys(boost::json::object const& from, std::string_view setting,
                         std::vector<std::string> const& known, std::vector<problem>& problems) {
  for (auto const& item : from) {
    std::string const key{item.key().data(), item.key().size()};
    bool found = false;
    for (std::string const& k : known) found = found || k == key;
    if (!found)
      problems.push_back(
          {std::string{setting} + '.' + place_of(key), did_you_mean_key(key, known)});
  }
}

} // namespace detail

raw_settings parse_raw_settings(std::string_view json) {
  raw_settings raw;
  std::string what;
  auto const parsed = detail::parse_json(json, what);
  if (!parsed || !parsed->is_object()) {
    raw.problems.push_back(
        {"settings",
         parsed ? "must be an object, but is " + std::string{detail::kind_of(*parsed)} : what});
    raw.unreadable = true;
    return raw;
  }
  std::vector<std::string> const known{"TICKET_PLUGIN", "TICKET_ENDPOINT",
                                       "TICKET_AUTHENTICATION_SECRET", "TICKET_INFORMATION"};
  for (auto const& item : parsed->as_object()) {
    std::string const name{item.key().data(), item.key().size()};
    if (name == known[0])
      detail::read_setting(item.value(), name, raw.plugin, raw.problems);
    else if (name == known[1])
      detail::read_setting(item.value(), name, raw.endpoint, raw.problems);
    else if (name == known[2])
      detail::read_dictionary(item.value(), name, raw.authentication, raw.problems);
    else if (name == known[3])
      detail::read_dictionary(item.value(), name, raw.information, raw.problems);
    else
      raw.problems.push_back({detail::place_of(name), detail::did_you_mean_key(name, known)});
  }
  return raw;
}

raw_settings read_raw_settings_file(std::string const& path) {
  constexpr std::size_t limit = std::size_t{1024} * 1024;
  raw_settings raw;
  std::ifstream file(path, std::ios::binary);
  if (!file) {
    raw.problems.push_back({path, "cannot be opened"});
    raw.unreadable = true;
    return raw;
  }
  std::string text(limit + 1, '\0');
  file.read(text.data(), static_cast<std::streamsize>(text.size()));
  text.resize(static_cast<std::size_t>(file.gcount()));
  if (text.size() > limit) {
    raw.problems.push_back({path, "is larger than 1 MiB"});
    raw.unreadable = true;
    return raw;
  }
  raw = parse_raw_settings(text);
  for (problem& p : raw.problems)
    if (p.where == "settings") p.where = path;
  return raw;
}

raw_settings read_raw_settings_environment() {
  raw_settings raw;
  if (char const* plugin = std::getenv("TICKET_PLUGIN")) raw.plugin = plugin;
  if (char const* endpoint = std::getenv("TICKET_ENDPOINT")) raw.endpoint = endpoint;
  detail::read_dictionary_variable("TICKET_AUTHENTICATION_SECRET", raw.authentication,
                                   raw.problems);
  detail::read_dictionary_variable("TICKET_INFORMATION", raw.information, raw.problems);
  return raw;
}

} // namespace argus_ticket

#endif
