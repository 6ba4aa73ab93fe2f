#ifndef ARGUS_TICKET_IMPL_OUTBOX_SQLITE_HANDLE_IPP
#define ARGUS_TICKET_IMPL_OUTBOX_SQLITE_HANDLE_IPP

#include <argus_ticket/detail/utf8.hpp>
#include <argus_ticket/outbox/detail/sqlite_handle.hpp>

#include <algorithm>
#include <sqlite3.h>

namespace argus_ticket::detail::outbox {

error to_error(sqlite_failure const& failure, std::string const& path) {
  std::string words;
  switch (failure.code & 0xff) {
  case 0:
    words = failure.message;
    break;
  case SQLITE_BUSY:
  case SQLITE_LOCKED:
    words = "the outbox's file is locked by another program, for longer than we may wait";
    break;
  case SQLITE_READONLY:
  case SQLITE_PERM:
    words = "the outbox's file or its directory may not be written";
    break;
  case SQLITE_CANTOPEN:
    words = "the outbox's file, or one beside it, cannot be opened or made";
    break;
  case SQLITE_FULL:
    words = "the disk that the outbox is on is full";
    break;
  case SQLITE_NOTADB:
    words = "the file is no outbox, or is damaged";
    break;
  case SQLITE_CORRUPT:
    words = "the outbox's file is damaged";
    break;
  case SQLITE_IOERR:
    words = "the outbox's file cannot be read or written";
    break;
  case SQLITE_TOOBIG:
    words = "the entry is larger than the outbox's file can hold";
    break;
  case SQLITE_NOMEM:
    words = "out of memory";
    break;
  default:
    words = "the outbox's file cannot be used";
  }
  if (failure.unsure) words += ", and what was to be written may or may not be there later";
  if (failure.code != 0) {
    // A damaged file may put anything into what SQLite says of it.
    std::string said = repair(failure.message);
    std::replace_if(
        said.begin(), said.end(),
        [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
    words += " (SQLite: " + said + ")";
  }
  return {errc::store_failed, failure.unsure ? outcome::ambiguous : outcome::not_applied,
          std::move(words), path};
}

void sqlite_connection::closer::operator()(sqlite3* handle) const noexcept {
  sqlite3_close_v2(handle);
}

sqlite_connection::sqlite_connection(std::string const& path, bool read_only,
                                     std::chrono::milliseconds busy_timeout) {
  sqlite3* handle = nullptr;
  // No mutex of SQLite's own: one thread at a time uses it. No SQLITE_OPEN_CREATE: a file that is
  // made here is made with an owner's rights alone, before.
  int const code = sqlite3_open_v2(path.c_str(), &handle,
                                   (read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE) |
                                       SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE,
                                   nullptr);
  handle_.reset(handle);
  if (code != SQLITE_OK) fail(code);
  sqlite3_extended_result_codes(handle, 1);
  sqlite3_busy_timeout(handle, static_cast<int>(busy_timeout.count()));
  sqlite3_db_config(handle, SQLITE_DBCONFIG_DEFENSIVE, 1, nullptr);
  sqlite3_db_config(handle, SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0, nullptr);
}

void sqlite_connection::fail(int code) const {
  sqlite_failure failure{code, sqlite3_errstr(code)};
  if (int const last = handle_ ? sqlite3_extended_errcode(get()) : 0;
      (last & 0xff) == (code & 0xff)) {
    failure.code = last;
    failure.message = sqlite3_errmsg(get());
  }
  throw failure;
}

void sqlite_connection::execute(char const* sql) {
  if (int const code = sqlite3_exec(get(), sql, nullptr, nullptr, nullptr); code != SQLITE_OK)
    fail(code);
}

std::int64_t sqlite_connection::number(char const* sql) {
  sqlite_statement statement(*this, sql);
  auto row = statement.with();
  return row.next() ? row.number(0) : 0;
}

std::string sqlite_connection::text(char const* sql) {
  sqlite_statement statement(*this, sql);
  auto row = statement.with();
  return row.next() ? row.text(0) : std::string();
}

void sqlite_connection::roll_back() noexcept {
  if (handle_ && sqlite3_get_autocommit(get()) == 0)
    sqlite3_exec(get(), "ROLLBACK", nullptr, nullptr, nullptr);
}

bool sqlite_connection::is_read_only() const { return sqlite3_db_readonly(get(), "main") == 1; }
std::int64_t sqlite_connection::changed() const { return sqlite3_changes(get()); }
std::int64_t sqlite_connection::changed_ever() const { return sqlite3_total_changes(get()); }

std::string sqlite_connection::file() const {
  char const* name = sqlite3_db_filename(get(), "main");
  return name ? name : "";
}

void sqlite_statement::finaliser::operator()(sqlite3_stmt* handle) const noexcept {
  sqlite3_finalize(handle);
}

void sqlite_statement::begin() {
  if (handle_) {
    sqlite3_reset(handle_.get());
    return;
  }
  sqlite3_stmt* handle = nullptr;
  int const code =
      sqlite3_prepare_v3(connection_->get(), sql_.data(), static_cast<int>(sql_.size()),
                         SQLITE_PREPARE_PERSISTENT, &handle, nullptr);
  handle_.reset(handle);
  if (code != SQLITE_OK) connection_->fail(code);
}

void sqlite_statement::bind(int place, std::int64_t value) {
  if (int const code = sqlite3_bind_int64(handle_.get(), place, value); code != SQLITE_OK)
    connection_->fail(code);
}

void sqlite_statement::bind(int place, std::string_view text) {
  // A null pointer would be NULL, which is no empty text. A null destructor: not copied.
  char const* data = text.data() ? text.data() : "";
  if (int const code =
          sqlite3_bind_text64(handle_.get(), place, data, text.size(), nullptr, SQLITE_UTF8);
      code != SQLITE_OK)
    connection_->fail(code);
}

void sqlite_statement::bind(int place, sqlite_blob blob) {
  char const* data = blob.bytes.data() ? blob.bytes.data() : "";
  if (int const code = sqlite3_bind_blob64(handle_.get(), place, data, blob.bytes.size(), nullptr);
      code != SQLITE_OK)
    connection_->fail(code);
}

sqlite_rows::~sqlite_rows() { sqlite3_reset(statement_->handle_.get()); }

bool sqlite_rows::next() {
  int const code = sqlite3_step(statement_->handle_.get());
  if (code == SQLITE_ROW) return true;
  if (code != SQLITE_DONE) statement_->connection_->fail(code);
  return false;
}

std::int64_t sqlite_rows::number(int column) const {
  return sqlite3_column_int64(statement_->handle_.get(), column);
}

bool sqlite_rows::is_null(int column) const {
  return sqlite3_column_type(statement_->handle_.get(), column) == SQLITE_NULL;
}

std::string sqlite_rows::text(int column) const {
  sqlite3_stmt* const row = statement_->handle_.get();
  auto const* bytes = static_cast<char const*>(sqlite3_column_blob(row, column));
  return bytes ? std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(row, column)))
               : std::string();
}

} // namespace argus_ticket::detail::outbox

#endif
