#ifndef ARGUS_TICKET_IMPL_PLUGINS_GITLAB_REPLIES_IPP
#define ARGUS_TICKET_IMPL_PLUGINS_GITLAB_REPLIES_IPP

// What GitLab's replies look like; the operations stand in gitlab.ipp.

#include <argus_ticket/detail/json.hpp>
#include <argus_ticket/http/url.hpp>
#include <argus_ticket/plugins/support/labels.hpp>
#include <argus_ticket/plugins/support/rate_headers.hpp>
#include <argus_ticket/plugins/support/reply.hpp>
#include <argus_ticket/ticket.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <optional>

namespace argus_ticket::plugins::detail {

namespace json = argus_ticket::detail;

inline std::string gitlab_author(boost::json::value const& issue) {
  auto const* author = json::member(issue, "author");
  return author == nullptr ? std::string{} : std::string{json::text_member(*author, "username")};
}

inline bool has_reporter_level(boost::json::value const& access) {
  constexpr std::int64_t reporter = 20;
  auto const* level = json::member(access, "access_level");
  return level != nullptr && level->is_int64() && level->get_int64() >= reporter;
}

/// Whether the account may set labels, from the role of a reporter up; nothing where the project
/// does not say what role it has: an administrator, or one of a group that was invited.
inline std::optional<bool> may_set_labels(boost::json::value const& project) {
  auto const* permissions = json::member(project, "permissions");
  if (permissions == nullptr) return std::nullopt;
  bool is_told = false;
  for (char const* from : {"project_access", "group_access"})
    if (auto const* access = json::member(*permissions, from); access && !access->is_null()) {
      if (has_reporter_level(*access)) return true;
      is_told = true;
    }
  return is_told ? std::optional<bool>{false} : std::nullopt;
}

/// GitLab keeps no reason why an issue is closed.
inline constexpr std::string_view not_planned_label = "argus-ticket-not-planned";

/// An issue that was checked already.
inline ticket gitlab_ticket(boost::json::value const& issue) {
  std::string_view const state = json::text_member(issue, "state");
  ticket t;
  t.system = "gitlab";
  t.id = json::id_member(issue, "id");
  t.number = json::id_member(issue, "iid");
  t.url = json::text_member(issue, "web_url");
  t.title = json::text_member(issue, "title");
  t.state = state == "opened"   ? ticket_state::open
            : state == "closed" ? ticket_state::closed
                                : ticket_state::unknown;
  if (t.state == ticket_state::closed) {
    t.closed_at = parse_timestamp(json::text_member(issue, "closed_at"));
    t.closed_as = support::has_label(issue, not_planned_label) ? close_reason::not_planned
                                                               : close_reason::completed;
  }
  return t;
}

inline result<ticket> parse_gitlab_issue(boost::json::value const& issue,
                                         http::response const& reply) {
  return support::checked(gitlab_ticket(issue), reply);
}

/// @param page The issue's.
inline result<comment> parse_gitlab_note(boost::json::value const& note, http::url const& page,
                                         http::response const& reply) {
  comment c;
  c.id = json::id_member(note, "id");
  if (c.id.empty()) return support::bad_reply(reply, "the comment has no id");
  c.url = page.string() + "#note_" + c.id;
  return c;
}

/// Adds what GitLab says in one of its shapes: a text, a list, or an object with lists by field.
inline void append_gitlab_words(boost::json::value const& said, std::string& into) {
  auto const begin = [&] {
    if (!into.empty()) into += into.ends_with(':') ? " " : ", ";
  };
  if (auto const* text = said.if_string()) {
    begin();
    into.append(text->data(), text->size());
  } else if (auto const* list = said.if_array()) {
    for (boost::json::value const& one : *list) append_gitlab_words(one, into);
  } else if (auto const* object = said.if_object()) {
    for (auto const& [field, about] : *object) {
      begin();
      into.append(field.data(), field.size());
      into += ':';
      append_gitlab_words(about, into);
    }
  }
}

/// GitLab's own words: `message`, or `error` and `error_description`.
inline std::string gitlab_message(boost::json::value const& body) {
  std::string words;
  for (char const* key : {"message", "error", "error_description"})
    if (auto const* said = json::member(body, key)) append_gitlab_words(*said, words);
  return words;
}

inline error gitlab_error(http::response const& reply) {
  error e = support::error_of(reply);
  if (auto const body = support::json_of(reply))
    e.server_message = support::presentable(gitlab_message(*body));
  // Where neither header says when, GitLab counts by the minute.
  if (e.code == errc::rate_limited && !e.retry_after)
    e.retry_after = support::until_reset(reply).value_or(std::chrono::seconds{60});
  return e;
}

} // namespace argus_ticket::plugins::detail

#endif
