#pragma once
// A model of Jira's REST API, Cloud (version 3) and Data Center (version 2), as far as tickets need
// it, and stricter than Jira: what its reference does not name is refused, documents must hold to
// the schema, JQL is the one query that the plugin documents, and lists have two entries a page.
// https://developer.atlassian.com/cloud/jira/platform/rest/v3/,
// https://developer.atlassian.com/server/jira/platform/rest/.

#include "jql.hpp"
#include "records.hpp"

#include <argus_ticket/plugins/jira.hpp>
#include <argus_ticket/result.hpp>

#include <charconv>
#include <cstdint>
#include <utility>

namespace test {

class jira_model : public jira_records {
 public:
  static constexpr char token[] = "ATATT3xFfGF0-secret";

  static at::plugins::jira::settings settings(bool cloud) {
    at::plugins::jira::settings s;
    s.endpoint = "https://jira.example.org/jira/";
    s.authentication.token = at::secret{token};
    if (cloud) s.authentication.email = "bot@example.org";
    s.information.project_key_or_id = "NET";
    return s;
  }

  explicit jira_model(bool cloud = true) {
    is_cloud = cloud;
    authorization = cloud ? "Basic Ym90QGV4YW1wbGUub3JnOkFUQVRUM3hGZkdGMC1zZWNyZXQ="
                          : std::string{"Bearer "} + token;
  }

  at::result<at::http::response> answer(at::http::request const& r) {
    std::string const start =
        at::http::url::parse(base)->path() + (is_cloud ? "/rest/api/3/" : "/rest/api/2/");
    std::string_view path = r.url().path();
    if (!path.starts_with(start)) return refused(404, "no such resource");
    path.remove_prefix(start.size());
    asked.push_back(std::string{at::http::to_string(r.method())} + ' ' + std::string{path});
    bool const knows = r.headers().get("Authorization") == authorization;
    bool const is_get = r.method() == at::http::method::get;
    if (path == "myself" && is_get)
      return knows ? reply(200, user(account))
                   : refused(401, "Client must be authenticated to access this resource.");
    if (path == (is_cloud ? "search/jql" : "search") && !is_get) return search(r, knows);
    // Jira hides what exists from those whom it does not know.
    if (!knows) {
      at::http::headers login;
      login.add({"X-Seraph-LoginReason", "AUTHENTICATED_FAILED"});
      return at::http::response{404, std::move(login), R"({"errorMessages":["No."],"errors":{}})"};
    }
    if (path == "issue" && r.method() == at::http::method::post) return create(r);
    if (path == "field" && is_get) return list_fields();
    if (path == "mypermissions" && is_get) return permissions(r);
    if (path == "project/" + project || path == "project/" + project_id) return about_project();
    if (is_cloud && path == "project/search") return find_projects(r);
    if (!is_cloud && path == "project") return reply(200, json::array{about(true), about(false)});
    if (path.starts_with("issue/createmeta/")) return form(path.substr(17), r);
    if (!path.starts_with("issue/")) return refused(404, "no such resource");
    path.remove_prefix(6);
    issue* const which = with_key(path.substr(0, path.find('/')));
    if (which == nullptr)
      return refused(404, "Issue does not exist or you do not have permission to see it.");
    path = path.find('/') == std::string_view::npos ? "" : path.substr(path.find('/') + 1);
    if (path.empty()) return is_get ? get(r, *which) : change(r, *which);
    if (path == "comment") return is_get ? comments(r, *which) : add_comment(r, *which);
    if (path == "transitions") return is_get ? transitions(r, *which) : move(r, *which);
    if (path == "properties/argus-ticket" && r.method() == at::http::method::put) {
      bool const is_new = !which->properties.contains("argus-ticket");
      which->properties["argus-ticket"] = json::parse(r.body());
      return at::http::response{is_new ? 201 : 200, {}, ""};
    }
    return refused(404, "no such resource");
  }

