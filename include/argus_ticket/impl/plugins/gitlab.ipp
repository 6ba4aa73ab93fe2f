#ifndef ARGUS_TICKET_IMPL_PLUGINS_GITLAB_IPP
#define ARGUS_TICKET_IMPL_PLUGINS_GITLAB_IPP

#include <argus_ticket/detail/json.hpp>
#include <argus_ticket/document/gitlab_markdown.hpp>
#include <argus_ticket/impl/plugins/gitlab_access.ipp>
#include <argus_ticket/impl/plugins/gitlab_replies.ipp>
#include <argus_ticket/plugin.hpp>
#include <argus_ticket/plugins/gitlab.hpp>
#include <argus_ticket/plugins/support/labels.hpp>
#include <argus_ticket/plugins/support/markers.hpp>
#include <argus_ticket/plugins/support/numbers.hpp>
#include <argus_ticket/plugins/support/pages.hpp>
#include <argus_ticket/plugins/support/reply.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>

namespace argus_ticket::plugins {

gitlab::gitlab(settings s)
    : settings_(std::move(s)), web_(http::url::parse(settings_.endpoint).value()),
      api_(web_ / "api" / "v4") {}

std::string const& gitlab::project() const noexcept {
  return settings_.information.project_namespace_and_name;
}

http::url gitlab::project_url() const { return api_ / "projects" / project(); }

http::url gitlab::issue_url(std::string const& number) const {
  return project_url() / "issues" / number;
}

http::url gitlab::project_page() const {
  http::url page = web_;
  for (std::string_view rest = project(); !rest.empty();) {
    std::size_t const slash = (std::min)(rest.find('/'), rest.size());
    page = page / rest.substr(0, slash);
    rest.remove_prefix((std::min)(slash + 1, rest.size()));
  }
  return page;
}

http::url gitlab::issue_page(std::string const& number) const {
  return project_page() / "-" / "issues" / number;
}

http::request gitlab::signed_with_token(http::request r) const {
  return std::move(r)
      .header("Accept", "application/json")
      .header("PRIVATE-TOKEN", settings_.authentication.token);
}

auto gitlab::signer() const {
  return [this](http::request r) { return signed_with_token(std::move(r)); };
}

std::string gitlab::marker(incident_key const& key) { return support::hidden_marker(key); }

std::string gitlab::comment_marker(incident_key const& key) {
  return support::hidden_comment_marker(key);
}

error gitlab::error_of(http::response const& reply) { return detail::gitlab_error(reply); }

mapped_labels gitlab::labels_of(incident const& from) const {
  constexpr std::size_t longest_label = 255;
  return support::map_labels(settings_.information.labels_set, settings_.information.labels_mapping,
                             from, longest_label, ",;<(>)");
}

result<std::string> gitlab::number_of(ticket_ref const& which) const {
  http::url const page = project_page();
  return support::ticket_number(which,
                                {page / "-" / "issues" / "incident", page / "-" / "issues",
                                 page / "-" / "work_items", page / "issues"},
                                project());
}

bool gitlab::is_reached(ticket const& known) const {
  return known.url.empty() || number_of(ticket_ref(known.url)).has_value();
}

error gitlab::failed(http::response const& reply, std::string const& about) const {
  error e = detail::gitlab_error(reply);
  e.where = about;
  if (e.code == errc::target_not_found)
    e.message = "the project does not exist, or the token may not see it";
  return e;
}

error gitlab::ticket_failed(http::response const& reply, std::string const& number) const {
  error e = failed(reply, "ticket " + number);
  if (e.code == errc::target_not_found && e.server_message.find("Project") == std::string::npos) {
    e.code = errc::ticket_not_found;
    e.message = "there is no such issue in " + project();
  }
  return e;
}

operation<ticket> gitlab::create(draft d) const {
  std::vector<std::string> const labels = support::with_ticket_labels(d);
  boost::json::object issue;
  issue["title"] = d.title;
  issue["description"] = with_marker(d.body, marker(d.key));
  issue["labels"] = support::joined(labels, ",");
  if (settings_.information.confidential) issue["confidential"] = true;
  if (!settings_.information.issue_type.empty())
    issue["issue_type"] = settings_.information.issue_type;
  http::request request = http::post(project_url() / "issues").json(issue);
  http::response const reply = co_await send(signed_with_token(std::move(request)));
  if (reply.status() != http::status::created) co_return failed(reply, project());
  boost::json::value const json = co_await support::json_of(reply);
  ticket opened = co_await detail::parse_gitlab_issue(json, reply);
  opened.created = true;
  std::vector<std::string> there = support::labels_in(json);
  if (!d.key.empty() && !support::has_label(json, support::key_label(d.key))) {
    // Without that label the ticket might not be found again.
    boost::json::object changes;
    changes["add_labels"] = support::joined(labels, ",");
    result<boost::json::value> const mended =
        co_await as_result(put(opened.number, std::move(changes)));
    if (mended) there = support::labels_in(*mended);
  }
  support::note_dropped_labels(there, labels, opened);
  if (argus_ticket::detail::text_member(json, "description").find(marker(d.key)) ==
      std::string_view::npos)
    opened.warnings.push_back({"description", "lost its marker: the ticket cannot be found again"});
  if (settings_.information.confidential &&
      argus_ticket::detail::bool_member(json, "confidential") != true)
    opened.warnings.push_back({"confidential", "was dropped by the server: everybody can see it"});
  if (std::string_view const type = argus_ticket::detail::text_member(json, "issue_type");
      !settings_.information.issue_type.empty() && type != settings_.information.issue_type)
    opened.warnings.push_back({"issue_type", "was dropped by the server"});
  co_return opened;
}

operation<boost::json::value> gitlab::issue_of(std::string number) const {
  http::response const reply = co_await send(signed_with_token(http::get(issue_url(number))));
  if (reply.status() != http::status::ok) co_return ticket_failed(reply, number);
  boost::json::value issue = co_await support::json_of(reply);
  co_await detail::parse_gitlab_issue(issue, reply); // ends here where it is no issue
  co_return issue;
}

operation<boost::json::value> gitlab::own_issue(std::string number) const {
  boost::json::value issue = co_await issue_of(number);
  if (support::hidden_marker_in(argus_ticket::detail::text_member(issue, "description")).empty())
    co_return support::not_marked(number);
  co_return issue;
}

operation<ticket> gitlab::get(ticket_ref which) const {
  std::string const number = co_await number_of(which);
  boost::json::value const issue = co_await issue_of(number);
  co_return detail::gitlab_ticket(issue);
}

operation<std::vector<ticket>> gitlab::find(ticket_query q) const {
  http::url list = (project_url() / "issues")
                       .with("state", "all")
                       .with("order_by", "created_at")
                       .with("sort", "asc")
                       .with("per_page", "100");
  if (q.since)
    list =
        list.with("created_after",
                  to_string(timestamp{std::chrono::floor<std::chrono::seconds>(q.since->instant)}));
  // A ticket that was just opened with all its labels shows that labels stick.
  bool by_label = q.opened && q.opened->warnings.empty();
  if (!by_label) {
    boost::json::value where = co_await project_there();
    by_label = co_await labels_stick(std::move(where));
  }
  std::string const label = support::key_label(q.key);
  std::string self;
  if (by_label) {
    list = list.with("labels", label);
  } else {
    boost::json::value const user = co_await account();
    self = argus_ticket::detail::text_member(user, "username");
    list = list.with("scope", "created_by_me");
  }
  std::string const wanted = marker(q.key);
  std::vector<ticket> found;
  auto const visit = [&](boost::json::value const& issue,
                         http::response const& reply) -> result<bool> {
    bool const is_ours =
        by_label ? support::has_label(issue, label) : detail::gitlab_author(issue) == self;
    if (!is_ours || argus_ticket::detail::text_member(issue, "description").find(wanted) ==
                        std::string_view::npos)
      return false;
    result<ticket> read = detail::parse_gitlab_issue(issue, reply);
    if (!read) return read.error();
    found.push_back(std::move(*read));
    return false;
  };
  auto const failure = [this](http::response const& reply) { return failed(reply, project()); };
  support::page_walk walk(std::move(list), "issues");
  co_await support::for_each_listed(std::move(walk), signer(), failure, visit);
  co_return found;
}

operation<boost::json::value> gitlab::put(std::string number, boost::json::object changes) const {
  http::request request = http::put(issue_url(number)).json(changes);
  http::response const reply = co_await send(signed_with_token(std::move(request)));
  if (reply.status() != http::status::ok) co_return ticket_failed(reply, number);
  boost::json::value issue = co_await support::json_of(reply);
  co_await detail::parse_gitlab_issue(issue, reply);
  co_return issue;
}

operation<ticket> gitlab::update(ticket_ref which, draft d) const {
  std::string const number = co_await number_of(which);
  boost::json::value const issue = co_await own_issue(number);
  std::string const kept =
      support::hidden_marker_in(argus_ticket::detail::text_member(issue, "description"));
  if (support::is_of_another(kept, d.key)) co_return support::belongs_to_another(number);
  std::vector<std::string> const labels = support::with_ticket_labels(d);
  boost::json::object changes;
  changes["title"] = d.title;
  changes["description"] = with_marker(d.body, d.key.empty() ? kept : marker(d.key));
  changes["add_labels"] = support::joined(labels, ",");
  boost::json::value const changed = co_await put(number, std::move(changes));
  ticket updated = detail::gitlab_ticket(changed);
  support::note_dropped_labels(support::labels_in(changed), labels, updated);
  co_return updated;
}

operation<argus_ticket::comment> gitlab::comment(ticket_ref which, std::string text) const {
  std::string const number = co_await number_of(which);
  boost::json::object body;
  body["body"] = text;
  http::request request = http::post(issue_url(number) / "notes").json(body).low_urgency();
  http::response const reply = co_await send(signed_with_token(std::move(request)));
  if (reply.status() != http::status::created) co_return ticket_failed(reply, number);
  boost::json::value const note = co_await support::json_of(reply);
  co_return detail::parse_gitlab_note(note, issue_page(number), reply);
}

operation<std::optional<argus_ticket::comment>> gitlab::find_comment(ticket_ref which,
                                                                     incident_key key) const {
  std::string const number = co_await number_of(which);
  std::string const wanted = comment_marker(key);
  std::optional<argus_ticket::comment> found;
  auto const visit = [&](boost::json::value const& note,
                         http::response const& reply) -> result<bool> {
    // What GitLab itself tells of an issue may quote texts of it.
    if (argus_ticket::detail::bool_member(note, "system") == true ||
        argus_ticket::detail::text_member(note, "body").find(wanted) == std::string_view::npos)
      return false;
    result<argus_ticket::comment> read = detail::parse_gitlab_note(note, issue_page(number), reply);
    if (!read) return read.error();
    found = std::move(*read);
    return true;
  };
  auto const failure = [&](http::response const& reply) { return ticket_failed(reply, number); };
  support::page_walk walk((issue_url(number) / "notes").with("per_page", "100"), "comments");
  co_await support::for_each_listed(std::move(walk), signer(), failure, visit);
  co_return found;
}

operation<ticket> gitlab::change_state(std::string number, ticket_state wanted,
                                       boost::json::object changes) const {
  boost::json::value const issue = co_await own_issue(number);
  ticket const before = detail::gitlab_ticket(issue);
  if (before.state == wanted) co_return before;
  changes["state_event"] = wanted == ticket_state::closed ? "close" : "reopen";
  bool const is_labelled = changes.contains("add_labels");
  boost::json::value const changed = co_await put(number, std::move(changes));
  ticket after = detail::gitlab_ticket(changed);
  if (after.state != wanted) // as it does where the discussion is locked
    co_return error{errc::refused, outcome::rejected, "GitLab left the issue's state as it was",
                    "ticket " + number};
  if (is_labelled && after.closed_as != close_reason::not_planned)
    after.warnings.push_back({"label '" + std::string{detail::not_planned_label} + "'",
                              "was dropped by the server: the account may not set labels"});
  co_return after;
}

operation<ticket> gitlab::close(ticket_ref which, close_reason why) const {
  std::string number = co_await number_of(which);
  boost::json::object changes;
  if (why == close_reason::not_planned) changes["add_labels"] = detail::not_planned_label;
  co_return co_await change_state(std::move(number), ticket_state::closed, std::move(changes));
}

operation<ticket> gitlab::reopen(ticket_ref which) const {
  std::string number = co_await number_of(which);
  boost::json::object changes;
  changes["remove_labels"] = detail::not_planned_label;
  co_return co_await change_state(std::move(number), ticket_state::open, std::move(changes));
}

std::string gitlab::prefilled_url(draft const& d) const {
  std::string body = with_marker(d.body, marker(d.key));
  std::vector<std::string> const labels = support::with_ticket_labels(d);
  body += "\n\n/label";
  for (std::string const& label : labels)
    if (label.find('"') == std::string::npos) body += " ~\"" + label + '"';
  http::url page = (project_page() / "-" / "issues" / "new")
                       .with("issue[title]", d.title)
                       .with("issue[description]", body);
  if (settings_.information.confidential) page = page.with("issue[confidential]", "true");
  if (!settings_.information.issue_type.empty())
    page = page.with("issue[issue_type]", settings_.information.issue_type);
  return page.string();
}

} // namespace argus_ticket::plugins

#endif
