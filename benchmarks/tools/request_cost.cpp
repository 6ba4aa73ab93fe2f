// What it costs to make a request of an incident: for callgrind, and allocations counted.
// usage: request_cost WHAT BYTES TIMES
//   request    incident -> the bytes that go over TLS: rendered, neutralised, escaped, serialised
//   serialise  the same finished texts -> JSON, by Boost.JSON, and nothing else
//   nothing    what there is besides
// Prints allocations per time, as counted by operator new.

#include <argus_ticket/argus_ticket.hpp>
#include <argus_ticket/transport/https.hpp>

#include <boost/json.hpp>

#include <cstdio>
#include <cstdlib>
#include <iostream>
#include <tools/allocations.hpp>
#include <tools/incidents.hpp>

namespace {

namespace at = argus_ticket;

using plugin = at::plugins::github;

plugin::settings settings() {
  plugin::settings own;
  own.endpoint = "https://github.com/";
  own.authentication.token = at::secret{"ghp_0123456789abcdefghijklmnopqrstuvwxyz"};
  own.information.project_namespace_and_name = "octo/tickets";
  return own;
}

/// As a client does it, up to where the bytes would go to the socket.
[[gnu::noinline]] std::size_t make_request(plugin const& github, at::policies<> const& policies,
                                           at::https_options const& options,
                                           at::incident const& from) {
  auto creating = at::detail::create_ticket(github, policies, from);
  creating.start();
  at::secret const bytes = at::detail::https::serialise(*creating.request(), options, nullptr);
  return bytes.expose().size();
}

[[gnu::noinline]] std::size_t serialise(boost::json::value const& finished) {
  return boost::json::serialize(finished).size();
}

} // namespace

int main(int count, char** arguments) {
  if (count != 4) return std::cerr << "usage: request_cost WHAT BYTES TIMES\n", 2;
  std::string const what = arguments[1];
  int const times = std::atoi(arguments[3]);
  at::incident const incident = incident_of(std::strtoul(arguments[2], nullptr, 10));
  plugin const github{settings()};
  at::policies<> const policies;
  at::https_options const options;
  auto creating = at::detail::create_ticket(github, policies, incident);
  creating.start();
  boost::json::value const finished = boost::json::parse(creating.request()->body());
  std::size_t bytes = 0, before = allocations();
  for (int i = 0; i < times; ++i) {
    if (what == "request") bytes += make_request(github, policies, options, incident);
    if (what == "serialise") bytes += serialise(finished);
  }
  std::printf("%.2f allocations, %.0f bytes\n", static_cast<double>(allocations() - before) / times,
              static_cast<double>(bytes) / times);
}
