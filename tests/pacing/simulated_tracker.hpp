#pragma once
// github.com in simulated time: the local tracker without sockets, a network that takes time, and
// clients of the GitHub plugin, whose limits are those of github.com.

#include "../github/model.hpp"
#include "simulated_time.hpp"

#include <argus_ticket/basic_client.hpp>
#include <argus_ticket/plugins/github.hpp>

#include <algorithm>
#include <local_tracker/github_api.hpp>
#include <memory>
#include <string>
#include <vector>

namespace simulation {

namespace at = argus_ticket;
namespace http = argus_ticket::http;

/// One request as the server saw it.
struct exchange {
  moment came{};
  unsigned status = 0;
  bool heard = true; ///< Whether the client got the reply before its deadline.
};

/// What all transports of a simulation share.
struct network {
  explicit network(timeline& of, local_tracker::limits most) : time(of), api({.limits = most}) {
    api.set_clock([&of] {
      return std::chrono::floor<milliseconds>(simulated_clock{of}.now()); // one time for all
    });
  }
  [[nodiscard]] std::size_t refused() const { return refused_since(0ms); }
  [[nodiscard]] std::size_t refused_since(moment when) const {
    return static_cast<std::size_t>(std::count_if(seen.begin(), seen.end(), [&](auto const& one) {
      return one.came >= when && (one.status == 403 || one.status == 429);
    }));
  }

  timeline& time;
  local_tracker::github_api api;
  std::vector<exchange> seen; ///< In the order in which they came: one thread runs at a time.
};

/// Carries requests to the tracker, whatever host they name. Each takes a while there and back.
class simulated_transport {
 public:
  simulated_transport(network& over, unsigned seed) : over_(&over), latency_(seed) {}

  at::result<http::response> send(http::request const& r, http::deadline until) {
    local_tracker::request const asked = test::as_tracker_request(r, "/api/v3");
    std::shared_ptr<void const> const under_way = over_->api.in_flight(asked);
    milliseconds const takes = latency_.next(), left = time_left(until);
    if (left < takes / 2) return lost(left, at::progress::nothing_sent);
    over_->time.sleep_for(takes / 2);
    moment const came = over_->time.now();
    local_tracker::response const answer = over_->api.handle(asked);
    over_->seen.push_back({came, answer.status, left >= takes});
    if (left < takes) return lost(left - takes / 2, at::progress::all_sent);
    over_->time.sleep_for(takes - takes / 2);
    return test::as_http_response(answer);
  }

 private:
  milliseconds time_left(http::deadline until) const {
    return std::chrono::floor<milliseconds>(until - simulated_clock{over_->time}.steady_now());
  }
  at::error lost(milliseconds left, at::progress how_far) {
    over_->time.sleep_for(left);
    bool const sent = how_far == at::progress::all_sent;
    at::error e{at::errc::timed_out, sent ? at::outcome::ambiguous : at::outcome::not_applied,
                "no reply came in time"};
    e.progress = how_far;
    return e;
  }

  network* over_;
  latency latency_;
};

using policies =
    at::policies<at::default_renderer, simulated_clock, at::backoff, at::shared_pacing>;
using client = at::basic_client<at::plugins::github, simulated_transport, policies>;

/// Opened an hour before the simulation began, so that its ticket is looked for among few.
inline at::incident incident(int number) {
  at::incident i;
  i.pk = number;
  i.source.pk = 1;
  i.source.name = "simulation";
  i.start_time = at::parse_timestamp("2025-02-02T23:00:00Z");
  i.description = "Incident " + std::to_string(number);
  return i;
}

inline constexpr char const* repository = "octo/tickets";

/// A repository, two accounts, and clients that share a registry of pacers, as those of one process
/// do, but no other test's.
struct world {
  explicit world(local_tracker::limits most = local_tracker::github_com_limits())
      : net(time, most) {
    net.api.add_user("token-one", {.login = "one", .access = local_tracker::role::write});
    net.api.add_user("token-two", {.login = "two", .access = local_tracker::role::write});
    net.api.add_repository({.full_name = repository});
  }

  /// A client that is made apart from all others.
  client make_client(milliseconds timeout = 60s, char const* token = "token-one") {
    simulation::policies p{.clock = simulated_clock{time}};
    p.pacing.registry = pacers;
    p.timeout = timeout;
    at::plugins::github::settings s;
    s.endpoint = "https://github.com/";
    s.authentication.token = at::secret{std::string{token}};
    s.information.project_namespace_and_name = repository;
    return client{s, simulated_transport{net, ++seed}, std::move(p)};
  }
  [[nodiscard]] std::size_t tickets() const { return net.api.issue_count(repository); }
  [[nodiscard]] std::size_t violations() const { return net.api.statistics().violations.total(); }
  /// How many different incidents have an issue.
  [[nodiscard]] std::size_t incidents() const {
    std::set<std::string> titles;
    for (auto const& one : net.api.issues(repository)) titles.insert(one.title);
    return titles.size();
  }

  timeline time;
  network net;
  std::shared_ptr<at::pacer_registry> pacers = std::make_shared<at::pacer_registry>();
  unsigned seed = 0;
};

/// A caller who comes back when he is told to, and a second after his time was up.
struct caller {
  explicit caller(world& in) : world_(&in) {}

  /// Calls until it is neither `rate_limited` nor `timed_out`.
  template <class Call>
  auto persist(Call call) {
    for (;;) {
      moment const start = world_->time.now();
      auto ended = call();
      longest = (std::max)(longest, world_->time.now() - start);
      if (ended) return ended;
      at::error const& e = ended.error();
      bool const later = e.code == at::errc::rate_limited && e.retry_after;
      if ((!later && e.code != at::errc::timed_out) || times_told + timed_out > 10'000) {
        problems += to_string(e) + '\n';
        return ended;
      }
      ++(later ? times_told : timed_out);
      world_->time.sleep_for(later ? *e.retry_after : 1s);
    }
  }

  milliseconds longest{0}; ///< What one call took at most.
  int times_told = 0;
  int timed_out = 0;
  std::string problems; ///< What a call ended in otherwise.

 private:
  world* world_;
};

/// Calls `work`, with each of these clients and a caller for it, in a thread of its own; gives the
/// callers. What they share needs no lock: one of them runs at a time.
template <class Work>
std::vector<caller> all_at_once(world& in, std::vector<client>& clients, Work work) {
  std::vector<caller> callers(clients.size(), caller{in});
  std::vector<std::function<void()>> bodies;
  for (std::size_t c = 0; c < clients.size(); ++c)
    bodies.emplace_back([&, c] { work(clients[c], callers[c]); });
  in.time.run(bodies);
  return callers;
}

/// Lets these clients open the tickets of so many incidents.
inline std::vector<caller> open_all(world& in, std::vector<client>& clients, int count) {
  int next = 0;
  return all_at_once(in, clients, [&](client& tickets, caller& who) {
    while (next < count) {
      at::incident const from = incident(next++);
      (void)who.persist([&] { return tickets.find_or_create(from); });
    }
  });
}

} // namespace simulation
