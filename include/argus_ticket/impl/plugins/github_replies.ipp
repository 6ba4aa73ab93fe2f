#ifndef ARGUS_TICKET_IMPL_PLUGINS_GITHUB_REPLIES_IPP
#define ARGUS_TICKET_IMPL_PLUGINS_GITHUB_REPLIES_IPP

// What GitHub's URLs and replies look like; the operations stand in github.ipp.

#include <argus_ticket/detail/json.hpp>
#include <argus_ticket/detail/json_text.hpp>
#include <argus_ticket/http/url.hpp>
#include <argus_ticket/plugins/support/rate_headers.hpp>
#include <argus_ticket/plugins/support/reply.hpp>
#include <argus_ticket/ticket.hpp>

#include <boost/json/array.hpp>

namespace argus_ticket::plugins::detail {

namespace json = argus_ticket::detail;

inline bool is_github_com(http::url const& endpoint) {
  return endpoint.host() == "github.com" || endpoint.host() == "www.github.com" ||
         endpoint.host() == "api.github.com";
}

/// Where the pages for people are.
inline http::url github_pages(http::url const& endpoint) {
  if (is_github_com(endpoint)) return endpoint.with_host("github.com").with_path("/");
  return endpoint;
}

/// Where the API is: on a host of its own, or under `api/v3` of a self-hosted instance.
inline http::url github_api(http::url const& endpoint) {
  if (is_github_com(endpoint)) return endpoint.with_host("api.github.com").with_path("/");
  // GitHub Enterprise Cloud with data residency
  if (endpoint.host().ends_with(".ghe.com") && !endpoint.host().starts_with("api."))
    return endpoint.with_host("api." + endpoint.host()).with_path("/");
  return endpoint / "api" / "v3";
}

inline std::string github_author(boost::json::value const& issue) {
  auto const* user = json::member(issue, "user");
  return user == nullptr ? std::string{} : std::string{json::text_member(*user, "login")};
}

/// Whether its author belongs to the repository, and is no passer-by.
inline bool is_by_member(boost::json::value const& issue) {
  std::string_view const association = json::text_member(issue, "author_association");
  return association == "OWNER" || association == "MEMBER" || association == "COLLABORATOR";
}

/// Whether the account may set the labels of a new issue: GitHub asks for push access. Where it
/// does not say, the account is taken not to: looking for one's own issues is right in any case.
inline bool may_label(boost::json::value const& repository) {
  auto const* permissions = json::member(repository, "permissions");
  return permissions != nullptr && json::bool_member(*permissions, "push") == true;
}

/// An issue that was checked already.
inline ticket github_ticket(boost::json::value const& issue) {
  std::string_view const state = json::text_member(issue, "state");
  ticket t;
  t.system = "github";
  t.id = json::id_member(issue, "id");
  t.number = json::id_member(issue, "number");
  t.url = json::text_member(issue, "html_url");
  t.title = json::text_member(issue, "title");
  t.state = state == "open"     ? ticket_state::open
            : state == "closed" ? ticket_state::closed
                                : ticket_state::unknown;
  if (t.state == ticket_state::closed) {
    t.closed_at = parse_timestamp(json::text_member(issue, "closed_at"));
    // "duplicate" is one more of GitHub's reasons for which nothing will be done about it here.
    std::string_view const why = json::text_member(issue, "state_reason");
    if (why == "completed") t.closed_as = close_reason::completed;
    if (why == "not_planned" || why == "duplicate") t.closed_as = close_reason::not_planned;
  }
  return t;
}

inline result<ticket> parse_github_issue(boost::json::value const& issue,
                                         http::response const& reply) {
  return support::checked(github_ticket(issue), reply);
}

inline std::string_view without_fragment(std::string_view url) {
  return url.substr(0, url.find('#'));
}

inline result<comment> parse_github_comment(boost::json::value const& value,
                                            http::response const& reply) {
  comment c;
  c.id = json::id_member(value, "id");
  c.url = json::text_member(value, "html_url");
  if (c.id.empty() || (!c.url.empty() && !http::url::parse(without_fragment(c.url))))
    return support::bad_reply(reply, "the comment has no id or no valid URL");
  return c;
}

/// An issue to be opened, as JSON.
/// @param labels At least one.
inline std::string issue_text(std::string_view title, std::string_view body,
                              std::vector<std::string> const& labels) {
  std::size_t size = 64 + title.size() + body.size() + body.size() / 16;
  for (std::string const& label : labels) size += label.size() + 4;
  std::string text;
  text.reserve(size);
  json::append_json_string(text += R"({"title":)", title);
  json::append_json_string(text += R"(,"body":)", body);
  text += R"(,"labels":)";
  char separator = '[';
  for (std::string const& label : labels) {
    json::append_json_string(text += separator, label);
    separator = ',';
  }
  text += "]}";
  return text;
}

/// GitHub's own words: `message`, then what stands in `errors`.
inline std::string github_message(boost::json::value const& body) {
  std::string text{json::text_member(body, "message")};
  auto const* member = json::member(body, "errors");
  auto const* list = member == nullptr ? nullptr : member->if_array();
  if (list == nullptr) return text;
  char const* separator = ": ";
  for (boost::json::value const& one : *list) {
    std::string_view said = json::text_member(one, "message");
    text += separator;
    if (auto const* plain = one.if_string())
      text.append(plain->data(), plain->size());
    else if (!said.empty())
      text += said;
    else
      text += std::string{json::text_member(one, "field")} + ' ' +
              std::string{json::text_member(one, "code")};
    separator = ", ";
  }
  return text;
}

inline error github_error(http::response const& reply) {
  error e = support::error_of(reply);
  auto const body = support::json_of(reply);
  if (body) e.server_message = support::presentable(github_message(*body));
  bool const may_be_limit = reply.status() == http::status::forbidden ||
                            reply.status() == http::status::too_many_requests;
  bool const used_up = reply.header("x-ratelimit-remaining") == "0";
  if (may_be_limit && (used_up || e.retry_after || e.code == errc::rate_limited ||
                       e.server_message.find("rate limit") != std::string::npos)) {
    e.code = errc::rate_limited;
    e.outcome = outcome::not_applied;
    e.message = "GitHub's rate limit is used up";
    // Where the server names no time, GitHub asks for a minute.
    if (!e.retry_after)
      e.retry_after = support::until_reset(reply).value_or(std::chrono::seconds{60});
  }
  return e;
}

} // namespace argus_ticket::plugins::detail

#endif