 private:
  at::http::response create(at::http::request const& r) {
    json::object const given = json::parse(r.body()).as_object();
    if (auto no = strangers(given, {"fields", "properties"})) return *no;
    issue made;
    json::object const& values = given.at("fields").as_object();
    for (char const* needed : {"project", "issuetype", "summary"})
      if (!values.contains(needed)) return refused(400, "", {{needed, "is required"}});
    if (auto no = write(values, made, true)) return *no;
    issue& kept = add(account, "");
    kept.fields = made.fields;
    kept.labels = made.labels;
    if (keeps_properties && given.contains("properties"))
      for (json::value const& one : given.at("properties").as_array())
        kept.properties[one.at("key").as_string().c_str()] = one.at("value");
    return reply(201, {{"id", std::to_string(kept.id)},
                       {"key", kept.key},
                       {"self", base + "/rest/api/issue/" + std::to_string(kept.id)}});
  }

  at::http::response change(at::http::request const& r, issue& which) {
    if (r.method() != at::http::method::put) return refused(405, "");
    json::object const given = json::parse(r.body()).as_object();
    if (auto no = strangers(given, {"fields", "update"})) return *no;
    issue changed = which; // all of it, or nothing
    if (auto no = write(given.at("fields").as_object(), changed, false)) return *no;
    if (auto const* update = given.if_contains("update"))
      for (auto const& [key, operations] : update->as_object()) {
        if (key != "labels") return refused(400, "unknown operation");
        if (!may_set_labels) return refused(400, "", {{"labels", not_on_screen("labels")}});
        json::array labels;
        for (json::value const& one : operations.as_array()) {
          if (one.as_object().size() != 1) return refused(400, "unknown operation");
          labels.push_back(one.at("add"));
        }
        if (auto no = add_labels(labels, changed)) return refused(400, "", {{"labels", *no}});
      }
    which = std::move(changed);
    return {204, {}, ""};
  }

  at::http::response get(at::http::request const& r, issue const& which) const {
    if (auto no = strange_parameters(r, {"fields", "properties"})) return *no;
    return reply(200, object(which, at::http::query_parameter(r.url(), "fields").value_or(""),
                             at::http::query_parameter(r.url(), "properties") == "argus-ticket"));
  }

  at::http::response search(at::http::request const& r, bool is_known) {
    json::object const given = json::parse(r.body()).as_object();
    if (auto no = is_cloud ? strangers(given, {"jql", "fields", "maxResults", "nextPageToken",
                                               "reconcileIssues"})
                           : strangers(given, {"jql", "fields", "maxResults", "startAt"}))
      return *no;
    std::string const jql = given.at("jql").as_string().c_str();
    queries.push_back(jql);
    auto const query = parsed_jql::read(jql);
    if (!query) return refused(400, "Error in the JQL Query: " + jql);
    std::string asked_fields; // none: the ids alone
    if (auto const* list = given.if_contains("fields"))
      for (json::value const& one : list->as_array())
        asked_fields += std::string{one.as_string().c_str()} + ',';
    std::vector<std::int64_t> reconciled;
    if (auto const* ids = given.if_contains("reconcileIssues"))
      for (json::value const& one : ids->as_array()) reconciled.push_back(one.as_int64());
    json::array all;
    for (issue& one : issues) {
      bool const sees = one.unseen == 0 ||
                        std::find(reconciled.begin(), reconciled.end(), one.id) != reconciled.end();
      if (one.unseen > 0) --one.unseen;
      if (!is_known || !sees || one.creator != account || one.created < query->created_from)
        continue;
      bool const has_label =
          !query->label.empty() &&
          std::find(one.labels.begin(), one.labels.end(), query->label) != one.labels.end();
      auto const* value = one.fields.if_contains("customfield_" + query->field);
      bool const has_field = !query->field.empty() && value != nullptr && value->is_string() &&
                             value->get_string() == query->phrase;
      if (has_label || has_field) all.push_back(object(one, asked_fields, false));
    }
    std::size_t from = 0;
    if (auto const* next = given.if_contains("nextPageToken"))
      std::from_chars(next->get_string().data() + 1,
                      next->get_string().data() + next->get_string().size(), from);
    if (auto const* start = given.if_contains("startAt"))
      from = static_cast<std::size_t>(start->to_number<std::int64_t>());
    std::size_t const end = (std::min)(all.size(), from + 2);
    json::object page;
    page["issues"] = json::array(all.begin() + static_cast<std::ptrdiff_t>((std::min)(from, end)),
                                 all.begin() + static_cast<std::ptrdiff_t>(end));
    if (!is_cloud)
      page["total"] = all.size();
    else if (end < all.size())
      page["nextPageToken"] = "t" + std::to_string(end);
    else
      page["isLast"] = true;
    return reply(200, page);
  }

