#ifndef ARGUS_TICKET_IMPL_PLUGINS_SUPPORT_LABELS_IPP
#define ARGUS_TICKET_IMPL_PLUGINS_SUPPORT_LABELS_IPP

#include <argus_ticket/detail/json.hpp>
#include <argus_ticket/document/limits.hpp>
#include <argus_ticket/document/neutralise.hpp>
#include <argus_ticket/http/headers.hpp>
#include <argus_ticket/incident_json.hpp>
#include <argus_ticket/plugins/support/labels.hpp>

#include <boost/json/array.hpp>
#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>
#include <charconv>

namespace argus_ticket::plugins::support {

/// An attribute's value as people would write it: texts bare, an object by its name.
inline std::string attribute_text(boost::json::value const& value) {
  namespace json = argus_ticket::detail;
  if (value.is_null()) return {};
  if (auto const* text = value.if_string()) return {text->data(), text->size()};
  if (value.is_object()) return std::string{json::text_member(value, "name")};
  if (auto const* number = value.if_double()) { // JSON would say 1.5E0
    std::array<char, 32> digits;
    return {digits.data(),
            std::to_chars(digits.data(), digits.data() + digits.size(), *number).ptr};
  }
  return boost::json::serialize(value);
}

std::vector<std::string> values_of(mapping_source const& source, incident const& from) {
  std::vector<std::string> values;
  if (source.is_tag) {
    for (incident_tag const& tag : from.tags)
      if (tag.key == source.name && !tag.value.empty()) values.push_back(tag.value);
    return values;
  }
  if (is_yet_to_come(source, from)) return values;
  boost::json::value const all = to_json(from);
  boost::json::value const* at = &all;
  for (std::string_view path = source.name; at != nullptr && !path.empty();) {
    std::size_t const dot = path.find('.');
    at = argus_ticket::detail::member(*at, path.substr(0, dot));
    path = dot == std::string_view::npos ? std::string_view{} : path.substr(dot + 1);
  }
  std::string text = at == nullptr ? std::string{} : attribute_text(*at);
  if (!text.empty()) values.push_back(std::move(text));
  return values;
}

bool is_yet_to_come(mapping_source const& source, incident const& from) {
  return !source.is_tag && source.name == "end_time" && from.end_time == infinity;
}

std::string shown_source(mapping_source const& source) {
  return source.is_tag ? source.name + " (tag)" : source.name;
}

mapped_labels map_labels(std::vector<std::string> const& set,
                         std::vector<mapping_source> const& mapping, incident const& from,
                         std::size_t limit, std::string_view instead) {
  mapped_labels mapped;
  auto const add = [&](std::string_view text) {
    std::string label =
        document::cut(document::clean_line(text), limit, document::length_unit::code_points);
    for (std::size_t i = 0; i + 1 < instead.size(); i += 2)
      std::replace(label.begin(), label.end(), instead[i], instead[i + 1]);
    bool const known =
        std::any_of(mapped.labels.begin(), mapped.labels.end(),
                    [&](std::string const& other) { return http::iequals(other, label); });
    if (!label.empty() && !known) mapped.labels.push_back(std::move(label));
  };
  for (std::string const& label : set) add(label);
  for (mapping_source const& source : mapping) {
    auto const values = values_of(source, from);
    for (std::string const& value : values) add(value);
    if (values.empty() && !is_yet_to_come(source, from))
      mapped.missing.push_back(shown_source(source));
  }
  return mapped;
}

std::vector<std::string> labels_in(boost::json::value const& ticket) {
  std::vector<std::string> labels;
  auto const* member = argus_ticket::detail::member(ticket, "labels");
  auto const* list = member == nullptr ? nullptr : member->if_array();
  if (list == nullptr) return labels;
  for (boost::json::value const& one : *list)
    labels.emplace_back(one.is_string() ? std::string_view{one.get_string()}
                                        : argus_ticket::detail::text_member(one, "name"));
  return labels;
}

bool has_label(boost::json::value const& ticket, std::string_view label) {
  std::vector<std::string> const there = labels_in(ticket);
  return std::find(there.begin(), there.end(), label) != there.end();
}

std::string joined(std::vector<std::string> const& labels, std::string_view separator) {
  std::string all;
  for (std::string const& one : labels) {
    if (!all.empty()) all += separator;
    all += one;
  }
  return all;
}

std::vector<std::string> labels_not_in(std::vector<std::string> const& there,
                                       std::vector<std::string> const& wanted) {
  std::vector<std::string> missing;
  for (std::string const& one : wanted)
    if (std::none_of(there.begin(), there.end(),
                     [&](std::string const& other) { return http::iequals(other, one); }))
      missing.push_back(one);
  return missing;
}

void note_dropped_labels(std::vector<std::string> const& there,
                         std::vector<std::string> const& wanted, ticket& into) {
  for (std::string const& one : labels_not_in(there, wanted))
    into.warnings.push_back(
        {"label '" + one + "'", "was dropped by the server: the account may not set labels"});
}

} // namespace argus_ticket::plugins::support

#endif
