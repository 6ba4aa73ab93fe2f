#ifndef ARGUS_TICKET_IMPL_PLUGINS_REQUEST_TRACKER_COMMENTS_IPP
#define ARGUS_TICKET_IMPL_PLUGINS_REQUEST_TRACKER_COMMENTS_IPP

// Comments, and how they are found again; the other operations stand in request_tracker.ipp.

#include <argus_ticket/impl/plugins/request_tracker_records.ipp>
#include <argus_ticket/impl/plugins/request_tracker_replies.ipp>
#include <argus_ticket/plugin.hpp>
#include <argus_ticket/plugins/request_tracker.hpp>
#include <argus_ticket/plugins/support/reply.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace argus_ticket::plugins {

operation<argus_ticket::comment> request_tracker::comment(ticket_ref which,
                                                          std::string text) const {
  std::string const number = co_await number_of(which);
  bool const is_reply = settings_.information.comments_are_replies;
  boost::json::object body;
  body["Content"] = text;
  body["ContentType"] = "text/html";
  http::request request = http::post(ticket_url(number) / (is_reply ? "correspond" : "comment"))
                              .json(body)
                              .low_urgency();
  http::response const reply = co_await send(signed_with(std::move(request)));
  if (reply.status() != http::status::created) {
    error const e = ticket_failed(reply, number);
    if (e.code == errc::refused) { // RT refuses comments on tickets that are not there likewise
      result<boost::json::value> const there = co_await as_result(record_of(number));
      if (!there && there.error().code == errc::ticket_not_found) co_return there.error();
    }
    co_return e;
  }
  argus_ticket::comment added;
  added.id = co_await detail::rt_transaction(reply);
  added.url = page_url(number).string() + "#txn-" + added.id;
  co_return added;
}

operation<std::optional<argus_ticket::comment>>
request_tracker::find_comment(ticket_ref which, incident_key key) const {
  std::string number = co_await number_of(which);
  std::string marker = comment_marker(key);
  marked_text const found = co_await newest_text(number, std::move(marker));
  if (found.transaction.empty()) co_return std::optional<argus_ticket::comment>{};
  argus_ticket::comment there;
  there.id = found.transaction;
  there.url = page_url(number).string() + "#txn-" + there.id;
  co_return std::optional<argus_ticket::comment>{std::move(there)};
}

operation<request_tracker::marked_text> request_tracker::newest_text(std::string number,
                                                                     std::string marker) const {
  http::url list = (ticket_url(number) / "attachments")
                       .with("query", detail::rt_records_with("ContentType", "text/html"))
                       .with("fields", "Content,TransactionId")
                       .with("orderby", "id")
                       .with("order", "DESC"); // what is looked for is mostly new
  // RT cannot search in texts that it has encoded. Few at a time: each may be a long text.
  detail::rt_page_walk walk(list, "comments", 20);
  while (!walk.is_done()) {
    http::response const reply = co_await send(signed_with(http::get(walk.page())));
    if (reply.status() != http::status::ok) co_return ticket_failed(reply, number);
    boost::json::array const all = co_await walk.read(reply);
    for (boost::json::value const& one : all) {
      std::string_view const content = argus_ticket::detail::text_member(one, "Content");
      std::size_t const at = content.rfind(marker);
      if (at == std::string_view::npos) continue;
      marked_text there;
      there.transaction = argus_ticket::detail::id_member(one, "TransactionId");
      there.from_marker = content.substr(at);
      if (there.transaction.empty())
        co_return support::bad_reply(reply, "the comment has no transaction");
      co_return there;
    }
  }
  co_return marked_text{};
}

operation<void> request_tracker::add_text(std::string number, draft d) const {
  std::string marker = comment_marker(detail::rt_text_key(d));
  // What the markers of all texts begin with. The newest one alone counts: a ticket may have had
  // this text and another one since.
  std::string start = comment_marker(incident_key{std::string{detail::rt_text_key_start}});
  start.resize(start.rfind(detail::rt_text_key_start) + detail::rt_text_key_start.size());
  marked_text const newest = co_await newest_text(number, std::move(start));
  if (newest.from_marker.starts_with(marker)) co_return result<void>{};
  std::string text = with_marker(d.body, marker);
  co_await comment(ticket_ref(number), std::move(text));
  co_return result<void>{};
}

} // namespace argus_ticket::plugins

#endif
