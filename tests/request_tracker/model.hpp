#pragma once
// A model of RT's REST 2, as far as tickets need it, and stricter than RT: what its description
// (https://docs.bestpractical.com/rt/5.0.3/RT/REST2.html) does not name is refused, and searches
// have two tickets a page. Where RT drops what it was given, or hides a refusal in a success, the
// model does as RT 5.0.3 was seen to do: behaviours.hpp is run over both.

#include "state.hpp"

#include <argus_ticket/detail/base64.hpp>
#include <argus_ticket/http/request.hpp>
#include <argus_ticket/http/response.hpp>
#include <argus_ticket/plugins/request_tracker.hpp>
#include <argus_ticket/result.hpp>

#include <algorithm>
#include <map>
#include <set>

namespace test {

class rt_model : public rt_state {
 public:
  static at::plugins::request_tracker::settings settings() {
    at::plugins::request_tracker::settings s;
    s.endpoint = "https://rt.example.org/rt/";
    s.authentication.token = at::secret{"1-22-0123456789abcdef"}; // bot's
    s.information.queue = "General";
    return s;
  }

  at::result<at::http::response> answer(at::http::request const& r) {
    user_ = nullptr;
    for (auto const& [name, one] : people)
      if (r.headers().get("Authorization") == "token " + one.token ||
          r.headers().get("Authorization") ==
              "Basic " + at::detail::base64(name + ':' + one.password)) {
        user_ = &one;
        user_name_ = name;
      }
    if (user_ == nullptr) return said(401, "Unauthorized");
    std::string const start = at::http::url::parse(base)->path() + "/REST/2.0/";
    std::string_view path = r.url().path();
    if (!path.starts_with(start)) return said(404, "Not Found");
    path.remove_prefix(start.size());
    bool const gets = r.method() == at::http::method::get;
    if (gets && path == "tickets") return search(r);
    if (gets && path == "queues") return list_queues(r);
    if (gets && path.starts_with("queue/")) return show_queue(path.substr(6));
    if (gets && path.starts_with("user/")) return show_person(path.substr(5));
    if (path == "ticket" && r.method() == at::http::method::post) return create(r);
    if (!path.starts_with("ticket/")) return said(404, "Not Found");
    path.remove_prefix(7);
    std::size_t const slash = (std::min)(path.find('/'), path.size());
    rt_ticket* const which = with_number(path.substr(0, slash));
    path.remove_prefix(slash);
    if (path == "/comment" || path == "/correspond") return say(r, which, path.substr(1));
    if (which == nullptr) return said(404, gets ? "Not Found" : "Resource does not exist");
    if (!may("ShowTicket")) return said(403, "Forbidden");
    if (path == "/history" && gets) return list_history(r, *which);
    if (path == "/attachments" && gets) return list_texts(r, *which);
    if (!path.empty()) return said(404, "Not Found");
    if (gets) return reply(200, object(*which));
    return r.method() == at::http::method::put ? change(r, *which) : said(405, "");
  }

 private:
  /// Sets a custom field as RT does; false where RT drops the value.
  bool set_field(rt_ticket& on, std::string const& name, json::value const& value) const {
    auto const& known = queue_of(on)->fields;
    if (std::find(known.begin(), known.end(), name) == known.end() || !may("ModifyCustomField"))
      return false;
    std::vector<std::string> values;
    if (auto const* list = value.if_array())
      for (json::value const& one : *list) values.emplace_back(one.as_string());
    else
      values.emplace_back(value.as_string());
    if (name == "Digits" && values.front().find_first_not_of("0123456789") != std::string::npos)
      return false;
    if (name == "Date")
      for (std::string& one : values) one.resize(10);
    if (name == "Day") // RT writes times its own way, and reads them as the account's
      for (std::string& one : values) {
        std::string const hours =
            one.size() < 19 || one[10] == 'T' ? "00:00:00" : one.substr(11, 8);
        auto const read = at::parse_timestamp(one.substr(0, 10) + 'T' + hours + 'Z');
        one = to_string(at::timestamp{read->instant - std::chrono::hours{user_->zone}});
      }
    if (name != "Teams") values.resize(1);
    on.fields[name] = std::move(values);
    return true;
  }

  /// A text or a list of them, which old RTs drop.
  std::vector<std::string> texts(json::value const& given) const {
    if (given.is_string()) return {std::string{given.as_string()}};
    std::vector<std::string> all;
    if (takes_lists_of_links)
      for (json::value const& one : given.as_array()) all.emplace_back(one.as_string());
    return all;
  }

  std::vector<std::string> watchers(json::value const& given) const {
    std::vector<std::string> names;
    for (json::value const& one : given.as_array()) {
      std::string const address{one.as_string()};
      std::string const name = address.substr(0, address.find('@'));
      if (refused_addresses.contains(address)) continue;
      names.push_back(people.contains(name) ? name : address);
    }
    return names;
  }

