#ifndef ARGUS_TICKET_OUTBOX_SQLITE_OPTIONS_HPP
#define ARGUS_TICKET_OUTBOX_SQLITE_OPTIONS_HPP

#include <chrono>

namespace argus_ticket {

/// How a @ref sqlite_store opens its file.
struct sqlite_options {
  /// How long to wait for another process that has the file locked, before `store_failed`.
  std::chrono::milliseconds busy_timeout{5'000};
  /// Makes the file where there is none. Its directory must exist.
  bool create = true;
  /// Only `list` and `stats`; nothing else is allowed then. SQLite still wants to make the files
  /// beside it where they are not there.
  bool read_only = false;
  /// Has SQLite read the whole file for damage before anything else; takes about a second for each
  /// few hundred megabytes. Without it damage is found where it is met.
  bool check = false;
};

} // namespace argus_ticket

#endif
