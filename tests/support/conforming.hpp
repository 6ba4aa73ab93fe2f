#pragma once
// The conformance suite as an assertion.

#include "catch.hpp"

#include <argus_ticket/testing/conformance.hpp>

namespace test {

/// Fails where a plugin does not conform, or where more is left out than it says of itself.
template <class Plugin, class Transport, class Clock = argus_ticket::real_clock>
void check_that_it_conforms(typename Plugin::settings const& settings, Transport transport,
                            Clock clock = {}) {
  auto const report = argus_ticket::testing::check_conformance<Plugin>(
      settings, std::move(transport), std::move(clock));
  INFO(report);
  CHECK(report.is_conforming());
  // Where the key is not in the text, and where there is no page to fill in, none can be tested.
  std::vector<std::string> lacking;
  if (!argus_ticket::marks_bodies<Plugin>)
    lacking.emplace_back("an incident's text forges no marker");
  if (!argus_ticket::prefills_tickets<Plugin>)
    lacking.emplace_back("the new ticket page is filled in");
  CHECK(report.left_out == lacking);
}

} // namespace test
