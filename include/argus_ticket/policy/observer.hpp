#ifndef ARGUS_TICKET_POLICY_OBSERVER_HPP
#define ARGUS_TICKET_POLICY_OBSERVER_HPP

#include <argus_ticket/error.hpp>
#include <argus_ticket/http/request.hpp>
#include <argus_ticket/policy/no_observer.hpp>

#include <boost/config.hpp>

#include <chrono>
#include <string_view>

/**
 * @page observers observers
 * What a client and its outbox tell an observer: any type; each event goes to its member function
 * of that name, where it has one.
 * - `on_request(request_event const&)`: a request is about to be sent;
 * - `on_response(response_event const&)`: it has ended, with a reply or without one;
 * - `on_wait(wait_event const&)`: the operation is about to wait;
 * - `on_ambiguous(ambiguous_event const&)`: a create of unknown outcome was looked for;
 * - `on_duplicate(duplicate_event const&)`: a second ticket of one incident was found;
 * - `on_outcome(outcome_event const&)`: an operation has ended.
 *
 * Of an outbox (see outbox/events.hpp):
 * - `on_submitted(submitted_event const&)`: something was accepted, and is durable;
 * - `on_delivered(delivered_event const&)`: a step was delivered and recorded;
 * - `on_postponed(postponed_event const&)`: a step was not delivered; it will be tried again;
 * - `on_dead(dead_event const&)`: a step was given up;
 * - `on_store_failed(store_failed_event const&)`: a submission or a delivery failed at the store.
 *
 * Hooks are called from the threads that run operations, several at once where those do. They
 * should be quick. What they throw is dropped. No event holds a secret; what it refers to is valid
 * during the call.
 */
namespace argus_ticket {

/// A request is about to be sent.
struct request_event {
  std::string_view operation;              ///< The client's member, e.g. `find_or_create`.
  http::method method = http::method::get; ///< What it does.
  std::string_view url;                    ///< Where it goes.
  int attempt = 1;                         ///< 2 and more: attempts after the first one.
};

/// A request has ended, with a reply or without one.
struct response_event {
  std::string_view operation;              ///< The client's member, e.g. `find_or_create`.
  http::method method = http::method::get; ///< What the request does.
  std::string_view url;                    ///< Where it went.
  int attempt = 1;                         ///< 2 and more: attempts after the first one.
  int status = 0;                          ///< The reply's status; 0: no reply.
  error const* failure = nullptr;    ///< Null where it succeeded. Its `server_message` is left out.
  std::chrono::milliseconds took{0}; ///< From sending to the reply's end.
};

/// What an operation waits for.
enum class wait_reason {
  retry,  ///< Before sending a request again.
  pacing, ///< For the limits of the credential.
  search  ///< For a search that lags.
};

/// An operation is about to wait.
struct wait_event {
  std::string_view operation;           ///< The client's member, e.g. `find_or_create`.
  wait_reason why = wait_reason::retry; ///< For what.
  std::chrono::milliseconds time{0};    ///< How long.
};

/// A create may or may not have been done, and its ticket was looked for.
struct ambiguous_event {
  std::string_view operation; ///< The client's member, e.g. `find_or_create`.
  bool found = false;         ///< The ticket is there: the create was done.
};

/// Two tickets of one incident were found, and one of them is closed.
struct duplicate_event {
  std::string_view kept;   ///< The number of the ticket that stays.
  std::string_view number; ///< The one that is closed.
};

/// An operation has ended.
struct outcome_event {
  std::string_view operation; ///< The client's member, e.g. `find_or_create`.
  /// What it ended in.
  argus_ticket::outcome outcome = argus_ticket::outcome::applied;
  error const* failure = nullptr;    ///< Null where it succeeded.
  bool opened = false;               ///< A ticket was opened.
  bool found = false;                ///< A ticket was there already.
  int requests = 0;                  ///< How many requests were sent, repetitions included.
  std::chrono::milliseconds took{0}; ///< From the call to its result, waits included.
};

namespace detail {

template <class Hook>
void call_hook(Hook hook) noexcept {
#ifdef BOOST_NO_EXCEPTIONS
  hook();
#else
  try {
    hook();
  } catch (...) { // an observer must not change what it observes
  }
#endif
}

// One function for each hook. Where the observer lacks it, nothing is left of the call.
template <class O>
void notify(O& to, request_event const& e) {
  if constexpr (requires { to.on_request(e); }) call_hook([&] { to.on_request(e); });
}
template <class O>
void notify(O& to, response_event const& e) {
  if constexpr (requires { to.on_response(e); }) call_hook([&] { to.on_response(e); });
}
template <class O>
void notify(O& to, wait_event const& e) {
  if constexpr (requires { to.on_wait(e); }) call_hook([&] { to.on_wait(e); });
}
template <class O>
void notify(O& to, ambiguous_event const& e) {
  if constexpr (requires { to.on_ambiguous(e); }) call_hook([&] { to.on_ambiguous(e); });
}
template <class O>
void notify(O& to, duplicate_event const& e) {
  if constexpr (requires { to.on_duplicate(e); }) call_hook([&] { to.on_duplicate(e); });
}
template <class O>
void notify(O& to, outcome_event const& e) {
  if constexpr (requires { to.on_outcome(e); }) call_hook([&] { to.on_outcome(e); });
}

} // namespace detail
} // namespace argus_ticket

#endif
