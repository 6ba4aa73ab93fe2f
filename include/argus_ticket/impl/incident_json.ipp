#ifndef ARGUS_TICKET_IMPL_INCIDENT_JSON_IPP
#define ARGUS_TICKET_IMPL_INCIDENT_JSON_IPP

#include <argus_ticket/detail/json.hpp>
#include <argus_ticket/incident_json.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>

#include <cmath>

namespace argus_ticket {
namespace detail {

inline error no_incident(std::vector<problem> problems) {
  error e{errc::invalid_incident, outcome::rejected, "the incident cannot be read", "incident"};
  e.problems = std::move(problems);
  return e;
}

inline void read_time(json_reader& from, std::string_view key, bool may_be_infinite,
                      std::optional<timestamp>& into) {
  auto const* found = from.find(key);
  if (found == nullptr) return;
  auto const* text = found->if_string();
  if (text == nullptr) return from.expected(key, "a time in a string", *found);
  std::string_view const written{text->data(), text->size()};
  if (may_be_infinite && written == "infinity")
    into = infinity;
  else if (auto parsed = parse_timestamp(written))
    into = parsed;
  else
    from.add(key, "is no time as in RFC 3339, such as 2011-11-11T11:11:11+02:00");
}

inline void read_source(boost::json::value const& json, std::string const& path,
                        incident_source& into, std::vector<problem>& problems) {
  json_reader from{json, path, problems};
  from.read("pk", into.pk);
  from.read("name", into.name);
  from.read("user", into.user);
  from.read("base_url", into.base_url);
  if (auto const* type = from.find("type")) {
    if (type->is_object())
      json_reader{*type, path + ".type", problems}.read("name", into.type);
    else
      from.expected("type", "an object with a name", *type);
  }
}

inline void read_tags(json_reader& from, std::vector<incident_tag>& into,
                      std::vector<problem>& problems) {
  auto const* found = from.find("tags");
  if (found == nullptr) return;
  auto const* list = found->if_array();
  if (list == nullptr) return from.expected("tags", "a list", *found);
  into.reserve(list->size());
  for (std::size_t i = 0; i < list->size(); ++i) {
    std::string const name = "tags[" + std::to_string(i) + "]";
    boost::json::value const& item = (*list)[i];
    if (!item.is_object()) {
      from.expected(name, "an object with a tag", item);
      continue;
    }
    json_reader tag{item, from.path_of(name), problems};
    std::string text;
    tag.read("tag", text);
    if (tag.find("tag") == nullptr) tag.add("tag", "is missing");
    incident_tag read = incident_tag::from(text);
    tag.read("added_by", read.added_by);
    read_time(tag, "added_time", false, read.added_time);
    into.push_back(std::move(read));
  }
}

/// A number beyond a double's range is read as infinity, which JSON cannot say: null stands for it.
inline void make_finite(boost::json::value& json) {
  if (auto const* number = json.if_double(); number != nullptr && !std::isfinite(*number))
    json = nullptr;
  if (auto* list = json.if_array())
    for (boost::json::value& item : *list) make_finite(item);
  if (auto* object = json.if_object())
    for (auto& item : *object) make_finite(item.value());
}

template <class T>
boost::json::value or_null(std::optional<T> const& value) {
  return value ? boost::json::value(*value) : boost::json::value(nullptr);
}

inline boost::json::value or_null(std::optional<timestamp> const& value) {
  return value ? boost::json::value(to_string(*value)) : boost::json::value(nullptr);
}

} // namespace detail

result<incident> incident_from_json(boost::json::value const& json) {
  std::vector<problem> problems;
  if (!json.is_object()) {
    problems.push_back(
        {"incident", "must be an object, but is " + std::string{detail::kind_of(json)}});
    return detail::no_incident(std::move(problems));
  }
  incident read;
  detail::json_reader from{json, "incident", problems};
  from.read("pk", read.pk);
  detail::read_time(from, "start_time", false, read.start_time);
  detail::read_time(from, "end_time", true, read.end_time);
  if (auto const* source = from.find("source")) {
    if (source->is_object())
      detail::read_source(*source, "incident.source", read.source, problems);
    else
      from.expected("source", "an object", *source);
  }
  from.read("source_incident_id", read.source_incident_id);
  from.read("details_url", read.details_url);
  from.read("description", read.description);
  from.read("level", read.level);
  from.read("ticket_url", read.ticket_url);
  if (auto const* metadata = from.find("metadata")) {
    if (metadata->is_object()) {
      boost::json::value kept = *metadata;
      detail::make_finite(kept);
      read.metadata = boost::json::serialize(kept);
    } else {
      from.expected("metadata", "an object", *metadata);
    }
  }
  detail::read_tags(from, read.tags, problems);
  from.read("stateful", read.stateful);
  from.read("open", read.open);
  from.read("acked", read.acked);
  from.read("argus_url", read.argus_url);
  from.read("user", read.user);
  if (!problems.empty()) return detail::no_incident(std::move(problems));
  return read;
}

result<incident> parse_incident(std::string_view text) {
  std::string problem_text;
  auto const json = detail::parse_json(text, problem_text);
  if (!json) {
    std::vector<problem> problems;
    problems.push_back({"incident", problem_text});
    return detail::no_incident(std::move(problems));
  }
  return incident_from_json(*json);
}

boost::json::object to_json(incident const& value) {
  std::string unused;
  auto metadata = detail::parse_json(value.metadata, unused);
  boost::json::object source;
  source["pk"] = detail::or_null(value.source.pk);
  source["name"] = value.source.name;
  source["type"] = boost::json::object{{"name", value.source.type}};
  source["user"] = detail::or_null(value.source.user);
  source["base_url"] = value.source.base_url;
  boost::json::array tags;
  for (incident_tag const& tag : value.tags)
    tags.push_back(boost::json::object{{"added_by", detail::or_null(tag.added_by)},
                                       {"added_time", detail::or_null(tag.added_time)},
                                       {"tag", tag.text()}});
  boost::json::object json;
  json["pk"] = detail::or_null(value.pk);
  json["start_time"] = detail::or_null(value.start_time);
  json["end_time"] = detail::or_null(value.end_time);
  json["source"] = std::move(source);
  json["source_incident_id"] = value.source_incident_id;
  json["details_url"] = value.details_url;
  json["description"] = value.description;
  json["level"] = value.level;
  json["ticket_url"] = value.ticket_url;
  json["metadata"] =
      metadata && metadata->is_object() ? metadata->as_object() : boost::json::object{};
  json["tags"] = std::move(tags);
  json["stateful"] = value.stateful;
  json["open"] = value.open;
  json["acked"] = value.acked;
  json["argus_url"] = value.argus_url;
  json["user"] = value.user;
  return json;
}

} // namespace argus_ticket

#endif
