#include "../../support/catch.hpp"
#include "../acme_server.hpp"

#include <argus_ticket/detail/find_or_create.hpp>

#include <map>

namespace recurrence_test {

namespace at = argus_ticket;
namespace detail = argus_ticket::detail;
using at::close_reason;
using test::acme_server;
using test::fault;
using namespace std::chrono_literals;

namespace {

struct closing {
  std::optional<at::timestamp> when;
  std::optional<close_reason> why;
};

/// An acme that says when and why a ticket was closed, and can reopen it.
struct dated_acme : test::acme {
  std::map<std::string, closing> const* closings;

  dated_acme(test::acme const& rest, std::map<std::string, closing> const& c)
      : acme(rest), closings(&c) {}

  at::operation<std::vector<at::ticket>> find(at::ticket_query q) const {
    std::vector<at::ticket> found = co_await acme::find(std::move(q));
    for (at::ticket& t : found)
      if (auto const at = closings->find(t.number); at != closings->end()) {
        t.closed_at = at->second.when;
        t.closed_as = at->second.why;
      }
    co_return found;
  }
  at::operation<at::ticket> reopen(at::ticket_ref which) const {
    boost::json::object body;
    body["state"] = "open";
    at::http::request request = at::http::put(base_ / "tickets" / which.number).json(body);
    at::http::response const reply = co_await at::send(with_token(std::move(request)));
    if (reply.status() != at::http::status::ok) co_return failed(reply);
    at::ticket reopened = co_await ticket_in(reply);
    reopened.state = at::ticket_state::open;
    co_return reopened;
  }
};
static_assert(at::reopens_tickets<dated_acme>);

detail::instant const now{std::chrono::sys_days{std::chrono::year{2024} / std::chrono::June / 1}};
at::timestamp ago(std::chrono::seconds time) {
  return at::timestamp{std::chrono::time_point_cast<std::chrono::microseconds>(now - time)};
}

struct world {
  acme_server server;
  std::map<std::string, closing> closings;
  at::policies<> policies;

  world() { policies.when_closed = {.again = true, .reopen_within = 1h}; }
  std::string add_closed(std::optional<at::timestamp> when,
                         std::optional<close_reason> why = close_reason::completed) {
    auto& t = server.open(at::key_of(test::some_incident()).value);
    t.closed = true;
    closings[t.number] = {when, why};
    return t.number;
  }
  at::result<at::ticket> find_or_create() {
    dated_acme const plugin{test::an_acme(), closings};
    auto transport = server.transport();
    return test::run(detail::find_or_create_ticket(plugin, policies, test::some_incident(), now),
                     transport);
  }
};

} // namespace

TEST_CASE("recurrence: a closed ticket is the answer, unless it is asked for more") {
  world w;
  w.policies.when_closed = {};
  std::string const number = w.add_closed(ago(1min));
  auto const t = w.find_or_create();
  REQUIRE(t.has_value());
  CHECK(t->number == number);
  CHECK(t->state == at::ticket_state::closed);
  CHECK_FALSE(t->created);
  CHECK(w.server.tickets.size() == 1);
}

TEST_CASE("recurrence: within the time the ticket is reopened") {
  for (auto const age : {0s, 3600s}) {
    world w;
    std::string const number = w.add_closed(ago(age));
    auto const t = w.find_or_create();
    REQUIRE(t.has_value());
    CHECK(t->number == number);
    CHECK(t->state == at::ticket_state::open);
    CHECK_FALSE(t->created);
    CHECK_FALSE(w.server.numbered(number).closed);
    CHECK(w.server.tickets.size() == 1);
  }
}

TEST_CASE("recurrence: past it a new one is opened, with a link to the old one") {
  world w;
  std::string const number = w.add_closed(ago(3601s));
  auto const t = w.find_or_create();
  REQUIRE(t.has_value());
  CHECK(t->number != number);
  CHECK(t->created);
  REQUIRE(w.server.tickets.size() == 2);
  CHECK(w.server.tickets[0].closed);
  CHECK_FALSE(w.server.tickets[1].closed);
  CHECK(w.server.tickets[1].text.ends_with("This happened before: " + test::ticket_url(number)));

  // From then on it is that one.
  auto const again = w.find_or_create();
  REQUIRE(again.has_value());
  CHECK(again->number == t->number);
  CHECK_FALSE(again->created);
  CHECK(w.server.tickets.size() == 2);
}

TEST_CASE("recurrence: the last one that was closed tells") {
  world w;
  w.add_closed(ago(48h));
  std::string const last = w.add_closed(ago(1min));
  auto const t = w.find_or_create();
  REQUIRE(t.has_value());
  CHECK(t->number == last);
  CHECK(w.server.tickets.size() == 2);
}

TEST_CASE("recurrence: what nobody wants to do anything about stays closed") {
  for (auto const when : {ago(1min), ago(48h)}) {
    world w;
    w.add_closed(when, close_reason::not_planned);
    auto const t = w.find_or_create();
    REQUIRE(t.has_value());
    CHECK(t->state == at::ticket_state::closed);
    CHECK(w.server.open_count() == 0);
  }
}

TEST_CASE("recurrence: where the system does not say when, the ticket is left alone") {
  world w;
  w.add_closed(std::nullopt);
  auto const t = w.find_or_create();
  REQUIRE(t.has_value());
  CHECK(t->state == at::ticket_state::closed);
  CHECK(w.server.tickets.size() == 1);
}

TEST_CASE("recurrence: whatever request fails, there is one open ticket in the end") {
  for (auto const age : {1min, std::chrono::minutes{48h}})
    for (fault const how : {fault::not_sent, fault::sent_not_done, fault::done_reply_lost}) {
      for (std::size_t request = 0;; ++request) {
        world w;
        w.add_closed(ago(age));
        w.server.fail_at(request, how);
        (void)w.find_or_create();
        bool const struck = w.server.requests() > request;
        w.server.never_fail_again();
        auto const t = w.find_or_create();
        REQUIRE(t.has_value());
        CHECK(t->state != at::ticket_state::closed);
        CHECK(w.server.open_count() == 1);
        CHECK(w.server.tickets.size() == (age == 1min ? 1 : 2));
        if (!struck) break;
      }
    }
}

} // namespace recurrence_test
