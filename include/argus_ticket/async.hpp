#ifndef ARGUS_TICKET_ASYNC_HPP
#define ARGUS_TICKET_ASYNC_HPP

// What the asynchronous members of clients need. Headers of asynchronous transports include it;
// beside those, nobody has to.

#include <argus_ticket/detail/run_async.hpp>

#endif
