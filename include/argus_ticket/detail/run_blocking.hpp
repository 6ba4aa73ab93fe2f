#ifndef ARGUS_TICKET_DETAIL_RUN_BLOCKING_HPP
#define ARGUS_TICKET_DETAIL_RUN_BLOCKING_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/http/transport.hpp>
#include <argus_ticket/operation.hpp>

#include <boost/config.hpp>

#include <algorithm>
#include <chrono>
#include <stop_token>
#include <string>
#include <type_traits>
#include <vector>

namespace argus_ticket::detail {

/// What has to be known of the requests of one operation when it ends in an error.
class exchange_record {
 public:
  ARGUS_TICKET_DECL void note(http::request const& sent);
  /// The error as the caller may see it: no credentials that the server echoed, and no ambiguity
  /// where nothing but safe requests was sent.
  [[nodiscard]] ARGUS_TICKET_DECL error presentable(error e) const;
  /// A text without the credentials that a server may have put into it.
  [[nodiscard]] std::string presentable(std::string text) const {
    redact(text);
    return text;
  }

  /// Takes credentials that the server echoed out of a value's warnings.
  template <class T>
  void make_presentable(T& value) const {
    if constexpr (requires { redact(value.warnings); })
      redact(value.warnings);
    else if constexpr (requires { redact(value.ticket.warnings); })
      redact(value.ticket.warnings);
    else if constexpr (requires { redact(value->warnings); })
      if (value) redact(value->warnings);
  }

  /// What an exception ends in: who throws cannot say what was done.
  [[nodiscard]] outcome after_exception() const noexcept {
    return wrote_ ? outcome::ambiguous : outcome::not_applied;
  }

 private:
  ARGUS_TICKET_DECL void redact(std::string& text) const;
  ARGUS_TICKET_DECL void redact(std::vector<problem>& problems) const;
  /// The same of a text in which something was cut: before an ellipsis, and at its end, the
  /// beginning of a credential may stand.
  ARGUS_TICKET_DECL void redact_cut(std::string& text) const;
  /// The length of the beginning of a credential that a text ends with.
  [[nodiscard]] ARGUS_TICKET_DECL std::size_t begun_credential(std::string_view text) const;

  bool wrote_ = false;
  std::vector<secret> credentials_;
};

/// The error for an exception that left something of the user's.
[[nodiscard]] ARGUS_TICKET_DECL error thrown_error(outcome then);

/// Calls something of the user's that may throw anything; gives the error for that, or nothing.
template <class F>
std::optional<error> caught(outcome then, F call) {
#ifdef BOOST_NO_EXCEPTIONS
  call();
#else
  try {
    call();
  } catch (...) {
    return thrown_error(then);
  }
#endif
  return std::nullopt;
}

template <class Transport>
result<http::response> send_caught(Transport& transport, http::request const& request,
                                   http::deadline until) {
  std::optional<result<http::response>> reply;
  auto failed = caught(request.idempotency() == http::idempotency::safe ? outcome::not_applied
                                                                        : outcome::ambiguous,
                       [&] { reply.emplace(transport.send(request, until)); });
  if (failed) return std::move(*failed);
  return std::move(*reply);
}

/// When an operation that begins now must have ended.
template <class Clock>
http::deadline deadline_in(Clock& clock, std::chrono::milliseconds timeout) {
  using std::chrono::milliseconds;
  constexpr milliseconds longest = std::chrono::days{365}; // more would not fit into a time point
  return clock.steady_now() + std::clamp(timeout, milliseconds{0}, longest);
}

/// Sleeps; says whether it has slept in full. The clock is the user's, and knows of no stopping: so
/// it is asked for short sleeps where there may be one.
template <class Clock>
bool sleep_unless_stopped(Clock& clock, std::chrono::milliseconds time,
                          std::stop_token const& stop) {
  constexpr std::chrono::milliseconds slice{100};
  for (; stop.stop_possible() && time > slice; time -= slice) {
    if (stop.stop_requested()) return false;
    clock.sleep_for(slice);
  }
  if (stop.stop_requested()) return false;
  clock.sleep_for(time);
  return true;
}

inline error not_waited(std::string why, std::chrono::milliseconds time) {
  error late{errc::timed_out, outcome::ambiguous, std::move(why)};
  late.retry_after = std::chrono::ceil<std::chrono::seconds>(time);
  return late;
}

/// Carries an operation over a transport until it ends or its time is up.
template <class T, class Transport, class Clock>
result<T> run_loop(operation<T>& what, Transport& transport, Clock& clock, http::deadline until,
                   std::stop_token const& stop, exchange_record& record) {
  what.start();
  while (!what.done()) {
    if (http::request const* request = what.request()) {
      record.note(*request);
      what.resume(send_caught(transport, *request, until));
      continue;
    }
    auto const pause = what.pause();
    // Where there is no waiting the operation is told rather than dropped: it may have a ticket in
    // hand by now.
    if (pause > std::chrono::floor<std::chrono::milliseconds>(until - clock.steady_now())) {
      what.resume(not_waited("the time for this operation is up", pause));
      continue;
    }
    bool slept = false;
    if (auto failed =
            caught(outcome::ambiguous, [&] { slept = sleep_unless_stopped(clock, pause, stop); }))
      what.resume(std::move(*failed));
    else if (!slept)
      what.resume(not_waited("it was asked to stop", pause));
    else
      what.resume();
  }
  return what.take();
}

template <class T, class Transport, class Clock>
result<T> run_blocking(operation<T> what, Transport& transport, Clock& clock, http::deadline until,
                       std::stop_token const& stop = {}) {
  exchange_record record;
#ifdef BOOST_NO_EXCEPTIONS
  result<T> ended = run_loop(what, transport, clock, until, stop, record);
#else
  // A user's transport or clock may throw anything; nothing but our own exceptions leaves the
  // library.
  result<T> ended = [&]() -> result<T> {
    try {
      return run_loop(what, transport, clock, until, stop, record);
    } catch (...) {
      return thrown_error(record.after_exception());
    }
  }();
#endif
  if (!ended) return record.presentable(std::move(ended).error());
  if constexpr (!std::is_void_v<T>) record.make_presentable(*ended);
  return ended;
}

} // namespace argus_ticket::detail

#include <argus_ticket/impl/run_blocking.ipp>

#endif
