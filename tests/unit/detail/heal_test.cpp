#include "../../support/catch.hpp"
#include "../acme_server.hpp"

#include <argus_ticket/detail/heal.hpp>
#include <argus_ticket/policy/policies.hpp>

namespace heal_test {

namespace at = argus_ticket;
namespace detail = argus_ticket::detail;
using at::ticket_state;
using at::http::method;
using at::testing::mock_transport;
using test::acme;
using test::acme_server;
using test::noting_acme;
using test::recorder;

namespace {

at::ticket ticket(std::string number, ticket_state state = ticket_state::open) {
  at::ticket t;
  t.system = "acme";
  t.url = test::ticket_url(number);
  t.number = std::move(number);
  t.state = state;
  return t;
}

constexpr auto closed = ticket_state::closed;

using watched =
    at::policies<at::default_renderer, test::fake_clock, at::no_retry, at::no_pacing, recorder>;

template <class Plugin>
at::ticket heal(acme_server& server, std::vector<at::ticket> all, recorder seen = {}) {
  Plugin const plugin{test::acme_settings()};
  watched policies;
  policies.observer = seen;
  mock_transport transport = server.transport();
  return test::run(detail::heal(plugin, policies, std::move(all)), transport).value();
}

/// A server with the tickets 17, 18 and 19.
acme_server with_three() {
  acme_server server;
  for (int i = 0; i < 3; ++i) server.open("k");
  return server;
}

} // namespace

TEST_CASE("kept_of: the first that is not closed, else the first") {
  CHECK(detail::kept_of({ticket("1")}) == 0);
  CHECK(detail::kept_of({ticket("1", closed)}) == 0);
  CHECK(detail::kept_of({ticket("1"), ticket("2")}) == 0);
  CHECK(detail::kept_of({ticket("1", closed), ticket("2"), ticket("3")}) == 1);
  CHECK(detail::kept_of({ticket("1", closed), ticket("2", closed)}) == 0);
  CHECK(detail::kept_of({ticket("1", ticket_state::unknown), ticket("2")}) == 0);
}

TEST_CASE("heal: a single ticket is left alone") {
  acme_server server = with_three();
  recorder seen;
  CHECK(heal<noting_acme>(server, {ticket("17")}, seen).number == "17");
  CHECK(server.requests() == 0);
  CHECK(seen.lines->empty());
}

TEST_CASE("heal: the others get a comment and are closed; no text is written over") {
  acme_server server = with_three();
  recorder seen;
  at::ticket const kept =
      heal<noting_acme>(server, {ticket("17"), ticket("18"), ticket("19")}, seen);
  CHECK(kept.number == "17");
  CHECK(kept.warnings.empty());
  CHECK_FALSE(server.tickets[0].closed);
  CHECK(server.tickets[0].comments.empty());
  for (std::size_t i : {1U, 2U}) {
    CHECK(server.tickets[i].closed);
    REQUIRE(server.tickets[i].comments.size() == 1);
    CHECK(server.tickets[i].comments[0].find(test::ticket_url("17")) != std::string::npos);
  }
  CHECK(*seen.lines == std::vector<std::string>{"duplicate 18 of 17", "duplicate 19 of 17"});
}

TEST_CASE("heal: what is closed stays as it is") {
  acme_server server = with_three();
  CHECK(heal<noting_acme>(server, {ticket("17", closed), ticket("18"), ticket("19", closed)})
            .number == "18");
  CHECK(heal<noting_acme>(server, {ticket("17", closed), ticket("18", closed)}).number == "17");
  CHECK(server.requests() == 0);
}

TEST_CASE("heal: one comment on a duplicate is enough, however often it is healed") {
  acme_server server = with_three();
  for (int i = 0; i < 3; ++i) heal<noting_acme>(server, {ticket("17"), ticket("18")});
  CHECK(server.tickets[1].comments.size() == 1);
}

TEST_CASE("heal: a ticket that the server lists twice is no duplicate") {
  acme_server server = with_three();
  CHECK(heal<noting_acme>(server, {ticket("17"), ticket("17")}).number == "17");
  CHECK(server.requests() == 0);
  recorder seen;
  CHECK(heal<noting_acme>(server, {ticket("17"), ticket("18"), ticket("18"), ticket("17")}, seen)
            .number == "17");
  CHECK_FALSE(server.tickets[0].closed);
  CHECK(server.tickets[1].closed);
  CHECK(*seen.lines == std::vector<std::string>{"duplicate 18 of 17"});
}

TEST_CASE("heal: a close that fails is a warning") {
  acme_server server = with_three();
  server.fails = [](at::http::request const& r) { return r.method() == method::put; };
  at::ticket const kept = heal<noting_acme>(server, {ticket("17"), ticket("18")});
  CHECK(kept.number == "17");
  REQUIRE(kept.warnings.size() == 1);
  CHECK(kept.warnings[0].where == "duplicate 18");
  CHECK(kept.warnings[0].what.starts_with("could not be closed: creation error"));
  CHECK(server.tickets[1].comments.size() == 1);
}

TEST_CASE("heal: without a word of explanation nothing is closed") {
  acme_server server = with_three();
  server.fails = [](at::http::request const& r) { return r.url().path().ends_with("/comments"); };
  at::ticket const kept = heal<noting_acme>(server, {ticket("17"), ticket("18"), ticket("19")});
  REQUIRE(kept.warnings.size() == 2);
  CHECK(kept.warnings[0].where == "duplicate 18");
  CHECK(kept.warnings[0].what.starts_with("could not be commented: creation error"));
  CHECK(kept.warnings[1].where == "duplicate 19");
  CHECK(server.open_count() == 3);
}

TEST_CASE("heal: a plugin that throws is a warning as well") {
  struct throws_at_close : noting_acme {
    using noting_acme::noting_acme;
    at::operation<at::ticket> close(at::ticket_ref, at::close_reason) const { // no coroutine
      throw std::runtime_error("token=hunter2");
    }
  };
  struct throws_at_comment : noting_acme {
    using noting_acme::noting_acme;
    at::operation<at::comment> comment(at::ticket_ref, std::string) const {
      throw std::runtime_error("token=hunter2");
    }
  };
  acme_server server = with_three();
  for (at::ticket const& kept : {heal<throws_at_close>(server, {ticket("17"), ticket("18")}),
                                 heal<throws_at_comment>(server, {ticket("17"), ticket("19")})}) {
    CHECK(kept.number == "17");
    REQUIRE(kept.warnings.size() == 1);
    CHECK(kept.warnings[0].what.find("an exception left the plugin") != std::string::npos);
    CHECK(kept.warnings[0].what.find("hunter2") == std::string::npos);
  }
}

TEST_CASE("heal: a system without comments closes, one that cannot close says so") {
  struct silent : acme {
    using acme::acme;
    void comment() const {}
  };
  struct for_ever : acme {
    using acme::acme;
    void close() const {}
  };
  static_assert(!at::comments_tickets<silent> && at::closes_tickets<silent>);
  static_assert(at::comments_tickets<for_ever> && !at::closes_tickets<for_ever>);
  acme_server server = with_three();
  CHECK(heal<silent>(server, {ticket("17"), ticket("18")}).warnings.empty());
  CHECK(server.tickets[1].closed);
  CHECK(server.requests() == 1);
  CHECK(heal<for_ever>(server, {ticket("17"), ticket("19")}).warnings ==
        std::vector<at::problem>{{"duplicate 19", "is there, and cannot be closed"}});
  CHECK(server.requests() == 1);
}

} // namespace heal_test
