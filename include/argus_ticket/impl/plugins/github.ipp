#ifndef ARGUS_TICKET_IMPL_PLUGINS_GITHUB_IPP
#define ARGUS_TICKET_IMPL_PLUGINS_GITHUB_IPP

#include <argus_ticket/detail/json.hpp>
#include <argus_ticket/document/markdown.hpp>
#include <argus_ticket/impl/plugins/github_access.ipp>
#include <argus_ticket/impl/plugins/github_replies.ipp>
#include <argus_ticket/plugin.hpp>
#include <argus_ticket/plugins/github.hpp>
#include <argus_ticket/plugins/support/labels.hpp>
#include <argus_ticket/plugins/support/markers.hpp>
#include <argus_ticket/plugins/support/numbers.hpp>
#include <argus_ticket/plugins/support/pages.hpp>
#include <argus_ticket/plugins/support/reply.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <array>
#include <span>
#include <utility>

namespace argus_ticket::plugins {

/// An issue with the marker that was looked for.
struct github::candidate {
  explicit candidate(ticket t, std::string a, bool m)
      : found(std::move(t)), author(std::move(a)), by_member(m) {}

  ticket found;
  std::string author;
  bool by_member; // of somebody who may set labels
};

github::github(settings s)
    : settings_(std::move(s)), owner_(settings_.information.project_namespace_and_name.substr(
                                   0, settings_.information.project_namespace_and_name.find('/'))),
      project_(settings_.information.project_namespace_and_name.substr(owner_.size() + 1)),
      web_(detail::github_pages(http::url::parse(settings_.endpoint).value())),
      api_(detail::github_api(http::url::parse(settings_.endpoint).value())),
      issues_(api_ / "repos" / owner_ / project_ / "issues") {}

http::url github::repository_url() const { return api_ / "repos" / owner_ / project_; }

http::url github::issue_url(std::string const& number) const {
  return repository_url() / "issues" / number;
}

http::request github::signed_with_token(http::request r) const {
  // Never destroyed: a request may go out while the program ends.
  static auto const& constants = *new std::array<http::field, 3>{
      http::field{"Content-Type", "application/json; charset=utf-8"},
      http::field{"Accept", "application/vnd.github+json"},
      http::field{"X-GitHub-Api-Version", "2022-11-28"}};
  // A body that was made as text says nothing of its type.
  bool const lacks_type = !r.body().empty() && r.headers().get("Content-Type").empty();
  std::span<http::field const> const fields = std::span{constants}.subspan(lacks_type ? 0 : 1);
  return std::move(r).constant_headers(fields).authorization("Bearer",
                                                             settings_.authentication.token);
}

auto github::signer() const {
  return [this](http::request r) { return signed_with_token(std::move(r)); };
}

std::string github::marker(incident_key const& key) { return support::hidden_marker(key); }

std::string github::comment_marker(incident_key const& key) {
  return support::hidden_comment_marker(key);
}

error github::error_of(http::response const& reply) { return detail::github_error(reply); }

rate_limits github::asked_of_clients() const {
  using namespace std::chrono_literals;
  std::string const host = web_.host();
  if (host != "github.com" && !host.ends_with(".ghe.com")) return {};
  rate_limits asked;
  asked.write_gap = 1s;
  asked.concurrent = 100;
  // The last one its replies tell of as well, but what is under way when it is used up would still
  // be refused.
  asked.budgets = {
      {60s, 900, 1, 5, 5}, {60s, 80, 0, 0, 1}, {3600s, 500, 0, 0, 1}, {3600s, 5'000, 1, 1, 1}};
  return asked;
}

std::string github::key_label(incident_key const& key) { return support::key_label(key); }

mapped_labels github::labels_of(incident const& from) const {
  constexpr std::size_t longest_label = 50;
  return support::map_labels(settings_.information.labels_set, settings_.information.labels_mapping,
                             from, longest_label);
}

result<std::string> github::number_of(ticket_ref const& which) const {
  return support::ticket_number(which, {web_ / owner_ / project_ / "issues"},
                                settings_.information.project_namespace_and_name);
}

bool github::is_reached(ticket const& known) const {
  return known.url.empty() || number_of(ticket_ref(known.url)).has_value();
}

error github::failed(http::response const& reply, std::string const& about) const {
  error e = detail::github_error(reply);
  e.where = about;
  if (e.code == errc::target_not_found)
    e.message = reply.status() == http::status::gone
                    ? "issues are disabled in the repository"
                    : "the repository does not exist, or the token may not see it";
  return e;
}

error github::ticket_failed(http::response const& reply, std::string const& number) const {
  error e = failed(reply, "ticket " + number);
  if (e.code == errc::target_not_found) {
    e.code = errc::ticket_not_found;
    e.message = "there is no such issue in " + settings_.information.project_namespace_and_name;
  }
  return e;
}

operation<ticket> github::create(draft d) const {
  std::vector<std::string> const labels = support::with_ticket_labels(d);
  support::append_marker(d.body, d.key);
  // The texts are not kept while the reply is waited for.
  std::string issue =
      detail::issue_text(std::exchange(d.title, {}), std::exchange(d.body, {}), labels);
  http::request request = http::post(issues_).body(std::move(issue));
  http::response const reply = co_await send(signed_with_token(std::move(request)));
  if (reply.status() != http::status::created)
    co_return failed(reply, settings_.information.project_namespace_and_name);
  boost::json::value const json = co_await support::json_of(reply);
  ticket opened = co_await detail::parse_github_issue(json, reply);
  opened.created = true;
  support::note_dropped_labels(support::labels_in(json), labels, opened);
  if (argus_ticket::detail::text_member(json, "body").find(marker(d.key)) == std::string_view::npos)
    opened.warnings.push_back({"body", "lost its marker: the ticket cannot be found again"});
  co_return opened;
}

operation<boost::json::value> github::issue_of(std::string number) const {
  http::response const reply = co_await send(signed_with_token(http::get(issue_url(number))));
  if (reply.status() != http::status::ok) co_return ticket_failed(reply, number);
  boost::json::value issue = co_await support::json_of(reply);
  co_await detail::parse_github_issue(issue, reply); // ends here where it is no issue
  if (argus_ticket::detail::member(issue, "pull_request") != nullptr)
    co_return error{errc::ticket_not_found, outcome::rejected, "this is a pull request, no issue",
                    "ticket " + number};
  co_return issue;
}

operation<boost::json::value> github::own_issue(std::string number) const {
  boost::json::value issue = co_await issue_of(number);
  if (support::hidden_marker_in(argus_ticket::detail::text_member(issue, "body")).empty())
    co_return support::not_marked(number);
  co_return issue;
}

operation<ticket> github::get(ticket_ref which) const {
  std::string const number = co_await number_of(which);
  boost::json::value const issue = co_await issue_of(number);
  co_return detail::github_ticket(issue);
}

operation<std::vector<github::candidate>> github::search(http::url list, std::string wanted) const {
  std::vector<candidate> marked;
  auto const visit = [&](boost::json::value const& issue,
                         http::response const& reply) -> result<bool> {
    if (argus_ticket::detail::member(issue, "pull_request") != nullptr ||
        argus_ticket::detail::text_member(issue, "body").find(wanted) == std::string_view::npos)
      return false;
    result<ticket> found = detail::parse_github_issue(issue, reply);
    if (!found) return found.error();
    marked.emplace_back(std::move(*found), detail::github_author(issue),
                        detail::is_by_member(issue));
    return false;
  };
  auto const failure = [this](http::response const& reply) {
    return failed(reply, settings_.information.project_namespace_and_name);
  };
  support::page_walk walk(std::move(list), "issues");
  co_await support::for_each_listed(std::move(walk), signer(), failure, visit);
  co_return marked;
}

operation<std::vector<ticket>> github::find(ticket_query q) const {
  http::url list = (repository_url() / "issues")
                       .with("state", "all")
                       .with("sort", "created")
                       .with("direction", "asc")
                       .with("per_page", "100");
  if (q.since)
    list = list.with(
        "since", to_string(timestamp{std::chrono::floor<std::chrono::seconds>(q.since->instant)}));
  // A ticket that was just opened with all its labels shows that labels stick.
  bool labels_stick = q.opened && q.opened->warnings.empty();
  if (!labels_stick) {
    boost::json::value const where = co_await repository();
    labels_stick = detail::may_label(where);
  }
  std::string self;
  if (!labels_stick) {
    self = co_await account();
    if (!self.empty()) list = list.with("creator", self);
  }
  if (labels_stick || self.empty()) list = list.with("labels", key_label(q.key));
  std::vector<candidate> marked = co_await search(std::move(list), marker(q.key));
  bool const all_by_members =
      std::all_of(marked.begin(), marked.end(), [](candidate const& one) { return one.by_member; });
  if (!all_by_members && labels_stick) self = co_await account();
  // Where the token has no account, that of an app, the label has to do: strangers cannot set it.
  bool const has_no_account = self.empty();
  std::vector<ticket> found;
  for (candidate& one : marked)
    if (one.by_member || has_no_account || http::iequals(one.author, self))
      found.push_back(std::move(one.found));
  co_return found;
}

operation<ticket> github::patch(std::string number, boost::json::object changes) const {
  http::request request = http::patch(issue_url(number)).json(changes);
  http::response const reply = co_await send(signed_with_token(std::move(request)));
  if (reply.status() != http::status::ok) co_return ticket_failed(reply, number);
  boost::json::value const json = co_await support::json_of(reply);
  co_return detail::parse_github_issue(json, reply);
}

operation<ticket> github::update(ticket_ref which, draft d) const {
  std::string const number = co_await number_of(which);
  boost::json::value const issue = co_await own_issue(number);
  std::string const kept =
      support::hidden_marker_in(argus_ticket::detail::text_member(issue, "body"));
  if (support::is_of_another(kept, d.key)) co_return support::belongs_to_another(number);
  boost::json::object changes;
  changes["title"] = d.title;
  changes["body"] = with_marker(d.body, d.key.empty() ? kept : marker(d.key));
  ticket updated = co_await patch(number, std::move(changes));

  std::vector<std::string> const missing =
      support::labels_not_in(support::labels_in(issue), support::with_ticket_labels(d));
  if (missing.empty()) co_return updated;
  // The ticket is updated: labels that cannot be added must not make that a failure.
  result<void> const added = co_await as_result(add_labels(number, missing));
  if (!added)
    for (std::string const& one : missing)
      updated.warnings.push_back(
          {"label '" + one + "'", "could not be added: " + to_string(added.error())});
  co_return updated;
}

operation<void> github::add_labels(std::string number, std::vector<std::string> names) const {
  boost::json::object labels;
  labels["labels"] = boost::json::array(names.begin(), names.end());
  // Adding a label twice is the same as once.
  http::request request = http::post(issue_url(number) / "labels")
                              .json(labels)
                              .repeatable_as(http::idempotency::idempotent)
                              .low_urgency();
  http::response const reply = co_await send(signed_with_token(std::move(request)));
  if (reply.status() != http::status::ok) co_return ticket_failed(reply, number);
  boost::json::value const list = co_await support::json_of(reply);
  if (!list.is_array()) co_return support::bad_reply(reply, "the list of labels is no list");
  co_return result<void>{};
}

operation<argus_ticket::comment> github::comment(ticket_ref which, std::string text) const {
  std::string const number = co_await number_of(which);
  boost::json::object body;
  body["body"] = text;
  http::request request = http::post(issue_url(number) / "comments").json(body).low_urgency();
  http::response const reply = co_await send(signed_with_token(std::move(request)));
  if (reply.status() != http::status::created) co_return ticket_failed(reply, number);
  boost::json::value const json = co_await support::json_of(reply);
  co_return detail::parse_github_comment(json, reply);
}

operation<std::optional<argus_ticket::comment>> github::find_comment(ticket_ref which,
                                                                     incident_key key) const {
  std::string const number = co_await number_of(which);
  std::string const wanted = comment_marker(key);
  std::optional<argus_ticket::comment> found;
  auto const visit = [&](boost::json::value const& one,
                         http::response const& reply) -> result<bool> {
    if (argus_ticket::detail::text_member(one, "body").find(wanted) == std::string_view::npos)
      return false;
    result<argus_ticket::comment> read = detail::parse_github_comment(one, reply);
    if (!read) return read.error();
    found = std::move(*read);
    return true;
  };
  auto const failure = [&](http::response const& reply) { return ticket_failed(reply, number); };
  support::page_walk walk((issue_url(number) / "comments").with("per_page", "100"), "comments");
  co_await support::for_each_listed(std::move(walk), signer(), failure, visit);
  co_return found;
}

operation<ticket> github::close(ticket_ref which, close_reason why) const {
  std::string const number = co_await number_of(which);
  boost::json::value const issue = co_await own_issue(number);
  if (argus_ticket::detail::text_member(issue, "state") == "closed")
    co_return detail::github_ticket(issue);
  boost::json::object changes;
  changes["state"] = "closed";
  changes["state_reason"] = why == close_reason::completed ? "completed" : "not_planned";
  co_return co_await patch(number, std::move(changes));
}

operation<ticket> github::reopen(ticket_ref which) const {
  std::string const number = co_await number_of(which);
  boost::json::value const issue = co_await own_issue(number);
  if (argus_ticket::detail::text_member(issue, "state") == "open")
    co_return detail::github_ticket(issue);
  boost::json::object changes;
  changes["state"] = "open";
  changes["state_reason"] = "reopened";
  co_return co_await patch(number, std::move(changes));
}

std::string github::prefilled_url(draft const& d) const {
  return (web_ / owner_ / project_ / "issues" / "new")
      .with("title", d.title)
      .with("body", with_marker(d.body, marker(d.key)))
      .with("labels", support::joined(support::with_ticket_labels(d), ","))
      .string();
}

} // namespace argus_ticket::plugins

#endif
