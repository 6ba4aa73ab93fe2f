// An outbox entry's payload: from a text, as it stands in a store that others may write to; and of
// what a user submits, which must be read as it was written. What stands before the first mark is a
// payload as JSON; {i} begins an incident as JSON, {m} metadata in place of its own, {t} a
// comment's text, {k} its key, {p} a part; {n} closes as not planned.

#include "errors.hpp"
#include "incident_times.hpp"

#include <argus_ticket/incident_json.hpp>
#include <argus_ticket/incident_key.hpp>
#include <argus_ticket/outbox/payload.hpp>

namespace at = argus_ticket;

namespace {

using at::outbox_payload;
using fuzz::require;

/// What does not depend on the incident.
void judge_same_step(outbox_payload const& once, outbox_payload const& twice,
                     std::string const& written) {
  require(twice.text == once.text && twice.key == once.key && twice.reason == once.reason,
          "it is the same step", written);
  require(twice.parts == once.parts && twice.done == once.done, "its parts are the same", written);
}

/// Reads what a program wrote, as it does until the entry is delivered.
outbox_payload read_again(std::string const& written) {
  at::result<outbox_payload> read = at::payload_from_json(written);
  require(read.has_value(), "what was written is a payload", written,
          read ? std::string{} : to_string(read.error()));
  return std::move(*read);
}

void judge_text(std::string_view text) {
  at::result<outbox_payload> const once = at::payload_from_json(text);
  if (!once) {
    at::error const& e = once.error();
    fuzz::judge(e);
    require(e.code == at::errc::invalid_incident && e.outcome == at::outcome::rejected,
            "the payload is at fault", to_string(e));
    return;
  }
  require(once->parts.empty() ? once->done == 0 : once->done < once->parts.size(),
          "something is left to be done");
  std::string const written = at::to_json_text(*once);
  outbox_payload const twice = read_again(written);
  judge_same_step(*once, twice, written);
  // An incident's own members are another target's; here the numbers in its metadata may lose their
  // last digit, and no more.
  at::incident same = twice.incident;
  same.metadata = once->incident.metadata;
  if (fuzz::have_texts(once->incident))
    require(same == once->incident, "it is the same incident", written);
  require(at::key_of(same) == at::key_of(once->incident), "it has the same key", written);
}

} // namespace

extern "C" int LLVMFuzzerTestOneInput(unsigned char const* data, std::size_t size) {
  outbox_payload submitted;
  for (fuzz::piece const& p : fuzz::pieces_of(fuzz::as_text(data, size), "imtkpn")) {
    switch (p.mark) {
    case 'i':
      if (auto read = at::parse_incident(p.bytes)) submitted.incident = std::move(*read);
      break;
    case 'm':
      submitted.incident.metadata = p.bytes;
      break;
    case 't':
      submitted.text = p.bytes;
      break;
    case 'k':
      submitted.key = p.bytes;
      break;
    case 'n':
      submitted.reason = at::close_reason::not_planned;
      break;
    case 'p':
      submitted.parts.push_back(p.bytes);
      break;
    default:
      judge_text(p.bytes);
    }
  }
  do {
    std::string const written = at::to_json_text(submitted);
    judge_same_step(submitted, read_again(written), written);
    judge_text(written);
  } while (++submitted.done < submitted.parts.size());
  return 0;
}
