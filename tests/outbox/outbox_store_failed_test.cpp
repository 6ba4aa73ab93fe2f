// A store that cannot be read or written: whoever asked is told, and nothing is half-done.
#include "outbox_fated_store.hpp"

using namespace test;

namespace {

template <class T>
void check_failure(at::result<T> const& said, std::string_view member) {
  REQUIRE_FALSE(said.has_value());
  CHECK(said.error().code == at::errc::store_failed);
  CHECK(said.error().where == "/var/lib/agent/outbox.db");
  std::string const text = to_string(said.error());
  CHECK(text.find("/var/lib/agent/outbox.db") != std::string::npos);
  CHECK(text.find("the disk is gone at " + std::string{member}) != std::string::npos);
}

template <class Delivering>
void let_fail(Delivering& d, std::string_view member) {
  d.of->is_done = [=](std::string_view called) { return called != member; };
}

} // namespace

TEMPLATE_TEST_CASE("store failed: nothing is accepted, and whoever submits is told", "[outbox]",
                   FATED_STORES) {
  delivering<TestType> d;
  int woken = 0;
  d.box->when_submitted([&] { ++woken; });
  let_fail(d, "insert");
  check_failure(d.box->submit(incident_of(1)), "insert");
  std::vector<at::incident> const two{incident_of(1), incident_of(2)};
  check_failure(d.box->submit(two), "insert");
  check_failure(d.box->submit_update(incident_of(1)), "insert");
  check_failure(d.box->submit_comment(incident_of(1), "text"), "insert");
  check_failure(d.box->submit_close(incident_of(1)), "insert");
  check_failure(d.box->submit_reopen(incident_of(1)), "insert");
  CHECK(d.heard.events() == lines(6, "store failed: store_failed"));
  for (std::string const& text : d.heard.kept->failures)
    CHECK(text.find("/var/lib/agent/outbox.db") != std::string::npos);
  CHECK(woken == 0);
  CHECK(d.list().empty());

  *d.of = fate{};
  d.submit(incident_of(1));
  CHECK(d.deliver().what == what::delivered);
}

TEMPLATE_TEST_CASE("store failed: nothing is sent for what cannot be claimed", "[outbox]",
                   FATED_STORES) {
  delivering<TestType> d;
  d.submit(incident_of(1));
  for (char const* member : {"begin_delivery", "forget_tickets", "claim"}) {
    INFO(member);
    let_fail(d, member);
    std::size_t const before = d.heard.count("store failed");
    check_failure(d.box->deliver_one(), member);
    CHECK(d.heard.count("store failed") == before + 1);
    CHECK(d.net.requests == 0);
  }
  *d.of = fate{};
  CHECK(d.deliver().what == what::delivered);
}

TEMPLATE_TEST_CASE("store failed: what was delivered but not recorded is told as that", "[outbox]",
                   FATED_STORES) {
  delivering<TestType> d;
  d.submit(incident_of(1));
  let_fail(d, "settle");
  check_failure(d.box->deliver_one(), "settle");
  CHECK(d.heard.events() == lines{"submitted open 1", "store failed: store_failed"});
  CHECK(d.net.server.tickets.size() == 1);
  *d.of = fate{};
  (void)d.deliver_all();
  CHECK(d.net.server.tickets.size() == 1);
  CHECK(d.heard.events().back() == "delivered open 1 of 17");
}

TEMPLATE_TEST_CASE("store failed: an administrator is told", "[outbox]", FATED_STORES) {
  delivering<TestType> d;
  d.of->is_done = [](std::string_view) { return false; };
  check_failure(d.box->list(), "list");
  check_failure(d.box->requeue({}), "requeue");
  check_failure(d.box->remove({}), "remove");
  check_failure(d.box->stats(), "stats");
}

TEST_CASE("store failed: a second owner of a file may accept, and not deliver", "[outbox]") {
  delivering<at::sqlite_store> d;
  d.submit(incident_of(1));
  (void)d.deliver();
  auto second = open_store(d.directory.file());
  at::outbox other{d.client(), second};
  REQUIRE(other.submit(incident_of(2)).has_value());
  auto const refused = other.deliver_one();
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().code == at::errc::store_failed);
  CHECK(to_string(refused.error()).find(d.directory.file()) != std::string::npos);
  CHECK(d.heard.count("store failed") == 1);
  CHECK(d.net.server.tickets.size() == 1);
  CHECK(d.deliver().what == what::delivered);
  CHECK(d.net.server.tickets.size() == 2);
}
