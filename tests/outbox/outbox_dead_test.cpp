// Entries that were given up, and what an administrator does with them.
#include "outbox_scenario.hpp"

using namespace test;

namespace {

auto const refuses_all = [](at::http::request const&) { return true; };
auto const refuses_none = [](at::http::request const&) { return false; };
auto const refuses_creates = [](at::http::request const& r) {
  return is(r, at::http::method::post, "/tickets");
};
auto const refuses_comments = [](at::http::request const& r) {
  return is(r, at::http::method::post, "/comments");
};

} // namespace

TEMPLATE_TEST_CASE("dead: what is refused is dead at once, with its reason", "[outbox]",
                   STORE_TYPES) {
  delivering<TestType> d;
  d.net.server.fails = refuses_creates;
  auto const said = d.submit(incident_of(1));
  auto const one = d.deliver();
  CHECK(one.what == what::dead);
  CHECK(one.entry.id == said.id);
  CHECK_FALSE(one.about);
  REQUIRE(one.failure);
  CHECK(one.failure->code == at::errc::refused);
  CHECK(one.failure->http_status == 422);
  auto const dead = d.entry(said.id);
  CHECK(dead.state == entry_state::dead);
  CHECK(dead.reason_code == "refused");
  CHECK(dead.reason == to_string(*one.failure));
  CHECK(dead.reason.find("the server says: \"no\"") != std::string::npos);
  CHECK(dead.reason.find("422") != std::string::npos);
  CHECK(d.deliver().what == what::nothing);
  CHECK_FALSE(d.deliver().next);
}

TEMPLATE_TEST_CASE("dead: where there is no ticket, what was to follow is dead too", "[outbox]",
                   STORE_TYPES) {
  delivering<TestType> d;
  d.net.server.fails = refuses_creates;
  std::vector<std::uint64_t> of_one;
  of_one.push_back(d.submit(incident_of(1)).id);
  of_one.push_back(d.comment(incident_of(1), "one").id);
  of_one.push_back(d.accepted(d.box->submit_close(incident_of(1))).id);
  auto const other = d.comment(incident_of(2), "two");
  CHECK(d.deliver().what == what::dead);
  for (auto const id : of_one) {
    auto const dead = d.entry(id);
    CHECK(dead.state == entry_state::dead);
    CHECK(dead.reason_code == "refused");
    CHECK(dead.reason == d.entry(of_one[0]).reason);
  }
  CHECK(d.entry(other.id).state == entry_state::waiting);
  CHECK(d.stats().dead == 3);

  // What comes for it later does not wait for the dead.
  d.net.server.open(at::key_of(incident_of(1)).value);
  d.comment(incident_of(1), "late");
  (void)d.deliver_all();
  CHECK(d.net.done == lines{"comment 17: late"});
}

TEMPLATE_TEST_CASE("dead: a comment that is refused takes nothing with it", "[outbox]",
                   STORE_TYPES) {
  delivering<TestType> d;
  d.submit(incident_of(1));
  auto const comment = d.comment(incident_of(1), "text");
  d.accepted(d.box->submit_close(incident_of(1)));
  d.net.server.fails = refuses_comments;
  auto const all = d.deliver_all();
  REQUIRE(all.size() == 3);
  CHECK(all[1].what == what::dead);
  CHECK(d.net.done == lines{"open 17: Netbox 1 down.", "close 17: done"});
  CHECK(d.list().size() == 1);
  CHECK(d.entry(comment.id).state == entry_state::dead);
}

TEMPLATE_TEST_CASE("dead: what is requeued is delivered, in its old order", "[outbox]",
                   STORE_TYPES) {
  scenario const both;
  delivering<TestType> d;
  d.net.server.fails = refuses_all;
  both.submit_to(d);
  (void)d.deliver_all();
  CHECK(d.stats().dead == 8);
  CHECK(d.net.done.empty());
  d.net.server.fails = refuses_none;
  CHECK(d.requeue() == 8);
  for (at::outbox_entry const& one : d.list()) {
    CHECK(one.state == entry_state::waiting);
    CHECK(one.attempts == 0);
    CHECK(one.due_at == d.now());
  }
  for (at::delivery const& one : d.deliver_all()) {
    CHECK(one.what == what::delivered);
    CHECK(one.entry.attempts == 1);
  }
  CHECK(d.list().empty());
  CHECK(without_markers(d.net.ticket_of(both.large).comments) == both.comments_of_large());
  CHECK(d.net.ticket_of(both.large).closed);
  CHECK(d.net.ticket_of(both.small).comments.size() == 1);
  CHECK(d.stats().requeued == 8);
}

