#ifndef ARGUS_TICKET_IMPL_COMMENT_ONCE_IPP
#define ARGUS_TICKET_IMPL_COMMENT_ONCE_IPP

#include <argus_ticket/detail/comment_once.hpp>

#include <random>

namespace argus_ticket::detail {

incident_key random_key() {
  std::random_device random;
  std::string seed;
  for (int i = 0; i < 5; ++i) seed += std::to_string(random()) + ' ';
  return derived_key({}, seed);
}

} // namespace argus_ticket::detail

#endif