  at::http::response add_comment(at::http::request const& r, issue& which) {
    json::object const given = json::parse(r.body()).as_object();
    if (auto no = strangers(given, {"body", "properties"})) return *no;
    if (!is_document(given.at("body"))) return refused(400, "", {{"comment", "is not valid"}});
    comment made{account, given.at("body"), {}};
    if (keeps_properties && given.contains("properties"))
      made.properties = given.at("properties").as_array();
    which.comments.push_back(made);
    return reply(201, about_comment(which.comments.back(), which.comments.size(), false));
  }
  json::object about_comment(comment const& c, std::size_t number, bool with_properties) const {
    json::object shown{
        {"id", std::to_string(20000 + number)}, {"author", user(c.author)}, {"body", c.body}};
    if (with_properties) shown["properties"] = c.properties;
    return shown;
  }
  at::http::response comments(at::http::request const& r, issue const& which) const {
    if (auto no = strange_parameters(r, {"startAt", "maxResults", "expand"})) return *no;
    std::size_t const from = number_in(r, "startAt");
    json::array page;
    for (std::size_t i = from; i < which.comments.size() && i < from + 2; ++i)
      page.push_back(about_comment(which.comments[i], i + 1, is_expanded(r, "properties")));
    return reply(200, {{"startAt", from}, {"total", which.comments.size()}, {"comments", page}});
  }
  static std::size_t number_in(at::http::request const& r, char const* name) {
    std::size_t number = 0;
    if (auto const text = at::http::query_parameter(r.url(), name))
      std::from_chars(text->data(), text->data() + text->size(), number);
    return number;
  }

  static bool is_expanded(at::http::request const& r, std::string_view what) {
    return at::http::query_parameter(r.url(), "expand") == what;
  }

  bool is_open_to(transition const& t, issue const& i) const {
    return t.from == "any" || (t.from == "*" && i.status != t.to) || t.from == i.status;
  }
  at::http::response transitions(at::http::request const& r, issue const& which) const {
    if (auto no = strange_parameters(r, {"expand"})) return *no;
    json::array all;
    for (transition const& t : workflow) {
      if (!is_open_to(t, which)) continue;
      json::object asks;
      for (std::string const& id : t.required)
        asks[id] = {{"required", true},
                    {"hasDefaultValue", false},
                    {"name", field_of(id) == nullptr ? id : field_of(id)->name}};
      if (!t.resolutions.empty()) {
        json::array allowed;
        for (std::string const& name : t.resolutions)
          allowed.push_back(json::object{{"name", name}});
        asks["resolution"] = {
            {"required", t.needs_resolution}, {"name", "Resolution"}, {"allowedValues", allowed}};
      }
      json::object shown{{"id", t.id}, {"name", t.name}, {"to", about_status(t.to)}};
      if (is_expanded(r, "transitions.fields")) shown["fields"] = asks;
      all.push_back(std::move(shown));
    }
    return reply(200, {{"transitions", all}});
  }
  at::http::response move(at::http::request const& r, issue& which) {
    json::object const given = json::parse(r.body()).as_object();
    if (auto no = strangers(given, {"transition", "fields"})) return *no;
    for (transition const& t : workflow) {
      if (given.at("transition") != json::value{{"id", t.id}} || !is_open_to(t, which)) continue;
      json::object const values =
          given.contains("fields") ? given.at("fields").as_object() : json::object{};
      if (!t.required.empty()) return refused(400, "", {{t.required.front(), "is required."}});
      std::string resolution;
      for (auto const& [key, value] : values) {
        if (key != "resolution" || !has_only(value, "name"))
          return refused(400, "", {{key, "cannot be set"}});
        resolution = value.at("name").as_string().c_str();
      }
      bool const is_allowed =
          std::find(t.resolutions.begin(), t.resolutions.end(), resolution) != t.resolutions.end();
      if (resolution.empty() ? t.needs_resolution : !is_allowed)
        return refused(400, "", {{"resolution", "Resolution is required or not allowed."}});
      which.status = t.to;
      which.resolution = resolution;
      return {204, {}, ""};
    }
    return refused(400, "It seems that you have tried to perform an illegal workflow operation.");
  }

