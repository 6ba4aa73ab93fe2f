#ifndef ARGUS_TICKET_OUTBOX_DETAIL_SQLITE_TABLES_HPP
#define ARGUS_TICKET_OUTBOX_DETAIL_SQLITE_TABLES_HPP

#include <argus_ticket/outbox/detail/sqlite_handle.hpp>
#include <argus_ticket/outbox/detail/sqlite_queries.hpp>
#include <argus_ticket/outbox/detail/store_answers.hpp>
#include <argus_ticket/outbox/store.hpp>

#include <utility>
#include <vector>

namespace argus_ticket::detail::outbox {

/**
 * What is written to an outbox's file, each member within a transaction that is open.
 *
 * Members do what @ref outbox_store says. One that returns an error has changed nothing; one that
 * throws (@ref sqlite_failure) leaves a transaction that has to be rolled back.
 */
class sqlite_tables {
 public:
  ARGUS_TICKET_DECL sqlite_tables(sqlite_connection& file, std::string where);

  /// The counters are read once, and written once at most, in a transaction.
  ARGUS_TICKET_DECL void begin();
  ARGUS_TICKET_DECL void commit();
  ARGUS_TICKET_DECL void roll_back() noexcept;

  ARGUS_TICKET_DECL result<std::vector<submission>>
  insert(std::span<new_entry const> entries, outbox_caps const& caps, outbox_time now);
  ARGUS_TICKET_DECL void end_all_leases(outbox_time due);
  ARGUS_TICKET_DECL claim_answer claim(outbox_time now, outbox_time until);
  ARGUS_TICKET_DECL result<void> extend(outbox_lease lease, outbox_time until);
  ARGUS_TICKET_DECL result<void> settle(outbox_lease lease, settlement const& ended,
                                        outbox_time now);
  ARGUS_TICKET_DECL std::size_t requeue(entry_filter const& which, outbox_time now);
  ARGUS_TICKET_DECL std::size_t remove(entry_filter const& which);
  ARGUS_TICKET_DECL std::size_t forget_tickets(outbox_time before);

  /// Transactions that changed anything, ever.
  [[nodiscard]] std::uint64_t commits() const noexcept { return commits_; }
  /// In the child of a fork, where nothing may be closed.
  ARGUS_TICKET_DECL void abandon() noexcept;

 private:
  struct leased {
    std::string key;
    stage at;
    std::int64_t attempts;
    std::uint64_t bytes;
  };
  ARGUS_TICKET_DECL bool accept(new_entry const& entry, outbox_caps const* caps, outbox_time now,
                                submission& made);
  ARGUS_TICKET_DECL std::optional<leased> find(outbox_lease const& lease);
  ARGUS_TICKET_DECL void next_of_key(std::string const& key);
  ARGUS_TICKET_DECL void end_leases(outbox_time now);
  ARGUS_TICKET_DECL void step_aside(std::uint64_t id, std::string const& key, std::uint64_t lease,
                                    outbox_time due);
  [[nodiscard]] ARGUS_TICKET_DECL std::optional<outbox_time> next_time();
  ARGUS_TICKET_DECL void bury(outbox_lease const& lease, leased const& entry,
                              settlement const& ended);
  ARGUS_TICKET_DECL void revive(std::uint64_t id, std::string const& key, outbox_time now);
  [[nodiscard]] sqlite_statement& ask(query which) {
    return statements_[static_cast<std::size_t>(which)];
  }

  sqlite_connection* file_;
  std::string where_;
  std::vector<sqlite_statement> statements_; ///< By query.
  sqlite_statement begin_, commit_;
  counters counted_; ///< As they are in the transaction.
  counters loaded_;  ///< As they were when it began.
  std::int64_t changed_before_ = 0;
  std::uint64_t commits_ = 0;
};

} // namespace argus_ticket::detail::outbox

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/outbox/sqlite_tables.ipp>
#include <argus_ticket/impl/outbox/sqlite_tables_upkeep.ipp>
#endif

#endif
