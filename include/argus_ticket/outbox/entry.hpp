#ifndef ARGUS_TICKET_OUTBOX_ENTRY_HPP
#define ARGUS_TICKET_OUTBOX_ENTRY_HPP

#include <argus_ticket/ticket.hpp>

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

namespace argus_ticket {

/// The time of an outbox: UTC, in milliseconds, as every store can keep it.
using outbox_time = std::chrono::sys_time<std::chrono::milliseconds>;

/// What an entry of an outbox does with its incident's ticket.
enum class outbox_step {
  open,    ///< Finds or opens it.
  update,  ///< Writes the incident's new text into it.
  comment, ///< Adds a comment, or the parts of a text that goes on in comments.
  close,   ///< Closes it.
  reopen   ///< Opens it again.
};

/// Where an entry stands. What was delivered is an entry no longer.
enum class entry_state {
  waiting,    ///< For its time, or for an earlier entry of the same incident.
  delivering, ///< Somebody has a lease on it.
  dead        ///< Given up; see `outbox_entry::reason`. It stays until it is requeued or removed.
};

/// The enumerator's name: `reopen`.
[[nodiscard]] constexpr std::string_view to_string(outbox_step step) noexcept {
  switch (step) {
  case outbox_step::open:
    return "open";
  case outbox_step::update:
    return "update";
  case outbox_step::comment:
    return "comment";
  case outbox_step::close:
    return "close";
  case outbox_step::reopen:
    return "reopen";
  }
  return "";
}

/// The enumerator's name: `dead`.
[[nodiscard]] constexpr std::string_view to_string(entry_state state) noexcept {
  switch (state) {
  case entry_state::waiting:
    return "waiting";
  case entry_state::delivering:
    return "delivering";
  case entry_state::dead:
    return "dead";
  }
  return "";
}

/// Something that was accepted and is not delivered yet. A value.
struct outbox_entry {
  std::uint64_t id = 0; ///< Given by the store, above zero; later entries have larger ones.
  std::string key;      ///< The incident's key; entries of one key are delivered in order.
  outbox_step step = outbox_step::open;     ///< What is to be done.
  std::string payload;                      ///< An @ref outbox_payload, as JSON.
  entry_state state = entry_state::waiting; ///< Where it stands.
  outbox_time submitted_at{};               ///< When it was accepted.
  outbox_time due_at{};                     ///< Not to be delivered before.
  int attempts = 0;                         ///< How many times delivering it was begun.
  std::string reason_code; ///< The last error's code, e.g. `refused`; empty where there was none.
  std::string reason;      ///< The last error, for people; holds no secret.
};

/// What is to be accepted.
struct new_entry {
  std::string key;                      ///< The incident's key; not empty.
  outbox_step step = outbox_step::open; ///< What is to be done.
  std::string payload;                  ///< An @ref outbox_payload, as JSON.
};

/// What became of a @ref new_entry.
struct submission {
  std::uint64_t id = 0;     ///< Which of the store's entries it is.
  bool was_waiting = false; ///< The incident's last entry was one to open it, not yet begun: it
                            ///< has the new text now, and no second entry was made.
};

/// How much an outbox may hold; what is beyond is refused with `errc::outbox_full`.
struct outbox_caps {
  std::size_t entries = 1'000'000; ///< Entries that are not delivered, dead ones included.
  std::size_t bytes = std::size_t{4} * 1024 * 1024 * 1024; ///< Bytes of their payloads.
};

/// The right to deliver an entry, for a time.
struct outbox_lease {
  std::uint64_t entry = 0;  ///< Which of the store's entries it is for.
  std::uint64_t number = 0; ///< The number of the claim: differs for each, so that a lease that was
                            ///< lost is told from the one that took its place.
};

/// An entry with the lease on it, and the incident's ticket where an earlier entry recorded one.
struct outbox_claim {
  outbox_entry entry;          ///< As it is with the lease on it.
  outbox_lease lease;          ///< Ends by `settle`, or with its time.
  std::optional<ticket> known; ///< system, id, number, url.
};

/// What `claim` gives: an entry, or when there will be one.
struct claim_answer {
  std::optional<outbox_claim> claim; ///< Nothing where none is due.
  /// When the next waiting entry is due or the next lease ends; nothing where there is none. Only
  /// where there is no claim.
  std::optional<outbox_time> next;
};

/// What a delivery ended in.
struct settlement {
  /// What becomes of the entry.
  enum class kind {
    done,  ///< Delivered: the entry goes.
    next,  ///< Delivered, and its place in the order is taken by another step, due at once.
    later, ///< Not delivered: to be tried again at `due`.
    dead   ///< Given up.
  };

  settlement::kind what = kind::done; ///< What becomes of the entry.
  std::optional<ticket>
      opened;                ///< Recorded under the key at the same time; system, id, number, url.
  outbox_time due{};         ///< For `later`.
  bool free_attempt = false; ///< For `later`: the attempt does not count (a rate limit).
  std::string reason_code;   ///< For `later` and `dead`: the error's code.
  std::string reason;        ///< The same for people; holds no secret.
  /// For `dead`: the waiting entries of the same key are dead too, since they cannot be delivered
  /// without this one.
  bool with_followers = false;
  outbox_step next_step = outbox_step::comment; ///< For `next`.
  std::string next_payload;                     ///< For `next`: an @ref outbox_payload, as JSON.
};

/// Which entries an administrator means; each condition that is set must hold. (Each member has an
/// initialiser, so that GCC does not warn of `{.state = entry_state::dead}`.)
struct entry_filter {
  std::optional<std::uint64_t> id{};  ///< That entry alone.
  std::optional<entry_state> state{}; ///< Those that stand so.
  std::string key{};                  ///< Empty: any.
  std::string reason_code{};          ///< Empty: any.
  std::uint64_t after = 0;            ///< Only entries with a larger id: for reading in parts.
  std::size_t most = 1'000;           ///< At most so many entries, those with the smallest ids.
};

/// How full an outbox is, and what went through it since its store was made.
struct outbox_stats {
  std::size_t waiting = 0;           ///< Entries that wait.
  std::size_t delivering = 0;        ///< Entries that are leased.
  std::size_t dead = 0;              ///< Entries that were given up and not removed.
  std::size_t bytes = 0;             ///< Bytes of the payloads of all three.
  std::optional<outbox_time> oldest; ///< When the oldest of waiting and delivering came.
  std::map<std::string, std::size_t> dead_by_reason; ///< By `reason_code`.

  std::uint64_t submitted = 0; ///< Entries ever accepted.
  std::uint64_t delivered = 0; ///< Steps ever delivered.
  std::uint64_t died = 0;      ///< Entries ever given up.
  std::uint64_t requeued = 0;  ///< Dead entries ever taken up again.
};

} // namespace argus_ticket

#endif