TEMPLATE_TEST_CASE("dead: a requeued entry comes before those of its incident that came later",
                   "[outbox]", STORE_TYPES) {
  delivering<TestType> d;
  d.submit(incident_of(1));
  (void)d.deliver();
  d.net.server.fails = refuses_comments;
  auto const first = d.comment(incident_of(1), "first");
  CHECK(d.deliver().what == what::dead);
  d.net.server.fails = refuses_none;
  d.comment(incident_of(1), "second");
  CHECK(d.requeue({.id = first.id}) == 1);
  (void)d.deliver_all();
  CHECK(without_markers(d.net.ticket_of(incident_of(1)).comments) == lines{"first", "second"});
}

TEMPLATE_TEST_CASE("dead: parts of a text go on where they stopped", "[outbox]", STORE_TYPES) {
  delivering<TestType> d;
  d.submit(large_incident());
  d.comment(large_incident(), long_text());
  int refused = 0;
  d.net.server.fails = [&](at::http::request const& r) { // the second of each pair
    return is(r, at::http::method::post, "/comments") && refused++ % 2 == 1;
  };
  (void)d.deliver_all();
  CHECK(d.stats().dead == 2);
  CHECK(d.net.ticket_of(large_incident()).comments.size() == 2);
  d.net.server.fails = refuses_none;
  CHECK(d.requeue() == 2);
  (void)d.deliver_all();
  CHECK(without_markers(d.net.ticket_of(large_incident()).comments) ==
        lines{overflow_of(large_incident())[0], parts_of(long_text())[0],
              overflow_of(large_incident())[1], parts_of(long_text())[1]});
}

TEMPLATE_TEST_CASE("dead: a comment of which nobody knew is not added twice when it is requeued",
                   "[outbox]", STORE_TYPES) {
  for (fault const how : {fault::sent_not_done, fault::done_reply_lost}) {
    at::outbox_options options;
    options.most_attempts = 1;
    delivering<TestType> d{options};
    d.submit(incident_of(1));
    (void)d.deliver();
    auto const said = d.comment(incident_of(1), "text");
    d.net.fault_of = [&, n = d.net.requests](std::size_t i) {
      return i == n       ? std::optional{how}
             : i == n + 1 ? std::optional{fault::not_sent} // nor can it be looked for
                          : std::nullopt;
    };
    CHECK(d.deliver().what == what::dead);
    CHECK(d.entry(said.id).reason.find("it may have been done") != std::string::npos);
    d.jump(24h);
    d.restart();
    CHECK(d.requeue() == 1);
    for (at::delivery const& one : d.deliver_all()) CHECK(one.what == what::delivered);
    CHECK(without_markers(d.net.ticket_of(incident_of(1)).comments) == lines{"text"});
  }
}

TEMPLATE_TEST_CASE("dead: a ticket of which nobody knew keeps its whole text when it is requeued",
                   "[outbox]", STORE_TYPES) {
  at::outbox_options options;
  options.most_attempts = 1;
  delivering<TestType> d{options};
  d.submit(large_incident());
  d.net.fault_of = [](std::size_t n) {
    return n == 1   ? std::optional{fault::done_reply_lost}
           : n == 2 ? std::optional{fault::not_sent}
                    : std::nullopt;
  };
  CHECK(d.deliver().what == what::dead);
  CHECK(d.net.server.tickets.size() == 1);
  CHECK(d.requeue() == 1);
  for (at::delivery const& one : d.deliver_all()) CHECK(one.what == what::delivered);
  CHECK(without_markers(d.net.ticket_of(large_incident()).comments) ==
        overflow_of(large_incident()));
}

