#ifndef ARGUS_TICKET_HTTP_IDEMPOTENCY_HPP
#define ARGUS_TICKET_HTTP_IDEMPOTENCY_HPP

namespace argus_ticket::http {

/// What sending a request twice would do. A request that `creates` is never repeated blindly.
enum class idempotency {
  safe,       ///< Changes nothing.
  idempotent, ///< Twice is the same as once.
  creates     ///< Twice makes two of it.
};

} // namespace argus_ticket::http

#endif
