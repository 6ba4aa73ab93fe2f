#ifndef ARGUS_TICKET_IMPL_OUTBOX_SQLITE_FILE_IPP
#define ARGUS_TICKET_IMPL_OUTBOX_SQLITE_FILE_IPP

#include <argus_ticket/outbox/detail/sqlite_file.hpp>
#include <argus_ticket/outbox/detail/sqlite_schema.hpp>

#include <cerrno>
#include <fcntl.h>
#include <mutex>
#include <sqlite3.h>
#include <system_error>
#include <thread>
#include <unistd.h>

namespace argus_ticket::detail::outbox {

/// Makes an empty file that only its owner may read, where there is none; SQLite gives the files
/// beside it the same rights. Its directory is written to the disk too, or a power failure might
/// take the whole file with it.
inline void make_file(std::string const& path) {
  auto const fail = [](char const* what) {
    throw sqlite_failure{0, what + std::generic_category().message(errno)};
  };
  int const file = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (file < 0) {
    if (errno == EEXIST) return;
    fail("the outbox's file cannot be made: ");
  }
  ::close(file);
  auto const slash = path.rfind('/');
  std::string const parent = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  int const directory = ::open(parent.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  bool const written = directory >= 0 && ::fsync(directory) == 0;
  int const problem = errno;
  if (directory >= 0) ::close(directory);
  errno = problem;
  if (!written) fail("the directory of the outbox's file cannot be written to the disk: ");
}

/// What holds of each connection. Memory stays small; sorting leaves no files behind; what is
/// deleted is overwritten where that costs nothing.
inline void set_up(sqlite_connection& connection) {
  connection.execute("PRAGMA cache_size = -2048; PRAGMA temp_store = MEMORY;"
                     "PRAGMA secure_delete = FAST; PRAGMA cell_size_check = ON;"
                     "PRAGMA fullfsync = ON; PRAGMA checkpoint_fullfsync = ON;"
                     "PRAGMA synchronous = FULL");
}

inline sqlite_file try_to_open(std::string const& path, sqlite_options const& options) {
  sqlite_file opened;
  if (!options.read_only) {
    opened.writer = sqlite_connection(path, false, options.busy_timeout);
    sqlite_connection& writer = opened.writer;
    set_up(writer);
    check_identity(writer, outbox_migrations.size()); // before anything is changed
    if (writer.is_read_only())
      throw sqlite_failure{SQLITE_READONLY, sqlite3_errstr(SQLITE_READONLY)};
    if (std::string const mode = writer.text("PRAGMA journal_mode = WAL"); mode != "wal")
      throw sqlite_failure{0, "the outbox's file cannot have a write-ahead log where it is: its "
                              "journal is '" +
                                  mode + "'"};
    // A larger log than usual: an entry changes several pages, many of them again and again.
    writer.execute("PRAGMA wal_autocheckpoint = 2000; PRAGMA journal_size_limit = 33554432");
    migrate(writer, outbox_migrations);
  }
  opened.reader = sqlite_connection(path, true, options.busy_timeout);
  set_up(opened.reader);
  if (check_identity(opened.reader, outbox_migrations.size()) !=
      static_cast<std::int64_t>(outbox_migrations.size()))
    throw sqlite_failure{0, "the outbox's file is of an earlier version, which can only be brought "
                            "up to date where it may be written"};
  if (options.check)
    if (std::string const found = opened.reader.text("PRAGMA quick_check(1)"); found != "ok")
      throw sqlite_failure{SQLITE_CORRUPT, found};
  opened.path = opened.reader.file();
  return opened;
}

sqlite_file open_file(std::string const& path, sqlite_options const& options) {
  if (path.empty() || path.find('\0') != std::string::npos)
    throw sqlite_failure{0, "the path of the outbox's file is empty or has a NUL in it"};
  // What SQLite would take for something else than a file.
  std::string const plain = path[0] == ':' || path.starts_with("file:") ? "./" + path : path;
  // One at a time in this process: to close a file that SQLite has open elsewhere would take
  // SQLite's locks on it away.
  static std::mutex opening;
  std::lock_guard const lock(opening);
  if (options.create && !options.read_only) make_file(plain);
  // SQLite does not wait where two would wait for each other, as when both change the mode.
  auto const deadline = std::chrono::steady_clock::now() + options.busy_timeout;
  for (;;) {
    try {
      return try_to_open(plain, options);
    } catch (sqlite_failure const& failure) {
      if ((failure.code & 0xff) != SQLITE_BUSY || std::chrono::steady_clock::now() >= deadline)
        throw;
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
}

} // namespace argus_ticket::detail::outbox

#endif
