#ifndef ARGUS_TICKET_IMPL_PLUGINS_JIRA_ISSUES_IPP
#define ARGUS_TICKET_IMPL_PLUGINS_JIRA_ISSUES_IPP

// Issues: what a draft makes of them, and how they are opened, found, read and changed.

#include <argus_ticket/plugin.hpp>
#include <argus_ticket/plugins/jira.hpp>

namespace argus_ticket::plugins {

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
      changes.dispensable.push_back(found.front().id);
    }
  }
  std::string const& given = settings_.information.key_field;
  if (given.empty() || d.key.empty()) co_return changes;
  detail::jira_field const key_field = co_await detail::jira_key_field(changes.known, given);
  changes.fields[key_field.id] = d.key.value;
  std::erase(changes.dispensable, key_field.id);
  co_return changes;
}

std::vector<std::string> jira::labels_for(draft const& d) const {
  std::vector<std::string> labels = d.labels;
  if (!settings_.information.key_field.empty()) return labels;
  labels.emplace_back(support::ticket_label);
  if (!d.key.empty()) labels.push_back(key_label(d.key));
  return labels;
}

operation<ticket> jira::create(draft d) const {
  auto project = co_await as_result(project_reference());
  if (!project) co_return detail::before_writing(std::move(project).error());
  auto looked_up = co_await as_result(changes_of(d));
  if (!looked_up) co_return detail::before_writing(std::move(looked_up).error());
  detail::jira_changes changes = std::move(*looked_up);
  changes.fields["project"] = *project;
  changes.fields["issuetype"] =
      boost::json::object{{detail::is_all_digits(type()) ? "id" : "name", type()}};
  std::vector<std::string> const labels = labels_for(d);
  if (!labels.empty()) changes.fields["labels"] = boost::json::array(labels.begin(), labels.end());
  bool const has_key_field = !settings_.information.key_field.empty();
  if (has_key_field) changes.dispensable.emplace_back("labels"); // else it would not be found
  auto const made = [&] {
    boost::json::object issue;
    issue["fields"] = changes.fields;
    issue["properties"] =
        detail::jira_properties(detail::jira_property, detail::jira_property_value(d.key.value));
    return signed_request(http::post(api_ / "issue").json(issue));
  };
  http::request request = made();
  http::response reply = co_await send(std::move(request));
  if (detail::leave_out_refused(reply, changes)) { // nothing was opened
    http::request without = made();
    reply = co_await send(std::move(without));
  }
  if (reply.status() != http::status::created) {
    error refused = detail::jira_error(reply);
    refused.where = settings_.information.project_key_or_id;
    refused.problems = co_await named(std::move(refused.problems), std::move(changes.known));
    if (!has_key_field)
      for (problem& p : refused.problems)
        if (p.where == "Labels")
          p.what += "; where labels cannot be set, let TICKET_INFORMATION.key_field name a text "
                    "field for the key";
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
    // Its key is another one if it was moved since.
    if (q.opened && argus_ticket::detail::id_member(*issue, "id") == q.opened->id) continue;
    if (is_own && detail::jira_mark_of(*issue, key_field).has(q.key.value))
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
  detail::jira_mark const mark = detail::jira_mark_of(issue, key_field);
  if (!d.key.empty() && !mark.keys.empty() && !mark.has(d.key.value))
    co_return support::belongs_to_another(number);
  detail::jira_changes changes = co_await changes_of(d);
  // The library's own labels too, which people may have taken away.
  boost::json::array labels;
  for (std::string const& label : labels_for(d))
    if (!support::has_label(issue.at("fields"), label))
      labels.push_back(boost::json::object{{"add", label}});
  if (!labels.empty()) changes.update["labels"] = std::move(labels);
  changes.dispensable.emplace_back("labels");
  auto const made = [&] {
    boost::json::object body;
    body["fields"] = changes.fields;
    if (!changes.update.empty()) body["update"] = changes.update;
    return signed_request(http::put(issue_url(number)).json(body));
  };
  http::request request = made();
  http::response reply = co_await send(std::move(request));
  if (detail::leave_out_refused(reply, changes)) {
    http::request without = made();
    reply = co_await send(std::move(without));
  }
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
  else if (auto const* fields = argus_ticket::detail::member(*after, "fields");
           fields != nullptr && changes.update.contains("labels"))
    support::note_dropped_labels(support::labels_in(*fields), d.labels, updated);
  co_return updated;
}

} // namespace argus_ticket::plugins

#endif
