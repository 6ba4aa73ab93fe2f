#include "tickets.hpp"

#include <argus_ticket/argus_ticket.hpp>
#include <argus_ticket/outbox.hpp>
#include <argus_ticket/outbox/runner.hpp>
#include <argus_ticket/outbox/sqlite_store.hpp>
#include <argus_ticket/transport/https.hpp>

#include <iostream>
#include <sstream>
#include <utility>

namespace at = argus_ticket;

namespace service {
namespace {

/// Counts everything, and logs what somebody has to look at. The library's texts hold no secrets
/// and no control characters.
class counting_log : public at::counters {
 public:
  void on_dead(at::dead_event const& e) {
    counters::on_dead(e);
    log(e.entry, "dead", e.failure);
  }
  void on_postponed(at::postponed_event const& e) {
    counters::on_postponed(e);
    log(e.entry, "postponed", e.failure);
  }
  void on_store_failed(at::store_failed_event const& e) {
    counters::on_store_failed(e);
    std::cerr << to_string(e.failure) + '\n';
  }

 private:
  static void log(at::outbox_entry const& entry, char const* what, at::error const& why) {
    std::ostringstream line; // one write for a line: several threads log
    line << what << "  entry " << entry.id << "  " << to_string(entry.step) << "  " << why << '\n';
    std::cerr << line.str();
  }
};

using github_policies = at::policies<at::default_renderer, at::real_clock, at::backoff,
                                     at::shared_pacing, counting_log>;
using github_client =
    at::client<"github", at::https_transport, at::builtin_plugins, github_policies>;

class github_tickets final : public tickets {
 public:
  github_tickets(github_client client, counting_log log, at::sqlite_store store,
                 at::outbox_options options, at::runner_options runner)
      : log_(std::move(log)), box_(std::move(client), std::move(store), options),
        runner_(box_, runner) {}

  at::result<at::submission> submit(at::incident const& from) override { return box_.submit(from); }
  at::result<at::submission> submit_close(at::incident const& from) override {
    return box_.submit_close(from);
  }
  at::result<at::outbox_stats> stats() override { return box_.stats(); }
  [[nodiscard]] at::counter_values counters() const override { return log_.values(); }
  bool stop(std::chrono::milliseconds within) override { return runner_.stop(within); }

 private:
  counting_log log_; // shares its numbers with the client's
  at::outbox<github_client, at::sqlite_store> box_;
  at::outbox_runner runner_; // last: it ends before what it works on
};

} // namespace

at::result<std::unique_ptr<tickets>> tickets::open(ticket_options const& given) {
  auto const raw = given.settings_file.empty() ? at::read_raw_settings_environment()
                                               : at::read_raw_settings_file(given.settings_file);
  auto settings = at::load_settings<"github">(raw);
  if (!settings) return std::move(settings).error();

  at::https_options connection;
  connection.ca_file = given.ca_file;
  connection.proxy_from_environment();
  auto transport = at::https_transport::make(std::move(connection));
  if (!transport) return std::move(transport).error();
  counting_log log;
  github_policies policies;
  policies.observer = log;
  auto client = github_client::make(*settings, std::move(*transport), policies);
  if (!client) return std::move(client).error();

  auto store = at::sqlite_store::open(given.store);
  if (!store) return std::move(store).error();
  at::outbox_options options;
  options.caps.entries = given.most_entries;
  // The runner would wait for another process that delivers; here that is a mistake to be told of.
  auto const now = std::chrono::floor<std::chrono::milliseconds>(std::chrono::system_clock::now());
  if (auto begun = store->begin_delivery(now + options.grace); !begun)
    return std::move(begun).error();
  return std::unique_ptr<tickets>{
      std::make_unique<github_tickets>(std::move(*client), log, std::move(*store), options,
                                       at::runner_options{.workers = given.workers})};
}

} // namespace service
