#ifndef ARGUS_TICKET_IMPL_PLUGINS_JIRA_REPLIES_IPP
#define ARGUS_TICKET_IMPL_PLUGINS_JIRA_REPLIES_IPP

// What Jira's replies look like; the operations stand in jira.ipp.

#include <argus_ticket/detail/json.hpp>
#include <argus_ticket/http/headers.hpp>
#include <argus_ticket/http/url.hpp>
#include <argus_ticket/plugins/support/labels.hpp>
#include <argus_ticket/plugins/support/reply.hpp>
#include <argus_ticket/ticket.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>
#include <array>
#include <cstdint>
#include <optional>

namespace argus_ticket::plugins::detail {

namespace json = argus_ticket::detail;

/// The issue property, and the comment property, that carry a key.
inline constexpr std::string_view jira_property = "argus-ticket";
inline constexpr std::string_view jira_comment_property = "argus-ticket-comment";
inline constexpr std::string_view jira_key_label_start = "argus-";

/// What is read of an issue.
inline constexpr std::string_view jira_issue_fields =
    "summary,status,resolution,resolutiondate,statuscategorychangedate,updated,labels,creator";

/// A member of a member; null where one of them is absent.
inline boost::json::value const* jira_at(boost::json::value const& value,
                                         std::initializer_list<std::string_view> path) {
  boost::json::value const* at = &value;
  for (std::string_view const key : path)
    if (at != nullptr) at = json::member(*at, key);
  return at;
}

inline std::string jira_text_at(boost::json::value const& value,
                                std::initializer_list<std::string_view> path) {
  auto const* found = jira_at(value, path);
  auto const* text = found == nullptr ? nullptr : found->if_string();
  return text == nullptr ? std::string{} : std::string{text->data(), text->size()};
}

/// A list's elements; none where it is none.
inline boost::json::array const& jira_list(boost::json::value const* value) {
  static boost::json::array const nothing;
  auto const* list = value == nullptr ? nullptr : value->if_array();
  return list == nullptr ? nothing : *list;
}

/// Whether a page is the last one of a list, as far as it tells: where it does not, an empty page
/// is the last. @param read How many entries were read.
inline bool is_last_jira_page(boost::json::value const& page, std::size_t read) {
  if (auto const last = json::bool_member(page, "isLast")) return *last;
  auto const* total = json::member(page, "total");
  auto const* number = total == nullptr ? nullptr : total->if_int64();
  return number != nullptr && *number >= 0 && static_cast<std::uint64_t>(*number) <= read;
}

/// Who an account is, for ever: its id (Cloud) or its key (Data Center; `name` in old ones).
inline std::string jira_account(boost::json::value const& user) {
  for (char const* key : {"accountId", "key", "name"})
    if (std::string_view const id = json::text_member(user, key); !id.empty())
      return std::string{id};
  return {};
}

/// Whether a text is an issue's key, such as `NET-17`.
inline bool is_jira_key(std::string_view text) {
  auto const is_upper = [](char c) { return c >= 'A' && c <= 'Z'; };
  auto const is_digit = [](char c) { return c >= '0' && c <= '9'; };
  std::size_t const dash = text.rfind('-');
  if (dash == std::string_view::npos || dash == 0 || text.size() > 64 || !is_upper(text[0]))
    return false;
  std::string_view const project = text.substr(0, dash), number = text.substr(dash + 1);
  return std::all_of(project.begin(), project.end(),
                     [&](char c) { return is_upper(c) || is_digit(c) || c == '_'; }) &&
         !number.empty() && number[0] != '0' && std::all_of(number.begin(), number.end(), is_digit);
}

/// Jira writes `2026-11-12T00:00:00.000+0100`, without the colon that RFC 3339 asks for.
inline std::optional<timestamp> jira_time(std::string text) {
  if (text.size() > 5 && (text[text.size() - 5] == '+' || text[text.size() - 5] == '-'))
    text.insert(text.size() - 2, 1, ':');
  return parse_timestamp(text);
}

/// Why an issue is closed, by the names that Jira's own resolutions have.
inline std::optional<close_reason> jira_reason(std::string_view resolution) {
  for (char const* name : {"Done", "Fixed", "Resolved", "Complete", "Completed"})
    if (http::iequals(resolution, name)) return close_reason::completed;
  for (char const* name : {"Won't Do", "Won't Fix", "Declined", "Duplicate", "Cannot Reproduce",
                           "Incomplete", "Known Error", "Cancelled", "Canceled", "Rejected"})
    if (http::iequals(resolution, name)) return close_reason::not_planned;
  return std::nullopt;
}

/// Whether a label has the shape of one that carries a key, whoever has set it.
inline bool is_jira_key_label(std::string_view label) {
  return label.size() == jira_key_label_start.size() + 36 &&
         http::iequals(label.substr(0, jira_key_label_start.size()), jira_key_label_start);
}

/// What an issue says of the incident that it is about.
struct jira_mark {
  bool is_there = false;
  std::vector<std::string> keys; ///< None where the incident had no id; several by labels only.

