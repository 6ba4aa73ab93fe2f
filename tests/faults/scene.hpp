#pragma once
// One repository with one incident, and a client of it: what a single cell of the matrix plays on.

#include "stage.hpp"

#include <argus_ticket/argus_ticket.hpp>
#include <argus_ticket/outbox.hpp>
#include <argus_ticket/outbox/memory_store.hpp>

#include <atomic>

namespace faults {

/// What is in a scene's repository.
struct tickets_there {
  int all = 0; ///< with the incident's marker
  int open = 0;
  int comments = 0;       ///< of all of them
  std::string everything; ///< to compare with another time
};

inline at::incident failing_incident() {
  at::incident i;
  i.pk = 4711;
  i.start_time =
      at::timestamp{std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now())};
  i.source.pk = 11;
  i.source.name = "Campus GW 3";
  i.description = "Link gw-3 down";
  i.argus_url = "https://argus.example.org/incidents/4711";
  return i;
}

/// GitHub, but that a text is soon too long for it: a long one takes long to write.
struct brief_github : at::plugins::github {
  using at::plugins::github::github;
  static constexpr at::document::text_limits limits{256, 2'000,
                                                    at::document::length_unit::code_points};
};

template <class Retry, class Pacing = at::no_pacing>
class basic_scene {
 public:
  using policies_type = at::policies<at::default_renderer, jumping_clock, Retry, Pacing>;
  using client_type = at::basic_client<brief_github, stage_transport, policies_type>;

  explicit basic_scene(stage& s) : on(s), repository(new_repository(s)) {}

  /// Puts a ticket of the incident there, as a client would have opened it.
  void add_ticket(std::vector<std::string> labels = {}, bool closed = false) {
    at::incident_key const key = at::key_of(incident);
    if (labels.empty()) labels = {"argus-ticket", at::plugins::github::key_label(key)};
    ticket = std::to_string(on.server().api().add_issue(
        repository, {.title = "Link gw-3 down",
                     .body = at::with_marker("down", at::plugins::github::marker(key)),
                     .labels = std::move(labels),
                     .closed = closed}));
  }

  tickets_there look() const {
    tickets_there seen;
    std::string const marker = at::plugins::github::marker(at::key_of(incident));
    for (lt::issue const& one : on.server().api().issues(repository)) {
      seen.everything +=
          one.title + '\n' + one.body.value_or("") + (one.closed ? "closed" : "open");
      for (std::string const& name : one.labels) seen.everything += '\n' + name;
      for (lt::comment const& said : one.comments) seen.everything += '\n' + said.body;
      if (one.body.value_or("").find(marker) == std::string::npos) continue;
      ++seen.all;
      if (!one.closed) ++seen.open;
      seen.comments += static_cast<int>(one.comments.size());
    }
    return seen;
  }

  void set_timeout(std::chrono::milliseconds most) {
    tickets.policies().timeout = most;
    box.client().policies().timeout = most;
  }
  /// In the calendar.
  void jump_to(at::outbox_time when) { clock.jump((std::max)(0ms, when - box.now())); }

  stage& on;
  std::string repository;
  at::incident incident = failing_incident();
  std::string ticket; ///< The number of the one that is there.
  jumping_clock clock;
  client_type tickets{settings(), stage_transport{&on, clock}, policies()};
  at::outbox<client_type, at::memory_store> box{tickets, at::memory_store{}};

 private:
  static std::string new_repository(stage& s) {
    static std::atomic<int> count{0};
    std::string name = "octo/cell-" + std::to_string(++count);
    s.server().api().add_repository({.full_name = name});
    return name;
  }
  at::settings<"github"> settings() const {
    at::settings<"github"> own;
    own.endpoint = on.server().endpoint();
    own.authentication.token = at::secret{token};
    own.information.project_namespace_and_name = repository;
    return own;
  }
  auto policies() const {
    policies_type own;
    own.clock = clock;
    own.reconcile.pause = 5ms;
    if constexpr (requires { own.pacing.registry; })
      own.pacing.registry = std::make_shared<at::pacer_registry>();
    return own;
  }
};

using scene = basic_scene<at::no_retry>;

} // namespace faults