  at::http::response create(at::http::request const& r) {
    json::object const given = json::parse(r.body()).as_object();
    if (auto no =
            refused(given, {"Queue", "Subject", "Content", "ContentType", "Cc", "AdminCc",
                            "CustomFields", "RefersTo", "ReferredToBy", "Creator", "Created"}))
      return *no;
    std::string const name{given.at("Queue").as_string()};
    queue const* const in = queue_called(name);
    if (in == nullptr || in->disabled || !may("CreateTicket"))
      return said(403, "No permission to create tickets in the queue '" + name + "'");
    rt_ticket made;
    made.number = made.effective = static_cast<int>(tickets.size()) + 1;
    made.queue = in->name;
    made.status = in->cycle->first;
    made.creator = user_name_;
    made.created = now;
    // RT took these from everybody until its updates of 2026; but its history says who it was.
    if (auto const* then = given.if_contains("Created")) made.created = then->as_string();
    if (auto const* other = given.if_contains("Creator"))
      for (auto const& [someone, p] : people)
        if (p.number == other->as_int64()) made.creator = someone;
    std::string subject{given.at("Subject").as_string()};
    std::erase(subject, '\n');
    made.subject = subject.substr(0, 200); // bytes
    if (auto const* links = given.if_contains("RefersTo")) made.links = texts(*links);
    if (auto const* marks = given.if_contains("ReferredToBy")) made.marks = texts(*marks);
    if (drops_links) made.marks.clear();
    if (auto const* fields = given.if_contains("CustomFields"))
      for (auto const& one : fields->as_object()) (void)set_field(made, one.key(), one.value());
    if (auto const* cc = given.if_contains("Cc")) made.cc = watchers(*cc);
    if (auto const* cc = given.if_contains("AdminCc"); cc != nullptr && may("ModifyTicket"))
      made.admin_cc = watchers(*cc);
    std::string content, type;
    if (auto const* text = given.if_contains("Content")) content = text->as_string();
    if (auto const* kind = given.if_contains("ContentType")) type = kind->as_string();
    note("Create", made, content, type);
    tickets.push_back(made);
    json::object body = reference("ticket", id_of(made.number));
    if (ids_are_numbers) body["id"] = made.number;
    at::http::headers headers;
    headers.add({"Location", "/REST/2.0/ticket/" + id_of(made.number)});
    return reply(201, body, std::move(headers));
  }

  at::http::response change(at::http::request const& r, rt_ticket& which) {
    json::object const given = json::parse(r.body()).as_object();
    if (auto no = refused(given, {"Subject", "Status", "CustomFields", "AddRefersTo",
                                  "AddReferredToBy", "Queue", "DeleteReferredToBy", "MergeInto"}))
      return *no;
    json::array done;
    auto const denied = [&](auto const& ok, char const* what) {
      if (ok)
        done.emplace_back(what);
      else
        done.emplace_back(user_->denied);
    };
    bool const may_modify = may("ModifyTicket");
    if (auto const* subject = given.if_contains("Subject")) {
      if (may_modify) which.subject = subject->as_string();
      denied(may_modify, "Subject changed");
    }
    if (auto const* status = given.if_contains("Status")) {
      std::string const to{status->as_string()};
      lifecycle const& cycle = *queue_of(which)->cycle;
      bool const is_known = cycle.active.contains(to) || cycle.inactive.contains(to);
      if (!is_known) {
        done.emplace_back("Status '" + to + "' isn't a valid status for this ticket.");
      } else {
        if (may_modify) which.status = to;
        if (may_modify && cycle.inactive.contains(to)) which.resolved = now;
        denied(may_modify, "Status changed");
      }
    }
    if (auto const* fields = given.if_contains("CustomFields"))
      for (auto const& one : fields->as_object())
        if (set_field(which, one.key(), one.value())) done.emplace_back("field changed");
    for (auto const& [member, to] :
         {std::pair{"AddRefersTo", &which.links}, std::pair{"AddReferredToBy", &which.marks}})
      if (auto const* links = given.if_contains(member))
        for (std::string const& one : texts(*links)) {
          if (may_modify) to->push_back(one);
          denied(may_modify, "link added");
        }
    if (auto const* link = given.if_contains("DeleteReferredToBy"))
      std::erase(which.marks, std::string{link->as_string()});
    if (auto const* to = given.if_contains("Queue")) which.queue = to->as_string();
    if (auto const* into = given.if_contains("MergeInto")) {
      rt_ticket* const other = with_number(id_of(static_cast<int>(into->as_int64())));
      other->links.insert(other->links.end(), which.links.begin(), which.links.end());
      other->marks.insert(other->marks.end(), which.marks.begin(), which.marks.end());
      which.links.clear();
      which.marks.clear(); // custom fields stay where they are
      which.effective = other->number;
    }
    return reply(200, done);
  }

