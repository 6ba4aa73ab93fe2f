#ifndef ARGUS_TICKET_IMPL_PLUGINS_JIRA_VALUES_IPP
#define ARGUS_TICKET_IMPL_PLUGINS_JIRA_VALUES_IPP

// Jira's fields by their names, and texts as the values that their types ask for:
// https://developer.atlassian.com/server/jira/platform/jira-rest-api-examples/.

#include <argus_ticket/detail/nearest.hpp>
#include <argus_ticket/document/adf.hpp>
#include <argus_ticket/document/jira_wiki.hpp>
#include <argus_ticket/document/pages.hpp>
#include <argus_ticket/impl/plugins/jira_replies.ipp>
#include <argus_ticket/plugin.hpp>

#include <boost/json/parse.hpp>

#include <charconv>
#include <cmath>
#include <string>
#include <utility>
#include <vector>

namespace argus_ticket::plugins::detail {

inline bool is_all_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// `10010` of `customfield_10010`; empty of another field.
inline std::string custom_field_number(std::string_view id) {
  constexpr std::string_view start = "customfield_";
  return id.starts_with(start) && is_all_digits(id.substr(start.size()))
             ? std::string{id.substr(start.size())}
             : std::string{};
}

/// A field, as Jira lists it.
struct jira_field {
  std::string id, name;
  std::string type;  ///< of a value: `string`, `number`, `array`, `option`, ...
  std::string items; ///< the type of an array's elements
  std::string kind;  ///< `com.atlassian.jira.plugin.system.customfieldtypes:textarea`, ...

