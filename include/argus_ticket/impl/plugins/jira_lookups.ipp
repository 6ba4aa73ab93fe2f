#ifndef ARGUS_TICKET_IMPL_PLUGINS_JIRA_LOOKUPS_IPP
#define ARGUS_TICKET_IMPL_PLUGINS_JIRA_LOOKUPS_IPP

// What the Jira plugin asks before it writes: the account, the project, fields, issues by JQL.

#include <argus_ticket/plugin.hpp>
#include <argus_ticket/plugins/jira.hpp>

namespace argus_ticket::plugins {
namespace detail {

/// A text as a value of JQL: quoted, so that nothing in it is read as JQL.
inline std::string jql_quoted(std::string_view text) {
  std::string quoted = "\"";
  for (char const c : document::clean_line(text)) {
    if (c == '"' || c == '\\') quoted += '\\';
    quoted += c;
  }
  return quoted += '"';
}

} // namespace detail

operation<std::string> jira::account() const {
  boost::json::value const user = co_await fetch(api_ / "myself", "myself");
  std::string id = detail::jira_account(user);
  if (id.empty())
    co_return error{errc::bad_reply, outcome::ambiguous, "the account has no accountId and no key",
                    "myself"};
  co_return id;
}

operation<boost::json::object> jira::project_reference() const {
  std::string const& given = settings_.information.project_key_or_id;
  boost::json::object reference;
  if (detail::is_all_digits(given)) {
    reference["id"] = given;
  } else if (detail::is_jira_key(given + "-1")) {
    reference["key"] = given;
  } else {
    boost::json::object const found = co_await project_by_name();
    reference["id"] = argus_ticket::detail::id_member(boost::json::value(found), "id");
  }
  co_return reference;
}

operation<boost::json::object> jira::project_by_name() const {
  std::string const& given = settings_.information.project_key_or_id;
  std::vector<boost::json::object> same, similar;
  constexpr int most_pages = 100;
  std::size_t at = 0;
  for (int pages = 0; pages < most_pages; ++pages) {
    // Data Center has one list of all projects that the account sees.
    http::url const from =
        is_cloud_
            ? (api_ / "project" / "search").with("query", given).with("startAt", std::to_string(at))
            : api_ / "project";
    boost::json::value const page = co_await fetch(from, given);
    auto const& list =
        detail::jira_list(is_cloud_ ? argus_ticket::detail::member(page, "values") : &page);
    for (boost::json::value const& one : list) {
      if (argus_ticket::detail::id_member(one, "id").empty()) continue;
      std::string_view const called = argus_ticket::detail::text_member(one, "name");
      if (called == given)
        same.push_back(one.get_object());
      else if (http::iequals(called, given) ||
               http::iequals(argus_ticket::detail::text_member(one, "key"), given))
        similar.push_back(one.get_object());
    }
    at += list.size();
    if (!is_cloud_ || list.empty() || detail::is_last_jira_page(page, at)) break;
  }
  std::vector<boost::json::object> const& found = same.empty() ? similar : same;
  if (found.size() != 1)
    co_return error{errc::target_not_found, outcome::rejected,
                    found.empty() ? "no project has this key, id or name"
                                  : "several projects have this name: give the key of one",
                    given};
  co_return found.front();
}

operation<std::vector<detail::jira_field>> jira::fields_there() const {
  boost::json::value const list = co_await fetch(api_ / "field", "field");
  if (!list.is_array())
    co_return error{errc::bad_reply, outcome::ambiguous, "the list of fields is no list", "field"};
  std::vector<detail::jira_field> all;
  for (boost::json::value const& one : list.get_array())
    if (detail::jira_field f = detail::jira_field_of(one); !f.id.empty())
      all.push_back(std::move(f));
  co_return all;
}

operation<std::vector<std::string>> jira::form() const {
  boost::json::object const project = co_await project_reference();
  auto const& named = project.begin()->value().get_string();
  http::url const types = api_ / "issue" / "createmeta" / std::string_view{named} / "issuetypes";
  boost::json::value const listed = co_await fetch(types.with("maxResults", "200"), "issue types");
  std::string wanted = type();
  for (char const* member : {"issueTypes", "values"}) // Cloud, Data Center
    for (boost::json::value const& one :
         detail::jira_list(argus_ticket::detail::member(listed, member)))
      if (http::iequals(argus_ticket::detail::text_member(one, "name"), wanted))
        wanted = argus_ticket::detail::id_member(one, "id");
  std::vector<std::string> there;
  std::size_t at = 0;
  constexpr int most_pages = 100;
  for (int pages = 0; pages < most_pages; ++pages) {
    boost::json::value const page =
        co_await fetch((types / wanted).with("startAt", std::to_string(at)), "fields of " + wanted);
    std::size_t read = 0;
    for (char const* member : {"fields", "values"})
      for (boost::json::value const& one :
           detail::jira_list(argus_ticket::detail::member(page, member))) {
        ++read;
        there.push_back(detail::jira_field_of(one).id);
      }
    at += read;
    if (read == 0 || detail::is_last_jira_page(page, at)) break;
  }
  co_return there;
}

operation<std::vector<detail::jira_field>>
jira::fields_for(std::vector<custom_field> wanted) const {
  std::vector<detail::jira_field> all;
  if (wanted.empty() && settings_.information.key_field.empty()) co_return all;
  all = co_await fields_there();
  std::optional<std::vector<std::string>> there;
  for (custom_field const& one : wanted) {
    std::vector<detail::jira_field> const same = detail::jira_fields_named(all, one.name);
    if (same.size() < 2) continue;
    if (!there) { // old servers, and those that do not permit it, have none: then none is chosen
      auto asked = co_await as_result(form());
      there = asked ? std::move(*asked) : std::vector<std::string>{};
    }
    auto const is_there = [&](detail::jira_field const& f) {
      return std::find(there->begin(), there->end(), f.id) != there->end();
    };
    if (std::count_if(same.begin(), same.end(), is_there) != 1)
      continue; // told where it is left out
    std::erase_if(all, [&](detail::jira_field const& f) {
      return http::iequals(f.name, one.name) && !is_there(f);
    });
  }
  co_return all;
}

operation<std::string> jira::key_field_id() const {
  std::string const& given = settings_.information.key_field;
  if (given.empty() || !detail::custom_field_number(given).empty()) co_return given;
  std::vector<detail::jira_field> const all = co_await fields_there();
  detail::jira_field const found = co_await detail::jira_key_field(all, given);
  co_return found.id;
}

operation<std::vector<problem>> jira::named(std::vector<problem> problems,
                                            std::vector<detail::jira_field> known) const {
  bool const has_ids = std::any_of(problems.begin(), problems.end(), [](problem const& p) {
    return !detail::custom_field_number(p.where).empty();
  });
  if (has_ids && known.empty())
    if (auto all = co_await as_result(fields_there())) known = std::move(*all);
  for (problem& p : problems)
    for (detail::jira_field const& one : known)
      if (one.id == p.where && !one.name.empty()) {
        p.where = support::presentable(one.name) + " (" + one.id + ')';
        break;
      }
  co_return problems;
}

std::string jira::jql(ticket_query const& q, std::string const& key_field) const {
  // Not the project: people may have moved the issue to another one.
  std::string text = "creator = currentUser()";
  if (key_field.empty())
    text += " AND labels = " + detail::jql_quoted(key_label(q.key));
  else // a phrase: the field is searched by its words
    text += " AND cf[" + detail::custom_field_number(key_field) + "] ~ " +
            detail::jql_quoted('"' + q.key.value + '"');
  if (q.since) {
    // JQL takes a day for one of the account's time zone.
    auto const day = std::chrono::floor<std::chrono::days>(q.since->instant) - std::chrono::days{1};
    text += " AND created >= " +
            detail::jql_quoted(to_string(timestamp{timestamp::instant_type{day}}).substr(0, 10));
  }
  return text += " ORDER BY created ASC";
}

/// The keys, or else the ids, of the issues that Jira's index has for a query.
operation<std::vector<std::string>> jira::search(ticket_query q, std::string key_field) const {
  std::vector<std::string> numbers;
  std::size_t read = 0;
  boost::json::object body;
  body["jql"] = jql(q, key_field);
  body["fields"] = boost::json::array{"created"};
  body["maxResults"] = 100;
  if (is_cloud_ && q.opened && detail::is_all_digits(q.opened->id) && q.opened->id.size() < 19)
    body["reconcileIssues"] = boost::json::array{std::stoll(q.opened->id)};
  constexpr int most_pages = 100;
  for (int pages = 0; pages < most_pages; ++pages) {
    http::url const to = is_cloud_ ? api_ / "search" / "jql" : api_ / "search";
    http::request request =
        http::post(to).json(body).repeatable_as(http::idempotency::safe); // changes nothing
    http::response const reply = co_await send(signed_request(std::move(request)));
    if (reply.status() != http::status::ok) {
      error e = detail::jira_error(reply);
      e.where = "search";
      co_return e;
    }
    boost::json::value const page = co_await support::json_of(reply);
    auto const* list = argus_ticket::detail::member(page, "issues");
    if (list == nullptr || !list->is_array())
      co_return support::bad_reply(reply, "the list of issues is no list");
    for (boost::json::value const& one : list->get_array()) {
      std::string number{argus_ticket::detail::text_member(one, "key")};
      if (!detail::is_jira_key(number)) number = argus_ticket::detail::id_member(one, "id");
      if (!detail::is_jira_key(number) && !detail::is_all_digits(number))
        co_return support::bad_reply(reply, "the list of issues has an entry without key and id");
      if (std::find(numbers.begin(), numbers.end(), number) == numbers.end())
        numbers.push_back(std::move(number));
    }
    if (is_cloud_) {
      std::string const next{argus_ticket::detail::text_member(page, "nextPageToken")};
      if (next.empty() || argus_ticket::detail::bool_member(page, "isLast") == true)
        co_return numbers;
      body["nextPageToken"] = next;
    } else {
      read += list->get_array().size();
      if (list->get_array().empty() || detail::is_last_jira_page(page, read)) co_return numbers;
      body["startAt"] = read;
    }
  }
  co_return error{errc::bad_reply, outcome::not_applied,
                  "the list of issues has more than 100 pages"};
}

} // namespace argus_ticket::plugins

#endif
