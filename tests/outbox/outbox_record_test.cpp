#include "outbox_fixture.hpp"

namespace outbox_record_test {

using namespace test;

namespace {

/// An acme that may have moved since its tickets were opened.
struct moved_acme : full_acme {
  using full_acme::full_acme;
  inline static bool has_moved = false;
  bool is_reached(at::ticket const&) const { return !has_moved; }
};
static_assert(at::knows_its_tickets<moved_acme>);

/// The number of requests that closing an incident's ticket takes, once it was opened.
template <class Store>
std::size_t requests_to_close(bool has_moved) {
  moved_acme::has_moved = has_moved;
  delivering<Store, moved_acme> d;
  d.submit(incident_of(1));
  (void)d.deliver_all();
  std::size_t const before = d.net.requests;
  d.accepted(d.box->submit_close(incident_of(1)));
  CHECK(d.deliver().what == what::delivered);
  CHECK(d.net.ticket_of(incident_of(1)).closed);
  return d.net.requests - before;
}

} // namespace

TEMPLATE_TEST_CASE("record: a ticket on record needs no look, unless the settings reach it no more",
                   "[outbox]", at::memory_store, at::sqlite_store) {
  CHECK(requests_to_close<TestType>(false) == 1);
  CHECK(requests_to_close<TestType>(true) == 2);
}

TEMPLATE_TEST_CASE("record: the ticket that an incident names goes first", "[outbox]",
                   at::memory_store, at::sqlite_store) {
  delivering<TestType> d;
  std::vector<std::string> asked;
  d.net.instead = [&](at::http::request const& r) {
    asked.push_back(r.url().string());
    return std::optional<network::reply>{at::http::response{200, {}, "99"}};
  };
  at::incident from = incident_of(1);
  from.ticket_url = "https://acme.example/99";
  d.accepted(d.box->submit_close(from));
  CHECK(d.deliver().what == what::delivered);
  REQUIRE(asked.size() == 1); // it was not looked for
  CHECK(asked.front().find("acme.example%2F99") != std::string::npos);
}

TEMPLATE_TEST_CASE("record: a resubmission adds nothing to the text of the first", "[outbox]",
                   at::memory_store, at::sqlite_store) {
  delivering<TestType> d;
  at::incident from = incident_of(1);
  d.submit(from);
  (void)d.deliver_all();
  from.description = long_incident().description; // goes on in comments
  d.submit(from);
  d.net.breaks(fault::sent_not_done);
  CHECK(d.deliver().what == what::postponed);
  d.net.works();
  for (at::delivery const& one : d.deliver_all()) CHECK(one.what == what::delivered);
  CHECK(d.net.ticket_of(incident_of(1)).comments.empty());
}

} // namespace outbox_record_test
