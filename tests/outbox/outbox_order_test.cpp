// In which order an outbox delivers, and what it delivers at the same time.
#include "outbox_fixture.hpp"

#include <atomic>
#include <future>
#include <thread>

using namespace test;

TEMPLATE_TEST_CASE("order: each step does its own, in the order of their coming", "[outbox]",
                   STORE_TYPES) {
  delivering<TestType> d;
  at::incident i = incident_of(1);
  d.submit(i);
  d.comment(i, "somebody looks at it");
  i.description = "Netbox 1 is up again.";
  d.accepted(d.box->submit_update(i));
  d.accepted(d.box->submit_close(i));
  d.accepted(d.box->submit_reopen(i));
  d.comment(i, "not so fast");
  d.accepted(d.box->submit_close(i, at::close_reason::not_planned));
  auto const all = d.deliver_due();
  CHECK(d.net.done == lines{"open 17: Netbox 1 down.", "comment 17: somebody looks at it",
                            "update 17: Netbox 1 is up again.", "close 17: done", "reopen 17",
                            "comment 17: not so fast", "close 17: dropped"});
  REQUIRE(all.size() == 7);
  for (at::delivery const& one : all) {
    CHECK(one.what == what::delivered);
    REQUIRE(one.about);
    CHECK(one.about->number == "17");
    CHECK(one.about->url == ticket_url("17"));
  }
  CHECK(d.net.ticket_of(i).closed);
}

TEMPLATE_TEST_CASE("order: the ticket that was opened is known, and not looked for again",
                   "[outbox]", STORE_TYPES) {
  delivering<TestType> d;
  d.submit(incident_of(1));
  (void)d.deliver_due();
  d.restart();
  std::size_t const before = d.net.requests;
  d.accepted(d.box->submit_close(incident_of(1)));
  CHECK(d.deliver().what == what::delivered);
  CHECK(d.net.requests == before + 1);
}

TEMPLATE_TEST_CASE("order: a ticket that is remembered no more is looked for", "[outbox]",
                   STORE_TYPES) {
  at::outbox_options options;
  options.remember_tickets = 24h;
  delivering<TestType> d{options};
  d.submit(incident_of(1));
  (void)d.deliver_due();
  d.jump(25h);
  d.comment(incident_of(1), "still there");
  std::size_t const before = d.net.requests;
  CHECK(d.deliver().what == what::delivered);
  CHECK(d.net.requests == before + 2);
  CHECK(d.net.ticket_of(incident_of(1)).comments.size() == 1);
}

TEMPLATE_TEST_CASE("order: a step of an incident that has no ticket is dead", "[outbox]",
                   STORE_TYPES) {
  delivering<TestType> d;
  d.comment(incident_of(1), "text");
  d.accepted(d.box->submit_update(incident_of(1)));
  d.accepted(d.box->submit_close(incident_of(1)));
  d.accepted(d.box->submit_reopen(incident_of(1)));
  for (at::delivery const& one : d.deliver_due()) {
    CHECK(one.what == what::dead);
    REQUIRE(one.failure);
    CHECK(one.failure->code == at::errc::ticket_not_found);
  }
  CHECK(d.stats().dead_by_reason == std::map<std::string, std::size_t>{{"ticket_not_found", 4}});
  CHECK(d.net.done.empty());
}

TEMPLATE_TEST_CASE("order: what waits for one incident does not hold up others", "[outbox]",
                   STORE_TYPES) {
  at::outbox_options options;
  options.between = {.first = 24h, .longest = 24h};
  delivering<TestType> d{options};
  std::string const key = at::key_of(incident_of(1)).value;
  d.net.instead = [&](at::http::request const& r) {
    bool const its =
        is(r, at::http::method::post, "/tickets") && r.body().find(key) != std::string::npos;
    return its ? std::optional<network::reply>{at::http::response{500, {}, "oops"}} : std::nullopt;
  };
  auto const stuck = d.submit(incident_of(1));
  d.comment(incident_of(1), "one");
  d.submit(incident_of(2));
  d.comment(incident_of(2), "two");
  d.accepted(d.box->submit_close(incident_of(1)));
  d.accepted(d.box->submit_close(incident_of(2)));

  auto const all = d.deliver_due();
  REQUIRE(all.size() == 4);
  CHECK(all[0].what == what::postponed);
  CHECK(all[0].entry.id == stuck.id);
  CHECK(d.net.done == lines{"open 17: Netbox 2 down.", "comment 17: two", "close 17: done"});
  CHECK(d.list().size() == 3);

  d.net.instead = [](auto const&) { return std::optional<network::reply>{}; };
  d.net.done.clear();
  for (at::delivery const& one : d.deliver_all()) CHECK(one.what == what::delivered);
  CHECK(d.net.done == lines{"open 18: Netbox 1 down.", "comment 18: one", "close 18: done"});
}

