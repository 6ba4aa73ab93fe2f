#ifndef ARGUS_TICKET_OUTBOX_EVENTS_HPP
#define ARGUS_TICKET_OUTBOX_EVENTS_HPP

#include <argus_ticket/outbox/entry.hpp>
#include <argus_ticket/policy/observer.hpp>

#include <chrono>

namespace argus_ticket {

// What an outbox tells the observer of its client, beside what the client tells it:
//
//     on_submitted(submitted_event const&)  something was accepted, and is durable
//     on_delivered(delivered_event const&)  a step was delivered and recorded
//     on_postponed(postponed_event const&)  a step was not delivered; it will be tried again
//     on_dead(dead_event const&)            a step was given up
//     on_store_failed(store_failed_event const&)  a submission or a delivery failed at the store
//
// For all of them holds what policy/observer.hpp says of the client's.

struct submitted_event {
  outbox_step step = outbox_step::open;
  submission what;
};

struct delivered_event {
  outbox_entry const& entry;
  ticket const* about = nullptr; ///< The ticket, where the step opened or found it.
  std::chrono::milliseconds since_submitted{0};
};

struct postponed_event {
  outbox_entry const& entry;
  error const& failure;
  outbox_time due{};
};

struct dead_event {
  outbox_entry const& entry;
  error const& failure;
};

struct store_failed_event {
  error const& failure;
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
