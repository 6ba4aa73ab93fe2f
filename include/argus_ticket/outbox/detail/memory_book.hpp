#ifndef ARGUS_TICKET_OUTBOX_DETAIL_MEMORY_BOOK_HPP
#define ARGUS_TICKET_OUTBOX_DETAIL_MEMORY_BOOK_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/outbox/detail/store_answers.hpp>
#include <argus_ticket/outbox/store.hpp>

#include <map>
#include <set>
#include <unordered_map>
#include <utility>

namespace argus_ticket::detail::outbox {

/**
 * What a @ref memory_store keeps; its members do what @ref outbox_store says.
 *
 * Thread safety: none; the store has the lock. Exception safety: whole or not at all. What is moved
 * from one container to another moves with its node, so that nothing has to be allocated once
 * anything has been changed.
 */
class memory_book {
 public:
  ARGUS_TICKET_DECL result<std::vector<submission>>
  insert(std::span<new_entry const> entries, outbox_caps const& caps, outbox_time now);
  ARGUS_TICKET_DECL claim_answer claim(outbox_time now, outbox_time until);
  ARGUS_TICKET_DECL result<void> extend(outbox_lease lease, outbox_time until);
  ARGUS_TICKET_DECL result<void> settle(outbox_lease lease, settlement const& ended,
                                        outbox_time now);
  [[nodiscard]] ARGUS_TICKET_DECL std::vector<outbox_entry> list(entry_filter const& which) const;
  ARGUS_TICKET_DECL std::size_t requeue(entry_filter const& which, outbox_time now);
  ARGUS_TICKET_DECL std::size_t remove(entry_filter const& which);
  [[nodiscard]] ARGUS_TICKET_DECL outbox_stats stats() const;
  ARGUS_TICKET_DECL std::size_t forget_tickets(outbox_time before);

 private:
  struct kept {
    outbox_entry entry;
    stage at = stage::behind;
    bool begun = false;      ///< Was ever claimed.
    std::uint64_t lease = 0; ///< The last claim's, until another takes its place or it is settled.
    outbox_time until{};     ///< When the lease ends, for `leased`.
  };
  struct known_ticket {
    ticket record;
    outbox_time made{};
  };
  struct entries_of_key {
    std::set<std::uint64_t> live;
    std::set<std::uint64_t> dead;
  };
  struct insertion { ///< What takes an insertion back.
    std::uint64_t id = 0;
    bool is_new = false;
    std::string old_payload;
  };

  using by_id = std::map<std::uint64_t, kept>;
  using schedule = std::set<std::pair<outbox_time, std::uint64_t>>;
  using by_key = std::unordered_map<std::string, entries_of_key>;

  ARGUS_TICKET_DECL submission accept(new_entry const& entry, outbox_time now,
                                      std::vector<insertion>& log);
  ARGUS_TICKET_DECL void take_back(std::vector<insertion>& log) noexcept;
  ARGUS_TICKET_DECL void end_leases(outbox_time now) noexcept;
  ARGUS_TICKET_DECL by_id::iterator find(outbox_lease const& lease);
  ARGUS_TICKET_DECL schedule::node_type unschedule(kept const& entry) noexcept;
  ARGUS_TICKET_DECL void next_of_key(by_key::iterator key, schedule::node_type place) noexcept;
  ARGUS_TICKET_DECL void bury(by_id::iterator found, by_key::iterator key) noexcept;
  ARGUS_TICKET_DECL void revive(std::uint64_t id, outbox_time now, schedule& places) noexcept;
  ARGUS_TICKET_DECL void drop_if_empty(by_key::iterator key) noexcept;
  [[nodiscard]] ARGUS_TICKET_DECL std::vector<std::uint64_t>
  dead_ones(entry_filter const& which) const;

  counters counted_;
  by_id live_;
  by_id dead_;
  by_key keys_;
  schedule ready_;  ///< By `due_at`; of each key at most one entry, here or in leased_.
  schedule leased_; ///< By the lease's end.
  std::unordered_map<std::string, known_ticket> tickets_;
};

} // namespace argus_ticket::detail::outbox

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/outbox/memory_book.ipp>
#include <argus_ticket/impl/outbox/memory_book_settle.ipp>
#include <argus_ticket/impl/outbox/memory_book_upkeep.ipp>
#endif

#endif
