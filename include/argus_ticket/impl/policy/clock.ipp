#ifndef ARGUS_TICKET_IMPL_POLICY_CLOCK_IPP
#define ARGUS_TICKET_IMPL_POLICY_CLOCK_IPP

#include <argus_ticket/policy/clock.hpp>

#include <thread>

namespace argus_ticket {

void real_clock::sleep_for(std::chrono::milliseconds time) const {
  std::this_thread::sleep_for(time);
}

} // namespace argus_ticket

#endif
