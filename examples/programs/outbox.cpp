// Accepts an incident durably and delivers it, now or at the next start. usage: outbox FILE

#include <argus_ticket/argus_ticket.hpp>
#include <argus_ticket/counters.hpp>
#include <argus_ticket/outbox.hpp>
#include <argus_ticket/outbox/runner.hpp>
#include <argus_ticket/outbox/sqlite_store.hpp>
#include <argus_ticket/transport/https.hpp>

#include <iostream>
#include <thread>

namespace at = argus_ticket;
using namespace std::chrono_literals;

int main(int count, char** arguments) {
  auto const settings = at::load_settings<"github">(at::read_raw_settings_environment());
  if (!settings) return std::cerr << settings.error() << '\n', 1;
  at::counters counts; // an observer: what was created, found, retried, reconciled, given up
  at::policies policies{.observer = counts};
  at::client<"github", at::https_transport, at::builtin_plugins, decltype(policies)> tickets{
      *settings, at::https_transport{}, policies};

  auto store = at::sqlite_store::open(count > 1 ? arguments[1] : "outbox.db");
  if (!store) return std::cerr << store.error() << '\n', 1;
  at::outbox box{tickets, *store};
  at::outbox_runner runner{box, {.workers = 4}};

  at::incident incident;
  incident.source_incident_id = "12345";
  incident.description = "Link down";
  if (auto const accepted = box.submit(incident); !accepted)
    return std::cerr << accepted.error() << '\n', 1;
  // From here on it ends as one ticket or as a dead letter, whatever happens to this program.
  // A service would go on; this one waits a little for what is left to do.
  for (int i = 0; i < 100; ++i) {
    auto const now = box.stats();
    if (!now || now->waiting + now->delivering == 0) break;
    std::this_thread::sleep_for(100ms);
  }
  if (auto const dead = box.list({.state = at::entry_state::dead}); dead)
    for (at::outbox_entry const& one : *dead) std::cerr << one.key << ": " << one.reason << '\n';

  bool const all_ended = runner.stop(10s); // what is left is taken up at the next start
  std::cout << counts.values().created << " opened, " << counts.values().found << " found\n";
  return all_ended ? 0 : 1;
}
