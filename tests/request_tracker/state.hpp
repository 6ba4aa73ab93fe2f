#pragma once
// What the model of RT has: people with rights, queues, tickets and their history.

#include "replies.hpp"

#include <map>
#include <set>

namespace test {

class rt_state : protected rt_replies {
 public:
  struct person {
    int number = 0;
    std::string token, password;
    std::set<std::string> rights;
    std::string denied = "Permission Denied"; ///< In the person's language.
    int zone = 0;                             ///< Hours before UTC's.
  };
  struct lifecycle {
    std::string name, first;
    std::set<std::string> active, inactive;
  };
  struct queue {
    int number = 0;
    std::string name;
    rt_state::lifecycle const* cycle = nullptr;
    std::vector<std::string> fields;
    bool disabled = false;
  };
  struct transaction {
    int number = 0;
    std::string type, creator, content, content_type;
    int ticket = 0;
  };

  std::string base = "https://rt.example.org/rt"; ///< Below a path prefix.
  std::string now = "2026-11-12T00:00:00Z";
  bool ids_are_numbers = false;
  bool tells_links = true; ///< In lists; so since RT 5.0.3.
  bool takes_lists_of_links = true;
  bool drops_links = false; ///< Where a ticket is opened.
  lifecycle usual{
      "default", "new", {"new", "open", "stalled"}, {"resolved", "rejected", "deleted"}};
  lifecycle of_repairs{
      "repairs", "reported", {"reported", "in repair"}, {"repaired", "scrapped", "deleted"}};
  std::vector<queue> queues{
      {1, "General", &usual, {"IdemKey", "Room", "Teams", "Day", "Date", "Digits"}},
      {3, R"(it's "a/b" \ 50%)", &usual, {}},
      {4, "Repairs", &of_repairs, {}},
      {5, "Disabled", &usual, {}, true}};
  std::map<std::string, person> people;
  std::set<std::string> refused_addresses;
  std::vector<rt_ticket> tickets;
  std::vector<transaction> history;
  std::set<int> hidden; ///< Transactions whose texts nobody may see.

  rt_state() {
    std::set<std::string> const all{"SeeQueue",         "CreateTicket",       "ShowTicket",
                                    "CommentOnTicket",  "ShowTicketComments", "ModifyTicket",
                                    "ModifyCustomField"};
    add("bot", all);
    person& later_bot = add("later_bot", all);
    later_bot.denied = "Zugriff verweigert";
    later_bot.zone = 14;
    add("staff", all);
    add("low", {"SeeQueue", "CreateTicket", "ShowTicket"});
    add("blind", {"CreateTicket"});
    add("idle", {"SeeQueue"});
    add("stranger", {"CreateTicket"});
  }
  rt_state(rt_state const&) = delete;
  rt_state& operator=(rt_state const&) = delete;

  json::object object(rt_ticket const& t) const {
    json::object o{{"id", t.number},
                   {"Subject", t.subject},
                   {"Status", t.status},
                   {"Type", "ticket"},
                   {"Created", t.created},
                   {"Resolved", t.resolved},
                   {"Creator", reference("user", t.creator)},
                   {"EffectiveId", reference("ticket", id_of(t.effective))}};
    json::array links{{{"ref", "self"}, {"type", "ticket"}, {"id", t.number}}};
    for (std::string const& target : t.links)
      links.push_back({{"ref", "refers-to"}, {"type", "external"}, {"_url", target}});
    for (std::string const& mark : t.marks)
      links.push_back({{"ref", "referred-to-by"}, {"type", "external"}, {"_url", mark}});
    o["_hyperlinks"] = std::move(links);
    json::array fields;
    for (std::string const& name : queue_of(t)->fields) {
      auto const at = t.fields.find(name);
      json::array values;
      if (at != t.fields.end()) values = json::array(at->second.begin(), at->second.end());
      fields.push_back({{"id", "7"}, {"type", "customfield"}, {"name", name}, {"values", values}});
    }
    o["CustomFields"] = std::move(fields);
    for (auto const& [role, names] : {std::pair{"Cc", &t.cc}, std::pair{"AdminCc", &t.admin_cc}}) {
      json::array all;
      for (std::string const& name : *names) all.push_back(reference("user", name));
      o[role] = std::move(all);
    }
    return o;
  }

  /// One that people opened in General long ago, which REST cannot do.
  std::string add_old_ticket(std::string created) {
    rt_ticket made;
    made.number = made.effective = static_cast<int>(tickets.size()) + 1;
    made.queue = queues.front().name;
    made.status = usual.first;
    made.creator = "staff";
    made.created = std::move(created);
    made.subject = "written by people";
    tickets.push_back(std::move(made));
    return std::to_string(tickets.back().number);
  }

  int count(std::string_view type) const {
    return static_cast<int>(std::count_if(history.begin(), history.end(),
                                          [&](transaction const& t) { return t.type == type; }));
  }

 protected:
  person const* user_ = nullptr;
  std::string user_name_;

  person& add(std::string const& name, std::set<std::string> rights) {
    person& p = people[name];
    p.number = 20 + static_cast<int>(people.size()) * 2;
    p.token = "1-" + std::to_string(p.number) + "-0123456789abcdef";
    p.password = "password of " + name;
    p.rights = std::move(rights);
    return p;
  }
  bool may(char const* right) const { return user_->rights.contains(right); }

  queue const* queue_of(rt_ticket const& t) const { return queue_called(t.queue); }
  queue const* queue_called(std::string const& name) const {
    for (queue const& one : queues)
      if (at::http::iequals(one.name, name) || id_of(one.number) == name) return &one;
    return nullptr;
  }
  /// As RT loads one: where it was merged, the one that it was merged into.
  rt_ticket* with_number(std::string_view text) {
    for (rt_ticket& one : tickets)
      if (id_of(one.number) == text)
        return one.effective == one.number ? &one : with_number(id_of(one.effective));
    return nullptr;
  }

  std::string note(std::string type, rt_ticket const& on, std::string content = {},
                   std::string content_type = {}) {
    history.push_back({static_cast<int>(history.size()) + 100, std::move(type), user_name_,
                       std::move(content), std::move(content_type), on.number});
    return id_of(history.back().number);
  }
};

} // namespace test
