#ifndef ARGUS_TICKET_DETAIL_UNDER_POLICIES_HPP
#define ARGUS_TICKET_DETAIL_UNDER_POLICIES_HPP

#include <argus_ticket/detail/client_errors.hpp>
#include <argus_ticket/detail/find_or_create.hpp>
#include <argus_ticket/detail/run_blocking.hpp>
#include <argus_ticket/http/transport.hpp>
#include <argus_ticket/plugin.hpp>
#include <argus_ticket/plugins/support/rate_headers.hpp>
#include <argus_ticket/plugins/support/reply.hpp>
#include <argus_ticket/policy/observer.hpp>
#include <argus_ticket/policy/pacer.hpp>
#include <argus_ticket/policy/policies.hpp>

#include <algorithm>
#include <chrono>
#include <optional>
#include <string>

namespace argus_ticket::detail {

// Retries and pacing stand between a plugin's operation and who carries its requests, as operations
// themselves: so they do no I/O, and there is one text for blocking and asynchronous clients.

/// One operation of a client while it runs.
template <class Plugin, class Policies>
struct run_context {
  Plugin const& plugin;
  Policies& policies;
  std::string_view name; ///< The client's member.
  http::deadline until;  ///< Nothing is waited for beyond.

  int requests = 0;
  /// A request that changes something may or may not have been done, and no repetition has told.
  bool unresolved = false;

