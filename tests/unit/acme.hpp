#pragma once
// A made-up ticket system, as small as a plugin can be and still do most of what one can. Its texts
// are plain and its limits narrow, so that a test reaches them.

#include <argus_ticket/detail/json.hpp>
#include <argus_ticket/document/plain.hpp>
#include <argus_ticket/http/url.hpp>
#include <argus_ticket/plugin.hpp>
#include <argus_ticket/plugins/support/reply.hpp>
#include <argus_ticket/settings_fields.hpp>

#include <boost/json/object.hpp>

#include <chrono>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

namespace test {

namespace at = argus_ticket;

/// A clock that stands still but for sleeps, and remembers them.
struct fake_clock {
  struct times {
    std::chrono::system_clock::time_point now{
        std::chrono::sys_days{std::chrono::year{2024} / std::chrono::June / 1}};
    std::chrono::steady_clock::time_point steady{std::chrono::hours{1}};
    std::vector<std::chrono::milliseconds> slept;
  };
  std::shared_ptr<times> state = std::make_shared<times>();

  std::chrono::system_clock::time_point now() const { return state->now; }
  std::chrono::steady_clock::time_point steady_now() const { return state->steady; }
  void sleep_for(std::chrono::milliseconds time) const {
    state->slept.push_back(time);
    state->steady += time;
    state->now += time;
  }
};

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

  at::operation<std::optional<at::ticket>> find(at::ticket_query q) const {
    at::http::url list = (base_ / "tickets").with("key", q.key.value);
    if (q.since) list = list.with("since", to_string(*q.since));
    at::http::response const reply = co_await at::send(with_token(at::http::get(list)));
    if (reply.status() == at::http::status::not_found) co_return std::optional<at::ticket>{};
    if (reply.status() != at::http::status::ok) co_return failed(reply);
    at::ticket found = co_await ticket_in(reply);
    co_return std::optional<at::ticket>(std::move(found));
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
    at::ticket t;
    t.system = "acme";
    t.id = t.number = reply.body();
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
