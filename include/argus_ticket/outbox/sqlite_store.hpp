#ifndef ARGUS_TICKET_OUTBOX_SQLITE_STORE_HPP
#define ARGUS_TICKET_OUTBOX_SQLITE_STORE_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/outbox/sqlite_options.hpp>
#include <argus_ticket/outbox/store.hpp>

#include <memory>
#include <string>

namespace argus_ticket {

/**
 * A store in a file of SQLite's: what was accepted survives crashes of the process and of the
 * machine.
 *
 * Satisfies @ref outbox_store. The file is in write-ahead-log
 * mode, and each transaction is on the disk before a member returns. Threads that write at the same
 * time share one transaction, and so one wait for the disk. The file and those beside it (`-wal`,
 * `-shm`, `-delivery`) are made with an owner's rights alone; they belong on a local disk. A
 * process that has a store open must not open and close its files by other means: that would take
 * SQLite's locks on them away.
 *
 * **Several processes** may accept, list, requeue and remove with one file at a time. One of them
 * delivers: @ref begin_delivery locks `<path>-delivery` until the last handle goes or the process
 * ends, however it ends. Where another one has it, `begin_delivery` fails, and so does `claim`.
 *
 * A handle: copies share the file, which is closed with the last of them.
 * Thread safety: every member may be called from several threads at once. After `fork` the child's
 * copy fails, and leaves the file alone when it ends; but the child keeps the parent's lock on
 * delivery alive until it ends or executes another program.
 *
 * Errors: `outbox_full` and `lease_lost` as the concept says; `store_failed`, with `where` the
 * path, where the file is locked for longer than the busy timeout, damaged, read-only, no outbox,
 * of a later version, or the disk is full: nothing was changed then, and what was accepted before
 * is still there. Where the disk fails at the end of a transaction, `outcome` is `ambiguous`: it
 * may be there after the next start. Exception safety: `std::bad_alloc` at most. Of a moved-from
 * store every member fails. Object lifetimes: as of a @ref handle.
 * Members: those of an @ref outbox_store.
 *
 * Wire format: https://www.sqlite.org/fileformat2.html with the application id `ATob`; the tables
 * are the library's own, each entry's payload an @ref outbox_payload. Other programs see them by
 * @ref list and @ref stats alone: a later version may change them.
 */
class sqlite_store {
 public:
  /**
   * Opens an outbox's file, makes it where there is none, and brings an older one up to date.
   *
   * @param path A plain path, not a URI. A relative one is resolved now, once and for all.
   * @param options See there.
   * @return The store, or `store_failed`. A file that is no outbox, or one of a later version, is
   * not changed.
   */
  [[nodiscard]] static ARGUS_TICKET_DECL result<sqlite_store> open(std::string const& path,
                                                                   sqlite_options options = {});

  /// Accepts entries, all or none. @return what became of each. Errors: also `outbox_full`.
  ARGUS_TICKET_DECL result<std::vector<submission>> insert(std::span<new_entry const> entries,
                                                           outbox_caps caps, outbox_time now);
  /// Takes the lock on delivery, and ends the leases that the last owner left. Later calls do
  /// nothing.
  ARGUS_TICKET_DECL result<void> begin_delivery(outbox_time due);
  /// The entry that is due first, leased until `until`; or when there will be one. Fails before
  /// @ref begin_delivery.
  ARGUS_TICKET_DECL result<claim_answer> claim(outbox_time now, outbox_time until);
  /// Prolongs a lease. Errors: also `lease_lost`.
  ARGUS_TICKET_DECL result<void> extend(outbox_lease lease, outbox_time until);
  /// Ends a lease and records what came of it. Errors: also `lease_lost`.
  ARGUS_TICKET_DECL result<void> settle(outbox_lease lease, settlement const& ended,
                                        outbox_time now);
  /// Entries in the order of their ids. Does not wait for writers.
  [[nodiscard]] ARGUS_TICKET_DECL result<std::vector<outbox_entry>>
  list(entry_filter const& which) const;
  /// Makes dead entries waiting again. @return how many.
  ARGUS_TICKET_DECL result<std::size_t> requeue(entry_filter const& which, outbox_time now);
  /// Throws dead entries away. @return how many.
  ARGUS_TICKET_DECL result<std::size_t> remove(entry_filter const& which);
  /// Does not wait for writers; what it costs grows with the number of dead entries alone.
  [[nodiscard]] ARGUS_TICKET_DECL result<outbox_stats> stats() const;
  /// Drops records of tickets made before a time. @return how many.
  ARGUS_TICKET_DECL result<std::size_t> forget_tickets(outbox_time before);

  /// How many transactions that changed anything this store and its copies have written: where
  /// several threads write, fewer than there were calls. 0 of a moved-from store.
  [[nodiscard]] ARGUS_TICKET_DECL std::uint64_t transactions() const noexcept;

 private:
  struct state;
  explicit sqlite_store(std::shared_ptr<state> s) noexcept : state_(std::move(s)) {}

  std::shared_ptr<state> state_;
};

} // namespace argus_ticket

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/outbox/sqlite_store.ipp>
#endif

#endif
