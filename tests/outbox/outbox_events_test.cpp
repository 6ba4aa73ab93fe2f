// What an outbox tells an observer, and what it keeps to itself.
#include "outbox_fixture.hpp"

using namespace test;

TEMPLATE_TEST_CASE("events: each comes once, in order", "[outbox]", STORE_TYPES) {
  at::outbox_options options;
  options.between = {.first = 10s, .longest = 10s};
  delivering<TestType> d{options};
  d.submit(incident_of(1));
  d.submit(incident_of(1));
  d.comment(incident_of(1), "text");
  d.jump(5s);
  d.net.breaks();
  auto const at = d.now();
  (void)d.deliver();
  d.net.works();
  (void)d.deliver(); // nothing is no event, while the system rests
  (void)d.deliver_all();
  d.net.server.fails = [](auto const&) { return true; };
  d.accepted(d.box->submit_close(incident_of(1)));
  (void)d.deliver_all();
  (void)d.deliver(); // nor is it where there is nothing
  CHECK(d.heard.events() == lines{"submitted open 1", "submitted open 1 again",
                                  "submitted comment 2", "postponed open 1: connection_failed",
                                  "delivered open 1 of 17", "delivered comment 2 of 17",
                                  "submitted close 3", "dead close 3: refused"});
  REQUIRE(d.heard.kept->due.size() == 1);
  CHECK(d.heard.kept->due[0] >= at);
  CHECK(d.heard.kept->due[0] <= at + 10s);
  REQUIRE(d.heard.kept->since.size() == 2);
  CHECK(d.heard.kept->since[0] >= 5s);
}

TEMPLATE_TEST_CASE("events: each part of a text is told", "[outbox]", STORE_TYPES) {
  delivering<TestType> d;
  d.submit(long_incident());
  (void)d.deliver_all();
  CHECK(d.heard.events() == lines{"submitted open 1", "delivered open 1 of 17",
                                  "delivered comment 1 of 17", "delivered comment 1 of 17",
                                  "delivered comment 1 of 17", "delivered comment 1 of 17"});
}

TEMPLATE_TEST_CASE("events: what is accepted at once is told one by one", "[outbox]", STORE_TYPES) {
  delivering<TestType> d;
  std::vector<at::incident> const all{incident_of(1), incident_of(2), incident_of(1)};
  auto const said = d.box->submit(all);
  REQUIRE(problem_of(said) == "");
  CHECK(d.heard.events() ==
        lines{"submitted open 1", "submitted open 2",
              (*said)[2].was_waiting ? "submitted open 1 again" : "submitted open 3"});
}

TEMPLATE_TEST_CASE("events: whoever observes may throw", "[outbox]", STORE_TYPES) {
  struct thrower {
    void on_submitted(at::submitted_event const&) const { throw 1; }
    void on_delivered(at::delivered_event const&) const { throw 2; }
    void on_postponed(at::postponed_event const&) const { throw 3; }
    void on_dead(at::dead_event const&) const { throw 4; }
  };
  using policies =
      at::policies<at::default_renderer, fake_clock, at::no_retry, at::no_pacing, thrower>;
  made_store<TestType> made;
  network net;
  policies p;
  at::outbox box{at::basic_client<full_acme, wire, policies>{
                     acme_settings(), wire{&net, std::make_shared<fate>()}, p},
                 made.store};
  REQUIRE(box.submit(incident_of(1)).has_value());
  net.breaks();
  CHECK(box.deliver_one().value().what == what::postponed);
  net.works();
  p.clock.state->now += 1h;
  CHECK(box.deliver_one().value().what == what::delivered);
  net.server.fails = [](auto const&) { return true; };
  REQUIRE(box.submit_close(incident_of(1)).has_value());
  CHECK(box.deliver_one().value().what == what::dead);
}

TEMPLATE_TEST_CASE("events: no secret is kept or told", "[outbox]", STORE_TYPES) {
  delivering<TestType> d;
  int status = 422;
  d.net.instead = [&](at::http::request const& r) {
    // A server that echoes what it was sent.
    return std::optional<network::reply>{at::http::response{
        status, {}, "you sent " + std::string{r.headers().get("Authorization")}}};
  };
  std::string all;
  for (int const each : {401, 403, 422, 500, 503}) {
    status = each;
    d.submit(incident_of(each));
    auto const said = d.deliver();
    REQUIRE(said.failure);
    all += to_string(*said.failure) + said.entry.payload;
    d.jump(24h);
  }
  for (at::outbox_entry const& one : d.list()) all += one.reason + one.reason_code + one.payload;
  for (std::string const& text : d.heard.kept->failures) all += text;
  CHECK(d.heard.kept->failures.size() == 5);
  CHECK(all.find("you sent") != std::string::npos); // they were told the server's words
  CHECK(all.find(acme_token) == std::string::npos);
  CHECK(all.find("t0ken") == std::string::npos);
}

TEMPLATE_TEST_CASE("events: a reason is one line", "[outbox]", STORE_TYPES) {
  delivering<TestType> d;
  d.net.instead = [](at::http::request const&) {
    return std::optional<network::reply>{
        at::http::response{422, {}, "first\nsecond\r\nthird\x1B[31m"}};
  };
  auto const said = d.submit(incident_of(1));
  (void)d.deliver();
  std::string const reason = d.entry(said.id).reason;
  CHECK(reason.find("second") != std::string::npos);
  for (char const c : reason) CHECK(static_cast<unsigned char>(c) >= ' ');
}
