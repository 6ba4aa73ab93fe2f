// Built with -fno-exceptions -fno-rtti: everything but the transport over TLS compiles and works.
// usage: no_exceptions [bad-settings | bad-result]

#include "fake_github.hpp"

#include <argus_ticket/argus_ticket.hpp>
#include <argus_ticket/counters.hpp>
#include <argus_ticket/outbox.hpp>
#include <argus_ticket/outbox/memory_store.hpp>
#include <argus_ticket/testing/mock_transport.hpp>

#include <boost/assert/source_location.hpp>

#include <cstdlib>
#include <exception>
#include <iostream>
#include <string_view>

// What would be thrown comes here: a program without exceptions defines it.
namespace boost {
void throw_exception(std::exception const& e) {
  std::cerr << "the program ends: " << e.what() << '\n';
  std::exit(3);
}
void throw_exception(std::exception const& e, source_location const&) { throw_exception(e); }
} // namespace boost

namespace {

using namespace test;

int failures = 0;

void check(bool holds, std::string_view what) {
  if (holds) return;
  std::cerr << "failed: " << what << '\n';
  ++failures;
}
#define CHECK(...) check(bool{__VA_ARGS__}, #__VA_ARGS__)

/// Time passes where somebody sleeps, and only there.
struct stepping_clock {
  using system = std::chrono::system_clock::time_point;
  using steady = std::chrono::steady_clock::time_point;

  [[nodiscard]] system now() const noexcept { return system{std::chrono::hours{500'000}} + past; }
  [[nodiscard]] steady steady_now() const noexcept { return steady{std::chrono::hours{1}} + past; }
  void sleep_for(std::chrono::milliseconds time) { past += time; }

  std::chrono::milliseconds past{0};
};

using policies = at::policies<at::default_renderer, stepping_clock>;
using client = at::client<"github", fake_github, at::builtin_plugins, policies>;

at::incident incident(int pk, std::string description) {
  at::incident one;
  one.pk = pk;
  one.start_time = at::parse_timestamp("2026-11-11T11:11:11+01:00");
  one.description = std::move(description);
  one.source.name = "Campus GW 3";
  return one;
}

at::result<at::settings<"github">> loaded() {
  return at::load_settings<"github">(R"({
    "TICKET_PLUGIN": "github", "TICKET_ENDPOINT": "https://github.com/",
    "TICKET_AUTHENTICATION_SECRET": {"token": "t0ken"},
    "TICKET_INFORMATION": {"project_namespace_and_name": "octo/tickets"}})");
}

void settings_from_json() {
  auto const good = loaded();
  CHECK(good.has_value());
  CHECK(good->information.project_namespace_and_name == "octo/tickets");
  CHECK(good->authentication.token.expose() == "t0ken");

  auto const bad = at::load_settings<"github">(R"({"TICKET_ENDPOINT": 1, "TICKET_INFORMATION":
    {"project": "octo/tickets"}})");
  CHECK(!bad.has_value());
  CHECK(bad.error().code == at::errc::invalid_settings);
  CHECK(bad.error().problems.size() >= 4);
  CHECK(!at::load_settings<"github">("{").has_value());
}

void operations() {
  fake_github server;
  client tickets{*loaded(), server};
  at::incident const from = incident(1, "Link down");

  auto const opened = tickets.find_or_create(from);
  CHECK(opened.has_value());
  if (!opened) return void(std::cerr << opened.error() << '\n');
  CHECK(opened->created);
  CHECK(opened->url == "https://github.com/octo/tickets/issues/1");
  auto const again = tickets.find_or_create(from);
  CHECK(again.has_value() && !again->created && again->number == opened->number);
  CHECK(server.issues().size() == 1);
  CHECK(server.issues()[0].title == "Link down");

  CHECK(tickets.comment(at::ticket_ref(*opened), "A person looks at it").has_value());
  CHECK(server.issues()[0].comments.size() == 1);
  auto const closed = tickets.close(at::ticket_ref(*opened));
  CHECK(closed.has_value() && closed->state == at::ticket_state::closed);
  CHECK(server.issues()[0].state == "closed");
  auto const found = tickets.find(from);
  CHECK(found.has_value() && found->has_value() && (*found)->number == "1");

  auto const missing = tickets.get(at::ticket_ref("7"));
  CHECK(!missing.has_value() && missing.error().code == at::errc::ticket_not_found);
  server.set_down(true);
  int const before = server.requests();
  auto const unreachable = tickets.find_or_create(from);
  CHECK(!unreachable.has_value() && unreachable.error().code == at::errc::connection_failed);
  CHECK(server.requests() == before + at::backoff{}.attempts);

  CHECK(!client::make(at::settings<"github">{}).has_value());
}

void outbox() {
  fake_github server;
  at::outbox box{client{*loaded(), server}, at::memory_store{}};
  at::incident const from = incident(2, "Fan broken");
  CHECK(box.submit(from).has_value());
  CHECK(box.submit_comment(from, "Spare part ordered").has_value());
  CHECK(box.submit_close(from).has_value());
  CHECK(!box.submit(at::incident{}).has_value());
  // A loop of one's own in place of a runner.
  int delivered = 0;
  for (int turn = 0; turn < 10; ++turn) {
    auto const done = box.deliver_one();
    CHECK(done.has_value());
    if (!done || done->what != at::delivery::kind::delivered) break;
    ++delivered;
  }
  CHECK(delivered == 3);
  CHECK(server.issues().size() == 1);
  CHECK(server.issues()[0].comments.size() == 1);
  CHECK(server.issues()[0].state == "closed");

  // What exceeds a cap is refused whole.
  at::outbox small{client{*loaded(), server}, at::memory_store{}, {.caps = {.entries = 1}}};
  std::vector<at::incident> const two{incident(3, "a"), incident(4, "b")};
  auto const refused = small.submit(two);
  CHECK(!refused.has_value() && refused.error().code == at::errc::outbox_full);
  CHECK(small.list().has_value() && small.list()->empty());
}

void scripted() {
  at::testing::mock_transport server;
  server.expect(at::http::method::get, "https://api.github.com/repos/octo/tickets/issues/5")
      .reply(404, R"({"message": "Not Found"})");
  at::client<"github", at::testing::mock_transport> tickets{*loaded(), server};
  CHECK(!tickets.get(at::ticket_ref("5")).has_value());
  CHECK(server.problems().empty());
}

} // namespace

int main(int count, char** arguments) {
  std::string_view const what = count > 1 ? arguments[1] : "";
  if (what == "bad-settings") {
    client const never{at::settings<"github">{}, fake_github{}};
    return 0;
  }
  if (what == "bad-result") {
    fake_github server;
    client tickets{*loaded(), server};
    std::cout << tickets.get(at::ticket_ref("5")).value().url << '\n';
    return 0;
  }
  settings_from_json();
  operations();
  outbox();
  scripted();
  if (failures == 0) std::cout << "all as expected\n";
  return failures == 0 ? 0 : 1;
}
