#ifndef ARGUS_TICKET_IMPL_PLUGINS_REQUEST_TRACKER_RECORDS_IPP
#define ARGUS_TICKET_IMPL_PLUGINS_REQUEST_TRACKER_RECORDS_IPP

// What is known of a ticket from its record, and how to get what the record lacks; the operations
// that people call stand in request_tracker.ipp.

#include <argus_ticket/detail/json.hpp>
#include <argus_ticket/impl/plugins/request_tracker_replies.ipp>
#include <argus_ticket/impl/plugins/request_tracker_values.ipp>
#include <argus_ticket/plugin.hpp>
#include <argus_ticket/plugins/request_tracker.hpp>
#include <argus_ticket/plugins/support/markers.hpp>
#include <argus_ticket/plugins/support/reply.hpp>

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

#include <algorithm>

namespace argus_ticket::plugins {

ticket request_tracker::known_ticket(boost::json::value const& record) const {
  std::string_view const status = argus_ticket::detail::text_member(record, "Status");
  auto const is_one_of = [&](std::initializer_list<std::string_view> all) {
    return std::any_of(all.begin(), all.end(),
                       [&](std::string_view one) { return http::iequals(one, status); });
  };
  ticket t;
  t.system = name.view();
  t.id = argus_ticket::detail::id_member(record, "id");
  t.number = t.id;
  t.url = page_url(t.id).string();
  t.title = argus_ticket::detail::text_member(record, "Subject");
  if (is_one_of({open_status(), "new", "open", "stalled"})) t.state = ticket_state::open;
  if (is_one_of({status_for(close_reason::completed), "resolved"}))
    t.closed_as = close_reason::completed;
  if (is_one_of({status_for(close_reason::not_planned), "rejected"}))
    t.closed_as = close_reason::not_planned;
  if (t.closed_as) {
    t.state = ticket_state::closed;
    t.closed_at = detail::rt_closing_time(record);
  }
  return t;
}

operation<ticket> request_tracker::as_ticket(boost::json::value record) const {
  ticket t = known_ticket(record);
  if (t.state != ticket_state::unknown) co_return t;
  // A status of the site's own: RT knows whether it is one of closed tickets, but says so in
  // searches alone.
  http::url where =
      (api_ / "tickets").with("query", "id = " + t.number + " AND Status = '__Inactive__'");
  boost::json::value const found = co_await get_json(std::move(where), "ticket " + t.number, false);
  auto const* items = argus_ticket::detail::member(found, "items");
  bool is_closed = false;
  if (items != nullptr && items->is_array())
    for (boost::json::value const& one : items->get_array())
      is_closed = is_closed || argus_ticket::detail::id_member(one, "id") == t.number;
  t.state = is_closed ? ticket_state::closed : ticket_state::open;
  if (is_closed) t.closed_at = detail::rt_closing_time(record);
  co_return t;
}

bool request_tracker::is_marked(boost::json::value const& record, incident_key const& key) const {
  if (detail::has_rt_mark(record, mark(key))) return true;
  std::string const& field = settings_.information.key_custom_field;
  if (field.empty()) return false;
  auto const values = detail::rt_field(record, field);
  return values && std::find(values->begin(), values->end(), key.value) != values->end();
}

bool request_tracker::has_any_key(boost::json::value const& record) const {
  auto const links = detail::rt_links(record, detail::rt_referred_to_by);
  std::string const start = std::string{detail::rt_mark} + ':';
  if (links && std::any_of(links->begin(), links->end(),
                           [&](auto const& target) { return target.starts_with(start); }))
    return true;
  std::string const& field = settings_.information.key_custom_field;
  auto const values = field.empty() ? std::nullopt : detail::rt_field(record, field);
  return values && std::any_of(values->begin(), values->end(), detail::is_key_shaped);
}

boost::json::object request_tracker::fields_json(std::vector<custom_field> const& fields,
                                                 incident_key const& key) const {
  boost::json::object all;
  for (custom_field const& one : fields) {
    boost::json::array values;
    for (std::string const& value : one.values) values.emplace_back(detail::rt_value(value));
    if (values.size() == 1)
      all[one.name] = std::move(values.front());
    else
      all[one.name] = std::move(values);
  }
  std::string const& field = settings_.information.key_custom_field;
  if (!field.empty() && !key.empty()) all[field] = key.value;
  return all;
}

void request_tracker::note_dropped(boost::json::value const& record, draft const& wanted,
                                   ticket& into) const {
  auto const warn = [&](std::string field, std::string what) {
    into.warnings.push_back({"custom field '" + std::move(field) + "'", std::move(what)});
  };
  std::vector<custom_field> fields = wanted.fields;
  if (std::string const& field = settings_.information.key_custom_field;
      !field.empty() && !wanted.key.empty())
    fields.push_back({field, {wanted.key.value}});
  for (custom_field const& one : fields) {
    auto const there = detail::rt_field(record, one.name);
    if (!there) {
      warn(one.name, "is none of the queue's, or the account may not see it");
      continue;
    }
    for (std::string const& value : one.values)
      if (!detail::has_rt_value(*there, value))
        warn(one.name, "was not set to '" + value + "': RT does not permit it");
  }
  if (argus_ticket::detail::text_member(record, "Subject") != wanted.title)
    into.warnings.push_back({"Subject", "reads otherwise than it was given"});
  auto const check_link = [&](std::string_view kind, std::string const& target) {
    if (!detail::has_rt_link(record, kind, target))
      into.warnings.push_back({"link to " + target, "was not set"});
  };
  check_link(detail::rt_referred_to_by, mark(wanted.key));
  if (std::string const page = detail::rt_page_link(wanted); !page.empty())
    check_link(detail::rt_refers_to, page);
}

void request_tracker::note_dropped_watchers(boost::json::value const& record, ticket& into) const {
  auto const warn = [&](char const* role, std::vector<std::string> const& wanted) {
    for (std::string const& one : detail::missing_rt_watchers(record, role, wanted))
      into.warnings.push_back({role, '\'' + one + "' was refused"});
  };
  warn("Cc", settings_.information.cc);
  warn("AdminCc", settings_.information.admin_cc);
}

operation<boost::json::value> request_tracker::get_json(http::url where, std::string about,
                                                        bool is_target) const {
  http::response const reply = co_await send(signed_with(http::get(std::move(where))));
  if (reply.status() != http::status::ok) {
    error e = detail::rt_error(reply);
    if (is_target && e.code == errc::not_permitted) e.code = errc::target_not_found;
    e.where = about;
    co_return e;
  }
  co_return support::json_of(reply);
}

operation<boost::json::value> request_tracker::record_of(std::string number) const {
  http::response const reply = co_await send(signed_with(http::get(ticket_url(number))));
  if (reply.status() != http::status::ok) co_return ticket_failed(reply, number);
  boost::json::value record = co_await support::json_of(reply);
  std::string_view const status = argus_ticket::detail::text_member(record, "Status");
  std::string const id = argus_ticket::detail::id_member(record, "id");
  if (id.empty() || id == "0" || status.empty())
    co_return support::bad_reply(reply, "the reply is no ticket: it has no id or status");
  if (status == "deleted")
    co_return error{errc::ticket_not_found, outcome::rejected, "the ticket was deleted",
                    "ticket " + number};
  co_return record;
}

operation<boost::json::value> request_tracker::mended(std::string number, boost::json::value record,
                                                      draft d) const {
  boost::json::object mend;
  // Without it the ticket could not be found again.
  if (!detail::has_rt_mark(record, mark(d.key))) mend["AddReferredToBy"] = mark(d.key);
  incident_key const no_key{};
  boost::json::object fields = fields_json(detail::shifted_rt_times(d.fields, record), no_key);
  if (!fields.empty()) mend["CustomFields"] = std::move(fields);
  if (mend.empty()) co_return record;
  (void)co_await as_result(put(number, std::move(mend))); // what it led to is read
  result<boost::json::value> after = co_await as_result(record_of(number));
  if (after) co_return std::move(*after);
  co_return record;
}

operation<boost::json::value> request_tracker::own_record(std::string number) const {
  boost::json::value record = co_await record_of(number);
  if (!has_any_key(record) && !detail::has_rt_mark(record, detail::rt_mark))
    co_return support::not_marked(number);
  co_return record;
}

operation<std::vector<std::string>> request_tracker::openers(std::string number) const {
  http::url where = (ticket_url(number) / "history")
                        .with("query", detail::rt_records_with("Type", "Create"))
                        .with("fields", "Type,Creator");
  std::vector<std::string> names;
  // Whoever sees a ticket sees that it was opened.
  detail::rt_page_walk walk(where, "transactions", 100, detail::rt_page_walk::rows::all_shown);
  while (!walk.is_done()) {
    http::response const reply = co_await send(signed_with(http::get(walk.page())));
    if (reply.status() != http::status::ok) co_return ticket_failed(reply, number);
    boost::json::array const items = co_await walk.read(reply);
    for (boost::json::value const& one : items)
      if (argus_ticket::detail::text_member(one, "Type") == "Create")
        names.push_back(detail::rt_reference(one, "Creator"));
    if (walk.is_done() && names.empty())
      co_return support::bad_reply(reply, "the ticket's history does not say who opened it");
  }
  co_return names;
}

operation<std::size_t> request_tracker::own_openings(std::string number) const {
  std::vector<std::string> const names = co_await openers(number);
  std::string const self = co_await account();
  if (std::find(names.begin(), names.end(), self) == names.end())
    co_return error{errc::not_ours, outcome::rejected,
                    "the ticket was not opened by this account, so it is left as it is",
                    "ticket " + number};
  co_return names.size();
}

result<void> request_tracker::refuse_merged(std::size_t openings, std::string const& number) {
  if (openings > 1)
    return error{errc::not_ours, outcome::rejected,
                 "people have merged tickets into this one, so it is left to them",
                 "ticket " + number};
  return {};
}

operation<std::string> request_tracker::account() const {
  auto const& own = settings_.authentication;
  // A token has the account's number in it: 1-14-0123456789abcdef.
  std::string who = own.username;
  if (!own.token.empty()) {
    std::string_view token = own.token.expose();
    token.remove_prefix((std::min)(token.find('-') + 1, token.size()));
    who = token.substr(0, token.find('-'));
    if (who.empty() || who.find_first_not_of("0123456789") != std::string::npos)
      co_return error{errc::bad_credentials, outcome::rejected,
                      "this is no token of Request Tracker's, such as 1-14-0123456789abcdef"};
  }
  boost::json::value const user = co_await get_json(api_ / "user" / who, "account", false);
  std::string found{argus_ticket::detail::text_member(user, "Name")};
  if (found.empty())
    co_return error{errc::bad_reply, outcome::not_applied, "the account has no name", "account"};
  co_return found;
}

} // namespace argus_ticket::plugins

#endif
