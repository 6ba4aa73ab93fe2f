#ifndef ARGUS_TICKET_OUTBOX_EVENTS_HPP
#define ARGUS_TICKET_OUTBOX_EVENTS_HPP

#include <argus_ticket/outbox/entry.hpp>
#include <argus_ticket/policy/observer.hpp>

#include <chrono>

namespace argus_ticket {

// What an outbox tells the observer of its client, beside what the client tells it; the hooks are
// listed in policy/observer.hpp.

/// Something was accepted: it is in the store.
struct submitted_event {
  outbox_step step = outbox_step::open; ///< What is to be done.
  submission what;                      ///< What became of it.
};

/// A step was delivered, and that is recorded.
struct delivered_event {
  outbox_entry const& entry;                    ///< As it was claimed.
  ticket const* about = nullptr;                ///< The ticket, where the step opened or found it.
  std::chrono::milliseconds since_submitted{0}; ///< By the wall clock.
};

/// A step was not delivered, or nobody knows; it will be tried again.
struct postponed_event {
  outbox_entry const& entry; ///< As it was claimed.
  error const& failure;      ///< Why.
  outbox_time due{};         ///< Not before that.
};

/// A step was given up. It stays in the store until it is requeued or removed.
struct dead_event {
  outbox_entry const& entry; ///< As it was claimed.
  error const& failure;      ///< The reason that is kept with the entry.
};

/// The store failed a submission, which was not accepted then, or a delivery, whose entry becomes
/// free again when its lease ends.
struct store_failed_event {
  error const& failure; ///< `errc::store_failed`, with what is wrong.
};

namespace detail {

template <class O>
void notify(O& to, submitted_event const& e) {
  if constexpr (requires { to.on_submitted(e); }) call_hook([&] { to.on_submitted(e); });
}
template <class O>
void notify(O& to, delivered_event const& e) {
  if constexpr (requires { to.on_delivered(e); }) call_hook([&] { to.on_delivered(e); });
}
template <class O>
void notify(O& to, postponed_event const& e) {
  if constexpr (requires { to.on_postponed(e); }) call_hook([&] { to.on_postponed(e); });
}
template <class O>
void notify(O& to, dead_event const& e) {
  if constexpr (requires { to.on_dead(e); }) call_hook([&] { to.on_dead(e); });
}
template <class O>
void notify(O& to, store_failed_event const& e) {
  if constexpr (requires { to.on_store_failed(e); }) call_hook([&] { to.on_store_failed(e); });
}

} // namespace detail
} // namespace argus_ticket

#endif
