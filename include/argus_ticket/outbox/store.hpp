#ifndef ARGUS_TICKET_OUTBOX_STORE_HPP
#define ARGUS_TICKET_OUTBOX_STORE_HPP

#include <argus_ticket/outbox/entry.hpp>
#include <argus_ticket/result.hpp>

#include <concepts>
#include <span>
#include <vector>

namespace argus_ticket {

/**
 * Where an outbox keeps its entries. For authors of stores: what each member must do.
 *
 * Every member may be called from several threads at once, and takes effect whole or not at all,
 * also where the process is killed in the middle. Whoever calls gives the time, so that a test can.
 * Errors are `errc::store_failed` (the store cannot be read or written; `where` names it, `message`
 * says why; `outcome` is `ambiguous` where it cannot be told whether the change is there), and
 * those named below; nothing is thrown but `std::bad_alloc`.
 *
 * **insert** accepts entries, all or none, in their order. Once it has returned they survive
 * whatever the store's medium survives. Where the newest entry of the same key is `waiting`, was
 * never claimed, and both are to `open`, it gets the new payload instead
 * (`submission::was_waiting`), and that counts as no submission in the statistics. An entry that
 * was claimed once counts as claimed for ever, a requeued one too. Of the entries given in one
 * call, each sees those before it. `errc::outbox_full`, and nothing is accepted, where the caps
 * would be exceeded.
 *
 * **begin_delivery** says that this store object will claim. A store for one owner at a time
 * refuses a second one (`errc::store_failed`), ends the leases that an owner who is gone left
 * behind, and makes their entries due at `due` at the earliest, when requests that the owner had
 * under way have ended. A store for several owners does nothing: leases end by themselves. Calling
 * it twice does no harm.
 *
 * **claim** gives the entry that is due first, with a lease until `until`, and counts an attempt.
 * An entry is due when `due_at` is not after `now`, it is `waiting` (or its lease has ended), and
 * it is the earliest entry of its key that is not dead: one entry at a time for each key, in order.
 * What it costs must not grow with the number of entries.
 *
 * **extend** prolongs a lease, also one that has ended as long as nobody has taken the entry;
 * **settle** ends it and records what came of it, all at once. Both fail with `errc::lease_lost`
 * where somebody else has the entry by now, where an earlier entry of its key was requeued after
 * the lease had ended, or where the entry is gone. A `next` step keeps the entry's id and
 * `submitted_at`, begins with no attempts and no reason, and is not held to the caps. With
 * `with_followers` the waiting entries of the same key that have larger ids are dead too, with the
 * same reason.
 *
 * **list** gives entries in the order of their ids. **requeue** makes dead entries that the filter
 * names waiting again, due at `now`, with no attempts and their reason as it was, since something
 * of them may have been done; each takes its old place in the order of its key, where one that is
 * being delivered goes on. It returns how many. **remove** throws dead entries away. Both leave
 * others alone, and do not heed `most`.
 *
 * **stats** counts what it holds, and what went through it since it was made.
 *
 * **forget_tickets** drops records of tickets that were made before a time; it returns how many.
 *
 * @tparam S The store's type.
 */
template <class S>
concept outbox_store =
    requires(S& store, std::span<new_entry const> entries, outbox_caps caps, outbox_time time,
             outbox_lease lease, settlement const& ended, entry_filter const& which) {
      { store.insert(entries, caps, time) } -> std::same_as<result<std::vector<submission>>>;
      { store.begin_delivery(time) } -> std::same_as<result<void>>;
      { store.claim(time, time) } -> std::same_as<result<claim_answer>>;
      { store.extend(lease, time) } -> std::same_as<result<void>>;
      { store.settle(lease, ended, time) } -> std::same_as<result<void>>;
      { store.list(which) } -> std::same_as<result<std::vector<outbox_entry>>>;
      { store.requeue(which, time) } -> std::same_as<result<std::size_t>>;
      { store.remove(which) } -> std::same_as<result<std::size_t>>;
      { store.stats() } -> std::same_as<result<outbox_stats>>;
      { store.forget_tickets(time) } -> std::same_as<result<std::size_t>>;
    };

} // namespace argus_ticket

#endif
