#ifndef ARGUS_TICKET_IMPL_OUTBOX_SQLITE_SCHEMA_IPP
#define ARGUS_TICKET_IMPL_OUTBOX_SQLITE_SCHEMA_IPP

#include <argus_ticket/outbox/detail/sqlite_schema.hpp>

namespace argus_ticket::detail::outbox {

/// The same, in a transaction that is open: what is read belongs together.
inline std::int64_t identity_within(sqlite_connection& file, std::size_t newest) {
  std::int64_t const application = file.number("PRAGMA application_id");
  std::int64_t const version = file.number("PRAGMA user_version");
  if (application == 0 && version == 0 &&
      file.number("SELECT EXISTS (SELECT 1 FROM sqlite_master)") == 0)
    return 0;
  if (application != outbox_application_id)
    throw sqlite_failure{0, "the file is a database of another program, and no outbox"};
  if (version < 1 || version > static_cast<std::int64_t>(newest))
    throw sqlite_failure{0, "the outbox's file is of version " + std::to_string(version) +
                                ", and this program knows versions up to " +
                                std::to_string(newest) + "; nothing in it was changed"};
  return version;
}

std::int64_t check_identity(sqlite_connection& file, std::size_t newest) {
  file.execute("BEGIN");
  try {
    std::int64_t const version = identity_within(file, newest);
    file.execute("COMMIT");
    return version;
  } catch (...) {
    file.roll_back();
    throw;
  }
}

void migrate(sqlite_connection& file, std::span<char const* const> steps) {
  if (check_identity(file, steps.size()) == static_cast<std::int64_t>(steps.size())) return;
  try {
    // The version is read again with the lock held: somebody else may have done it by now.
    file.execute("BEGIN IMMEDIATE");
    auto const version = static_cast<std::size_t>(identity_within(file, steps.size()));
    for (char const* const step : steps.subspan(version)) file.execute(step);
    std::string const header = "PRAGMA application_id = " + std::to_string(outbox_application_id) +
                               "; PRAGMA user_version = " + std::to_string(steps.size());
    file.execute(header.c_str());
    file.execute("COMMIT");
  } catch (...) {
    file.roll_back();
    throw;
  }
}

} // namespace argus_ticket::detail::outbox

#endif
