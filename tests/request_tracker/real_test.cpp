// The Request Tracker plugin over a real RT, which servers/run_request_tracker.sh starts. Hidden:
// without it there is nothing to talk to.

#include "behaviours.hpp"

#include <argus_ticket/transport/https.hpp>

#include <cstdlib>
#include <iostream>

namespace {

namespace at = argus_ticket;

std::string variable(std::string const& name) {
  char const* const value = std::getenv(name.c_str());
  REQUIRE(value != nullptr);
  return value;
}

/// An RT on this machine, which keeps its tickets from one test to the next.
struct real_site {
  using transport_type = at::https_transport;
  using clock_type = at::real_clock;

  std::string endpoint() const { return variable("RT_TEST_URL"); }
  at::secret token(std::string const& user) const {
    return at::secret{variable("RT_TEST_TOKEN_" + user)};
  }
  transport_type transport() const { return carrier; }
  std::int64_t pk() const {
    static std::int64_t last = 0;
    return ++last;
  }

  transport_type carrier;
};

} // namespace

TEST_CASE("rt: a real one has all the traps", "[.rt]") {
  real_site site;
  rt_behaviours::all_traps(site);
}
