// Entries whose owner is gone, or slow.
#include "outbox_fated_store.hpp"

using namespace test;

namespace {

template <class Store>
constexpr bool has_many_owners = std::same_as<Store, at::memory_store>;

/// An acme that does not find a ticket at once.
struct lagging_acme : full_acme {
  using full_acme::full_acme;
  static constexpr std::chrono::seconds search_lag{30};
};

/// A process that dies while its first request is under way.
template <class Delivering>
void die_while_delivering(Delivering& d) {
  killed_process life{d, 3, false}; // begin_delivery, upkeep and claim come before
  REQUIRE_FALSE(d.box->deliver_one().has_value());
  REQUIRE(life.is_over());
  life.end();
}

} // namespace

TEMPLATE_TEST_CASE("lease: the entry of an owner who is gone comes back after a while", "[outbox]",
                   STORE_TYPES) {
  delivering<fated<TestType>> d;
  auto const said = d.submit(incident_of(1));
  die_while_delivering(d);
  CHECK(d.entry(said.id).state == entry_state::delivering);
  CHECK(d.net.requests == 0);
  auto const resting = d.deliver();
  CHECK(resting.what == what::nothing);
  REQUIRE(resting.next);
  // Who is the only owner need not wait for the lease.
  auto const pause = has_many_owners<TestType> ? 120'000ms : 5'000ms;
  CHECK(*resting.next == d.now() + pause);
  d.jump(pause - 1ms);
  CHECK(d.deliver().what == what::nothing);
  d.jump(1ms);
  auto const back = d.deliver();
  CHECK(back.what == what::delivered);
  CHECK(back.entry.id == said.id);
  CHECK(back.entry.attempts == 2);
}

TEMPLATE_TEST_CASE("lease: how long it rests is an option", "[outbox]", STORE_TYPES) {
  at::outbox_options options;
  options.lease = 10min;
  options.grace = 42s;
  delivering<fated<TestType>> d{options};
  d.submit(incident_of(1));
  die_while_delivering(d);
  CHECK(d.deliver().next == d.now() + (has_many_owners<TestType> ? 600'000ms : 42'000ms));
}

TEMPLATE_TEST_CASE("lease: others are delivered while it rests, its own followers are not",
                   "[outbox]", STORE_TYPES) {
  delivering<fated<TestType>> d;
  d.submit(incident_of(1));
  d.comment(incident_of(1), "text");
  d.submit(incident_of(2));
  die_while_delivering(d);
  CHECK(d.deliver_due().size() == 1);
  CHECK(d.net.done == lines{"open 17: Netbox 2 down."});
  CHECK(d.deliver_all().size() == 2);
  CHECK(d.net.done.back() == "comment 18: text");
}

TEMPLATE_TEST_CASE("lease: one who was too slow finds that somebody else has done it", "[outbox]",
                   STORE_TYPES) {
  delivering<TestType> d;
  d.submit(incident_of(1));
  typename delivering<TestType>::box_type other{d.client(), d.store, d.options};
  bool first = true;
  std::optional<at::result<at::delivery>> theirs;
  d.net.instead = [&](at::http::request const& r) {
    if (is(r, at::http::method::post, "/tickets") && std::exchange(first, false)) {
      d.jump(3min);
      theirs = other.deliver_one();
    }
    return std::optional<network::reply>{};
  };
  auto const ours = d.box->deliver_one();
  REQUIRE(theirs);
  REQUIRE(problem_of(*theirs) == "");
  CHECK((*theirs)->what == what::delivered);
  REQUIRE_FALSE(ours.has_value());
  CHECK(ours.error().code == at::errc::lease_lost);
  CHECK(d.heard.count("store failed") == 0);
  CHECK(d.net.server.open_count() == 1); // the second ticket was found and closed
  CHECK(d.list().empty());
  CHECK(d.deliver().what == what::nothing);
  CHECK(d.stats().delivered == 1);
}

TEMPLATE_TEST_CASE("lease: one who was too slow may still record it where nobody took it",
                   "[outbox]", STORE_TYPES) {
  delivering<TestType> d;
  d.submit(incident_of(1));
  d.net.instead = [&](at::http::request const&) {
    d.jump(3min);
    return std::optional<network::reply>{};
  };
  CHECK(d.deliver().what == what::delivered);
  CHECK(d.list().empty());
  CHECK(d.net.server.tickets.size() == 1);
}

TEMPLATE_TEST_CASE("lease: what was just opened is given its time to be found, after a crash too",
                   "[outbox]", STORE_TYPES) {
  at::outbox_options options;
  options.between = {.first = 1ms, .longest = 1ms};
  delivering<fated<TestType>, lagging_acme> d{options};
  auto found_after = 30'000ms;
  std::optional<std::chrono::steady_clock::time_point> visible;
  d.net.server.after_create = [&] {
    if (!visible) visible = d.clock.steady_now() + found_after;
  };
  bool looks_fail = false;
  d.net.instead = [&](at::http::request const& r) -> std::optional<network::reply> {
    if (!visible || !is(r, at::http::method::get, "/tickets")) return std::nullopt;
    if (looks_fail) return refused_connection();
    if (d.clock.steady_now() >= *visible) return std::nullopt;
    return at::http::response{404, {}, ""};
  };
  d.submit(incident_of(1));
  SECTION("the owner was killed after the create, and the search lags") {
    killed_process life{d, 4, true}; // after upkeep, claim and look-up
    REQUIRE_FALSE(d.box->deliver_one().has_value());
    life.end();
    REQUIRE(d.net.server.tickets.size() == 1);
  }
  SECTION("the reply was lost, nobody could look, and the server is still at work") {
    found_after = 31'000ms; // a second longer than its search lags
    looks_fail = true;
    d.net.fault_of = [](std::size_t n) {
      return n == 1 ? std::optional{fault::done_reply_lost} : std::nullopt;
    };
    CHECK(d.deliver().what == what::postponed);
    looks_fail = false;
    REQUIRE(d.net.server.tickets.size() == 1);
  }
  (void)d.deliver_all();
  CHECK(d.net.server.tickets.size() == 1);
  CHECK(d.list().empty());
}
