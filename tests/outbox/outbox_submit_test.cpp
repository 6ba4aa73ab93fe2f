// What an outbox accepts.
#include "outbox_fixture.hpp"

#include <argus_ticket/incident_json.hpp>

using namespace test;

namespace {

at::incident without_id() {
  at::incident i = some_incident();
  i.pk.reset();
  return i;
}

} // namespace

TEMPLATE_TEST_CASE("outbox: an incident that was accepted becomes a ticket", "[outbox]",
                   STORE_TYPES) {
  delivering<TestType> d;
  auto const accepted = d.submit(some_incident());
  CHECK(accepted.id > 0);
  CHECK_FALSE(accepted.was_waiting);
  CHECK(d.net.requests == 0);
  auto const waiting = d.entry(accepted.id);
  CHECK(waiting.key == at::key_of(some_incident()).value);
  CHECK(waiting.step == outbox_step::open);
  CHECK(waiting.state == entry_state::waiting);
  CHECK(waiting.submitted_at == d.now());
  CHECK(waiting.attempts == 0);

  auto const said = d.deliver();
  CHECK(said.what == what::delivered);
  CHECK(said.entry.id == accepted.id);
  CHECK(said.entry.attempts == 1);
  REQUIRE(said.about);
  CHECK(said.about->number == "17");
  CHECK(said.about->url == ticket_url("17"));
  CHECK(said.about->created);
  CHECK_FALSE(said.failure);
  CHECK(d.net.done == lines{"open 17: Netbox 11 down."});
  CHECK(d.net.ticket_of(some_incident()).key == at::key_of(some_incident()).value);
  CHECK(d.list().empty());

  auto const no_more = d.deliver();
  CHECK(no_more.what == what::nothing);
  CHECK_FALSE(no_more.next);
  CHECK(no_more.entry.id == 0);
}

TEMPLATE_TEST_CASE("outbox: many at once", "[outbox]", STORE_TYPES) {
  delivering<TestType> d;
  std::vector<at::incident> all;
  for (int n = 1; n <= 5; ++n) all.push_back(incident_of(n));
  auto const accepted = d.box->submit(all);
  REQUIRE(problem_of(accepted) == "");
  REQUIRE(accepted->size() == 5);
  for (std::size_t i = 1; i < 5; ++i) CHECK((*accepted)[i - 1].id < (*accepted)[i].id);
  CHECK(d.deliver_due().size() == 5);
  CHECK(d.net.done == lines{"open 17: Netbox 1 down.", "open 18: Netbox 2 down.",
                            "open 19: Netbox 3 down.", "open 20: Netbox 4 down.",
                            "open 21: Netbox 5 down."});
  auto const none = d.box->submit(std::span<at::incident const>{});
  REQUIRE(problem_of(none) == "");
  CHECK(none->empty());
}

TEMPLATE_TEST_CASE("outbox: of many, where one is refused none is accepted", "[outbox]",
                   STORE_TYPES) {
  delivering<TestType> d;
  std::vector<at::incident> const all{incident_of(1), without_id(), incident_of(2)};
  auto const refused = d.box->submit(all);
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == at::errc::invalid_incident);
  CHECK(d.list().empty());
  CHECK(d.stats().submitted == 0);
  CHECK(d.heard.events().empty());
}

TEMPLATE_TEST_CASE("outbox: an incident without an id is refused by every member", "[outbox]",
                   STORE_TYPES) {
  delivering<TestType> d;
  for (auto const& refused :
       {d.box->submit(without_id()), d.box->submit_update(without_id()),
        d.box->submit_comment(without_id(), "text"), d.box->submit_close(without_id()),
        d.box->submit_reopen(without_id())}) {
    REQUIRE_FALSE(refused.has_value());
    CHECK(refused.error().code == at::errc::invalid_incident);
    CHECK(refused.error().outcome == at::outcome::rejected);
    CHECK(refused.error().where == "incident.source_incident_id");
  }
  CHECK(d.list().empty());
  CHECK(d.heard.events().empty());
}

