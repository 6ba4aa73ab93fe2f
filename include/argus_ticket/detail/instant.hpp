#ifndef ARGUS_TICKET_DETAIL_INSTANT_HPP
#define ARGUS_TICKET_DETAIL_INSTANT_HPP

#include <chrono>

namespace argus_ticket::detail {

using instant = std::chrono::system_clock::time_point;

} // namespace argus_ticket::detail

#endif