TEMPLATE_TEST_CASE("dead: an administrator picks what is meant", "[outbox]", STORE_TYPES) {
  delivering<TestType> d;
  d.net.server.fails = refuses_creates;
  auto const refused = d.submit(incident_of(1));
  auto const not_found = d.comment(incident_of(2), "text");
  (void)d.deliver_all();
  auto const waiting = d.submit(incident_of(3));
  auto const found = [&](at::entry_filter const& which) {
    ids all;
    for (at::outbox_entry const& one : d.list(which)) all.push_back(one.id);
    return all;
  };
  CHECK(found({}) == ids{refused.id, not_found.id, waiting.id});
  CHECK(found({.state = entry_state::dead}) == ids{refused.id, not_found.id});
  CHECK(found({.state = entry_state::waiting}) == ids{waiting.id});
  CHECK(found({.state = entry_state::delivering}).empty());
  CHECK(found({.key = at::key_of(incident_of(2)).value}) == ids{not_found.id});
  CHECK(found({.reason_code = "refused"}) == ids{refused.id});
  CHECK(found({.id = waiting.id, .state = entry_state::dead}).empty());
  CHECK(found({.after = refused.id, .most = 1}) == ids{not_found.id});

  CHECK(d.requeue({.id = waiting.id}) == 0);
  CHECK(d.requeue({.reason_code = "expired"}) == 0);
  CHECK(d.requeue({.reason_code = "ticket_not_found"}) == 1);
  CHECK(found({.state = entry_state::dead}) == ids{refused.id});
  auto removed = d.box->remove({.id = waiting.id});
  REQUIRE(problem_of(removed) == "");
  CHECK(*removed == 0);
  removed = d.box->remove({});
  REQUIRE(problem_of(removed) == "");
  CHECK(*removed == 1);
  CHECK(found({}) == ids{not_found.id, waiting.id});
  CHECK(d.net.requests == 3);
}

TEMPLATE_TEST_CASE("dead: everything is counted", "[outbox]", STORE_TYPES) {
  delivering<TestType> d;
  auto const begin = d.now();
  auto s = d.stats();
  CHECK_FALSE(s.oldest);
  d.net.server.fails = refuses_comments;
  d.submit(incident_of(1));
  d.comment(incident_of(1), "text");
  d.jump(1min);
  d.submit(incident_of(2));
  s = d.stats();
  CHECK(s.waiting == 3);
  CHECK(s.oldest == begin);
  CHECK(s.submitted == 3);
  std::size_t bytes = 0;
  for (at::outbox_entry const& one : d.list()) bytes += one.payload.size();
  CHECK(s.bytes == bytes);
  (void)d.deliver_all();
  s = d.stats();
  CHECK(s.waiting == 0);
  CHECK(s.delivering == 0);
  CHECK(s.dead == 1);
  CHECK(s.dead_by_reason == std::map<std::string, std::size_t>{{"refused", 1}});
  CHECK(s.delivered == 2);
  CHECK(s.died == 1);
  CHECK(s.requeued == 0);
  CHECK_FALSE(s.oldest);
  d.net.server.fails = refuses_none;
  (void)d.requeue();
  (void)d.deliver_all();
  d.restart(); // they are the store's, not the process's
  s = d.stats();
  CHECK(s.submitted == 3);
  CHECK(s.delivered == 3);
  CHECK(s.died == 1);
  CHECK(s.requeued == 1);
  CHECK(s.bytes == 0);
  CHECK(s.dead_by_reason.empty());
}

TEMPLATE_TEST_CASE("dead: a step of which the plugin is not capable", "[outbox]", STORE_TYPES) {
  // As it was accepted by a program whose plugin was: this one's reopens nothing.
  delivering<TestType, noting_acme> d;
  STATIC_REQUIRE_FALSE(at::reopens_tickets<noting_acme>);
  at::outbox_payload payload;
  payload.incident = incident_of(1);
  at::new_entry const entry{at::key_of(incident_of(1)).value, at::outbox_step::reopen,
                            to_json_text(payload)};
  auto const accepted = d.box->store().insert({&entry, 1}, {}, d.box->now()).value();
  auto const one = d.deliver();
  CHECK(one.what == what::dead);
  CHECK(d.entry(accepted.front().id).reason_code == "unsupported");
  CHECK(d.net.requests == 0);
}
