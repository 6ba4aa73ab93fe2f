#ifndef ARGUS_TICKET_IMPL_POLICY_RETRY_IPP
#define ARGUS_TICKET_IMPL_POLICY_RETRY_IPP

#include <argus_ticket/policy/retry.hpp>

#include <random>

namespace argus_ticket {

std::chrono::milliseconds backoff::wait_before(int repetition) const {
  thread_local std::minstd_rand random{std::random_device{}()};
  using number = std::chrono::milliseconds::rep;
  number const most = (std::max)(number{0}, bound(repetition).count());
  return std::chrono::milliseconds{std::uniform_int_distribution<number>{0, most}(random)};
}

} // namespace argus_ticket

#endif
