#ifndef ARGUS_TICKET_HTTP_DEADLINE_HPP
#define ARGUS_TICKET_HTTP_DEADLINE_HPP

#include <chrono>

namespace argus_ticket::http {

/// When an operation must have ended, everything included.
using deadline = std::chrono::steady_clock::time_point;

} // namespace argus_ticket::http

#endif
