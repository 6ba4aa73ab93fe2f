// Before the guard: header-only, the bodies that it brings along include this header.
#include <argus_ticket/policy/pacer.hpp>
#include <argus_ticket/policy/pacing.hpp>

#ifndef ARGUS_TICKET_POLICY_DETAIL_PACERS_HPP
#define ARGUS_TICKET_POLICY_DETAIL_PACERS_HPP

#include <cstddef>
#include <cstdint>
#include <mutex>
#include <unordered_map>

namespace argus_ticket {

/// What a registry holds: apart, as only its own members need it.
struct pacer_registry::state {
  struct known {
    pacer is;
    std::uint64_t used = 0;
  };
  std::mutex lock;
  std::unordered_map<std::size_t, known> all; // by a hash of the credential
  std::uint64_t uses = 0;
};

} // namespace argus_ticket

#endif
