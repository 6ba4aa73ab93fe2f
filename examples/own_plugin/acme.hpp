#pragma once
// The plugin for ACME, a ticket system made up for docs/writing_a_plugin.md.

#include <argus_ticket/document/plain.hpp>
#include <argus_ticket/plugins/support.hpp>

#include <boost/json.hpp>

namespace examples {

namespace at = argus_ticket;
namespace json = boost::json;
namespace status = at::http::status;
namespace support = at::plugins::support;

class acme {
 public:
  static constexpr at::fixed_string name = "acme";
  struct settings {
    std::string endpoint{};
    struct {
      at::secret token;
    } authentication{};
  };
  using setting_fields = std::tuple<at::fields::endpoint, at::fields::token>;
  using dialect = at::document::plain;
  static constexpr at::document::text_limits limits{.title = 120, .body = 32'000};

  explicit acme(settings s)
      : tickets_(at::http::url::parse(s.endpoint).value() / "tickets"),
        token_(std::move(s.authentication.token)) {}

  at::operation<at::ticket> create(at::draft d) const {
    json::object const body{{"subject", d.title}, {"text", d.body}, {"mark", mark_of(d.key)}};
    support::answer const made = co_await ask(at::http::post(tickets_).json(body), status::created);
    at::ticket opened = co_await ticket_in(made.json, made.reply);
    opened.created = true;
    if (support::text_member(made.json, "mark") != mark_of(d.key))
      opened.warnings.push_back({"mark", "is lost: the ticket cannot be found again"});
    co_return opened;
  }

  at::operation<std::vector<at::ticket>> find(at::ticket_query q) const {
    at::http::url const list = tickets_.with("mark", mark_of(q.key));
    support::answer const page = co_await ask(at::http::get(list), status::ok);
    json::array const entries = co_await support::list_in(page, "tickets");
    std::vector<at::ticket> found;
    for (json::value const& one : entries)
      if (support::text_member(one, "mark") == mark_of(q.key))
        found.push_back(co_await ticket_in(one, page.reply));
    co_return found;
  }

  at::operation<at::ticket> get(at::ticket_ref which) const {
    support::answer const there = co_await read(which);
    co_return ticket_in(there.json, there.reply);
  }
  at::operation<at::ticket> update(at::ticket_ref which, at::draft d) const {
    return change(which, d.key, {{"subject", d.title}, {"text", d.body}});
  }
  at::operation<at::ticket> close(at::ticket_ref which, at::close_reason why) const {
    bool const done = why == at::close_reason::completed;
    return change(which, {}, {{"state", "closed"}, {"reason", done ? "done" : "dropped"}});
  }
  at::operation<at::ticket> reopen(at::ticket_ref which) const {
    return change(which, {}, {{"state", "open"}});
  }
  at::operation<at::comment> comment(at::ticket_ref which, std::string text) const {
    std::string const number = co_await number_of(which);
    json::object const body{{"text", text}};
    at::http::request request = at::http::post(tickets_ / number / "comments").json(body);
    support::answer const made = co_await ask(std::move(request), status::created, number);
    at::comment added;
    added.id = support::id_member(made.json, "id");
    if (added.id.empty()) co_return support::bad_reply(made.reply, "the comment has no id");
    co_return added;
  }

 private:
  at::operation<support::answer> ask(at::http::request r, int documented,
                                     std::string number = {}) const {
    return support::ask(std::move(r).authorization("Bearer", token_), documented, number);
  }
  at::operation<support::answer> read(at::ticket_ref which) const {
    std::string const number = co_await number_of(which);
    co_return co_await ask(at::http::get(tickets_ / number), status::ok, number);
  }
  static at::result<at::ticket> ticket_in(json::value const& from, at::http::response const& of) {
    std::string_view const state = support::text_member(from, "state");
    at::ticket t;
    t.system = name.view();
    t.id = t.number = support::id_member(from, "number");
    t.url = support::text_member(from, "page");
    t.title = support::text_member(from, "subject");
    if (state == "open") t.state = at::ticket_state::open;
    if (state == "closed") t.state = at::ticket_state::closed;
    return support::checked(t, of);
  }
  at::result<std::string> number_of(at::ticket_ref const& which) const {
    return support::ticket_number(which, {tickets_}, "ACME");
  }
  static std::string mark_of(at::incident_key const& key) { return "argus-ticket:" + key.value; }
  at::operation<at::ticket> change(at::ticket_ref which, at::incident_key key,
                                   json::object to) const {
    support::answer const there = co_await read(which);
    at::ticket const now = co_await ticket_in(there.json, there.reply);
    std::string_view const mark = support::text_member(there.json, "mark");
    if (!mark.starts_with(mark_of({}))) co_return support::not_marked(now.number);
    if (!key.empty() && mark != mark_of(key)) co_return support::belongs_to_another(now.number);
    at::http::request request = at::http::put(tickets_ / now.number).json(to);
    support::answer const done = co_await ask(std::move(request), status::ok, now.number);
    co_return ticket_in(done.json, done.reply);
  }

  at::http::url tickets_;
  at::secret token_;
};

} // namespace examples
