#include "../support/catch.hpp"

#include <argus_ticket/ticket.hpp>

#include <string>

namespace at = argus_ticket;

static_assert(at::to_string(at::ticket_state::open) == "open");
static_assert(at::to_string(at::ticket_state::closed) == "closed");
static_assert(at::to_string(at::ticket_state::unknown) == "unknown");
static_assert(at::to_string(static_cast<at::ticket_state>(99)) == "unknown");

TEST_CASE("ticket: is a success, degraded where something beside it did not stick") {
  at::ticket t;
  CHECK(t.state == at::ticket_state::unknown);
  CHECK_FALSE(t.created);
  CHECK(t.outcome() == at::outcome::applied);
  t.warnings.push_back({"label 'x'", "was dropped"});
  CHECK(t.outcome() == at::outcome::applied_degraded);
}

TEST_CASE("ticket_ref: is made of a ticket, or of a number in any form") {
  at::ticket t;
  t.id = "2894512345";
  t.number = "17";
  CHECK(at::ticket_ref{t}.number == "17");
  CHECK(at::ticket_ref{"17"}.number == "17");
  CHECK(at::ticket_ref{std::string{"NET-17"}}.number == "NET-17");
  CHECK(at::ticket_ref{std::string_view{"17th"}.substr(0, 2)}.number == "17");
}

TEST_CASE("ticket_ref: of a ticket of which only the page is known is that page") {
  at::ticket known; // what an incident with a ticket_url gives
  known.url = "https://github.com/o/r/issues/17";
  CHECK(at::ticket_ref{known}.number == "https://github.com/o/r/issues/17");
}
