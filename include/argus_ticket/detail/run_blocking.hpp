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
std::optional<error> caught([[maybe_unused]] outcome then, F call) {
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

/// An operation that is carried by somebody, and what has to be known of it: the same for blocking
/// and asynchronous clients.
template <class T>
class carried_operation {
 public:
  enum class need { reply, sleep, nothing };

  carried_operation(operation<T> what, http::deadline until)
      : what_(std::move(what)), until_(until) {}

  /// Goes on to where it needs something. To be called once; then @ref resume is.
  template <class Clock>
  need start(Clock& clock) {
    what_.start();
    return look(clock);
  }
  /// Goes on with what was needed, or with the reason why it was not had.
  template <class Clock, class... Reply>
  need resume(Clock& clock, Reply... had) {
    what_.resume(std::move(had)...);
    return look(clock);
  }

  [[nodiscard]] http::request const& request() const noexcept { return *what_.request(); }
  [[nodiscard]] std::chrono::milliseconds pause() const noexcept { return what_.pause(); }
  [[nodiscard]] http::deadline until() const noexcept { return until_; }

  /// What it ended with, as the caller may see it.
  [[nodiscard]] result<T> take() { return presentable(what_.take()); }
  /// What it ends with where something of the user's has thrown.
  [[nodiscard]] result<T> take_thrown() const {
    return presentable(thrown_error(record_.after_exception()));
  }

 private:
  template <class Clock>
  need look(Clock& clock) {
    while (!what_.done()) {
      if (http::request const* request = what_.request()) {
        record_.note(*request);
        return need::reply;
      }
      auto const pause = what_.pause();
      if (pause <= std::chrono::floor<std::chrono::milliseconds>(until_ - clock.steady_now()))
        return need::sleep;
      // Where there is no waiting the operation is told rather than dropped: it may have a ticket
      // in hand by now.
      what_.resume(not_waited("the time for this operation is up", pause));
    }
    return need::nothing;
  }
  result<T> presentable(result<T> ended) const {
    if (!ended) return record_.presentable(std::move(ended).error());
    if constexpr (!std::is_void_v<T>) record_.make_presentable(*ended);
    return ended;
  }

  operation<T> what_;
  http::deadline until_;
  exchange_record record_;
};

/// Carries an operation over a transport until it ends or its time is up.
template <class T, class Transport, class Clock>
result<T> run_loop(carried_operation<T>& what, Transport& transport, Clock& clock,
                   std::stop_token const& stop) {
  using need = typename carried_operation<T>::need;
  need next = what.start(clock);
  while (next != need::nothing) {
    if (next == need::reply) {
      next = what.resume(clock, send_caught(transport, what.request(), what.until()));
      continue;
    }
    std::chrono::milliseconds const pause = what.pause();
    bool slept = false;
    result<http::response> instead = not_waited("it was asked to stop", pause);
    if (auto failed =
            caught(outcome::ambiguous, [&] { slept = sleep_unless_stopped(clock, pause, stop); }))
      instead = std::move(*failed);
    next = slept ? what.resume(clock) : what.resume(clock, std::move(instead));
  }
  return what.take();
}

template <class T, class Transport, class Clock>
result<T> run_blocking(operation<T> what, Transport& transport, Clock& clock, http::deadline until,
                       std::stop_token const& stop = {}) {
  carried_operation<T> carried{std::move(what), until};
#ifdef BOOST_NO_EXCEPTIONS
  return run_loop(carried, transport, clock, stop);
#else
  // A user's transport or clock may throw anything; nothing but our own exceptions leaves the
  // library.
  try {
    return run_loop(carried, transport, clock, stop);
  } catch (...) {
    return carried.take_thrown();
  }
#endif
}

} // namespace argus_ticket::detail

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/run_blocking.ipp>
#endif

#endif
