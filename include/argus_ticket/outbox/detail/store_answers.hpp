#ifndef ARGUS_TICKET_OUTBOX_DETAIL_STORE_ANSWERS_HPP
#define ARGUS_TICKET_OUTBOX_DETAIL_STORE_ANSWERS_HPP

#include <argus_ticket/outbox/entry.hpp>
#include <argus_ticket/result.hpp>

#include <string>

namespace argus_ticket::detail::outbox {

/// Where a waiting or delivered entry stands among those of its key. Of each key at most one entry
/// is not `behind`: the one that may be claimed, or that is being delivered.
enum class stage { ready = 0, behind = 1, leased = 2 };

/// What of a store is counted as it happens, so that nothing ever has to count entries.
struct counters {
  std::uint64_t last_id = 0;
  std::uint64_t last_lease = 0;
  std::uint64_t live = 0; ///< Waiting and delivering.
  std::uint64_t delivering = 0;
  std::uint64_t dead = 0;
  std::uint64_t bytes = 0; ///< Of payloads, of dead entries too.
  std::uint64_t submitted = 0;
  std::uint64_t delivered = 0;
  std::uint64_t died = 0;
  std::uint64_t requeued = 0;
  std::uint64_t bytes_ever = 0; ///< Of the payloads of all entries, as they were accepted.

  bool operator==(counters const&) const = default;

  /// Whether this is more than the caps allow, and more than there was before: what needs no more
  /// room than before is not refused, even where the caps are lower by now.
  [[nodiscard]] bool exceed(outbox_caps const& caps, counters const& before) const noexcept {
    return (live + dead > caps.entries && live + dead > before.live + before.dead) ||
           (bytes > caps.bytes && bytes > before.bytes);
  }

  /// These, after entries were accepted up to that id and nothing else was done. Ids have no gaps.
  [[nodiscard]] counters grown_to(std::uint64_t id, std::uint64_t bytes_up_to_it) const noexcept {
    counters grown = *this;
    grown.last_id = id;
    grown.live += id - last_id;
    grown.submitted += id - last_id;
    grown.bytes += bytes_up_to_it - bytes_ever;
    grown.bytes_ever = bytes_up_to_it;
    return grown;
  }

  /// The numbers of @ref outbox_stats that are counted.
  [[nodiscard]] outbox_stats stats() const {
    outbox_stats s;
    s.waiting = static_cast<std::size_t>(live - delivering);
    s.delivering = static_cast<std::size_t>(delivering);
    s.dead = static_cast<std::size_t>(dead);
    s.bytes = static_cast<std::size_t>(bytes);
    s.submitted = submitted;
    s.delivered = delivered;
    s.died = died;
    s.requeued = requeued;
    return s;
  }
};

[[nodiscard]] inline error outbox_is_full(outbox_caps const& caps, std::string where) {
  return {errc::outbox_full, outcome::not_applied,
          "the outbox may hold " + std::to_string(caps.entries) + " entries with " +
              std::to_string(caps.bytes) + " bytes, and there is no room for more",
          std::move(where)};
}

[[nodiscard]] inline error lease_is_lost(outbox_lease const& lease, std::string where) {
  return {errc::lease_lost, outcome::not_applied,
          "entry " + std::to_string(lease.entry) +
              " took too long to deliver: its lease has ended, and the entry is gone or has been "
              "given to somebody else",
          std::move(where)};
}

} // namespace argus_ticket::detail::outbox

#endif
