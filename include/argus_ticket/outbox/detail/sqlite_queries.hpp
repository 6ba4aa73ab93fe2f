#ifndef ARGUS_TICKET_OUTBOX_DETAIL_SQLITE_QUERIES_HPP
#define ARGUS_TICKET_OUTBOX_DETAIL_SQLITE_QUERIES_HPP

#include <array>
#include <cstddef>
#include <string_view>

namespace argus_ticket::detail::outbox {

/// What the store asks of SQLite while it accepts and delivers.
enum class query : std::size_t {
  load_counters,
  newest,
  save_counters,
  last_of_key,
  dead_after,
  renew,
  add,
  first_due,
  lease,
  known_ticket,
  next_due,
  next_lease_end,
  lease_ended,
  first_leased,
  step_aside,
  first_of_key,
  take_turn,
  leased_entry,
  prolong,
  drop,
  replace,
  put_off,
  bury,
  bury_followers,
  unlist_followers,
  note_ticket,
  revive,
  exhume
};

/// By @ref query. None of them may read a whole table or index: a test has their plans explained.
inline constexpr std::array<std::string_view, 28> queries = {
    "SELECT last_id, last_lease, live, delivering, dead, bytes, submitted, delivered, died,"
    " requeued, bytes_ever FROM counters WHERE only = 1",
    "SELECT id, bytes_ever FROM entries ORDER BY id DESC LIMIT 1",
    "UPDATE counters SET last_id = ?, last_lease = ?, live = ?, delivering = ?, dead = ?,"
    " bytes = ?, submitted = ?, delivered = ?, died = ?, requeued = ?, bytes_ever = ? WHERE only = "
    "1",
    // insert
    "SELECT id, step, begun, length(payload) FROM entries WHERE key = ? ORDER BY id DESC LIMIT 1",
    "SELECT 1 FROM dead WHERE key = ? AND id > ? LIMIT 1",
    "UPDATE entries SET payload = ?2 WHERE id = ?1",
    "INSERT INTO entries VALUES (?1, ?2, ?3, ?4, 0, ?5, ?5, 0, 0, 0, '', '', ?6, ?7)",
    // claim
    "SELECT id, key, step, payload, submitted_at, due_at, attempts, reason_code, reason"
    " FROM entries WHERE stage = 0 AND due_at <= ? ORDER BY due_at, id LIMIT 1",
    "UPDATE entries SET stage = 2, begun = 1, attempts = attempts + 1, lease = ?2,"
    " lease_until = ?3 WHERE id = ?1",
    "SELECT system, id, number, url FROM tickets WHERE key = ?",
    "SELECT due_at FROM entries WHERE stage = 0 ORDER BY due_at LIMIT 1",
    "SELECT lease_until FROM entries WHERE stage = 2 ORDER BY lease_until LIMIT 1",
    "SELECT id, key, lease FROM entries WHERE stage = 2 AND lease_until <= ?"
    " ORDER BY lease_until LIMIT 1",
    "SELECT id, key, lease FROM entries WHERE stage = 2 ORDER BY lease_until LIMIT 1",
    "UPDATE entries SET stage = 1, lease = ?2, due_at = max(due_at, ?3) WHERE id = ?1",
    "SELECT id, stage FROM entries WHERE key = ? ORDER BY id LIMIT 1",
    "UPDATE entries SET stage = ?2 WHERE id = ?1",
    // extend, settle
    "SELECT key, stage, attempts, length(payload) FROM entries WHERE id = ?1 AND lease = ?2",
    "UPDATE entries SET stage = 2, lease_until = ?2 WHERE id = ?1",
    "DELETE FROM entries WHERE id = ?",
    "UPDATE entries SET stage = 1, lease = 0, due_at = ?2, attempts = 0, reason_code = '',"
    " reason = '', step = ?3, payload = ?4 WHERE id = ?1",
    "UPDATE entries SET stage = 1, lease = 0, due_at = ?2, attempts = ?3, reason_code = ?4,"
    " reason = ?5 WHERE id = ?1",
    "INSERT INTO dead SELECT id, key, step, begun, submitted_at, due_at, attempts, ?2, ?3, payload"
    " FROM entries WHERE id = ?1",
    "INSERT INTO dead SELECT id, key, step, begun, submitted_at, due_at, attempts, ?3, ?4, payload"
    " FROM entries WHERE key = ?2 AND id > ?1 AND stage <> 2",
    "DELETE FROM entries WHERE key = ?2 AND id > ?1 AND stage <> 2",
    "INSERT OR REPLACE INTO tickets VALUES (?, ?, ?, ?, ?, ?)",
    // requeue
    "INSERT INTO entries SELECT id, key, step, ?2, begun, submitted_at, ?3, 0, 0, 0, reason_code,"
    " reason, 0, payload FROM dead WHERE id = ?1",
    "DELETE FROM dead WHERE id = ?",
};

} // namespace argus_ticket::detail::outbox

#endif
