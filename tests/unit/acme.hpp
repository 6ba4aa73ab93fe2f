#pragma once
// A made-up ticket system, as small as a plugin can be and still do most of what one can. Its texts
// are plain and its limits narrow, so that a test reaches them.

#include "../support/plain_policies.hpp"

#include <argus_ticket/detail/json.hpp>
#include <argus_ticket/document/plain.hpp>
#include <argus_ticket/http/url.hpp>
#include <argus_ticket/plugin.hpp>
#include <argus_ticket/plugins/support/reply.hpp>
#include <argus_ticket/settings_fields.hpp>

#include <boost/json/object.hpp>

#include <algorithm>
#include <string>
#include <string_view>
#include <tuple>
#include <vector>

namespace test {

namespace at = argus_ticket;

class acme {
 public:
  static constexpr at::fixed_string name = "acme";
  using other_names = at::names<"acme.AcmePlugin">;

  struct settings {
    struct authentication_type {
      at::secret token{};
    };
    struct information_type {
      bool allow_plain_http = false;
    };
    std::string endpoint{};
    authentication_type authentication{};
    information_type information{};
  };
  using setting_fields =
      std::tuple<at::fields::endpoint, at::fields::token, at::fields::allow_plain_http>;

  using dialect = at::document::plain;
  static constexpr at::document::text_limits limits{40, 300, at::document::length_unit::bytes};

  explicit acme(settings s)
      : base_(at::http::url::parse(s.endpoint).value()), token_(std::move(s.authentication.token)) {
  }

  at::operation<at::ticket> create(at::draft d) const {
    boost::json::object body;
    body["title"] = d.title;
    body["text"] = d.body;
    body["key"] = d.key.value;
    at::http::request request = at::http::post(base_ / "tickets").json(body);
    at::http::response const reply = co_await at::send(with_token(std::move(request)));
    if (reply.status() != at::http::status::created) co_return failed(reply);
    at::ticket opened = co_await ticket_in(reply);
    opened.created = true;
    co_return opened;
  }

  /// It is answered with 404, or with numbers with spaces between; a closed ticket's ends in `!`.
  at::operation<std::vector<at::ticket>> find(at::ticket_query q) const {
    at::http::url list = (base_ / "tickets").with("key", q.key.value);
    if (q.since) list = list.with("since", to_string(*q.since));
    at::http::response const reply = co_await at::send(with_token(at::http::get(list)));
    if (reply.status() == at::http::status::not_found) co_return std::vector<at::ticket>{};
    if (reply.status() != at::http::status::ok) co_return failed(reply);
    if (reply.body().empty())
      co_return at::plugins::support::bad_reply(reply, "the reply is empty");
    std::vector<at::ticket> found;
    for (std::string_view rest = reply.body(); !rest.empty();) {
      std::string_view one = rest.substr(0, rest.find(' '));
      rest.remove_prefix((std::min)(one.size() + 1, rest.size()));
      bool const closed = one.ends_with('!');
      if (closed) one.remove_suffix(1);
      found.push_back(ticket_of(std::string{one}));
      if (closed) found.back().state = at::ticket_state::closed;
    }
    co_return found;
  }

  at::operation<at::ticket> get(at::ticket_ref which) const {
    at::http::request request = at::http::get(base_ / "tickets" / which.number);
    at::http::response const reply = co_await at::send(with_token(std::move(request)));
    if (reply.status() != at::http::status::ok) co_return failed(reply);
    co_return ticket_in(reply);
  }

  at::operation<at::ticket> update(at::ticket_ref which, at::draft d) const {
    boost::json::object body;
    body["title"] = d.title;
    body["text"] = d.body;
    at::http::request request = at::http::put(base_ / "tickets" / which.number).json(body);
    at::http::response const reply = co_await at::send(with_token(std::move(request)));
    if (reply.status() != at::http::status::ok) co_return failed(reply);
    co_return ticket_in(reply);
  }

  at::operation<at::comment> comment(at::ticket_ref which, std::string text) const {
    boost::json::object body;
    body["text"] = text;
    at::http::request request =
        at::http::post(base_ / "tickets" / which.number / "comments").json(body);
    at::http::response const reply = co_await at::send(with_token(std::move(request)));
    if (reply.status() != at::http::status::created) co_return failed(reply);
    at::comment added;
    added.id = "c";
    co_return added;
  }

  at::operation<at::ticket> close(at::ticket_ref which, at::close_reason why) const {
    boost::json::object body;
    body["state"] = why == at::close_reason::completed ? "done" : "dropped";
    at::http::request request = at::http::put(base_ / "tickets" / which.number).json(body);
    at::http::response const reply = co_await at::send(with_token(std::move(request)));
    if (reply.status() != at::http::status::ok) co_return failed(reply);
    co_return ticket_in(reply);
  }

  at::operation<at::check_report> check() const {
    at::http::response const reply = co_await at::send(with_token(at::http::get(base_ / "me")));
    if (reply.status() != at::http::status::ok) co_return failed(reply);
    at::check_report report;
    report.account = reply.body();
    co_return report;
  }

 protected:
  at::http::request with_token(at::http::request r) const {
    return std::move(r).authorization("Acme", token_);
  }
  static at::error failed(at::http::response const& reply) {
    at::error e = at::plugins::support::error_of(reply);
    e.server_message = at::plugins::support::presentable(reply.body());
    return e;
  }
  /// Its replies are the number of a ticket.
  at::result<at::ticket> ticket_in(at::http::response const& reply) const {
    if (reply.body().empty()) return at::plugins::support::bad_reply(reply, "the reply is empty");
    return ticket_of(reply.body());
  }
  at::ticket ticket_of(std::string number) const {
    at::ticket t;
    t.system = "acme";
    t.id = t.number = std::move(number);
    t.url = (base_ / "tickets" / t.number).string();
    t.state = at::ticket_state::open;
    return t;
  }

  at::http::url base_;
  at::secret token_;
};

static_assert(at::ticket_plugin<acme>);

inline constexpr char const* acme_token = "acme-t0ken-0123456789";

inline acme::settings acme_settings() {
  acme::settings s;
  s.endpoint = "https://acme.example/api";
  s.authentication.token = at::secret{std::string{acme_token}};
  return s;
}

inline acme an_acme() { return acme{acme_settings()}; }

/// What there is to say about it fits into one ticket.
inline at::incident some_incident() {
  at::incident i;
  i.pk = 10101;
  i.source.pk = 11;
  i.source.name = "GW 3";
  i.start_time = at::parse_timestamp("2024-05-31T12:00:00+02:00");
  i.description = "Netbox 11 down.";
  return i;
}

} // namespace test
