#ifndef ARGUS_TICKET_OUTBOX_MEMORY_STORE_HPP
#define ARGUS_TICKET_OUTBOX_MEMORY_STORE_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/outbox/store.hpp>

#include <memory>

namespace argus_ticket {

/**
 * A store that ends with the process: for tests, and where nothing has to survive.
 *
 * A handle: copies share the entries. `where` of errors is `memory`.
 *
 * Errors: `outbox_full`, `lease_lost`.
 * Exception safety: `std::bad_alloc` at most, and then nothing has changed.
 * Guarantees: in all else those of a @ref handle. Members: those of an @ref outbox_store.
 */
class memory_store {
 public:
  /// An empty store of its own.
  ARGUS_TICKET_DECL memory_store();

  /// Accepts entries, all or none. @return what became of each. Errors: `outbox_full`.
  ARGUS_TICKET_DECL result<std::vector<submission>> insert(std::span<new_entry const> entries,
                                                           outbox_caps caps, outbox_time now);
  /// Does nothing: any number of owners may claim, and leases end by themselves.
  ARGUS_TICKET_DECL result<void> begin_delivery(outbox_time due);
  /// The entry that is due first, leased until `until`; or when there will be one.
  ARGUS_TICKET_DECL result<claim_answer> claim(outbox_time now, outbox_time until);
  /// Prolongs a lease. Errors: `lease_lost`.
  ARGUS_TICKET_DECL result<void> extend(outbox_lease lease, outbox_time until);
  /// Ends a lease and records what came of it. Errors: `lease_lost`.
  ARGUS_TICKET_DECL result<void> settle(outbox_lease lease, settlement const& ended,
                                        outbox_time now);
  /// Entries in the order of their ids, copied.
  [[nodiscard]] ARGUS_TICKET_DECL result<std::vector<outbox_entry>>
  list(entry_filter const& which) const;
  /// Makes dead entries waiting again. @return how many.
  ARGUS_TICKET_DECL result<std::size_t> requeue(entry_filter const& which, outbox_time now);
  /// Throws dead entries away. @return how many.
  ARGUS_TICKET_DECL result<std::size_t> remove(entry_filter const& which);
  [[nodiscard]] ARGUS_TICKET_DECL result<outbox_stats> stats() const;
  /// Drops records of tickets made before a time. @return how many.
  ARGUS_TICKET_DECL result<std::size_t> forget_tickets(outbox_time before);

 private:
  struct state;
  std::shared_ptr<state> state_;
};

} // namespace argus_ticket

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/outbox/memory_store.ipp>
#endif

#endif
