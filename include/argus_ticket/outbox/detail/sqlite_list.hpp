#ifndef ARGUS_TICKET_OUTBOX_DETAIL_SQLITE_LIST_HPP
#define ARGUS_TICKET_OUTBOX_DETAIL_SQLITE_LIST_HPP

#include <argus_ticket/outbox/detail/sqlite_handle.hpp>
#include <argus_ticket/outbox/detail/store_answers.hpp>

#include <vector>

namespace argus_ticket::detail::outbox {

/// A filter as a condition in SQL, but for its state and `most`. Texts are parameters: the key
/// ?1, the code ?2.
[[nodiscard]] ARGUS_TICKET_DECL std::string condition(entry_filter const& which);
/// Gives a statement with such a condition its parameters.
ARGUS_TICKET_DECL void bind(sqlite_statement& statement, entry_filter const& which);

/// The counters, from rows of query::load_counters and query::newest.
[[nodiscard]] ARGUS_TICKET_DECL counters read_counters(sqlite_rows noted, sqlite_rows newest);

/// What `list` and `stats` of a store give; each sees the file as it was at one moment.
[[nodiscard]] ARGUS_TICKET_DECL std::vector<outbox_entry> read_entries(sqlite_connection& file,
                                                                       entry_filter const& which);
[[nodiscard]] ARGUS_TICKET_DECL outbox_stats read_stats(sqlite_connection& file);

/// A step or an entry as it stands in the file; throws @ref sqlite_failure where it is none.
[[nodiscard]] ARGUS_TICKET_DECL outbox_step to_step(std::int64_t number);

} // namespace argus_ticket::detail::outbox

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/outbox/sqlite_list.ipp>
#endif

#endif