  bool has(std::string_view key) const {
    return std::find(keys.begin(), keys.end(), key) != keys.end();
  }
  std::string only_key() const { return keys.size() == 1 ? keys.front() : std::string{}; }
};

inline jira_mark jira_mark_of(boost::json::value const& issue, std::string const& key_field) {
  jira_mark mark;
  auto const add = [&](std::string key) {
    if (!key.empty()) mark.keys.push_back(std::move(key));
  };
  if (auto const* property = jira_at(issue, {"properties", jira_property})) {
    mark.is_there = true;
    add(std::string{json::text_member(*property, "key")});
    return mark;
  }
  // Old servers keep no property at all: then the key's other place tells.
  if (!key_field.empty())
    add(jira_text_at(issue, {"fields", key_field}));
  else if (auto const* fields = json::member(issue, "fields"))
    for (std::string const& label : support::labels_in(*fields))
      if (is_jira_key_label(label)) add(label.substr(jira_key_label_start.size()));
  mark.is_there = !mark.keys.empty();
  return mark;
}

/// The key that a comment's property carries; empty where there is none.
inline std::string jira_comment_key(boost::json::value const& comment) {
  for (boost::json::value const& one : jira_list(json::member(comment, "properties")))
    if (json::text_member(one, "key") == jira_comment_property)
      return jira_text_at(one, {"value", "key"});
  return {};
}

/// An issue that was checked already.
inline ticket jira_ticket(boost::json::value const& issue, http::url const& web) {
  ticket t;
  t.system = "jira";
  t.id = json::id_member(issue, "id");
  t.number = json::text_member(issue, "key");
  t.url = (web / "browse" / t.number).string();
  t.title = jira_text_at(issue, {"fields", "summary"});
  std::string const category = jira_text_at(issue, {"fields", "status", "statusCategory", "key"});
  t.state = category == "done" ? ticket_state::closed
            : category.empty() ? ticket_state::unknown
                               : ticket_state::open;
  if (t.state == ticket_state::closed) {
    // Workflows need not set a resolution, and Data Center does not tell when the category changed.
    for (char const* when : {"resolutiondate", "statuscategorychangedate", "updated"})
      if (!t.closed_at) t.closed_at = jira_time(jira_text_at(issue, {"fields", when}));
    t.closed_as = jira_reason(jira_text_at(issue, {"fields", "resolution", "name"}));
    if (jira_text_at(issue, {"properties", jira_property, "closed_as"}) == "not_planned")
      t.closed_as = close_reason::not_planned;
  }
  return t;
}

inline result<ticket> parse_jira_issue(boost::json::value const& issue, http::url const& web,
                                       http::response const& reply) {
  ticket t = jira_ticket(issue, web);
  if (!is_jira_key(t.number)) return support::bad_reply(reply, "the reply is no issue: no key");
  return support::checked(std::move(t), reply);
}

/// What people call the fields that every Jira has. Others are looked up.
inline std::string jira_system_name(std::string_view id) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 12> names{
      {{"summary", "Summary"},
       {"description", "Description"},
       {"project", "Project"},
       {"issuetype", "Issue Type"},
       {"labels", "Labels"},
       {"components", "Components"},
       {"priority", "Priority"},
       {"resolution", "Resolution"},
       {"fixVersions", "Fix versions"},
       {"versions", "Affects versions"},
       {"assignee", "Assignee"},
       {"reporter", "Reporter"}}};
  for (auto const& [known, name] : names)
    if (known == id) return std::string{name};
  return support::presentable(id);
}

/// Jira's own words: `errorMessages`, or `message`; what it says of single fields becomes problems.
inline void read_jira_words(boost::json::value const& body, error& into) {
  std::string words{json::text_member(body, "message")};
  for (boost::json::value const& one : jira_list(json::member(body, "errorMessages"))) {
    auto const* text = one.if_string();
    if (text == nullptr) continue;
    if (!words.empty()) words += ", ";
    words.append(text->data(), text->size());
  }
  into.server_message = support::presentable(words);
  auto const* errors = json::member(body, "errors");
  auto const* about = errors == nullptr ? nullptr : errors->if_object();
  if (about == nullptr) return;
  constexpr std::size_t most = 50;
  for (auto const& [field, said] : *about) {
    if (into.problems.size() == most) break;
    auto const* text = said.if_string();
    into.problems.push_back({jira_system_name({field.data(), field.size()}),
                             text == nullptr ? std::string{"was refused"}
                                             : support::presentable({text->data(), text->size()})});
  }
}

inline error jira_error(http::response const& reply) {
  error e = support::error_of(reply);
  if (auto const body = support::json_of(reply)) read_jira_words(*body, e);
  // Jira takes a request with wrong credentials for anonymous, and says so in a header alone.
  std::string_view const login = reply.header("X-Seraph-LoginReason");
  if (reply.status() >= 400 && reply.status() < 500 && e.code != errc::rate_limited &&
      (login.find("AUTHENTICATED_FAILED") != std::string_view::npos ||
       login.find("AUTHENTICATION_DENIED") != std::string_view::npos ||
       !reply.header("X-Authentication-Denied-Reason").empty())) {
    e.code = errc::bad_credentials;
    e.message = reply.header("X-Authentication-Denied-Reason").starts_with("CAPTCHA")
                    ? "Jira asks this account to solve a CAPTCHA: log in by a browser once"
                    : "Jira did not accept the login";
  }
  if (e.code == errc::refused)
    for (problem const& p : e.problems)
      if (p.where == "Project") {
        e.code = errc::target_not_found;
        e.message = "the project does not exist, or the account may not use it";
      }
  // Somebody else changes it at this moment.
  if (reply.status() == 409) e.outcome = outcome::not_applied;
  if (e.code == errc::rate_limited && !e.retry_after) e.retry_after = std::chrono::seconds{60};
  return e;
}

/// An error before anything was written: nothing can have been done.
inline error before_writing(error e) {
  if (e.outcome == outcome::ambiguous) e.outcome = outcome::not_applied;
  return e;
}

} // namespace argus_ticket::plugins::detail

#endif