  at::http::response say(at::http::request const& r, rt_ticket* which, std::string_view how) {
    json::object const given = json::parse(r.body()).as_object();
    if (auto no = refused(given, {"Content", "ContentType"})) return *no;
    if (!given.contains("ContentType"))
      return said(400, "ContentType is a required field for application/json");
    if (which == nullptr || !may("CommentOnTicket")) return said(400, user_->denied);
    std::string const number = note(how == "comment" ? "Comment" : "Correspond", *which,
                                    std::string{given.at("Content").as_string()},
                                    std::string{given.at("ContentType").as_string()});
    at::http::headers headers;
    headers.add({"Location", "/REST/2.0/transaction/" + number});
    return reply(201, json::array{"Comments added"}, std::move(headers));
  }

  /// The transactions of a ticket and of those that were merged into it.
  std::vector<transaction> all_of(rt_ticket const& which) const {
    std::vector<transaction> all;
    for (transaction const& one : history)
      for (rt_ticket const& t : tickets)
        if (t.number == one.ticket && t.effective == which.number) all.push_back(one);
    return all;
  }

  at::http::response list_history(at::http::request const& r, rt_ticket const& which) const {
    if (auto no = refused_query(r, {"query", "fields", "per_page", "page"})) return *no;
    json::array items;
    for (transaction const& one : all_of(which))
      if (rt_field_wanted(r, "Type") == one.type)
        items.push_back({{"id", id_of(one.number)},
                         {"type", "transaction"},
                         {"Type", one.type},
                         {"Creator", reference("user", one.creator)}});
    return page(r, std::move(items), false);
  }

  at::http::response list_texts(at::http::request const& r, rt_ticket const& which) const {
    if (auto no = refused_query(r, {"query", "fields", "orderby", "order", "per_page", "page"}))
      return *no;
    json::array items;
    for (transaction const& one : all_of(which)) {
      if (one.content.empty() || rt_field_wanted(r, "ContentType") != one.content_type) continue;
      json::value item = nullptr;
      if (may("ShowTicketComments") && !hidden.contains(one.number))
        item = {{"id", id_of(one.number + 1000)},
                {"Content", one.content},
                {"TransactionId", id_of(one.number)}};
      items.insert(items.begin(), std::move(item));
    }
    return page(r, std::move(items), false);
  }

  at::http::response list_queues(at::http::request const& r) const {
    if (auto no = refused_query(r, {"query", "fields"})) return *no;
    json::array items;
    for (queue const& one : queues)
      if (may("SeeQueue") && !one.disabled &&
          (at::http::iequals(rt_field_wanted(r, "Name"), one.name) ||
           rt_field_wanted(r, "id") == id_of(one.number)))
        items.push_back({{"id", id_of(one.number)}, {"type", "queue"}, {"Name", one.name}});
    return page(r, std::move(items), false);
  }

  at::http::response show_queue(std::string_view number) const {
    queue const* const which = queue_called(std::string{number});
    if (which == nullptr || !may("SeeQueue")) return said(403, "Forbidden");
    json::array links{{{"ref", "self"}, {"type", "queue"}}}, fields;
    if (may("CreateTicket")) links.push_back({{"ref", "create"}, {"type", "ticket"}});
    for (std::string const& one : which->fields) fields.push_back({{"id", "7"}, {"name", one}});
    return reply(200, {{"id", which->number},
                       {"Name", which->name},
                       {"_hyperlinks", links},
                       {"Lifecycle", which->cycle->name},
                       {"TicketCustomFields", fields}});
  }

  at::http::response show_person(std::string_view who) const {
    for (auto const& [name, one] : people)
      if (name == who || id_of(one.number) == who)
        return reply(200, {{"id", one.number}, {"Name", name}});
    return said(404, "Not Found");
  }

  at::http::response search(at::http::request const& r) {
    if (auto no = refused_query(r, {"query", "fields", "orderby", "order", "per_page", "page"}))
      return *no;
    rt_query wanted(at::http::query_parameter(r.url(), "query").value_or(""));
    std::string const fields = at::http::query_parameter(r.url(), "fields").value_or("");
    json::array items;
    for (rt_ticket const& one : tickets) {
      bool const is_closed = queue_of(one)->cycle->inactive.contains(one.status);
      if (!wanted.holds(one, is_closed) || one.effective != one.number || one.status == "deleted" ||
          !may("ShowTicket"))
        continue;
      json::object item = object(one);
      item["id"] = id_of(one.number);
      for (auto const& member : json::object{item})
        if (member.key() != "id" &&
            ("," + fields + ",").find("," + std::string{member.key()} + ",") == std::string::npos)
          item.erase(member.key());
      if (!tells_links && item.contains("_hyperlinks")) item["_hyperlinks"] = "";
      items.push_back(std::move(item));
    }
    if (!wanted.problem().empty()) return said(400, wanted.problem());
    return page(r, std::move(items), true);
  }
};

} // namespace test
