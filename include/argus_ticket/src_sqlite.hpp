#ifndef ARGUS_TICKET_SRC_SQLITE_HPP
#define ARGUS_TICKET_SRC_SQLITE_HPP

/// The bodies of the outbox's store in an SQLite file, for programs whose files all define
/// ARGUS_TICKET_SEPARATE_COMPILATION: to be included in exactly one of them, beside
/// <argus_ticket/src.hpp>; the program links SQLite.

#include <argus_ticket/detail/config.hpp>

#ifndef ARGUS_TICKET_SEPARATE_COMPILATION
#error "argus_ticket: src_sqlite.hpp is for programs that define ARGUS_TICKET_SEPARATE_COMPILATION"
#endif

#include <argus_ticket/impl/outbox/delivery_lock.ipp>
#include <argus_ticket/impl/outbox/sqlite_file.ipp>
#include <argus_ticket/impl/outbox/sqlite_handle.ipp>
#include <argus_ticket/impl/outbox/sqlite_list.ipp>
#include <argus_ticket/impl/outbox/sqlite_schema.ipp>
#include <argus_ticket/impl/outbox/sqlite_state.ipp>
#include <argus_ticket/impl/outbox/sqlite_store.ipp>
#include <argus_ticket/impl/outbox/sqlite_tables.ipp>
#include <argus_ticket/impl/outbox/sqlite_tables_upkeep.ipp>

#endif
