#pragma once
// How tests run operations: over a transport that is a script or a model of a server, by a clock
// that stands still.

#include "acme.hpp"

#include <argus_ticket/detail/run_blocking.hpp>
#include <argus_ticket/policy/observer.hpp>
#include <argus_ticket/testing/mock_transport.hpp>

#include <chrono>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace test {

/// Where acme's tickets are.
inline constexpr char const* tickets_url = "https://acme.example/api/tickets";

inline std::string ticket_url(std::string_view number) {
  return std::string{tickets_url} + '/' + std::string{number};
}

/// Runs an operation without policies, for at most ten seconds of that clock.
template <class T>
at::result<T> run(at::operation<T> what, at::testing::mock_transport& server,
                  fake_clock clock = {}) {
  return at::detail::run_blocking(std::move(what), server, clock,
                                  at::detail::deadline_in(clock, std::chrono::seconds{10}));
}

inline at::error lost_reply() {
  at::error e{at::errc::timed_out, at::outcome::ambiguous, "no reply came"};
  e.progress = at::progress::all_sent;
  return e;
}

inline at::error refused_connection() {
  at::error e{at::errc::connection_failed, at::outcome::not_applied, "the connection was refused"};
  e.progress = at::progress::nothing_sent;
  return e;
}

/// What there is to say about it needs three comments of an acme's.
inline at::incident long_incident() {
  at::incident i = some_incident();
  for (int n = 0; n < 200; ++n) i.description += " word";
  return i;
}

/// An observer that writes down what it is told, a line each. Copies share the lines.
struct recorder {
  std::shared_ptr<std::vector<std::string>> lines = std::make_shared<std::vector<std::string>>();

  void on_request(at::request_event const& e) const {
    add(e.operation, "sends", at::http::to_string(e.method), e.url, "try", e.attempt);
  }
  void on_response(at::response_event const& e) const {
    add(e.operation, "got", e.status, e.failure ? at::to_string(e.failure->code) : "no error",
        "after", e.took.count());
    if (e.failure != nullptr) add(to_string(*e.failure));
  }
  void on_wait(at::wait_event const& e) const {
    add(e.operation, "waits for", word(e.why), e.time.count());
  }
  void on_ambiguous(at::ambiguous_event const& e) const {
    add(e.operation, "ambiguous,", e.found ? "found" : "not found");
  }
  void on_duplicate(at::duplicate_event const& e) const {
    add("duplicate", e.number, "of", e.kept);
  }
  void on_outcome(at::outcome_event const& e) const {
    add(e.operation, "ended", at::to_string(e.outcome), e.opened ? "opened" : "",
        e.found ? "found" : "", "requests", e.requests, "took", e.took.count());
    if (e.failure != nullptr) add(to_string(*e.failure));
  }

  /// How many lines have that text in them.
  int count(std::string_view text) const {
    int n = 0;
    for (std::string const& line : *lines) n += line.find(text) != std::string::npos ? 1 : 0;
    return n;
  }
  std::string all() const {
    std::string text;
    for (std::string const& line : *lines) text += line + '\n';
    return text;
  }

 private:
  static std::string word(std::string_view text) { return std::string{text}; }
  template <class Number>
    requires std::is_arithmetic_v<Number>
  static std::string word(Number n) {
    return std::to_string(n);
  }
  static std::string word(at::wait_reason why) {
    return why == at::wait_reason::retry    ? "retry"
           : why == at::wait_reason::pacing ? "pacing"
                                            : "search";
  }
  template <class... Words>
  void add(Words const&... words) const {
    std::string line;
    ((line += line.empty() || word(words).empty() ? word(words) : ' ' + word(words)), ...);
    lines->push_back(std::move(line));
  }
};

} // namespace test
