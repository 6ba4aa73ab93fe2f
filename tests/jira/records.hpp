#pragma once
// What a model of Jira keeps, and what it makes of values: see model.hpp.

#include "../support/adf_reader.hpp"

#include <argus_ticket/document/limits.hpp>
#include <argus_ticket/http/request.hpp>
#include <argus_ticket/http/response.hpp>

#include <boost/json.hpp>

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace test {

namespace at = argus_ticket;
namespace json = boost::json;

class jira_records {
 public:
  struct comment {
    std::string author;
    json::value body;
    json::array properties;
  };
  struct issue {
    int id = 0;
    std::string key, creator, status = "To Do", created = "2026-11-12";
    json::object fields; ///< As they were written.
    std::vector<std::string> labels;
    std::string resolution;
    std::map<std::string, json::value> properties;
    std::vector<comment> comments;
    std::vector<std::string> former; ///< Keys that it had before it was moved.
    int unseen = 0;                  ///< How many searches do not see it yet.
  };
  struct field {
    std::string id, name, type, items, kind;
    bool on_screen = true;
    bool is_required = false;
    std::vector<std::string> options{}; ///< Of a choice; none: any.
  };
  struct transition {
    std::string id, name, from, to;
    std::vector<std::string> required; ///< Ids of fields.
    std::vector<std::string> resolutions;
    bool needs_resolution = false;
  };

  bool is_cloud = true;
  std::string base = "https://jira.example.org/jira"; ///< Below a path prefix.
  std::string authorization; ///< What requests must carry; others are anonymous.
  std::string account = "self-1";
  std::string project = "NET", project_id = "10000", project_name = "Network team";
  std::vector<std::string> types{"Task", "Incident"};
  std::vector<field> fields;
  std::vector<transition> workflow{
      {"11", "Start", "To Do", "In Progress", {}, {}, false},
      {"31", "Resolve", "*", "Done", {}, {}, false},
      {"41", "Back to work", "Done", "In Progress", {}, {}, false},
      {"51", "Reopen", "Done", "To Do", {}, {}, false},
  };
  std::vector<std::string> denied; ///< Permissions that the account lacks.
  bool keeps_properties = true;    ///< Old servers ignore them.
  bool may_set_labels = true;      ///< On the forms for new issues and for changes.
  int form_status = 200;           ///< Old servers have no such resource.
  int lag = 0;                     ///< How many searches do not see a new issue.
  std::string now = "2026-11-12";
  std::vector<issue> issues;
  std::vector<std::string> queries; ///< JQL that was asked.
  std::vector<std::string> asked;   ///< Method and path of each request.

  issue& add(std::string creator, std::string summary) {
    issue made;
    made.id = 10001 + static_cast<int>(issues.size());
    made.key = project + '-' + std::to_string(issues.size() + 1);
    made.creator = std::move(creator);
    made.created = now;
    made.fields["summary"] = summary;
    made.unseen = lag;
    return issues.emplace_back(std::move(made));
  }
  issue* with_key(std::string_view key) {
    for (issue& one : issues)
      if (one.key == key || std::to_string(one.id) == key ||
          std::find(one.former.begin(), one.former.end(), key) != one.former.end())
        return &one;
    return nullptr;
  }
  /// Moves an issue to another project. Its former key leads to it still.
  static void move_to(issue& which, std::string key) {
    which.former.push_back(which.key);
    which.key = std::move(key);
  }

 protected:
  static at::http::response reply(int code, json::value const& body) {
    return {code, {}, json::serialize(body)};
  }
  static at::http::response refused(int code, std::string why, json::object errors = {}) {
    json::array messages;
    if (!why.empty()) messages.emplace_back(why);
    return reply(code, {{"errorMessages", messages}, {"errors", errors}});
  }
  json::object user(std::string const& id) const {
    if (is_cloud) return {{"accountId", id}, {"displayName", "Argus bot"}};
    return {{"key", id}, {"name", "bot." + id}, {"displayName", "Argus bot"}};
  }
  static std::string_view category(std::string_view status) {
    return status == "Done" ? "done" : status == "To Do" ? "new" : "indeterminate";
  }
  static json::object about_status(std::string const& name) {
    return {{"name", name}, {"statusCategory", {{"key", category(name)}}}};
  }

  static std::string not_on_screen(std::string const& id) {
    return "Field '" + id + "' cannot be set. It is not on the appropriate screen.";
  }

  /// @param names Of the fields that are shown, with commas between them.
  json::object object(issue const& i, std::string const& names, bool with_property) const {
    bool const is_done = i.status == "Done";
    json::object all = i.fields;
    all["status"] = about_status(i.status);
    all["labels"] = json::array(i.labels.begin(), i.labels.end());
    all["creator"] = user(i.creator);
    all["created"] = i.created + "T00:00:00.000+0000";
    all["updated"] = now + "T12:00:00.000+0200";
    if (is_cloud) all["statuscategorychangedate"] = now + "T11:00:00.000+0200";
    bool const has_resolution = is_done && !i.resolution.empty();
    all["resolutiondate"] =
        has_resolution ? json::value(now + "T10:00:00.000+0200") : json::value(nullptr);
    all["resolution"] =
        i.resolution.empty() ? json::value(nullptr) : json::value{{"name", i.resolution}};
    json::object shown;
    for (auto const& [key, value] : all)
      if ((',' + names + ',').find(',' + std::string{key} + ',') != std::string::npos)
        shown[key] = value;
    json::object whole{{"id", std::to_string(i.id)}, {"key", i.key}, {"fields", shown}};
    if (with_property) {
      json::object properties;
      for (auto const& [key, value] : i.properties) properties[key] = value;
      whole["properties"] = properties;
    }
    return whole;
  }

  static std::optional<at::http::response> strangers(json::object const& given,
                                                     std::vector<std::string_view> const& known) {
    for (auto const& member : given)
      if (std::find(known.begin(), known.end(), std::string_view{member.key()}) == known.end())
        return refused(400, "unknown member " + std::string{member.key()});
    return std::nullopt;
  }
  static std::optional<at::http::response>
  strange_parameters(at::http::request const& r, std::vector<std::string_view> const& known) {
    std::string const& query = r.url().query();
    for (std::size_t i = 0; i < query.size();) {
      std::size_t const end = (std::min)(query.find('&', i), query.size());
      std::string_view const name =
          std::string_view{query}.substr(i, (std::min)(query.find('=', i), end) - i);
      if (std::find(known.begin(), known.end(), name) == known.end())
        return refused(400, "unknown parameter " + std::string{name});
      i = end + 1;
    }
    return std::nullopt;
  }

  field const* field_of(std::string_view id) const {
    for (field const& one : fields)
      if (one.id == id) return &one;
    return nullptr;
  }
  static std::size_t length(std::string_view text) { // as Java counts
    return at::document::length(text, at::document::length_unit::utf16);
  }
  bool is_document(json::value const& v) const {
    constexpr std::size_t most = 32'767;
    if (is_cloud)
      return v.is_object() && adf_reader::read_tree(v).faults.empty() &&
             length(json::serialize(v)) <= most;
    return v.is_string() && length(std::string_view{v.get_string()}) <= most;
  }
  static bool has_only(json::value const& v, char const* member) {
    auto const* o = v.if_object();
    return o != nullptr && o->size() == 1 && o->contains(member) && o->at(member).is_string();
  }
  /// Whether a value is of a type of Jira's.
  bool fits(std::string const& type, json::value const& v) const {
    if (type == "number") return v.is_number();
    if (type == "string" || type == "any")
      return v.is_string() && length(std::string_view{v.get_string()}) <= 255;
    if (type == "date") return v.is_string() && v.get_string().size() == 10;
    if (type == "datetime")
      return v.is_string() && v.get_string().size() == 28 && v.get_string()[19] == '.';
    if (type == "option") return has_only(v, "value");
    if (type == "user") return has_only(v, is_cloud ? "accountId" : "name");
    return has_only(v, "name");
  }
  bool fits(field const& f, json::value const& v) const {
    if (f.kind.ends_with(":textarea")) return is_document(v);
    if (f.type != "array") return fits(f.type, v);
    if (!v.is_array()) return false;
    for (json::value const& one : v.get_array())
      if (!fits(f.items, one) ||
          (f.items == "string" && one.get_string().find(' ') != json::string::npos))
        return false;
    return true;
  }

  /// Writes fields; the reply where one is refused.
  std::optional<at::http::response> write(json::object const& given, issue& into, bool is_new) {
    json::object errors;
    for (auto const& [key, value] : given) {
      std::string const id{key};
      if (id == "summary") {
        if (!value.is_string() || value.get_string().empty() ||
            length(std::string_view{value.get_string()}) > 255 ||
            value.get_string().find('\n') != json::string::npos)
          errors[id] = "Summary must be less than 255 characters and on one line.";
      } else if (id == "description") {
        if (!is_document(value)) errors[id] = "Operation value must be an Atlassian Document";
      } else if (id == "labels" && is_new) {
        if (!may_set_labels)
          errors[id] = not_on_screen(id);
        else if (auto no = add_labels(value.as_array(), into))
          errors[id] = *no;
      } else if (id == "project" && is_new) {
        auto const& o = value.as_object();
        bool const good =
            o.size() == 1 && ((o.contains("key") && o.at("key") == json::value(project)) ||
                              (o.contains("id") && o.at("id") == json::value(project_id)));
        if (!good) errors[id] = "valid project is required";
      } else if (id == "issuetype" && is_new) {
        auto const& o = value.as_object();
        bool const good =
            o.size() == 1 &&
            ((o.contains("id") && o.at("id") == "3") ||
             (o.contains("name") && std::find(types.begin(), types.end(),
                                              o.at("name").as_string().c_str()) != types.end()));
        if (!good) errors[id] = "Specify a valid issue type";
      } else if (field const* f = field_of(id); f == nullptr || !f->on_screen) {
        errors[id] = not_on_screen(id);
      } else if (!fits(*f, value)) {
        errors[id] = "Operation value must be of the type " + f->type;
      } else if (!f->options.empty() &&
                 std::find(f->options.begin(), f->options.end(),
                           value.at("value").as_string().c_str()) == f->options.end()) {
        errors[id] = "Option value '" + std::string{value.at("value").as_string().c_str()} +
                     "' is not valid";
      }
    }
    if (is_new)
      for (field const& f : fields)
        if (f.is_required && !given.contains(f.id)) errors[f.id] = f.name + " is required.";
    if (!errors.empty()) return refused(400, "", errors);
    for (auto const& [key, value] : given)
      if (key != "labels") into.fields[key] = value;
    return std::nullopt;
  }
  static std::optional<std::string> add_labels(json::array const& all, issue& to) {
    for (json::value const& one : all) {
      std::string const label{one.as_string().c_str()};
      if (label.empty() || length(label) > 255 || label.find(' ') != std::string::npos)
        return "The label '" + label + "' contains spaces which is invalid.";
      if (std::find(to.labels.begin(), to.labels.end(), label) == to.labels.end())
        to.labels.push_back(label);
    }
    return std::nullopt;
  }
};

} // namespace test
