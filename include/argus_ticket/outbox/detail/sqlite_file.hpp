#ifndef ARGUS_TICKET_OUTBOX_DETAIL_SQLITE_FILE_HPP
#define ARGUS_TICKET_OUTBOX_DETAIL_SQLITE_FILE_HPP

#include <argus_ticket/outbox/detail/sqlite_handle.hpp>
#include <argus_ticket/outbox/sqlite_options.hpp>

namespace argus_ticket::detail::outbox {

/// The two connections of a store: what is read does not wait for what is written.
struct sqlite_file {
  sqlite_connection writer; ///< None where the store is read-only.
  sqlite_connection reader;
  std::string path; ///< In full, symbolic links followed.
};

/// Opens an outbox's file as `sqlite_store::open` says. Throws @ref sqlite_failure.
[[nodiscard]] ARGUS_TICKET_DECL sqlite_file open_file(std::string const& path,
                                                      sqlite_options const& options);

} // namespace argus_ticket::detail::outbox

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/outbox/sqlite_file.ipp>
#endif

#endif
