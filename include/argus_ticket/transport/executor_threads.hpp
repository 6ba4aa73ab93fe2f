#ifndef ARGUS_TICKET_TRANSPORT_EXECUTOR_THREADS_HPP
#define ARGUS_TICKET_TRANSPORT_EXECUTOR_THREADS_HPP

namespace argus_ticket {

/// How many threads run an executor at the same time.
enum class executor_threads {
  one,    ///< One at most: nothing has to be kept apart.
  several ///< Each connection gets a strand of its own.
};

} // namespace argus_ticket

#endif