  at::http::response list_fields() const {
    json::array all{{{"id", "summary"},
                     {"name", "Summary"},
                     {"schema", {{"type", "string"}, {"system", "summary"}}}},
                    {{"id", "thumbnail"}, {"name", "Images"}}};
    for (field const& f : fields) {
      json::object schema{{"type", f.type}};
      if (!f.items.empty()) schema["items"] = f.items;
      if (!f.kind.empty()) schema["custom"] = "com.atlassian.jira.plugin.system." + f.kind;
      all.push_back(json::object{{"id", f.id}, {"name", f.name}, {"schema", schema}});
    }
    return reply(200, all);
  }
  /// The form for new issues: `NET/issuetypes` and `NET/issuetypes/3`.
  at::http::response form(std::string_view path, at::http::request const& r) const {
    if (auto no = strange_parameters(r, {"startAt", "maxResults"})) return *no;
    if (form_status != 200) return refused(form_status, "no such resource");
    std::string_view rest = path.substr((std::min)(path.find('/'), path.size()));
    std::string_view const of = path.substr(0, path.size() - rest.size());
    if ((of != project && of != project_id) || (rest != "/issuetypes" && rest != "/issuetypes/3"))
      return refused(404, "no such form");
    json::array all;
    if (path.ends_with("issuetypes")) {
      all = {{{"id", "3"}, {"name", "Task"}}};
      return reply(200, {{is_cloud ? "issueTypes" : "values", all}, {"total", 1}});
    }
    std::size_t const from = number_in(r, "startAt");
    if (may_set_labels) all.push_back(json::object{{"fieldId", "labels"}, {"name", "Labels"}});
    for (field const& f : fields)
      if (f.on_screen) all.push_back(json::object{{"fieldId", f.id}, {"name", f.name}});
    std::size_t const end = (std::min)(all.size(), from + 2);
    json::array const page(all.begin() + static_cast<std::ptrdiff_t>((std::min)(from, end)),
                           all.begin() + static_cast<std::ptrdiff_t>(end));
    if (is_cloud) return reply(200, {{"fields", page}, {"total", all.size()}});
    return reply(200, {{"values", page}, {"isLast", end == all.size()}});
  }

  json::object about(bool is_own) const {
    if (!is_own) return {{"id", "10009"}, {"key", "OTHER"}, {"name", "Network"}};
    json::array all;
    for (std::string const& name : types)
      all.push_back(json::object{{"id", name == "Task" ? "3" : "4"}, {"name", name}});
    return {{"id", project_id}, {"key", project}, {"name", project_name}, {"issueTypes", all}};
  }
  at::http::response about_project() const { return reply(200, about(true)); }
  at::http::response find_projects(at::http::request const& r) const {
    if (auto no = strange_parameters(r, {"query", "startAt"})) return *no;
    bool const is_first = number_in(r, "startAt") == 0;
    return reply(200,
                 {{"values", json::array{about(!is_first)}}, {"total", 2}, {"isLast", !is_first}});
  }
  at::http::response permissions(at::http::request const& r) const {
    if (auto no = strange_parameters(r, {"projectKey", "permissions"})) return *no;
    json::object all;
    for (char const* name :
         {"BROWSE_PROJECTS", "CREATE_ISSUES", "EDIT_ISSUES", "ADD_COMMENTS", "TRANSITION_ISSUES"})
      all[name] = {
          {"key", name},
          {"havePermission", std::find(denied.begin(), denied.end(), name) == denied.end()}};
    return reply(200, {{"permissions", all}});
  }
};

/// Each deployment as a model of its own.
struct jira_cloud_model : jira_model {
  static at::plugins::jira::settings settings() { return jira_model::settings(true); }
};
struct jira_data_center_model : jira_model {
  jira_data_center_model() : jira_model(false) {}
  static at::plugins::jira::settings settings() { return jira_model::settings(false); }
};

} // namespace test
