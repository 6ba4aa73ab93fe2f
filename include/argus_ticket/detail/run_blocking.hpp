#ifndef ARGUS_TICKET_DETAIL_RUN_BLOCKING_HPP
#define ARGUS_TICKET_DETAIL_RUN_BLOCKING_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/http/transport.hpp>
#include <argus_ticket/operation.hpp>

#include <boost/config.hpp>

#include <string>

namespace argus_ticket::detail {

/// What has to be known of the requests of one operation when it ends in an error.
class exchange_record {
 public:
  ARGUS_TICKET_DECL void note(http::request const& sent);
  /// The error as the caller may see it: no credentials that the server echoed, and no ambiguity
  /// where nothing but safe requests was sent.
  [[nodiscard]] ARGUS_TICKET_DECL error presentable(error e) const;

  /// The error for an exception that left a transport, which cannot say what it did.
  [[nodiscard]] ARGUS_TICKET_DECL error exception_error() const;

 private:
  bool wrote_ = false;
  std::vector<secret> credentials_;
};

/// Carries an operation over a transport until it ends or its time is up.
template <class T, class Transport, class Clock>
result<T> run_loop(operation<T>& what, Transport& transport, Clock& clock, http::deadline until,
                   exchange_record& record) {
  what.start();
  while (!what.done()) {
    if (http::request const* request = what.request()) {
      record.note(*request);
      what.resume(transport.send(*request, until));
      continue;
    }
    auto const pause = what.pause();
    if (clock.steady_now() + pause > until) {
      error late{errc::timed_out, outcome::ambiguous, "the time for this operation is up"};
      late.retry_after = std::chrono::ceil<std::chrono::seconds>(pause);
      return late;
    }
    clock.sleep_for(pause);
    what.resume();
  }
  return what.take();
}

template <class T, class Transport, class Clock>
result<T> run_blocking(operation<T> what, Transport& transport, Clock& clock,
                       std::chrono::milliseconds timeout) {
  exchange_record record;
  http::deadline const until = clock.steady_now() + timeout;
#ifdef BOOST_NO_EXCEPTIONS
  result<T> ended = run_loop(what, transport, clock, until, record);
#else
  // A user's transport may throw anything; nothing but our own exceptions leaves the library.
  result<T> ended = [&]() -> result<T> {
    try {
      return run_loop(what, transport, clock, until, record);
    } catch (...) {
      return record.exception_error();
    }
  }();
#endif
  if (!ended) return record.presentable(std::move(ended).error());
  return ended;
}

} // namespace argus_ticket::detail

#include <argus_ticket/impl/run_blocking.ipp>

#endif
