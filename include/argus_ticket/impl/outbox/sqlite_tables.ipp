#ifndef ARGUS_TICKET_IMPL_OUTBOX_SQLITE_TABLES_IPP
#define ARGUS_TICKET_IMPL_OUTBOX_SQLITE_TABLES_IPP

#include <argus_ticket/outbox/detail/sqlite_list.hpp>
#include <argus_ticket/outbox/detail/sqlite_tables.hpp>

#include <sqlite3.h>

namespace argus_ticket::detail::outbox {

sqlite_tables::sqlite_tables(sqlite_connection& file, std::string where)
    : file_(&file), where_(std::move(where)), begin_(file, "BEGIN IMMEDIATE"),
      commit_(file, "COMMIT") {
  statements_.reserve(queries.size());
  for (std::string_view const sql : queries) statements_.emplace_back(file, sql);
}

void sqlite_tables::begin() {
  begin_.run();
  changed_before_ = file_->changed_ever();
  counted_ = loaded_ = read_counters(ask(query::load_counters).with(), ask(query::newest).with());
}

void sqlite_tables::commit() {
  if (counted_ != loaded_.grown_to(counted_.last_id, counted_.bytes_ever)) {
    counters const& c = counted_;
    ask(query::save_counters)
        .run(c.last_id, c.last_lease, c.live, c.delivering, c.dead, c.bytes, c.submitted,
             c.delivered, c.died, c.requeued, c.bytes_ever);
  }
  bool const changed = file_->changed_ever() != changed_before_;
  try {
    commit_.run();
  } catch (sqlite_failure& failure) {
    // The end of the transaction may have reached the disk before the disk said no.
    failure.unsure = (failure.code & 0xff) == SQLITE_IOERR;
    throw;
  }
  if (changed) ++commits_;
}

void sqlite_tables::roll_back() noexcept { file_->roll_back(); }

void sqlite_tables::abandon() noexcept {
  for (sqlite_statement& statement : statements_) statement.abandon();
  begin_.abandon();
  commit_.abandon();
}

/// Accepts an entry. @return whether there was room; where no caps are given, there is.
bool sqlite_tables::accept(new_entry const& entry, outbox_caps const* caps, outbox_time now,
                           submission& made) {
  counters const before = counted_;
  bool key_is_free = true;
  {
    auto last = ask(query::last_of_key).with(entry.key);
    if (last.next()) {
      key_is_free = false;
      std::uint64_t const id = last.id(0);
      bool const renews = entry.step == outbox_step::open &&
                          to_step(last.number(1)) == outbox_step::open && last.number(2) == 0 &&
                          !ask(query::dead_after).with(entry.key, id).next();
      if (renews) {
        counted_.bytes += entry.payload.size();
        counted_.bytes -= last.id(3);
        made = {id, true};
      }
    }
  }
  if (!made.was_waiting) {
    made.id = ++counted_.last_id;
    ++counted_.live;
    ++counted_.submitted;
    counted_.bytes += entry.payload.size();
    counted_.bytes_ever += entry.payload.size();
  }
  if (caps != nullptr && counted_.exceed(*caps, before)) {
    counted_ = before;
    return false;
  }
  if (made.was_waiting)
    ask(query::renew).run(made.id, sqlite_blob{entry.payload});
  else
    ask(query::add)
        .run(made.id, entry.key, static_cast<int>(entry.step),
             static_cast<int>(key_is_free ? stage::ready : stage::behind), now, counted_.bytes_ever,
             sqlite_blob{entry.payload});
  return true;
}

result<std::vector<submission>> sqlite_tables::insert(std::span<new_entry const> entries,
                                                      outbox_caps const& caps, outbox_time now) {
  std::vector<submission> made(entries.size());
  if (entries.size() == 1) { // the common case, which need not be taken back
    if (!accept(entries[0], &caps, now, made[0])) return outbox_is_full(caps, where_);
    return made;
  }
  counters const before = counted_;
  file_->execute("SAVEPOINT batch");
  for (std::size_t i = 0; i < entries.size(); ++i) accept(entries[i], nullptr, now, made[i]);
  bool const full = counted_.exceed(caps, before);
  if (full) {
    file_->execute("ROLLBACK TO batch");
    counted_ = before;
  }
  file_->execute("RELEASE batch");
  if (full) return outbox_is_full(caps, where_);
  return made;
}

claim_answer sqlite_tables::claim(outbox_time now, outbox_time until) {
  end_leases(now);
  claim_answer answer;
  {
    auto row = ask(query::first_due).with(now);
    if (!row.next()) {
      answer.next = next_time();
      return answer;
    }
    outbox_entry& entry = answer.claim.emplace().entry;
    entry.id = row.id(0);
    entry.key = row.text(1);
    entry.step = to_step(row.number(2));
    entry.payload = row.text(3);
    entry.state = entry_state::delivering;
    entry.submitted_at = row.time(4);
    entry.due_at = row.time(5);
    entry.attempts = static_cast<int>(row.number(6)) + 1;
    entry.reason_code = row.text(7);
    entry.reason = row.text(8);
  }
  outbox_claim& given = *answer.claim;
  given.lease = {given.entry.id, ++counted_.last_lease};
  ++counted_.delivering;
  ask(query::lease).run(given.entry.id, given.lease.number, until);
  auto known = ask(query::known_ticket).with(given.entry.key);
  if (known.next())
    given.known =
        ticket{known.text(0), known.text(1), known.text(2), known.text(3), {}, {}, {}, {}};
  return answer;
}

result<void> sqlite_tables::extend(outbox_lease lease, outbox_time until) {
  auto const entry = find(lease);
  // An entry that stepped behind an earlier one since its lease ended is not taken up again: two
  // of one key would be delivered at once.
  if (!entry || entry->at == stage::behind) return lease_is_lost(lease, where_);
  if (entry->at != stage::leased) ++counted_.delivering;
  ask(query::prolong).run(lease.entry, until);
  return {};
}

result<void> sqlite_tables::settle(outbox_lease lease, settlement const& ended, outbox_time now) {
  auto const entry = find(lease);
  if (!entry) return lease_is_lost(lease, where_);
  if (ended.opened) {
    ticket const& t = *ended.opened;
    ask(query::note_ticket).run(entry->key, t.system, t.id, t.number, t.url, now);
  }
  if (entry->at == stage::leased) --counted_.delivering;
  switch (ended.what) {
  case settlement::kind::done:
    ask(query::drop).run(lease.entry);
    counted_.bytes -= entry->bytes;
    --counted_.live;
    ++counted_.delivered;
    break;
  case settlement::kind::next:
    ask(query::replace)
        .run(lease.entry, now, static_cast<int>(ended.next_step), sqlite_blob{ended.next_payload});
    counted_.bytes += ended.next_payload.size();
    counted_.bytes -= entry->bytes;
    ++counted_.delivered;
    break;
  case settlement::kind::later:
    ask(query::put_off)
        .run(lease.entry, ended.due,
             entry->attempts - (ended.free_attempt && entry->attempts > 0 ? 1 : 0),
             ended.reason_code, ended.reason);
    break;
  case settlement::kind::dead:
    bury(lease, *entry, ended);
    break;
  }
  if (entry->at != stage::behind) next_of_key(entry->key);
  return {};
}

} // namespace argus_ticket::detail::outbox

#endif
