#ifndef ARGUS_TICKET_IMPL_OUTBOX_SQLITE_TABLES_UPKEEP_IPP
#define ARGUS_TICKET_IMPL_OUTBOX_SQLITE_TABLES_UPKEEP_IPP

#include <argus_ticket/outbox/detail/sqlite_list.hpp>
#include <argus_ticket/outbox/detail/sqlite_tables.hpp>

#include <algorithm>

namespace argus_ticket::detail::outbox {

std::optional<sqlite_tables::leased> sqlite_tables::find(outbox_lease const& lease) {
  if (lease.number == 0) return std::nullopt; // what was never claimed has this number
  auto row = ask(query::leased_entry).with(lease.entry, lease.number);
  if (!row.next()) return std::nullopt;
  return leased{row.text(0), static_cast<stage>(row.number(1)), row.number(2), row.id(3)};
}

/// The earliest entry of a key, none of whose entries may be claimed or is leased, may be claimed.
void sqlite_tables::next_of_key(std::string const& key) {
  std::uint64_t id = 0;
  {
    auto row = ask(query::first_of_key).with(key);
    if (!row.next()) return;
    id = row.id(0);
  }
  ask(query::take_turn).run(id, static_cast<int>(stage::ready));
}

void sqlite_tables::step_aside(std::uint64_t id, std::string const& key, std::uint64_t lease,
                               outbox_time due) {
  ask(query::step_aside).run(id, lease, due);
  --counted_.delivering;
  next_of_key(key);
}

void sqlite_tables::end_leases(outbox_time now) {
  for (;;) {
    std::uint64_t id = 0;
    std::string key;
    std::uint64_t lease = 0;
    {
      auto row = ask(query::lease_ended).with(now);
      if (!row.next()) return;
      id = row.id(0);
      key = row.text(1);
      lease = row.id(2);
    }
    // It keeps the lease's number, so that it may still be settled until somebody else has it.
    step_aside(id, key, lease, outbox_time::min());
  }
}

void sqlite_tables::end_all_leases(outbox_time due) {
  for (;;) {
    std::uint64_t id = 0;
    std::string key;
    {
      auto row = ask(query::first_leased).with();
      if (!row.next()) return;
      id = row.id(0);
      key = row.text(1);
    }
    step_aside(id, key, 0, due);
  }
}

std::optional<outbox_time> sqlite_tables::next_time() {
  std::optional<outbox_time> next;
  for (query const which : {query::next_due, query::next_lease_end}) {
    auto row = ask(which).with();
    if (row.next()) next = next ? std::min(*next, row.time(0)) : row.time(0);
  }
  return next;
}

void sqlite_tables::bury(outbox_lease const& lease, leased const& entry, settlement const& ended) {
  ask(query::bury).run(lease.entry, ended.reason_code, ended.reason);
  ask(query::drop).run(lease.entry);
  std::uint64_t died = 1;
  if (ended.with_followers) {
    died += static_cast<std::uint64_t>(
        ask(query::bury_followers).run(lease.entry, entry.key, ended.reason_code, ended.reason));
    ask(query::unlist_followers).run(lease.entry, entry.key);
  }
  counted_.live -= died;
  counted_.dead += died;
  counted_.died += died;
}

void sqlite_tables::revive(std::uint64_t id, std::string const& key, outbox_time now) {
  stage at = stage::ready;
  std::uint64_t first = 0;
  {
    auto row = ask(query::first_of_key).with(key);
    if (row.next()) {
      first = row.id(0);
      // It was overtaken while it was dead, unless the first is an earlier one. One that is being
      // delivered goes on; this one waits.
      if (first < id || static_cast<stage>(row.number(1)) != stage::ready) at = stage::behind;
    }
  }
  if (first != 0 && at == stage::ready)
    ask(query::take_turn).run(first, static_cast<int>(stage::behind));
  ask(query::revive).run(id, static_cast<int>(at), now);
  ask(query::exhume).run(id);
  ++counted_.live;
  --counted_.dead;
  ++counted_.requeued;
}

std::size_t sqlite_tables::requeue(entry_filter const& which, outbox_time now) {
  if (which.state && *which.state != entry_state::dead) return 0;
  constexpr std::size_t at_once = 500; // so that memory stays small, whatever the number
  std::size_t requeued = 0;
  std::vector<std::pair<std::uint64_t, std::string>> found;
  entry_filter rest = which;
  do {
    found.clear();
    {
      std::string const sql = "SELECT id, key FROM dead WHERE " + condition(rest) +
                              " ORDER BY id LIMIT " + std::to_string(at_once);
      sqlite_statement statement(*file_, sql);
      auto row = statement.with();
      bind(statement, rest);
      while (row.next()) found.emplace_back(row.id(0), row.text(1));
    }
    for (auto const& [id, key] : found) revive(id, key, now);
    if (!found.empty()) rest.after = found.back().first;
    requeued += found.size();
  } while (found.size() == at_once);
  return requeued;
}

std::size_t sqlite_tables::remove(entry_filter const& which) {
  if (which.state && *which.state != entry_state::dead) return 0;
  std::uint64_t removed = 0;
  {
    std::string const sql =
        "SELECT count(*), total(length(payload)) FROM dead WHERE " + condition(which);
    sqlite_statement statement(*file_, sql);
    auto row = statement.with();
    bind(statement, which);
    if (row.next()) {
      removed = row.id(0);
      counted_.bytes -= row.id(1);
    }
  }
  std::string const sql = "DELETE FROM dead WHERE " + condition(which);
  sqlite_statement statement(*file_, sql);
  auto row = statement.with();
  bind(statement, which);
  row.next();
  counted_.dead -= removed;
  return static_cast<std::size_t>(removed);
}

std::size_t sqlite_tables::forget_tickets(outbox_time before) {
  sqlite_statement statement(*file_, "DELETE FROM tickets WHERE made_at < ?");
  return static_cast<std::size_t>(statement.run(before));
}

} // namespace argus_ticket::detail::outbox

#endif
