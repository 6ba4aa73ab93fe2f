#ifndef ARGUS_TICKET_IMPL_PLUGINS_JIRA_IPP
#define ARGUS_TICKET_IMPL_PLUGINS_JIRA_IPP

#include <argus_ticket/detail/base64.hpp>
#include <argus_ticket/detail/json.hpp>
#include <argus_ticket/impl/plugins/jira_replies.ipp>
#include <argus_ticket/impl/plugins/jira_values.ipp>
#include <argus_ticket/plugins/jira.hpp>
#include <argus_ticket/plugins/support/fields.hpp>
#include <argus_ticket/plugins/support/labels.hpp>
#include <argus_ticket/plugins/support/markers.hpp>
#include <argus_ticket/plugins/support/reply.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/parse.hpp>

#include <algorithm>

namespace argus_ticket::plugins {
namespace detail {

inline bool is_jira_cloud(jira::settings const& s) {
  return s.information.deployment.empty() ? !s.authentication.email.empty()
                                          : s.information.deployment == "cloud";
}

inline secret jira_credentials(jira::settings const& s) {
  auto const& a = s.authentication;
  if (is_jira_cloud(s)) return argus_ticket::detail::basic_credentials(a.email, a.token);
  if (a.token.empty()) return argus_ticket::detail::basic_credentials(a.username, a.password);
  return a.token;
}

/// The property that carries the key.
inline boost::json::object jira_property_value(std::string const& key) {
  boost::json::object value{{"version", 1}};
  if (!key.empty()) value["key"] = key;
  return value;
}

inline boost::json::array jira_properties(std::string_view name, boost::json::object value) {
  boost::json::object property{{"key", name}};
  property["value"] = std::move(value);
  return {std::move(property)};
}

} // namespace detail

std::vector<problem> jira::problems_of(settings const& s) {
  std::vector<problem> problems;
  auto const& a = s.authentication;
  std::string const where = "TICKET_AUTHENTICATION_SECRET";
  bool const is_cloud = detail::is_jira_cloud(s);
  bool const by_password = !a.username.empty() || !a.password.empty();
  if (a.token.empty() && (is_cloud || !by_password) && a.token.problem().empty())
    problems.push_back({where + ".token", "is missing or empty"});
  if (is_cloud && a.email.empty())
    problems.push_back({where + ".email", "is missing: Jira Cloud asks for it beside the token"});
  if (by_password && is_cloud)
    problems.push_back(
        {where + ".password", "is of no use with Jira Cloud: it takes an API token"});
  else if (by_password && !a.token.empty())
    problems.push_back({where + ".token", "is given beside a user name: keep one of the two"});
  else if (by_password && a.username.empty())
    problems.push_back({where + ".username", "is missing"});
  else if (by_password && a.password.empty() && a.password.problem().empty())
    problems.push_back({where + ".password", "is missing or empty"});
  auto const check_name = [&](std::string_view setting, std::string const& name) {
    for (char const* own : {"Summary", "Description", "Project", "Issue Type", "Labels"})
      if (http::iequals(name, own) || detail::is_own_jira_field(name)) {
        problems.push_back({"TICKET_INFORMATION." + std::string{setting} + '.' + name,
                            "is no custom field: this library writes it itself"});
        return;
      }
  };
  for (custom_field const& one : s.information.custom_fields_set)
    check_name("custom_fields_set", one.name);
  for (field_mapping const& one : s.information.custom_fields_mapping)
    check_name("custom_fields_mapping", one.name);
  return problems;
}

jira::jira(settings s)
    : settings_(std::move(s)), is_cloud_(detail::is_jira_cloud(settings_)),
      credentials_(detail::jira_credentials(settings_)),
      web_(http::url::parse(settings_.endpoint).value()),
      api_(web_ / "rest" / "api" / (is_cloud_ ? "3" : "2")) {}

http::request jira::signed_request(http::request r) const {
  bool const is_basic = is_cloud_ || settings_.authentication.token.empty();
  return std::move(r)
      .header("Accept", "application/json")
      .authorization(is_basic ? "Basic" : "Bearer", credentials_);
}

http::url jira::issue_url(std::string const& number) const { return api_ / "issue" / number; }

std::string jira::key_label(incident_key const& key) {
  return key.empty() ? std::string{} : std::string{detail::jira_key_label_start} + key.value;
}

error jira::error_of(http::response const& reply) { return detail::jira_error(reply); }

mapped_labels jira::labels_of(incident const& from) const {
  constexpr std::size_t longest_label = 255;
  mapped_labels mapped = support::map_labels(
      settings_.information.labels_set, settings_.information.labels_mapping, from, longest_label);
  std::vector<std::string> labels;
  for (std::string& label : mapped.labels) {
    std::replace(label.begin(), label.end(), ' ', '_');
    label = document::cut(label, longest_label, document::length_unit::utf16);
    if (std::find(labels.begin(), labels.end(), label) == labels.end())
      labels.push_back(std::move(label));
  }
  mapped.labels = std::move(labels);
  return mapped;
}

mapped_fields jira::fields_of(incident const& from) const {
  return support::map_fields(settings_.information.custom_fields_set,
                             settings_.information.custom_fields_mapping, from);
}

result<std::string> jira::number_of(ticket_ref const& which) const {
  std::string number = which.number;
  if (auto const page = http::url::parse(number)) {
    std::string const start = (web_ / "browse").path() + '/';
    if (page->same_origin(web_) && page->path().starts_with(start))
      number = page->path().substr(start.size());
  }
  if (!detail::is_jira_key(number))
    return error{errc::ticket_not_found, outcome::rejected,
                 "this is neither the key nor the page of an issue of this Jira", "ticket"};
  return number;
}

bool jira::is_reached(ticket const& known) const {
  if (known.url.empty()) return true;
  auto const number = number_of(ticket_ref(known.url));
  if (!number) return false;
  std::string const& project = settings_.information.project_key_or_id;
  // An id or a name does not tell the key.
  return !detail::is_jira_key(project + "-1") || number->starts_with(project + '-');
}

error jira::ticket_failed(http::response const& reply, std::string const& number) const {
  error e = detail::jira_error(reply);
  e.where = "ticket " + number;
  if (e.code == errc::target_not_found) {
    e.code = errc::ticket_not_found;
    e.message = "the issue does not exist, or the account may not see it";
  }
  return e;
}

operation<boost::json::value> jira::fetch(http::url from, std::string about) const {
  http::response const reply = co_await send(signed_request(http::get(std::move(from))));
  if (reply.status() != http::status::ok) {
    error e = detail::jira_error(reply);
    e.where = about;
    co_return e;
  }
  co_return support::json_of(reply);
}

/// A text in the plugin's dialect, as the API takes it.
boost::json::value jira::text_in_format(std::string const& text) const {
  if (!is_cloud_) return boost::json::value(text);
  boost::system::error_code problem;
  boost::json::value document = boost::json::parse(text, problem);
  return problem ? detail::jira_rich_text(text) : document; // a text that nobody has rendered
}

operation<detail::jira_changes> jira::changes_of(draft d) const {
  detail::jira_changes changes;
  changes.known = co_await fields_for(d.fields);
  changes.fields["summary"] = d.title;
  if (!d.body.empty()) changes.fields["description"] = text_in_format(d.body);
  for (custom_field const& one : d.fields) {
    std::vector<detail::jira_field> const found =
        detail::jira_fields_named(changes.known, one.name);
    auto const leave_out = [&](std::string why) {
      changes.warnings.push_back(
          {"field '" + support::presentable(one.name) + "'", std::move(why)});
    };
    if (found.empty()) {
      leave_out(detail::no_such_jira_field(changes.known, one.name));
    } else if (found.size() > 1) {
      leave_out("is left out: several fields have this name; give the id of one");
    } else if (detail::is_own_jira_field(found.front().id)) {
      leave_out("is left out: this library writes it itself");
    } else if (auto value = detail::jira_value(found.front(), one.values, is_cloud_); !value) {
      leave_out(value.error().message);
    } else {
      changes.fields[found.front().id] = std::move(*value);
    }
  }
  std::string const& key_field = settings_.information.key_field;
  if (key_field.empty() || d.key.empty()) co_return changes;
  std::vector<detail::jira_field> const found = detail::jira_fields_named(changes.known, key_field);
  if (found.size() != 1 || found.front().type != "string")
    co_return error{errc::invalid_settings, outcome::rejected,
                    found.empty()      ? detail::no_such_jira_field(changes.known, key_field)
                    : found.size() > 1 ? "several fields have this name; give the id of one"
                                       : "is no text field",
                    "TICKET_INFORMATION.key_field"};
  changes.fields[found.front().id] = d.key.value;
  co_return changes;
}

operation<ticket> jira::create(draft d) const {
  auto project = co_await as_result(project_reference());
  if (!project) co_return detail::before_writing(std::move(project).error());
  auto looked_up = co_await as_result(changes_of(d));
  if (!looked_up) co_return detail::before_writing(std::move(looked_up).error());
  detail::jira_changes changes = std::move(*looked_up);
  std::string const& type = settings_.information.type;
  bool const is_id = !type.empty() && type.find_first_not_of("0123456789") == std::string::npos;
  changes.fields["project"] = *project;
  changes.fields["issuetype"] =
      boost::json::object{{is_id ? "id" : "name", type.empty() ? std::string{"Task"} : type}};
  boost::json::array labels(d.labels.begin(), d.labels.end());
  if (settings_.information.key_field.empty()) {
    labels.push_back(boost::json::value(support::ticket_label));
    if (!d.key.empty()) labels.push_back(boost::json::value(key_label(d.key)));
  }
  if (!labels.empty()) changes.fields["labels"] = std::move(labels);
  boost::json::object issue;
  issue["fields"] = std::move(changes.fields);
  issue["properties"] =
      detail::jira_properties(detail::jira_property, detail::jira_property_value(d.key.value));
  http::request request = http::post(api_ / "issue").json(issue);
  http::response const reply = co_await send(signed_request(std::move(request)));
  if (reply.status() != http::status::created) {
    error refused = detail::jira_error(reply);
    refused.where = settings_.information.project_key_or_id;
    refused.problems = co_await named(std::move(refused.problems), std::move(changes.known));
    co_return refused;
  }
  boost::json::value const json = co_await support::json_of(reply);
  ticket opened;
  opened.system = "jira";
  opened.id = argus_ticket::detail::id_member(json, "id");
  opened.number = argus_ticket::detail::text_member(json, "key");
  if (opened.id.empty() || !detail::is_jira_key(opened.number))
    co_return support::bad_reply(reply, "the reply is no issue: it has no id or key");
  opened.url = (web_ / "browse" / opened.number).string();
  // Jira tells no more. To ask would be a step that fails where the ticket exists.
  opened.title = d.title;
  opened.state = ticket_state::open;
  opened.created = true;
  opened.warnings = std::move(changes.warnings);
  co_return opened;
}

operation<boost::json::value> jira::issue_of(std::string number, std::string key_field) const {
  std::string fields{detail::jira_issue_fields};
  if (!key_field.empty()) fields += ',' + key_field;
  http::url const from =
      issue_url(number).with("fields", fields).with("properties", detail::jira_property);
  http::response const reply = co_await send(signed_request(http::get(from)));
  if (reply.status() != http::status::ok) co_return ticket_failed(reply, number);
  boost::json::value issue = co_await support::json_of(reply);
  co_await detail::parse_jira_issue(issue, web_, reply); // ends here where it is no issue
  co_return issue;
}

operation<boost::json::value> jira::own_issue(std::string number, std::string key_field) const {
  boost::json::value issue = co_await issue_of(number, key_field);
  if (!detail::jira_mark_of(issue, key_field).is_there) co_return support::not_marked(number);
  std::string const self = co_await account();
  auto const* creator = detail::jira_at(issue, {"fields", "creator"});
  if (creator == nullptr || detail::jira_account(*creator) != self)
    co_return error{errc::not_ours, outcome::rejected, "the issue was opened by another account",
                    "ticket " + number};
  co_return issue;
}

operation<ticket> jira::get(ticket_ref which) const {
  std::string const number = co_await number_of(which);
  boost::json::value const issue = co_await issue_of(number, {});
  co_return detail::jira_ticket(issue, web_);
}

operation<std::vector<ticket>> jira::find(ticket_query q) const {
  std::string const key_field = co_await key_field_id();
  std::vector<std::string> const candidates = co_await search(q, key_field);
  std::vector<ticket> found;
  if (q.opened) found.push_back(*q.opened);
  std::string self;
  for (std::string const& number : candidates) {
    if (q.opened && q.opened->number == number) continue;
    if (self.empty()) self = co_await account();
    // The index may be behind, and was written by whoever: the issue itself tells.
    auto const issue = co_await as_result(issue_of(number, key_field));
    if (!issue && issue.error().code == errc::ticket_not_found) continue; // deleted since
    if (!issue) co_return issue.error();
    auto const* creator = detail::jira_at(*issue, {"fields", "creator"});
    bool const is_own = creator != nullptr && detail::jira_account(*creator) == self;
    if (is_own && detail::jira_mark_of(*issue, key_field).key == q.key.value)
      found.push_back(detail::jira_ticket(*issue, web_));
  }
  // Jira answers those whom it does not know with an empty list.
  if (self.empty() && !q.opened) co_await account();
  // Ids are numbers that grow.
  std::sort(found.begin(), found.end(), [](ticket const& a, ticket const& b) {
    return a.id.size() != b.id.size() ? a.id.size() < b.id.size() : a.id < b.id;
  });
  co_return found;
}

operation<ticket> jira::update(ticket_ref which, draft d) const {
  std::string const number = co_await number_of(which);
  std::string const key_field = co_await key_field_id();
  boost::json::value const issue = co_await own_issue(number, key_field);
  std::string const kept = detail::jira_mark_of(issue, key_field).key;
  if (!d.key.empty() && !kept.empty() && kept != d.key.value)
    co_return support::belongs_to_another(number);
  detail::jira_changes changes = co_await changes_of(d);
  boost::json::object body;
  body["fields"] = std::move(changes.fields);
  if (!d.labels.empty()) {
    boost::json::array labels;
    for (std::string const& label : d.labels) labels.push_back(boost::json::object{{"add", label}});
    body["update"] = boost::json::object{{"labels", std::move(labels)}};
  }
  http::request request = http::put(issue_url(number)).json(body);
  http::response const reply = co_await send(signed_request(std::move(request)));
  if (reply.status() != http::status::no_content && reply.status() != http::status::ok) {
    error refused = ticket_failed(reply, number);
    refused.problems = co_await named(std::move(refused.problems), std::move(changes.known));
    co_return refused;
  }
  // The change is made: a look that fails must not make it a failure.
  auto const after = co_await as_result(issue_of(number, key_field));
  ticket updated = detail::jira_ticket(after ? *after : issue, web_);
  updated.warnings = std::move(changes.warnings);
  if (!after)
    updated.title = d.title;
  else if (auto const* fields = argus_ticket::detail::member(*after, "fields"))
    support::note_dropped_labels(support::labels_in(*fields), d.labels, updated);
  co_return updated;
}

} // namespace argus_ticket::plugins

#include <argus_ticket/impl/plugins/jira_comments.ipp>
#include <argus_ticket/impl/plugins/jira_lookups.ipp>
#include <argus_ticket/impl/plugins/jira_workflow.ipp>

#endif