TEMPLATE_TEST_CASE("order: one step of an incident at a time, those of others meanwhile",
                   "[outbox]", STORE_TYPES) {
  delivering<TestType> d;
  std::string const key = at::key_of(incident_of(1)).value;
  std::promise<void> entered, may_go;
  d.net.instead = [&](at::http::request const& r) {
    if (is(r, at::http::method::post, "/tickets") && r.body().find(key) != std::string::npos) {
      entered.set_value();
      may_go.get_future().wait();
    }
    return std::optional<network::reply>{};
  };
  d.submit(incident_of(1));
  d.comment(incident_of(1), "one");
  d.submit(incident_of(2));
  d.comment(incident_of(2), "two");

  at::result<at::delivery> slow = at::error{};
  std::thread other([&] { slow = d.box->deliver_one(); });
  entered.get_future().wait();
  auto const meanwhile = d.deliver_due(); // while the first request is under way
  auto const nothing = d.deliver();
  auto const s = d.stats();
  may_go.set_value();
  other.join();

  CHECK(meanwhile.size() == 2);
  CHECK(nothing.what == what::nothing);
  CHECK(nothing.next == d.now() + 2min); // when the lease ends
  CHECK(s.delivering == 1);
  CHECK(s.waiting == 1);
  CHECK(d.net.done ==
        lines{"open 17: Netbox 2 down.", "comment 17: two", "open 18: Netbox 1 down."});
  REQUIRE(problem_of(slow) == "");
  CHECK(slow->what == what::delivered);
  CHECK(d.deliver().what == what::delivered);
  CHECK(d.net.done.back() == "comment 18: one");
}

TEMPLATE_TEST_CASE("order: a lease lasts for as long as two operations may take", "[outbox]",
                   STORE_TYPES) {
  for (auto const& [lease, timeout, expected] :
       {std::tuple{120s, 60s, 120s}, {30s, 60s, 120s}, {120s, 600s, 1'200s}, {300s, 60s, 300s}}) {
    at::outbox_options options;
    options.lease = lease;
    delivering<TestType> d{options};
    d.box->client().policies().timeout = timeout;
    d.submit(incident_of(1));
    std::optional<at::outbox_time> next;
    d.net.instead = [&](at::http::request const&) {
      if (!next) next = d.deliver().next;
      return std::optional<network::reply>{};
    };
    CHECK(d.deliver().what == what::delivered);
    CHECK(next == d.now() + expected);
  }
}

TEMPLATE_TEST_CASE("order: many threads deliver many incidents", "[outbox]", STORE_TYPES) {
  delivering<TestType> d;
  constexpr int incidents = 8, comments = 12, threads = 4;
  std::size_t const total = incidents * (comments + 1);
  std::atomic<std::size_t> delivered = 0;
  std::atomic<int> problems = 0; // Catch's macros are not for several threads
  std::vector<std::thread> all;
  all.emplace_back([&] { // one accepts while the others deliver
    for (int n = 1; n <= incidents; ++n)
      if (!d.box->submit(incident_of(n))) ++problems;
    for (int c = 0; c < comments; ++c)
      for (int n = 1; n <= incidents; ++n)
        if (!d.box->submit_comment(incident_of(n), "no. " + std::to_string(c))) ++problems;
  });
  for (int t = 0; t < threads; ++t)
    all.emplace_back([&] {
      while (delivered < total && problems == 0) {
        auto const said = d.box->deliver_one();
        if (!said || said->what == what::postponed || said->what == what::dead) ++problems;
        if (said && said->what == what::delivered) ++delivered;
        if (said && said->what == what::nothing) std::this_thread::yield();
      }
    });
  for (std::thread& one : all) one.join();

  CHECK(problems == 0);
  CHECK(d.net.server.tickets.size() == incidents);
  lines expected;
  for (int c = 0; c < comments; ++c) expected.push_back("no. " + std::to_string(c));
  for (int n = 1; n <= incidents; ++n) {
    lines texts = d.net.ticket_of(incident_of(n)).comments;
    for (std::string& text : texts) text.resize(text.find("\n\n["));
    CHECK(texts == expected);
  }
  CHECK(d.heard.count("delivered") == total);
  CHECK(d.heard.count("submitted") == total);
  auto const s = d.stats();
  CHECK(s.delivered == total);
  CHECK(s.waiting + s.delivering + s.dead == 0);
}