  bool is_rich_text() const {
    return kind.ends_with(":textarea") || id == "environment" || id == "description";
  }
};

/// What a draft makes of an issue.
struct jira_changes {
  boost::json::object fields;
  boost::json::object update;           ///< What is added to fields.
  std::vector<std::string> dispensable; ///< Ids of fields without which the ticket is one still.
  std::vector<problem> warnings;        ///< Fields that are left out.
  std::vector<jira_field> known;
};

inline jira_field jira_field_of(boost::json::value const& from) {
  jira_field f;
  f.id = json::text_member(from, "id");
  if (f.id.empty()) f.id = json::text_member(from, "fieldId");
  f.name = json::text_member(from, "name");
  f.type = jira_text_at(from, {"schema", "type"});
  f.items = jira_text_at(from, {"schema", "items"});
  f.kind = jira_text_at(from, {"schema", "custom"});
  return f;
}

/// The fields of a name, or the one of an id.
inline std::vector<jira_field> jira_fields_named(std::vector<jira_field> const& all,
                                                 std::string_view name) {
  std::vector<jira_field> found;
  for (jira_field const& one : all)
    if (one.id == name) return {one};
  for (jira_field const& one : all)
    if (http::iequals(one.name, name)) found.push_back(one);
  return found;
}

/// What is said of a field that is not there.
inline std::string no_such_jira_field(std::vector<jira_field> const& all, std::string_view name) {
  std::vector<std::string_view> names;
  names.reserve(all.size());
  for (jira_field const& one : all) names.push_back(one.name);
  std::string_view const like = argus_ticket::detail::nearest(name, names);
  std::string text = "is no field of this Jira";
  if (!like.empty()) text += "; did you mean '" + support::presentable(like) + "'?";
  return text;
}

/// The text field that carries the key.
inline result<jira_field> jira_key_field(std::vector<jira_field> const& all,
                                         std::string_view given) {
  std::vector<jira_field> const found = jira_fields_named(all, given);
  auto const unusable = [](std::string why) {
    return error{errc::invalid_settings, outcome::rejected, std::move(why),
                 "TICKET_INFORMATION.key_field"};
  };
  if (found.empty()) return unusable(no_such_jira_field(all, given));
  if (found.size() > 1) return unusable("several fields have this name; give the id of one");
  if (custom_field_number(found.front().id).empty() || found.front().type != "string" ||
      found.front().is_rich_text())
    return unusable("is no custom field for a line of text");
  return found.front();
}

/// Leaves out what Jira has refused, where it is nothing but what a ticket can do without.
/// @return Whether there is something to be sent again.
inline bool leave_out_refused(http::response const& reply, jira_changes& changes) {
  if (reply.status() != 400 || jira_error(reply).code != errc::refused) return false;
  auto const body = support::json_of(reply);
  auto const* errors = body ? json::member(*body, "errors") : nullptr;
  auto const* about = errors == nullptr ? nullptr : errors->if_object();
  if (about == nullptr || about->empty()) return false;
  for (auto const& one : *about) {
    std::string_view const id{one.key().data(), one.key().size()};
    bool const is_sent = changes.fields.contains(id) || changes.update.contains(id);
    auto const& may = changes.dispensable;
    if (!is_sent || std::find(may.begin(), may.end(), id) == may.end()) return false;
  }
  for (auto const& [key, said] : *about) {
    std::string_view const id{key.data(), key.size()};
    changes.fields.erase(id);
    changes.update.erase(id);
    std::string name = jira_system_name(id);
    for (jira_field const& one : changes.known)
      if (one.id == id && !one.name.empty()) name = support::presentable(one.name);
    auto const* why = said.if_string();
    changes.warnings.push_back(
        {"field '" + name + "'",
         "is left out, as Jira refused it" +
             (why == nullptr ? std::string{}
                             : ": " + support::presentable({why->data(), why->size()}))});
  }
  return true;
}

/// Whether a custom field is not one, but the labels.
inline bool is_jira_labels(std::string_view name) { return http::iequals(name, "labels"); }

/// Whether the plugin writes a field itself.
inline bool is_own_jira_field(std::string_view id) {
  for (char const* own : {"summary", "description", "project", "issuetype", "labels"})
    if (id == own) return true;
  return false;
}

inline std::optional<double> jira_number(std::string_view text) {
  double number = 0;
  auto const [end, problem] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (problem != std::errc{} || end != text.data() + text.size() || !std::isfinite(number))
    return std::nullopt;
  return number;
}

/// A day: written as one, or that of a time in its own offset.
inline std::optional<std::string> jira_day(std::string_view text) {
  if (text.size() == 10 && parse_timestamp(std::string{text} + "T00:00:00Z"))
    return std::string{text};
  if (auto const time = parse_timestamp(text)) return to_string(*time).substr(0, 10);
  return std::nullopt;
}

/// A time as Jira writes it.
inline std::optional<std::string> jira_instant(std::string_view text) {
  auto const time = parse_timestamp(text);
  if (!time) return std::nullopt;
  std::string written = to_string(*time);
  std::string offset = written.ends_with('Z') ? "+0000" : written.substr(written.size() - 6);
  std::erase(offset, ':');
  return written.substr(0, 19) + ".000" + offset;
}

/// One value as its type asks; the reason where it cannot be one.
inline result<boost::json::value> jira_single(std::string const& type, std::string const& text,
                                              bool is_cloud) {
  auto const refused = [](std::string why) {
    return error{errc::refused, outcome::rejected, std::move(why)};
  };
  auto const named = [&](char const* member) -> boost::json::value {
    return boost::json::object{{member, text}};
  };
  if (type == "number") {
    auto const number = jira_number(text);
    if (!number) return refused("is left out: its value is no number");
    if (std::floor(*number) == *number && std::abs(*number) < 1e15)
      return boost::json::value(static_cast<std::int64_t>(*number));
    return boost::json::value(*number);
  }
  if (type == "date") {
    auto const day = jira_day(text);
    if (!day) return refused("is left out: its value is no date, such as 2026-11-12");
    return boost::json::value(*day);
  }
  if (type == "datetime") {
    auto const time = jira_instant(text);
    if (!time) return refused("is left out: its value is no time, such as 2026-11-12T11:11:11Z");
    return boost::json::value(*time);
  }
  if (type == "option") return named("value");
  if (type == "user") return named(is_cloud ? "accountId" : "name");
  for (char const* by_name :
       {"group", "version", "component", "priority", "securitylevel", "resolution"})
    if (type == by_name) return named("name");
  return boost::json::value(text);
}

/// A text in a dialect: a paragraph, within Jira's limit.
template <class Dialect>
std::string jira_paragraph(std::string const& text) {
  document::document d;
  if (!text.empty()) d.add(document::paragraph{document::inlines{text}});
  constexpr std::size_t limit = 32'767;
  std::string page =
      document::split<Dialect>(d, limit, limit, document::length_unit::utf16, 1).front();
  return page.empty() ? Dialect::render(document::document{}) : page;
}

/// Texts in Atlassian's format.
inline boost::json::value jira_rich_text(std::string const& text) {
  return boost::json::parse(jira_paragraph<document::adf>(text));
}

inline constexpr std::size_t longest_jira_line = 255;

inline std::string jira_line(std::string const& text) {
  return document::cut(document::clean_line(text), longest_jira_line, document::length_unit::utf16);
}

/// A line as Data Center's wiki renderer shows it, with all that keeps it text within the limit.
inline std::string jira_wiki_line(std::string const& text) {
  constexpr auto unit = document::length_unit::utf16;
  for (std::size_t most = longest_jira_line;; --most) {
    std::string const shorter = document::cut(document::clean_line(text), most, unit);
    std::string line = document::jira_wiki::render(
        document::block{document::paragraph{document::inlines{shorter}}});
    if (most == 0 || document::length(line, unit) <= longest_jira_line) return line;
  }
}

/// A field's values as its type asks.
inline result<boost::json::value>
jira_value(jira_field const& field, std::vector<std::string> const& values, bool is_cloud) {
  if (field.type == "array") {
    boost::json::array all;
    for (std::string text : values) {
      if (field.items == "string")
        std::replace_if(
            text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) <= ' '; },
            '_');
      if (field.items == "string") text = jira_line(text);
      auto one = jira_single(field.items, text, is_cloud);
      if (!one) return one.error();
      all.push_back(std::move(*one));
    }
    return boost::json::value(std::move(all));
  }
  if (field.type == "option-with-child") {
    boost::json::object parent{{"value", values.empty() ? std::string{} : values[0]}};
    if (values.size() > 1) parent["child"] = boost::json::object{{"value", values[1]}};
    return boost::json::value(std::move(parent));
  }
  std::string const text = field.type == "string" || field.type == "any"
                               ? support::joined(values, ", ")
                               : (values.empty() ? std::string{} : values.front());
  if (field.is_rich_text())
    return is_cloud ? jira_rich_text(text)
                    : boost::json::value(jira_paragraph<document::jira_wiki>(text));
  // What Data Center renders by default; the others show their values as they are.
  if (!is_cloud && field.kind.ends_with(":textfield"))
    return boost::json::value(jira_wiki_line(text));
  if (field.type == "string" || field.type == "any") return boost::json::value(jira_line(text));
  return jira_single(field.type, text, is_cloud);
}

} // namespace argus_ticket::plugins::detail

#endif
