// Incidents that happen again after their ticket was closed.
#include "outbox_fated_store.hpp"
#include "outbox_scenario.hpp"

using namespace test;

namespace {

/// An acme that says when a ticket was closed: long ago.
struct dated_acme : full_acme {
  using full_acme::full_acme;

  at::operation<std::vector<at::ticket>> find(at::ticket_query q) const {
    std::vector<at::ticket> found = co_await full_acme::find(std::move(q));
    for (at::ticket& t : found)
      if (t.state == at::ticket_state::closed)
        t.closed_at = at::parse_timestamp("2020-01-01T00:00:00Z");
    co_return found;
  }
};

} // namespace

TEMPLATE_TEST_CASE("recurrence: killed at each deed, one new ticket with the whole text",
                   "[outbox]", FATED_STORES) {
  bool const is_on_record = GENERATE(false, true);
  at::incident const from = large_incident();
  lines calm; // the new ticket's comments where nothing happens
  std::size_t deeds = 1;
  for (std::size_t point = 0; point <= deeds; ++point) {
    delivering<TestType, dated_acme> d;
    auto const start = [&] { d.box->client().policies().when_closed.again = true; };
    start();
    if (is_on_record) {
      d.submit(from);
      (void)d.deliver_all();
    } else {
      d.net.server.open(at::key_of(from).value);
    }
    d.net.server.tickets.at(0).closed = true;
    d.submit(from);
    INFO("deed " << point << (is_on_record ? ", the last ticket on record" : ""));
    if (point > 0) { // the first round is calm
      killed_process life{d, point - 1, true};
      for (int rounds = 0; !life.is_over() && rounds < 50; ++rounds) (void)d.box->deliver_one();
      life.end();
      start();
    } else {
      killed_process life{d, 1'000, true};
      while (d.deliver().what != what::nothing) {
      }
      deeds = life.deeds();
      life.end();
      calm = without_markers(d.net.server.tickets.at(1).comments);
      CHECK(calm.size() >= 2);
    }
    (void)d.deliver_all();
    CHECK(d.list().empty());
    REQUIRE(d.net.server.tickets.size() == 2);
    CHECK(d.net.server.tickets[0].closed);
    CHECK_FALSE(d.net.server.tickets[1].closed);
    CHECK(without_markers(d.net.server.tickets[1].comments) == calm);
  }
}