  [[nodiscard]] http::deadline now() { return policies.clock.steady_now(); }
  [[nodiscard]] bool has_time_for(std::chrono::milliseconds wait) {
    return wait <= std::chrono::floor<std::chrono::milliseconds>(until - now());
  }
};

/// What a request that did not succeed ended in; nothing where it did.
template <class Plugin>
std::optional<error> failure_of(result<http::response> const& reply) {
  if (!reply) return reply.error();
  if (reply->status() < 400) return std::nullopt;
  if constexpr (explains_errors<Plugin>)
    return Plugin::error_of(*reply);
  else
    return plugins::support::error_of(*reply);
}

inline limit_notice limit_notice_of(result<http::response> const& reply,
                                    std::optional<error> const& failure) {
  limit_notice notice;
  notice.refused = failure && failure->code == errc::rate_limited;
  if (!reply) return notice;
  notice.closed_for = plugins::support::until_reset(*reply);
  // A refusal's Retry-After says more than the budget; elsewhere it is not about the credential.
  if (auto const said = plugins::support::retry_after(*reply); notice.refused && said)
    notice.closed_for = said;
  return notice;
}

/// Waits, and gives the error that ended it where one did.
template <class Context>
operation<void> pause(Context& context, wait_reason why, std::chrono::milliseconds time) {
  notify(context.policies.observer, wait_event{context.name, why, time});
  auto const ended = co_await forward_awaiter{time};
  if (ended && !*ended) co_return ended->error();
  co_return result<void>{};
}

/// Whether a wait ended since there was no time for it, and not since the clock is broken.
inline bool was_cut_short(error const& e) noexcept { return e.code == errc::timed_out; }

/// Stands in line until a request may go. Ends in `rate_limited` where that takes longer than the
/// operation has.
template <class Context>
operation<void> wait_for_turn(Context& context, pacer::place& place) {
  using std::chrono::milliseconds;
  // What goes out at the very end is cut off, and whether it was done is unknown then: so part of
  // the time is kept for the request itself.
  milliseconds const to_send =
      (std::min)(milliseconds{context.policies.timeout} / 4, milliseconds{2'000});
  for (;;) {
    milliseconds const time = place.ask(context.now());
    if (time.count() == 0) co_return result<void>{};
    if (!context.has_time_for(time + to_send)) co_return paced(place.come_back(context.now()));
    auto const waited = co_await as_result(pause(context, wait_reason::pacing, time));
    if (!waited) co_return was_cut_short(waited.error()) ? paced(time) : waited.error();
  }
}

template <class Observer>
concept watches_requests = requires(Observer& o, request_event const& e) { o.on_request(e); } ||
                           requires(Observer& o, response_event const& e) { o.on_response(e); };

/// Sends a request once and tells the observer.
template <class Context>
operation<http::response> send_once(Context& context, http::request const& request, int attempt,
                                    std::optional<error>& failure) {
  using plugin = std::remove_cvref_t<decltype(context.plugin)>;
  using observer = std::remove_cvref_t<decltype(context.policies.observer)>;
  ++context.requests;
  if constexpr (!watches_requests<observer>) {
    result<http::response> reply = *co_await forward_awaiter{request};
    failure = failure_of<plugin>(reply);
    co_return reply;
  } else {
    exchange_record credentials; // of which nothing may stand in an event, whoever put it there
    credentials.note(request);
    std::string const url = credentials.presentable(request.url().string());
    notify(context.policies.observer, request_event{context.name, request.method(), url, attempt});
    auto const started = context.now();
    result<http::response> reply = *co_await forward_awaiter{request};
    failure = failure_of<plugin>(reply);
    std::optional<error> shown;
    if (failure) {
      shown = credentials.presentable(*failure);
      shown->server_message.clear(); // may hold more than credentials
    }
    notify(context.policies.observer,
           response_event{context.name, request.method(), url, attempt, reply ? reply->status() : 0,
                          shown ? &*shown : nullptr,
                          std::chrono::floor<std::chrono::milliseconds>(context.now() - started)});
    co_return reply;
  }
}

/// Sends a request when the pacing permits, and again as far as the retry policy and its
/// idempotency permit.
template <class Context>
operation<http::response> deliver(Context& context, http::request const& request) {
  using policies = std::remove_cvref_t<decltype(context.policies)>;
  bool unresolved = false;
  for (int attempt = 1;; ++attempt) {
    std::optional<error> failure;
    result<http::response> reply = error{};
    if constexpr (!std::same_as<decltype(policies::pacing), no_pacing>) {
      rate_limits limits;
      if constexpr (states_its_limits<std::remove_cvref_t<decltype(context.plugin)>>)
        limits = context.plugin.asked_of_clients();
      pacer const credential = context.policies.pacing.pacer_of(request, limits);
      pacer::place place = credential.enter(request);
      co_await wait_for_turn(context, place);
      reply = co_await as_result(send_once(context, request, attempt, failure));
      place.ended(context.now(), limit_notice_of(reply, failure));
    } else {
      reply = co_await as_result(send_once(context, request, attempt, failure));
    }
    bool const writes = request.idempotency() != http::idempotency::safe;
    if (!failure) {
      if (unresolved) context.unresolved = false; // this very request was done after all
      co_return reply;
    }
    if (writes && failure->outcome == outcome::ambiguous) context.unresolved = unresolved = true;
    if (attempt >= context.policies.retry.attempts || failure->code == errc::cancelled ||
        !may_repeat(request.idempotency(), failure->outcome))
      co_return reply;
    std::chrono::milliseconds time = context.policies.retry.wait_before(attempt);
    if (failure->retry_after)
      time = (std::max)(time, std::chrono::milliseconds{*failure->retry_after});
    if (!context.has_time_for(time)) co_return reply;
    auto const waited = co_await as_result(pause(context, wait_reason::retry, time));
    if (!waited && was_cut_short(waited.error())) co_return reply;
    if (!waited) co_return waited.error();
  }
}

/// An operation whose requests go out under the client's policies.
template <class T, class Context>
operation<T> under_policies(operation<T> inner, Context& context) {
  inner.start();
  while (!inner.done()) {
    if (http::request const* request = inner.request()) {
      inner.resume(co_await as_result(deliver(context, *request)));
    } else {
      result<void> waited = co_await as_result(pause(context, wait_reason::search, inner.pause()));
      if (waited)
        inner.resume();
      else
        inner.resume(std::move(waited).error());
    }
  }
  result<T> ended = inner.take();
  if (!ended && context.unresolved) {
    error e = std::move(ended).error();
    e.outcome = outcome::ambiguous; // an earlier try may have done it
    co_return e;
  }
  co_return ended;
}

/// What an operation's value says of a ticket, and whether it was the operation's aim to have one.
struct told_ticket {
  ticket const* about = nullptr;
  bool opens = false;
};
inline told_ticket told_by(ticket const& value, std::string_view name) noexcept {
  return {&value, name == "find_or_create"};
}
inline told_ticket told_by(opened_ticket const& value, std::string_view) noexcept {
  return {&value.ticket, true};
}

/// Tells the observer what an operation ended in; `told_by` says what its value means.
template <class Context, class T>
void tell_outcome(Context& context, result<T> const& ended, http::deadline started) {
  outcome_event event;
  event.operation = context.name;
  event.requests = context.requests;
  event.took = std::chrono::floor<std::chrono::milliseconds>(context.now() - started);
  if (!ended) {
    error const failure = ended.error();
    event.outcome = failure.outcome;
    event.failure = &failure;
    notify(context.policies.observer, event);
    return;
  }
  if constexpr (requires { told_by(*ended, context.name); }) {
    if (told_ticket const told = told_by(*ended, context.name); told.about != nullptr) {
      event.outcome = told.about->outcome();
      event.opened = told.about->created;
      event.found = told.opens && !told.about->created;
    }
  } else if constexpr (requires { ended->has_value(); }) {
    event.found = ended->has_value();
  }
  notify(context.policies.observer, event);
}

} // namespace argus_ticket::detail

#endif