TEMPLATE_TEST_CASE("outbox: an empty comment is refused", "[outbox]", STORE_TYPES) {
  delivering<TestType> d;
  auto const refused = d.box->submit_comment(some_incident(), "");
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == at::errc::refused);
  CHECK(refused.error().where == "comment");
  CHECK(d.list().empty());
}

TEMPLATE_TEST_CASE("outbox: one that is full says so, and takes what needs no more room",
                   "[outbox]", STORE_TYPES) {
  at::outbox_options options;
  options.caps.entries = 2;
  delivering<TestType> d{options};
  d.submit(incident_of(1));
  std::vector<at::incident> const two{incident_of(2), incident_of(3)};
  auto const both = d.box->submit(two);
  REQUIRE_FALSE(both.has_value());
  CHECK(both.error().code == at::errc::outbox_full);
  CHECK(both.error().outcome == at::outcome::not_applied);
  CHECK(d.list().size() == 1);

  d.submit(incident_of(2));
  for (auto const& full :
       {d.box->submit(incident_of(3)), d.box->submit_comment(incident_of(1), "text"),
        d.box->submit_update(incident_of(1)), d.box->submit_close(incident_of(1)),
        d.box->submit_reopen(incident_of(1))}) {
    REQUIRE_FALSE(full.has_value());
    CHECK(full.error().code == at::errc::outbox_full);
  }
  CHECK(d.submit(incident_of(1)).was_waiting);
  CHECK(d.heard.count("store failed") == 0); // that it is full is no failure of the store
  CHECK(d.heard.count("submitted") == 3);

  (void)d.deliver();
  d.submit(incident_of(3)); // there is room again
  CHECK(d.deliver_due().size() == 2);
  CHECK(d.net.server.tickets.size() == 3);
}

