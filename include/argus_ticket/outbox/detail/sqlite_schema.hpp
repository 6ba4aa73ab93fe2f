#ifndef ARGUS_TICKET_OUTBOX_DETAIL_SQLITE_SCHEMA_HPP
#define ARGUS_TICKET_OUTBOX_DETAIL_SQLITE_SCHEMA_HPP

#include <argus_ticket/outbox/detail/sqlite_handle.hpp>

#include <array>
#include <span>

namespace argus_ticket::detail::outbox {

/// In the header of each outbox's file: "ATob".
inline constexpr std::int64_t outbox_application_id = 0x41546f62;

/**
 * What makes a file of version n one of version n + 1; the first makes an outbox of an empty file.
 * A step that was published is never changed: what changes later is another step.
 *
 * Dead entries stand in a table of their own, so that no number of them slows down the others, and
 * the first of `entries` is the oldest. `stage` is 0 where an entry may be claimed once it is due,
 * 1 where it is behind another of its key, 2 where it is leased; of each key at most one entry is
 * not behind. The partial indexes hold only what a claim looks for: the first entry of each is the
 * answer, however many wait. Numbers that anybody wants are in `counters`, so nothing is counted.
 * They are as of the entry `last_id`; of those that were only accepted since, the newest tells all,
 * by its id and its `bytes_ever`. So a transaction that accepts writes a page less.
 */
inline constexpr std::array<char const*, 1> outbox_migrations = {R"(
CREATE TABLE entries (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  step INTEGER NOT NULL,
  stage INTEGER NOT NULL,
  begun INTEGER NOT NULL,
  submitted_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  lease INTEGER NOT NULL,
  lease_until INTEGER NOT NULL,
  reason_code TEXT NOT NULL,
  reason TEXT NOT NULL,
  bytes_ever INTEGER NOT NULL,
  payload BLOB NOT NULL
);
CREATE INDEX entries_by_key ON entries (key);
CREATE INDEX entries_ready ON entries (due_at) WHERE stage = 0;
CREATE INDEX entries_leased ON entries (lease_until) WHERE stage = 2;
CREATE TABLE dead (
  id INTEGER PRIMARY KEY,
  key TEXT NOT NULL,
  step INTEGER NOT NULL,
  begun INTEGER NOT NULL,
  submitted_at INTEGER NOT NULL,
  due_at INTEGER NOT NULL,
  attempts INTEGER NOT NULL,
  reason_code TEXT NOT NULL,
  reason TEXT NOT NULL,
  payload BLOB NOT NULL
);
CREATE INDEX dead_by_key ON dead (key);
CREATE INDEX dead_by_reason ON dead (reason_code);
CREATE TABLE tickets (
  key TEXT PRIMARY KEY,
  system TEXT NOT NULL,
  id TEXT NOT NULL,
  number TEXT NOT NULL,
  url TEXT NOT NULL,
  made_at INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX tickets_by_time ON tickets (made_at);
CREATE TABLE counters (
  only INTEGER PRIMARY KEY CHECK (only = 1),
  last_id INTEGER NOT NULL DEFAULT 0,
  last_lease INTEGER NOT NULL DEFAULT 0,
  live INTEGER NOT NULL DEFAULT 0,
  delivering INTEGER NOT NULL DEFAULT 0,
  dead INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL DEFAULT 0,
  submitted INTEGER NOT NULL DEFAULT 0,
  delivered INTEGER NOT NULL DEFAULT 0,
  died INTEGER NOT NULL DEFAULT 0,
  requeued INTEGER NOT NULL DEFAULT 0,
  bytes_ever INTEGER NOT NULL DEFAULT 0
);
INSERT INTO counters (only) VALUES (1);
)"};

/// Throws where the file is something else than an outbox, or one of a later version. Only reads.
/// @return the file's version; 0 where it is empty.
ARGUS_TICKET_DECL std::int64_t check_identity(sqlite_connection& file, std::size_t newest);

/// Makes an outbox of an empty file, or brings one up to date: all steps that are lacking, or none.
ARGUS_TICKET_DECL void migrate(sqlite_connection& file, std::span<char const* const> steps);

} // namespace argus_ticket::detail::outbox

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/outbox/sqlite_schema.ipp>
#endif

#endif
