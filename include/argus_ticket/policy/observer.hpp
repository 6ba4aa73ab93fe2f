#ifndef ARGUS_TICKET_POLICY_OBSERVER_HPP
#define ARGUS_TICKET_POLICY_OBSERVER_HPP

#include <argus_ticket/error.hpp>
#include <argus_ticket/http/request.hpp>
#include <argus_ticket/policy/no_observer.hpp>

#include <boost/config.hpp>

#include <chrono>
#include <string_view>

namespace argus_ticket {

// What a client tells its observer. An observer is any type; each of these events goes to its
// member function of that name, where it has one:
//
//     on_request(request_event const&)      a request is about to be sent
//     on_response(response_event const&)    it has ended, with a reply or without one
//     on_wait(wait_event const&)            the operation is about to wait
//     on_ambiguous(ambiguous_event const&)  a create of unknown outcome was looked for
//     on_duplicate(duplicate_event const&)  a second ticket of one incident was found
//     on_outcome(outcome_event const&)      an operation has ended
//
// An outbox tells it more; see outbox/events.hpp. Hooks are called from the threads that run
// operations, several at once where those do. They should be quick. What they throw is dropped.
// No event holds a secret; views are valid during the call.

struct request_event {
  std::string_view operation; ///< The client's member, e.g. `find_or_create`.
  http::method method = http::method::get;
  std::string_view url;
  int attempt = 1; ///< 2 and more: sent again.
};

struct response_event {
  std::string_view operation;
  http::method method = http::method::get;
  std::string_view url;
  int attempt = 1;
  int status = 0;                 ///< 0: no reply.
  error const* failure = nullptr; ///< Null where it succeeded. Its `server_message` is left out.
  std::chrono::milliseconds took{0};
};

enum class wait_reason {
  retry,  ///< Before sending a request again.
  pacing, ///< For the limits of the credential.
  search  ///< For a search that lags.
};

struct wait_event {
  std::string_view operation;
  wait_reason why = wait_reason::retry;
  std::chrono::milliseconds time{0};
};

struct ambiguous_event {
  std::string_view operation;
  bool found = false; ///< The ticket is there: the create was done.
};

struct duplicate_event {
  std::string_view kept;   ///< The number of the ticket that stays.
  std::string_view number; ///< The one that is closed.
};

struct outcome_event {
  std::string_view operation;
  argus_ticket::outcome outcome = argus_ticket::outcome::applied;
  error const* failure = nullptr; ///< Null where it succeeded.
  bool opened = false;            ///< A ticket was opened.
  bool found = false;             ///< A ticket was there already.
  int requests = 0;               ///< How many were sent, repetitions included.
  std::chrono::milliseconds took{0};
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
