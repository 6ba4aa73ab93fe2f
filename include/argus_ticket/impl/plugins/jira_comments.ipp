#ifndef ARGUS_TICKET_IMPL_PLUGINS_JIRA_COMMENTS_IPP
#define ARGUS_TICKET_IMPL_PLUGINS_JIRA_COMMENTS_IPP

// Comments, whose keys travel in a property.

#include <argus_ticket/plugin.hpp>
#include <argus_ticket/plugins/jira.hpp>

namespace argus_ticket::plugins {

result<argus_ticket::comment> jira::comment_of(json_value const& from, std::string const& number,
                                               http::response const& reply) const {
  argus_ticket::comment read;
  read.id = argus_ticket::detail::id_member(from, "id");
  if (read.id.empty()) return support::bad_reply(reply, "the comment has no id");
  read.url = (web_ / "browse" / number).with("focusedCommentId", read.id).string();
  return read;
}

operation<argus_ticket::comment> jira::comment(ticket_ref which, std::string text,
                                               incident_key key) const {
  std::string const number = co_await number_of(which);
  boost::json::object body;
  body["body"] = text_in_format(text);
  if (!key.empty())
    body["properties"] = detail::jira_properties(detail::jira_comment_property,
                                                 detail::jira_property_value(key.value));
  http::request request = http::post(issue_url(number) / "comment").json(body).low_urgency();
  http::response const reply = co_await send(signed_request(std::move(request)));
  if (reply.status() != http::status::created) co_return ticket_failed(reply, number);
  boost::json::value const json = co_await support::json_of(reply);
  co_return comment_of(json, number, reply);
}

operation<std::optional<argus_ticket::comment>> jira::find_comment(ticket_ref which,
                                                                   incident_key key) const {
  std::string const number = co_await number_of(which);
  std::string self;
  constexpr std::size_t most = 100'000;
  for (std::size_t at = 0; at < most;) {
    http::url const from = (issue_url(number) / "comment")
                               .with("startAt", std::to_string(at))
                               .with("maxResults", "100")
                               .with("expand", "properties");
    http::response const reply = co_await send(signed_request(http::get(from)));
    if (reply.status() != http::status::ok) co_return ticket_failed(reply, number);
    boost::json::value const page = co_await support::json_of(reply);
    auto const* list = argus_ticket::detail::member(page, "comments");
    if (list == nullptr || !list->is_array())
      co_return support::bad_reply(reply, "the list of comments is no list");
    for (boost::json::value const& one : list->get_array()) {
      if (detail::jira_comment_key(one) != key.value) continue;
      if (self.empty()) self = co_await account();
      auto const* author = argus_ticket::detail::member(one, "author");
      if (author == nullptr || detail::jira_account(*author) != self) continue; // forged
      argus_ticket::comment const found = co_await comment_of(one, number, reply);
      co_return std::optional<argus_ticket::comment>{found};
    }
    at += list->get_array().size();
    if (list->get_array().empty() || detail::is_last_jira_page(page, at))
      co_return std::optional<argus_ticket::comment>{};
  }
  co_return error{errc::bad_reply, outcome::not_applied, "the list of comments does not end"};
}

} // namespace argus_ticket::plugins

#endif
