#ifndef ARGUS_TICKET_IMPL_RUN_BLOCKING_IPP
#define ARGUS_TICKET_IMPL_RUN_BLOCKING_IPP

#include <argus_ticket/detail/run_blocking.hpp>

#include <algorithm>

namespace argus_ticket::detail {

void exchange_record::note(http::request const& sent) {
  wrote_ = wrote_ || sent.idempotency() != http::idempotency::safe;
  for (http::field const& f : sent.headers()) {
    if (!f.sensitive) continue;
    // "Bearer <token>": the token alone is what must not be shown
    std::string_view const value = std::string_view{f.value}.substr(f.value.rfind(' ') + 1);
    bool const known = std::any_of(credentials_.begin(), credentials_.end(),
                                   [&](secret const& s) { return s.expose() == value; });
    if (!known && !value.empty()) credentials_.emplace_back(std::string{value});
  }
}

error exchange_record::presentable(error e) const {
  if (!wrote_ && e.outcome == outcome::ambiguous) e.outcome = outcome::not_applied;
  auto const redact = [&](std::string& text) {
    for (secret const& s : credentials_)
      for (std::size_t at = 0; (at = text.find(s.expose(), at)) != std::string::npos; at += 3)
        text.replace(at, s.expose().size(), "***");
  };
  redact(e.server_message);
  redact(e.message);
  for (problem& p : e.problems) redact(p.what);
  return e;
}

error exchange_record::exception_error() const {
  return {errc::internal_error, wrote_ ? outcome::ambiguous : outcome::not_applied,
          "an exception left the transport"};
}

} // namespace argus_ticket::detail

#endif
