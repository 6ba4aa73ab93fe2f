#ifndef ARGUS_TICKET_TESTS_FUZZ_ERRORS_HPP
#define ARGUS_TICKET_TESTS_FUZZ_ERRORS_HPP

#include "notation.hpp"

#include <argus_ticket/detail/utf8.hpp>
#include <argus_ticket/document/neutralise.hpp>
#include <argus_ticket/error.hpp>

#include <algorithm>

namespace fuzz {

/// What a terminal and a log can show: UTF-8, one line, nothing that steers them.
inline void judge_text(std::string_view text, std::string_view what) {
  require(argus_ticket::detail::is_utf8(text), "a text is UTF-8", what, text);
  require(argus_ticket::document::clean(text) == text, "a text has no control characters", what,
          text);
  require(text.find('\n') == std::string_view::npos, "a text is one line", what, text);
}

inline void judge(std::vector<argus_ticket::problem> const& problems) {
  for (argus_ticket::problem const& p : problems) {
    require(!p.where.empty() && !p.what.empty(), "a problem says where and what", p.where, p.what);
    judge_text(p.where, "problem::where");
    judge_text(p.what, "problem::what");
  }
}

/// What holds for every error.
inline void judge(argus_ticket::error const& e) {
  using namespace std::chrono_literals;
  using argus_ticket::outcome;
  std::string const shown = to_string(e);
  require(!e.message.empty(), "an error has a message", shown);
  judge_text(e.message, "message");
  judge_text(e.where, "where");
  judge_text(e.server_message, "server_message");
  judge(e.problems);
  require(e.outcome != outcome::applied && e.outcome != outcome::applied_degraded,
          "an error was not applied", shown);
  if (e.retry_after)
    require(*e.retry_after >= 0s && *e.retry_after <= 24h, "Retry-After is bounded", shown);
}

/// That a secret is in no text of an error.
inline void judge_secrecy(argus_ticket::error const& e, std::string_view secret) {
  require(to_string(e).find(secret) == std::string::npos, "an error shows no secret", to_string(e));
}

} // namespace fuzz

#endif