TEMPLATE_TEST_CASE("outbox: it may be full of bytes", "[outbox]", STORE_TYPES) {
  at::outbox_options options;
  options.caps.bytes = 3'000;
  delivering<TestType> d{options};
  d.submit(incident_of(1));
  auto const full = d.box->submit_comment(incident_of(1), std::string(3'000, 'x'));
  REQUIRE_FALSE(full.has_value());
  CHECK(full.error().code == at::errc::outbox_full);
  CHECK(d.list().size() == 1);
  CHECK(d.stats().bytes <= 3'000);
}

TEMPLATE_TEST_CASE("outbox: submitted again before delivery began, it has the new text", "[outbox]",
                   STORE_TYPES) {
  delivering<TestType> d;
  at::incident i = incident_of(1);
  auto const first = d.submit(i);
  d.jump(10s);
  i.description = "Netbox 1 is up again.";
  auto const second = d.submit(i);
  CHECK(second.id == first.id);
  CHECK(second.was_waiting);
  CHECK(d.list().size() == 1);
  // Within one call as well.
  std::vector<at::incident> twice(2, i);
  twice[1].description = "Netbox 1 is down again.";
  auto const third = d.box->submit(twice);
  REQUIRE(problem_of(third) == "");
  CHECK(((*third)[0].id == first.id && (*third)[0].was_waiting));
  CHECK(((*third)[1].id == first.id && (*third)[1].was_waiting));
  CHECK(d.deliver_due().size() == 1);
  CHECK(d.net.done == lines{"open 17: Netbox 1 is down again."});
}

TEMPLATE_TEST_CASE("outbox: submitted again after delivery began, it is an entry of its own",
                   "[outbox]", STORE_TYPES) {
  delivering<TestType> d;
  at::incident i = incident_of(1);
  auto const first = d.submit(i);
  d.net.breaks();
  CHECK(d.deliver().what == what::postponed);
  i.description = "Netbox 1 is up again.";
  auto const second = d.submit(i);
  CHECK(second.id != first.id);
  CHECK_FALSE(second.was_waiting);
  d.net.works();
  auto const all = d.deliver_all();
  REQUIRE(all.size() == 2);
  CHECK(all[0].about->created);
  CHECK_FALSE(all[1].about->created);
  CHECK(all[1].about->number == "17");
  CHECK(d.net.done == lines{"open 17: Netbox 1 down."});
}

TEMPLATE_TEST_CASE("outbox: an incident that has a ticket gets no second one", "[outbox]",
                   STORE_TYPES) {
  delivering<TestType> d;
  d.net.server.open(at::key_of(incident_of(1)).value);
  d.submit(incident_of(1));
  auto const said = d.deliver();
  CHECK(said.what == what::delivered);
  REQUIRE(said.about);
  CHECK(said.about->number == "17");
  CHECK_FALSE(said.about->created);
  CHECK(d.net.done.empty());
}

TEMPLATE_TEST_CASE("outbox: an incident that names its ticket is not opened one", "[outbox]",
                   STORE_TYPES) {
  delivering<TestType> d;
  at::incident i = incident_of(1);
  i.ticket_url = "https://acme.example/browse/9";
  d.submit(i);
  d.comment(i, "hello");
  auto const said = d.deliver();
  CHECK(said.what == what::delivered);
  REQUIRE(said.about);
  CHECK(said.about->url == i.ticket_url);
  CHECK(d.net.requests == 0);
  // What comes after it is about that page, not about nothing at all.
  std::string path;
  d.net.instead = [&](at::http::request const& r) {
    path = r.url().string();
    return std::optional<network::reply>{at::http::response{201, {}, "c"}};
  };
  CHECK(d.deliver().what == what::delivered);
  CHECK(path.find("browse") != std::string::npos);
  CHECK(path.find("//comments") == std::string::npos);
}

TEMPLATE_TEST_CASE("outbox: whoever wants to know is called when there is something new",
                   "[outbox]", STORE_TYPES) {
  delivering<TestType> d;
  int first = 0, second = 0;
  d.box->when_submitted([&] { ++first; });
  d.submit(incident_of(1));
  CHECK(first == 1);
  d.comment(incident_of(1), "text");
  CHECK(first == 2);
  std::vector<at::incident> const two{incident_of(2), incident_of(3)};
  REQUIRE(d.box->submit(two).has_value());
  CHECK(first == 3); // once for all of them
  d.box->when_submitted([&] { ++second; });
  d.accepted(d.box->submit_close(incident_of(2)));
  CHECK(first == 3);
  CHECK(second == 1);

  d.net.server.fails = [](auto const&) { return true; };
  (void)d.deliver_all();
  CHECK(d.stats().dead == 5);
  CHECK(second == 1);
  CHECK(d.requeue() == 5);
  CHECK(second == 2);
  d.box->when_submitted({});
  d.submit(incident_of(4));
  CHECK(first == 3);
  CHECK(second == 2);
}

TEMPLATE_TEST_CASE("outbox: a caller may submit what strangers wrote", "[outbox]", STORE_TYPES) {
  delivering<TestType> d;
  std::string deep = "1"; // as deep as an incident may be that is read from JSON
  for (int n = 0; n < 31; ++n) deep = "{\"a\":" + deep + "}";
  REQUIRE(at::parse_incident("{\"metadata\":" + deep + "}").has_value());
  REQUIRE_FALSE(at::parse_incident("{\"metadata\":{\"a\":" + deep + "}}").has_value());
  std::vector<at::incident> all(7, some_incident());
  all[0].description = "broken \xFF\xC3 text";
  all[1].description = std::string("nothing\0at all\x01\x1B[31m", 20);
  all[2].description.clear();
  all[3].description = std::string(200'000, 'x');
  all[4].metadata = deep;
  all[5].metadata = "no JSON at all";
  all[6].tags.push_back(at::incident_tag::from("\xFF==\"\n"));
  for (std::size_t n = 0; n < all.size(); ++n) {
    INFO("incident " << n);
    all[n].pk = static_cast<int>(n) + 1;
    d.submit(all[n]);
    d.comment(all[n], "strange \xFF\xC3 words");
    for (at::delivery const& one : d.deliver_all()) CHECK(one.what == what::delivered);
    CHECK(d.list().empty());
    CHECK_FALSE(d.net.ticket_of(all[n]).comments.empty());
  }
}
