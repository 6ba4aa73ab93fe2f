#ifndef ARGUS_TICKET_OUTBOX_DETAIL_SQLITE_HANDLE_HPP
#define ARGUS_TICKET_OUTBOX_DETAIL_SQLITE_HANDLE_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/outbox/entry.hpp>
#include <argus_ticket/result.hpp>

#include <chrono>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

struct sqlite3;
struct sqlite3_stmt;

namespace argus_ticket::detail::outbox {

/// What SQLite refused. Thrown inside of the store alone, where it ends a transaction; it becomes
/// an @ref error before it reaches anybody.
struct sqlite_failure {
  int code = 0;        ///< SQLite's extended result code; 0 where SQLite was not asked.
  std::string message; ///< SQLite's words, or ours where `code` is 0.
  bool unsure = false; ///< A commit whose writing to the disk failed: it may be found there later.
};

/// In plain words, with SQLite's own; `errc::store_failed`.
[[nodiscard]] ARGUS_TICKET_DECL error to_error(sqlite_failure const& failure,
                                               std::string const& path);

class sqlite_statement;

/// A connection, used by one thread at a time. Functions throw @ref sqlite_failure.
class sqlite_connection {
 public:
  sqlite_connection() noexcept = default;
  /// Opens a file that exists; it is neither read nor locked yet.
  ARGUS_TICKET_DECL sqlite_connection(std::string const& path, bool read_only,
                                      std::chrono::milliseconds busy_timeout);

  /// Runs statements that give no rows.
  ARGUS_TICKET_DECL void execute(char const* sql);
  /// The first column of the first row; 0 where there is no row.
  ARGUS_TICKET_DECL std::int64_t number(char const* sql);
  ARGUS_TICKET_DECL std::string text(char const* sql);
  /// Ends a transaction, if one is open, as if it had not been.
  ARGUS_TICKET_DECL void roll_back() noexcept;

  [[nodiscard]] ARGUS_TICKET_DECL bool is_read_only() const;
  /// Rows that the last statement changed.
  [[nodiscard]] ARGUS_TICKET_DECL std::int64_t changed() const;
  /// Rows changed since the connection was opened.
  [[nodiscard]] ARGUS_TICKET_DECL std::int64_t changed_ever() const;
  /// The file's full path, symbolic links followed.
  [[nodiscard]] ARGUS_TICKET_DECL std::string file() const;
  [[noreturn]] ARGUS_TICKET_DECL void fail(int code) const;
  [[nodiscard]] sqlite3* get() const noexcept { return handle_.get(); }
  /// Lets go of the connection without closing it, as is due in the child of a fork.
  void abandon() noexcept { (void)handle_.release(); }

 private:
  struct closer {
    ARGUS_TICKET_DECL void operator()(sqlite3* handle) const noexcept;
  };
  std::unique_ptr<sqlite3, closer> handle_;
};

/// The rows of a statement that is running; ended, so that it holds no lock, when this goes.
class sqlite_rows {
 public:
  explicit sqlite_rows(sqlite_statement& statement) noexcept : statement_(&statement) {}
  sqlite_rows(sqlite_rows const&) = delete;
  sqlite_rows& operator=(sqlite_rows const&) = delete;
  ARGUS_TICKET_DECL ~sqlite_rows();

  /// Goes to the next row. @return whether there is one.
  ARGUS_TICKET_DECL bool next();
  [[nodiscard]] ARGUS_TICKET_DECL std::int64_t number(int column) const;
  [[nodiscard]] ARGUS_TICKET_DECL bool is_null(int column) const;
  [[nodiscard]] ARGUS_TICKET_DECL std::string text(int column) const;
  [[nodiscard]] std::uint64_t id(int column) const {
    return static_cast<std::uint64_t>(number(column));
  }
  [[nodiscard]] outbox_time time(int column) const {
    return outbox_time{std::chrono::milliseconds{number(column)}};
  }

 private:
  sqlite_statement* statement_;
};

/// A payload: bytes, where a text would be searched for its end.
struct sqlite_blob {
  std::string_view bytes;
};

/// A prepared statement, compiled when it is first used.
class sqlite_statement {
 public:
  /// @param sql must outlive the statement.
  sqlite_statement(sqlite_connection& connection, std::string_view sql) noexcept
      : connection_(&connection), sql_(sql) {}

  /// Begins anew with these parameters, which must outlive the rows.
  template <class... Values>
  sqlite_rows with(Values const&... values) {
    begin();
    int place = 0;
    (bind(++place, values), ...);
    return sqlite_rows{*this};
  }
  /// The same, to the end. @return how many rows were changed.
  template <class... Values>
  std::int64_t run(Values const&... values) {
    auto rows = with(values...);
    while (rows.next()) {
    }
    return connection_->changed();
  }

  ARGUS_TICKET_DECL void bind(int place, std::int64_t value);
  ARGUS_TICKET_DECL void bind(int place, std::string_view text);
  ARGUS_TICKET_DECL void bind(int place, sqlite_blob blob);
  void bind(int place, std::uint64_t value) { bind(place, static_cast<std::int64_t>(value)); }
  void bind(int place, int value) { bind(place, static_cast<std::int64_t>(value)); }
  void bind(int place, std::string const& value) { bind(place, std::string_view(value)); }
  void bind(int place, outbox_time time) {
    bind(place, static_cast<std::int64_t>(time.time_since_epoch().count()));
  }
  ARGUS_TICKET_DECL void begin();
  void abandon() noexcept { (void)handle_.release(); }

 private:
  friend class sqlite_rows;
  struct finaliser {
    ARGUS_TICKET_DECL void operator()(sqlite3_stmt* handle) const noexcept;
  };
  sqlite_connection* connection_;
  std::string_view sql_;
  std::unique_ptr<sqlite3_stmt, finaliser> handle_;
};

} // namespace argus_ticket::detail::outbox

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/outbox/sqlite_handle.ipp>
#endif

#endif
