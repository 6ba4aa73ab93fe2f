#ifndef ARGUS_TICKET_IMPL_RUN_BLOCKING_IPP
#define ARGUS_TICKET_IMPL_RUN_BLOCKING_IPP

#include <argus_ticket/detail/base64.hpp>
#include <argus_ticket/detail/run_blocking.hpp>

#include <algorithm>

namespace argus_ticket::detail {

void exchange_record::note(http::request const& sent) {
  wrote_ = wrote_ || sent.idempotency() != http::idempotency::safe;
  auto const remember = [&](std::string_view value) {
    value = value.substr((std::min)(value.find_first_not_of(' '), value.size()));
    value = value.substr(0, value.find_last_not_of(' ') + 1);
    bool const known = std::any_of(credentials_.begin(), credentials_.end(),
                                   [&](secret const& s) { return s.expose() == value; });
    if (!known && !value.empty()) credentials_.emplace_back(std::string{value});
  };
  for (http::field const& f : sent.headers()) {
    if (!f.sensitive) continue;
    // "Bearer <token>": the token alone is what must not be shown. It stands behind the first word,
    // or behind the last space where the scheme has several words.
    std::string_view const value = f.value;
    remember(value.substr(value.find(' ') + 1));
    remember(value.substr(value.rfind(' ') + 1));
    if (!value.starts_with("Basic ")) continue;
    secret const plain{from_base64(value.substr(6))}; // the password alone, too
    std::string_view const pair = plain.expose();
    remember(pair.substr((std::min)(pair.find(':') + 1, pair.size())));
  }
}

void exchange_record::redact(std::string& text) const {
  for (secret const& s : credentials_)
    for (std::size_t at = 0; (at = text.find(s.expose(), at)) != std::string::npos; at += 3)
      text.replace(at, s.expose().size(), "***");
}

void exchange_record::redact(std::vector<problem>& problems) const {
  for (problem& p : problems) {
    redact(p.where);
    redact_cut(p.what); // may repeat what a server said
  }
}

void exchange_record::redact_cut(std::string& text) const {
  redact(text);
  constexpr std::string_view ellipsis = "\xE2\x80\xA6";
  for (std::size_t at = 0; at <= text.size(); at += ellipsis.size()) {
    at = (std::min)(text.find(ellipsis, at), text.size());
    std::size_t const size = begun_credential(std::string_view{text}.substr(0, at));
    if (size == 0) continue;
    text.replace(at - size, size, "***");
    at = at - size + 3;
  }
}

std::size_t exchange_record::begun_credential(std::string_view text) const {
  for (secret const& s : credentials_)
    for (std::size_t size = s.expose().size(); --size > 2;)
      if (text.ends_with(s.expose().substr(0, size))) return size;
  return 0;
}

error exchange_record::presentable(error e) const {
  if (!wrote_ && e.outcome == outcome::ambiguous) e.outcome = outcome::not_applied;
  redact_cut(e.server_message);
  redact(e.message);
  redact(e.where);
  redact(e.problems);
  return e;
}

error thrown_error(outcome then) {
  return {errc::internal_error, then, "an exception left the transport or the clock"};
}

} // namespace argus_ticket::detail

#endif
