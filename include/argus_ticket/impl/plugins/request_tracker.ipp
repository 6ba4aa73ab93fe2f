#ifndef ARGUS_TICKET_IMPL_PLUGINS_REQUEST_TRACKER_IPP
#define ARGUS_TICKET_IMPL_PLUGINS_REQUEST_TRACKER_IPP

#include <argus_ticket/detail/base64.hpp>
#include <argus_ticket/detail/json.hpp>
#include <argus_ticket/document/request_tracker_html.hpp>
#include <argus_ticket/impl/plugins/request_tracker_comments.ipp>
#include <argus_ticket/impl/plugins/request_tracker_records.ipp>
#include <argus_ticket/impl/plugins/request_tracker_replies.ipp>
#include <argus_ticket/plugin.hpp>
#include <argus_ticket/plugins/request_tracker.hpp>
#include <argus_ticket/plugins/support/fields.hpp>
#include <argus_ticket/plugins/support/markers.hpp>
#include <argus_ticket/plugins/support/numbers.hpp>
#include <argus_ticket/plugins/support/reply.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>

namespace argus_ticket::plugins {

request_tracker::request_tracker(settings s)
    : settings_(std::move(s)), web_(http::url::parse(settings_.endpoint).value()),
      api_(web_ / "REST" / "2.0") {}

std::vector<problem> request_tracker::problems_of(settings const& s) {
  auto const& own = s.authentication;
  bool const has_token = !own.token.empty() || !own.token.problem().empty();
  bool const has_password = !own.password.empty() || !own.password.problem().empty();
  std::string const at = "TICKET_AUTHENTICATION_SECRET.";
  std::vector<problem> problems;
  if (!has_token && own.username.empty() && !has_password)
    problems.push_back({at + "token", "is missing or empty, and so are username and password"});
  else if (!has_token && own.username.empty())
    problems.push_back({at + "username", "is missing or empty"});
  else if (!has_token && !has_password)
    problems.push_back({at + "password", "is missing or empty"});
  return problems;
}

http::url request_tracker::ticket_url(std::string const& number) const {
  return api_ / "ticket" / number;
}

http::url request_tracker::page_url(std::string const& number) const {
  return (web_ / "Ticket" / "Display.html").with("id", number);
}

http::request request_tracker::signed_with(http::request r) const {
  auto const& own = settings_.authentication;
  http::request accepting = std::move(r).header("Accept", "application/json");
  if (own.token.empty())
    return std::move(accepting).authorization(
        "Basic", argus_ticket::detail::basic_credentials(own.username, own.password));
  return std::move(accepting).authorization("token", own.token);
}

std::string request_tracker::status_for(close_reason why) const {
  bool const is_done = why == close_reason::completed;
  std::string const& own =
      is_done ? settings_.information.resolved_status : settings_.information.rejected_status;
  return !own.empty() ? own : is_done ? "resolved" : "rejected";
}

std::string request_tracker::open_status() const {
  std::string const& own = settings_.information.open_status;
  return own.empty() ? "open" : own;
}

std::string request_tracker::mark(incident_key const& key) {
  std::string target{detail::rt_mark};
  if (!key.empty()) target += ':' + key.value;
  return target;
}

std::string request_tracker::comment_marker(incident_key const& key) {
  return support::hidden_comment_marker(key);
}

error request_tracker::error_of(http::response const& reply) { return detail::rt_error(reply); }

mapped_fields request_tracker::fields_of(incident const& from) const {
  return support::map_fields(settings_.information.custom_fields_set,
                             settings_.information.custom_fields_mapping, from);
}

result<std::string> request_tracker::number_of(ticket_ref const& which) const {
  std::string number = which.number;
  if (auto const page = http::url::parse(number))
    if (page->same_origin(web_) && page->path() == page_url("1").path())
      number = http::query_parameter(*page, "id").value_or(std::string{});
  return support::ticket_number(ticket_ref(std::move(number)), {}, web_.string());
}

bool request_tracker::is_reached(ticket const& known) const {
  return known.url.empty() || number_of(ticket_ref(known.url)).has_value();
}

error request_tracker::ticket_failed(http::response const& reply, std::string const& number) const {
  error e = detail::rt_error(reply);
  e.where = "ticket " + number;
  if (e.code == errc::target_not_found) {
    e.code = errc::ticket_not_found;
    e.message = "there is no such ticket";
  }
  return e;
}

operation<ticket> request_tracker::create(draft d) const {
  auto const& own = settings_.information;
  boost::json::object ticket_json;
  ticket_json["Queue"] = own.queue;
  ticket_json["Subject"] = d.title;
  ticket_json["Content"] = with_marker(d.body, comment_marker(detail::rt_text_key(d)));
  ticket_json["ContentType"] = "text/html";
  if (!own.cc.empty()) ticket_json["Cc"] = boost::json::array(own.cc.begin(), own.cc.end());
  if (!own.admin_cc.empty())
    ticket_json["AdminCc"] = boost::json::array(own.admin_cc.begin(), own.admin_cc.end());
  boost::json::object fields = fields_json(d.fields, d.key);
  if (!fields.empty()) ticket_json["CustomFields"] = std::move(fields);
  // Each as a text: RT 5.0.0 and 5.0.1 drop lists here.
  ticket_json["ReferredToBy"] = mark(d.key);
  if (std::string const page = detail::rt_page_link(d); !page.empty())
    ticket_json["RefersTo"] = page;
  http::request request = http::post(api_ / "ticket").json(ticket_json);
  http::response const reply = co_await send(signed_with(std::move(request)));
  if (reply.status() != http::status::created) {
    error e = detail::rt_error(reply);
    e.where = own.queue;
    if (e.code == errc::not_permitted) { // RT says the same of a queue that is not there
      result<std::string> const queue = co_await as_result(queue_number());
      if (!queue && queue.error().code == errc::target_not_found) {
        e.code = errc::target_not_found;
        e.message = queue.error().message;
      }
    }
    co_return e;
  }
  boost::json::value const made = co_await support::json_of(reply);
  ticket opened;
  opened.system = name.view();
  opened.id = opened.number = argus_ticket::detail::id_member(made, "id");
  if (opened.id.empty() || opened.id == "0")
    co_return support::bad_reply(reply, "the reply is no ticket: it has no id");
  opened.url = page_url(opened.number).string();
  opened.title = d.title;
  opened.state = ticket_state::open;
  opened.created = true;
  // RT answers like this even where it has dropped half of what it was given.
  result<boost::json::value> record = co_await as_result(record_of(opened.number));
  if (!record) {
    opened.warnings.push_back({"ticket " + opened.number,
                               record.error().code == errc::not_permitted
                                   ? "cannot be found again: the account lacks the right ShowTicket"
                                   : "could not be read back: " + to_string(record.error())});
    co_return opened;
  }
  record = co_await mended(opened.number, std::move(*record), d);
  opened.title = argus_ticket::detail::text_member(*record, "Subject");
  note_dropped(*record, d, opened);
  note_dropped_watchers(*record, opened);
  co_return opened;
}

operation<std::vector<ticket>> request_tracker::find(ticket_query q) const {
  std::string wanted = "ReferredToBy = " + detail::rt_quoted(mark(q.key));
  if (std::string const& field = settings_.information.key_custom_field; !field.empty())
    wanted = '(' + wanted + " OR CF.{" + field + "} = " + detail::rt_quoted(q.key.value) + ')';
  http::url list = (api_ / "tickets")
                       .with("query", wanted)
                       .with("fields", "Subject,Status,Resolved,CustomFields,_hyperlinks")
                       .with("orderby", "id")
                       .with("order", "ASC");
  std::string self;
  std::vector<ticket> found;
  detail::rt_page_walk walk(list, "tickets");
  while (!walk.is_done()) {
    http::response const reply = co_await send(signed_with(http::get(walk.page())));
    if (reply.status() != http::status::ok) co_return detail::rt_error(reply);
    boost::json::array const items = co_await walk.read(reply);
    for (boost::json::value const& item : items) {
      std::string const number = argus_ticket::detail::id_member(item, "id");
      if (number.empty()) co_return support::bad_reply(reply, "a ticket in the list has no id");
      boost::json::value record = item;
      if (!detail::rt_links(item, detail::rt_referred_to_by))
        record = co_await record_of(number); // before RT 5.0.3
      if (!is_marked(record, q.key)) continue;
      // Anybody may have set the link; but not have opened the ticket as this account.
      if (!q.opened || q.opened->number != number) {
        if (self.empty()) self = co_await account();
        std::vector<std::string> const names = co_await openers(number);
        if (std::find(names.begin(), names.end(), self) == names.end()) continue;
      }
      found.push_back(co_await as_ticket(std::move(record)));
    }
  }
  co_return found;
}

operation<ticket> request_tracker::get(ticket_ref which) const {
  std::string number = co_await number_of(which);
  boost::json::value record = co_await record_of(std::move(number));
  co_return co_await as_ticket(std::move(record));
}

operation<std::string> request_tracker::put(std::string number, boost::json::object changes) const {
  http::request request = http::put(ticket_url(number)).json(changes);
  http::response const reply = co_await send(signed_with(std::move(request)));
  if (reply.status() != http::status::ok) co_return ticket_failed(reply, number);
  boost::json::value const said = co_await support::json_of(reply);
  co_return support::presentable(detail::rt_words(said));
}

operation<boost::json::value> request_tracker::record_after_change(std::string number) const {
  result<boost::json::value> record = co_await as_result(record_of(std::move(number)));
  if (!record) { // the change may have been made
    error e = std::move(record).error();
    e.outcome = outcome::ambiguous;
    co_return e;
  }
  co_return std::move(*record);
}

operation<ticket> request_tracker::update(ticket_ref which, draft d) const {
  std::string const number = co_await number_of(which);
  boost::json::value const record = co_await own_record(number);
  std::size_t const openings = co_await own_openings(number);
  bool const has_key = !d.key.empty() && is_marked(record, d.key);
  if (!d.key.empty() && !has_key && has_any_key(record))
    co_return support::belongs_to_another(number);
  co_await refuse_merged(openings, number);
  if (!d.body.empty()) co_await add_text(number, d);
  boost::json::object changes;
  if (argus_ticket::detail::text_member(record, "Subject") != d.title) changes["Subject"] = d.title;
  std::string const& key_field = settings_.information.key_custom_field;
  auto const keys = key_field.empty() ? std::nullopt : detail::rt_field(record, key_field);
  incident_key const new_key =
      keys && detail::has_rt_value(*keys, d.key.value) ? incident_key{} : d.key;
  boost::json::object fields = fields_json(detail::changed_rt_fields(d.fields, record), new_key);
  if (!fields.empty()) changes["CustomFields"] = std::move(fields);
  if (!detail::has_rt_mark(record, mark(d.key))) changes["AddReferredToBy"] = mark(d.key);
  if (std::string const page = detail::rt_page_link(d);
      !page.empty() && !detail::has_rt_link(record, detail::rt_refers_to, page))
    changes["AddRefersTo"] = page;
  if (changes.empty()) co_return co_await as_ticket(record);
  std::string const words = co_await put(number, std::move(changes));
  boost::json::value changed = co_await record_after_change(number);
  changed = co_await mended(number, std::move(changed), d);
  ticket updated = co_await as_ticket(changed);
  bool const is_as_before = updated.title == argus_ticket::detail::text_member(record, "Subject");
  if (updated.title != d.title && is_as_before) co_return detail::rt_refusal(number, words);
  note_dropped(changed, d, updated);
  co_return updated;
}

operation<ticket> request_tracker::change_status(std::string number, std::string status) const {
  boost::json::object changes;
  changes["Status"] = status;
  std::string const words = co_await put(number, std::move(changes));
  boost::json::value const record = co_await record_after_change(number);
  if (!http::iequals(argus_ticket::detail::text_member(record, "Status"), status))
    co_return detail::rt_refusal(number, words);
  co_return known_ticket(record);
}

operation<ticket> request_tracker::close(ticket_ref which, close_reason why) const {
  std::string const number = co_await number_of(which);
  boost::json::value record = co_await own_record(number);
  std::size_t const openings = co_await own_openings(number);
  ticket const there = co_await as_ticket(std::move(record));
  if (there.state == ticket_state::closed) co_return there;
  co_await refuse_merged(openings, number);
  co_return co_await change_status(number, status_for(why));
}

operation<ticket> request_tracker::reopen(ticket_ref which) const {
  std::string const number = co_await number_of(which);
  boost::json::value record = co_await own_record(number);
  (void)co_await own_openings(number);
  ticket const there = co_await as_ticket(std::move(record));
  if (there.state == ticket_state::open) co_return there;
  co_return co_await change_status(number, open_status());
}

operation<std::string> request_tracker::queue_number() const {
  std::string const& queue = settings_.information.queue;
  bool const is_number = queue.find_first_not_of("0123456789") == std::string::npos;
  // By a search: a name may have slashes, which RT's paths do not take.
  http::url where = (api_ / "queues")
                        .with("query", detail::rt_records_with(is_number ? "id" : "Name", queue))
                        .with("fields", "Name");
  boost::json::value const found = co_await get_json(std::move(where), queue, true);
  auto const* items = argus_ticket::detail::member(found, "items");
  if (items != nullptr && items->is_array())
    for (boost::json::value const& one : items->get_array()) {
      std::string const id = argus_ticket::detail::id_member(one, "id");
      if (!id.empty() &&
          (is_number ? id == queue
                     : http::iequals(argus_ticket::detail::text_member(one, "Name"), queue)))
        co_return id;
    }
  co_return error{
      errc::target_not_found, outcome::rejected,
      "the queue does not exist or is disabled, or the account lacks the right SeeQueue", queue};
}

operation<check_report> request_tracker::check() const {
  check_report report;
  report.account = support::presentable(co_await account());
  std::string const number = co_await queue_number();
  boost::json::value const queue =
      co_await get_json(api_ / "queue" / number, settings_.information.queue, true);
  report.target = support::presentable(argus_ticket::detail::text_member(queue, "Name"));
  if (!detail::rt_permits_tickets(queue))
    co_return error{errc::not_permitted, outcome::rejected,
                    "the account lacks the right CreateTicket in the queue", report.target};
  std::vector<std::string> names;
  auto const add = [&](std::string const& field) {
    if (!field.empty() && std::find(names.begin(), names.end(), field) == names.end())
      names.push_back(field);
  };
  for (auto const& one : settings_.information.custom_fields_set) add(one.name);
  for (auto const& one : settings_.information.custom_fields_mapping) add(one.name);
  add(settings_.information.key_custom_field);
  for (std::string const& field : names)
    if (!detail::has_rt_field(queue, field))
      report.warnings.push_back({"custom field '" + field + "'",
                                 "is none of the queue's, or the account may not see it"});
  std::string_view const lifecycle = argus_ticket::detail::text_member(queue, "Lifecycle");
  if (lifecycle != "default" && !lifecycle.empty() && settings_.information.resolved_status.empty())
    report.warnings.push_back({"TICKET_INFORMATION.resolved_status",
                               "is not set, and the queue has a lifecycle of its own: " +
                                   support::presentable(lifecycle)});
  co_return report;
}

std::string request_tracker::prefilled_url(draft const& d) const {
  http::url page = (web_ / "Ticket" / "Create.html")
                       .with("Queue", settings_.information.queue)
                       .with("Subject", d.title)
                       .with("Content", d.body);
  if (!d.incident_url.empty()) page = page.with("new-RefersTo", d.incident_url);
  return page.string();
}

} // namespace argus_ticket::plugins

#endif
