#ifndef ARGUS_TICKET_IMPL_OUTBOX_SQLITE_LIST_IPP
#define ARGUS_TICKET_IMPL_OUTBOX_SQLITE_LIST_IPP

#include <argus_ticket/outbox/detail/sqlite_list.hpp>
#include <argus_ticket/outbox/detail/sqlite_queries.hpp>
#include <argus_ticket/outbox/detail/store_answers.hpp>

#include <sqlite3.h>

namespace argus_ticket::detail::outbox {

outbox_step to_step(std::int64_t number) {
  if (number < 0 || number > static_cast<std::int64_t>(outbox_step::reopen))
    throw sqlite_failure{SQLITE_CORRUPT, "an entry's step is " + std::to_string(number)};
  return static_cast<outbox_step>(number);
}

counters read_counters(sqlite_rows noted, sqlite_rows newest) {
  if (!noted.next()) throw sqlite_failure{SQLITE_CORRUPT, "the counters are gone"};
  counters const c{noted.id(0), noted.id(1), noted.id(2), noted.id(3), noted.id(4), noted.id(5),
                   noted.id(6), noted.id(7), noted.id(8), noted.id(9), noted.id(10)};
  // What was only accepted is not noted; see outbox_migrations.
  return newest.next() && newest.id(0) > c.last_id ? c.grown_to(newest.id(0), newest.id(1)) : c;
}

std::string condition(entry_filter const& which) {
  std::string sql = "id > " + std::to_string(which.after);
  if (which.id) sql += " AND id = " + std::to_string(*which.id);
  if (!which.key.empty()) sql += " AND key = ?1";
  if (!which.reason_code.empty()) sql += " AND reason_code = ?2";
  return sql;
}

void bind(sqlite_statement& statement, entry_filter const& which) {
  if (!which.key.empty()) statement.bind(1, which.key);
  if (!which.reason_code.empty()) statement.bind(2, which.reason_code);
}

std::vector<outbox_entry> read_entries(sqlite_connection& file, entry_filter const& which) {
  std::string const live = "SELECT id, key, step, stage, payload, submitted_at, due_at, attempts,"
                           " reason_code, reason FROM entries WHERE " +
                           condition(which);
  std::string const dead = "SELECT id, key, step, 3, payload, submitted_at, due_at, attempts,"
                           " reason_code, reason FROM dead WHERE " +
                           condition(which);
  std::string sql;
  if (!which.state)
    sql = live + " UNION ALL " + dead;
  else if (*which.state == entry_state::dead)
    sql = dead;
  else
    sql = live + (*which.state == entry_state::delivering ? " AND stage = 2" : " AND stage < 2");
  sql += " ORDER BY id LIMIT " + std::to_string(std::min<std::size_t>(which.most, 1'000'000'000));

  sqlite_statement statement(file, sql);
  auto row = statement.with();
  bind(statement, which);
  std::vector<outbox_entry> listed;
  while (row.next()) {
    outbox_entry& entry = listed.emplace_back();
    entry.id = row.id(0);
    entry.key = row.text(1);
    entry.step = to_step(row.number(2));
    entry.state = row.number(3) == 3   ? entry_state::dead
                  : row.number(3) == 2 ? entry_state::delivering
                                       : entry_state::waiting;
    entry.payload = row.text(4);
    entry.submitted_at = row.time(5);
    entry.due_at = row.time(6);
    entry.attempts = static_cast<int>(row.number(7));
    entry.reason_code = row.text(8);
    entry.reason = row.text(9);
  }
  return listed;
}

outbox_stats read_stats(sqlite_connection& file) {
  sqlite_statement counting(file, queries[static_cast<std::size_t>(query::load_counters)]);
  sqlite_statement newest(file, queries[static_cast<std::size_t>(query::newest)]);
  sqlite_statement oldest(file, "SELECT submitted_at FROM entries ORDER BY id LIMIT 1");
  sqlite_statement reasons(file, "SELECT reason_code, count(*) FROM dead GROUP BY reason_code");
  file.execute("BEGIN"); // so that all three see the same
  try {
    outbox_stats stats = read_counters(counting.with(), newest.with()).stats();
    {
      auto row = oldest.with();
      if (row.next()) stats.oldest = row.time(0);
    }
    {
      auto row = reasons.with();
      while (row.next())
        stats.dead_by_reason[row.text(0)] = static_cast<std::size_t>(row.number(1));
    }
    file.execute("COMMIT");
    return stats;
  } catch (...) {
    file.roll_back();
    throw;
  }
}

} // namespace argus_ticket::detail::outbox

#endif
