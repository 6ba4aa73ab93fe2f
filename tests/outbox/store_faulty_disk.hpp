#pragma once
// A disk that can be told to fail, and counts how often it was waited for: SQLite's own access to
// files, with a thin layer before it. As long as a faulty_disk lives, connections that are opened
// use it.

#include "../support/catch.hpp"

#include <atomic>
#include <new>
#include <sqlite3.h>
#include <string>

namespace test {

class faulty_disk {
 public:
  static inline std::atomic<bool> full = false;       ///< Writing gives SQLITE_FULL.
  static inline std::atomic<bool> sync_fails = false; ///< So does waiting for the disk.
  static inline std::atomic<int> syncs = 0;

  faulty_disk() {
    full = sync_fails = false;
    syncs = 0;
    real_ = sqlite3_vfs_find(nullptr);
    layer_ = *real_;
    layer_.zName = "argus_ticket_faulty_disk";
    layer_.szOsFile = static_cast<int>(sizeof(file)) + real_->szOsFile;
    layer_.xOpen = [](sqlite3_vfs*, char const* name, sqlite3_file* f, int flags, int* out) {
      auto* mine = new (f) file{};
      int const code = real_->xOpen(real_, name, mine->real(), flags, out);
      mine->pMethods = code == SQLITE_OK ? methods() : nullptr;
      return code;
    };
    REQUIRE(sqlite3_vfs_register(&layer_, 1) == SQLITE_OK);
  }
  faulty_disk(faulty_disk const&) = delete;
  faulty_disk& operator=(faulty_disk const&) = delete;
  ~faulty_disk() {
    sqlite3_vfs_unregister(&layer_);
    sqlite3_vfs_register(real_, 1);
  }

 private:
  struct file : sqlite3_file {
    sqlite3_file* real() { return reinterpret_cast<sqlite3_file*>(this + 1); }
  };
  static sqlite3_file* real(sqlite3_file* f) { return static_cast<file*>(f)->real(); }

  static sqlite3_io_methods const* methods() {
    // Each member of SQLite's own is called with its own file.
    static sqlite3_io_methods const table = {
        3,
        [](sqlite3_file* f) { return real(f)->pMethods->xClose(real(f)); },
        [](sqlite3_file* f, void* to, int n, sqlite3_int64 at) {
          return real(f)->pMethods->xRead(real(f), to, n, at);
        },
        [](sqlite3_file* f, void const* from, int n, sqlite3_int64 at) {
          return full ? SQLITE_FULL : real(f)->pMethods->xWrite(real(f), from, n, at);
        },
        [](sqlite3_file* f, sqlite3_int64 n) { return real(f)->pMethods->xTruncate(real(f), n); },
        [](sqlite3_file* f, int flags) {
          ++syncs;
          return sync_fails ? SQLITE_IOERR_FSYNC : real(f)->pMethods->xSync(real(f), flags);
        },
        [](sqlite3_file* f, sqlite3_int64* n) { return real(f)->pMethods->xFileSize(real(f), n); },
        [](sqlite3_file* f, int level) { return real(f)->pMethods->xLock(real(f), level); },
        [](sqlite3_file* f, int level) { return real(f)->pMethods->xUnlock(real(f), level); },
        [](sqlite3_file* f, int* out) {
          return real(f)->pMethods->xCheckReservedLock(real(f), out);
        },
        [](sqlite3_file* f, int what, void* arg) {
          return real(f)->pMethods->xFileControl(real(f), what, arg);
        },
        [](sqlite3_file* f) { return real(f)->pMethods->xSectorSize(real(f)); },
        [](sqlite3_file* f) { return real(f)->pMethods->xDeviceCharacteristics(real(f)); },
        [](sqlite3_file* f, int page, int n, int extend, void volatile** out) {
          return real(f)->pMethods->xShmMap(real(f), page, n, extend, out);
        },
        [](sqlite3_file* f, int at, int n, int flags) {
          return real(f)->pMethods->xShmLock(real(f), at, n, flags);
        },
        [](sqlite3_file* f) { real(f)->pMethods->xShmBarrier(real(f)); },
        [](sqlite3_file* f, int remove) { return real(f)->pMethods->xShmUnmap(real(f), remove); },
        [](sqlite3_file* f, sqlite3_int64 at, int n, void** out) {
          return real(f)->pMethods->xFetch(real(f), at, n, out);
        },
        [](sqlite3_file* f, sqlite3_int64 at, void* p) {
          return real(f)->pMethods->xUnfetch(real(f), at, p);
        }};
    return &table;
  }

  static inline sqlite3_vfs* real_ = nullptr;
  static inline sqlite3_vfs layer_{};
};

} // namespace test
