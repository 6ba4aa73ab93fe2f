// A ticket system that publishes no limits but in the headers of its replies: clients stop when the
// budget is used up, and go on when it is full again.

#include "../support/catch.hpp"
#include "../unit/acme.hpp"
#include "simulated_time.hpp"

#include <argus_ticket/basic_client.hpp>

#include <boost/json/parse.hpp>

#include <iostream>
#include <local_tracker/text.hpp>
#include <map>

namespace headers_simulation {

using namespace simulation;
namespace at = argus_ticket;
namespace http = argus_ticket::http;

/// So many requests in windows of a minute, the first of which begins with the first request.
struct metered_server {
  timeline& time;
  bool as_date; ///< Whether the reset is a Unix time, as GitHub has it, or a number of seconds.
  latency takes{7};
  static constexpr int most = 60;
  moment began = -1h;
  int used = 0, refused = 0, windows = 0;
  std::map<std::string, std::string> tickets{}; ///< numbers by key

  http::response answer(http::request const& r) {
    moment const now = time.now();
    if (now >= began + 60s) {
      began = now;
      used = 0;
      ++windows;
    }
    bool const too_many = used >= most;
    refused += too_many ? 1 : 0;
    used += too_many ? 0 : 1;
    int const status = too_many ? 429 : 201;
    http::headers headers;
    std::string const prefix = as_date ? "X-RateLimit-" : "RateLimit-";
    headers.add({prefix + "Remaining", std::to_string(most - used)});
    headers.add({prefix + "Reset", reset(now)});
    auto const date = std::chrono::floor<seconds>(simulated_clock{time}.now());
    headers.add({"Date", local_tracker::http_date(date)});
    if (too_many) return http::response{status, std::move(headers), "slowly"};
    return work(r, std::move(headers));
  }

 private:
  std::string reset(moment now) const {
    moment const left = began + 60s - now;
    auto const then = (simulated_clock{time}.now() + left).time_since_epoch();
    return std::to_string(as_date ? std::chrono::ceil<seconds>(then).count()
                                  : std::chrono::ceil<seconds>(left).count());
  }
  http::response work(http::request const& r, http::headers headers) {
    if (r.method() == http::method::post) {
      std::string const key{boost::json::parse(r.body()).at("key").as_string()};
      std::string const number = std::to_string(tickets.size() + 1);
      if (!tickets.emplace(key, number).second) return http::response{409, {}, "twice"};
      return http::response{201, std::move(headers), number};
    }
    std::string const key = r.url().target().substr(r.url().target().find("key=") + 4);
    auto const found = tickets.find(key.substr(0, key.find('&')));
    if (found == tickets.end()) return http::response{404, std::move(headers), ""};
    return http::response{200, std::move(headers), found->second};
  }
};

struct metered_transport {
  metered_server* server;

  at::result<http::response> send(http::request const& r, http::deadline) {
    milliseconds const way = server->takes.next() / 2;
    server->time.sleep_for(way);
    http::response reply = server->answer(r);
    server->time.sleep_for(way);
    return reply;
  }
};

using policies =
    at::policies<at::default_renderer, simulated_clock, at::backoff, at::shared_pacing>;
using client = at::basic_client<test::acme, metered_transport, policies>;

TEST_CASE("pacing: a budget that only the replies tell of") {
  for (bool const as_date : {false, true}) {
    timeline time;
    metered_server server{time, as_date};
    policies p{.clock = simulated_clock{time}};
    p.pacing.registry = std::make_shared<at::pacer_registry>();
    std::vector<client> clients;
    for (int i = 0; i < 3; ++i)
      clients.emplace_back(test::acme_settings(), metered_transport{&server}, p);
    int next = 0, given_up = 0;
    std::string problems;
    std::vector<std::function<void()>> bodies;
    for (client& tickets : clients)
      bodies.emplace_back([&] {
        while (next < 200) {
          at::incident from = test::some_incident();
          from.pk = ++next;
          for (;;) {
            auto const opened = tickets.find_or_create(from);
            if (opened) break;
            auto const& e = opened.error();
            if (e.code != at::errc::rate_limited || !e.retry_after || ++given_up > 1'000) {
              problems += to_string(e) + '\n';
              break;
            }
            time.sleep_for(*e.retry_after);
          }
        }
      });
    time.run(bodies);
    CHECK(problems == "");
    CHECK(server.tickets.size() == 200);
    // Three requests a ticket; when the last one of a window goes, two others may be under way.
    CHECK(server.windows <= 600 / metered_server::most + 1);
    CHECK(server.refused <= 2 * server.windows);
    // Each window is used as soon as it begins: two seconds of slack, and the requests themselves.
    CHECK(time.now() <= server.windows * 64s);
    std::cout << "header_budget_" << (as_date ? "date" : "seconds") << "_refused " << server.refused
              << '\n';
  }
}

} // namespace headers_simulation
