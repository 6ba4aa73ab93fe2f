#pragma once
// The least that anybody would write by hand: a table without an index, a prepared statement, a
// transaction for each row, and a write-ahead log that is on the disk after each.

#include <cstdio>
#include <cstdlib>
#include <sqlite3.h>
#include <string>
#include <vector>

class bare_inserts {
 public:
  /// A connection for each thread, as SQLite's manual has it.
  bare_inserts(std::string const& path, int threads) {
    for (int t = 0; t < threads; ++t) {
      connection& c = connections_.emplace_back();
      check(sqlite3_open_v2(path.c_str(), &c.handle,
                            SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX,
                            nullptr),
            c);
      sqlite3_busy_timeout(c.handle, 60'000);
      check(sqlite3_exec(c.handle,
                         "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;"
                         "CREATE TABLE IF NOT EXISTS entries (id INTEGER PRIMARY KEY,"
                         " key TEXT NOT NULL, payload BLOB NOT NULL, at INTEGER NOT NULL)",
                         nullptr, nullptr, nullptr),
            c);
      prepare(c, c.begin, "BEGIN IMMEDIATE");
      prepare(c, c.insert, "INSERT INTO entries (key, payload, at) VALUES (?, ?, ?)");
      prepare(c, c.commit, "COMMIT");
    }
  }
  bare_inserts(bare_inserts const&) = delete;
  bare_inserts& operator=(bare_inserts const&) = delete;
  ~bare_inserts() {
    for (connection& c : connections_) {
      for (sqlite3_stmt* s : {c.begin, c.insert, c.commit}) sqlite3_finalize(s);
      sqlite3_close(c.handle);
    }
  }

  void insert(int thread, std::string const& key, std::string const& payload, long long at) {
    connection& c = connections_[static_cast<std::size_t>(thread)];
    sqlite3_bind_text64(c.insert, 1, key.data(), key.size(), nullptr, SQLITE_UTF8);
    sqlite3_bind_blob64(c.insert, 2, payload.data(), payload.size(), nullptr);
    sqlite3_bind_int64(c.insert, 3, at);
    for (sqlite3_stmt* s : {c.begin, c.insert, c.commit}) {
      if (sqlite3_step(s) != SQLITE_DONE) check(sqlite3_errcode(c.handle), c);
      sqlite3_reset(s);
    }
  }

 private:
  struct connection {
    sqlite3* handle = nullptr;
    sqlite3_stmt* begin = nullptr;
    sqlite3_stmt* insert = nullptr;
    sqlite3_stmt* commit = nullptr;
  };

  static void prepare(connection& c, sqlite3_stmt*& statement, char const* sql) {
    check(sqlite3_prepare_v3(c.handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, nullptr), c);
  }
  static void check(int code, connection const& c) {
    if (code == SQLITE_OK) return;
    std::fprintf(stderr, "SQLite: %s\n", sqlite3_errmsg(c.handle));
    std::exit(1);
  }

  std::vector<connection> connections_;
};
