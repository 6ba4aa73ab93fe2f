#ifndef ARGUS_TICKET_OUTBOX_DETAIL_SQLITE_STATE_HPP
#define ARGUS_TICKET_OUTBOX_DETAIL_SQLITE_STATE_HPP

#include <argus_ticket/outbox/detail/delivery_lock.hpp>
#include <argus_ticket/outbox/detail/sqlite_file.hpp>
#include <argus_ticket/outbox/detail/sqlite_tables.hpp>
#include <argus_ticket/outbox/detail/write_queue.hpp>

#include <atomic>
#include <mutex>
#include <new>
#include <optional>

namespace argus_ticket::detail::outbox {

/// What a thread wants written, and what came of it.
struct write_job : queued {
  bool out_of_memory = false;
  std::optional<sqlite_failure> failure;

  virtual void apply(sqlite_tables& tables) = 0;

 protected:
  ~write_job() = default;
};

/// What the copies of a @ref sqlite_store share.
class sqlite_state {
 public:
  /// Throws @ref sqlite_failure.
  ARGUS_TICKET_DECL sqlite_state(std::string path, sqlite_options const& options);
  sqlite_state(sqlite_state const&) = delete;
  sqlite_state& operator=(sqlite_state const&) = delete;
  ARGUS_TICKET_DECL ~sqlite_state();

  /// Has a job done in a transaction, together with those of other threads.
  ARGUS_TICKET_DECL void write(write_job& job) noexcept;
  ARGUS_TICKET_DECL result<void> begin_delivery(outbox_time due);
  [[nodiscard]] bool delivers() const noexcept { return delivers_.load(); }
  [[nodiscard]] std::string const& path() const noexcept { return path_; }
  [[nodiscard]] std::uint64_t transactions() const noexcept { return transactions_.load(); }
  /// Why nothing can be read, or written.
  [[nodiscard]] ARGUS_TICKET_DECL std::optional<error> unusable(bool to_write) const;

  std::mutex read_mutex;
  sqlite_connection& reader() noexcept { return file_.reader; }

 private:
  ARGUS_TICKET_DECL void carry_out(write_job* first) noexcept;
  ARGUS_TICKET_DECL bool transact(write_job* first, bool alone) noexcept;

  std::string path_;   ///< As the caller knows it.
  int process_;        ///< SQLite's connections must not be used by a forked child.
  delivery_lock lock_; ///< Freed after the connections are closed.
  sqlite_file file_;
  std::optional<sqlite_tables> tables_; ///< None where the store is read-only.
  write_queue queue_;
  std::mutex delivery_mutex_;
  std::atomic<bool> delivers_ = false;
  std::atomic<std::uint64_t> transactions_ = 0;
};

[[nodiscard]] inline error store_is_gone() {
  return {errc::store_failed, outcome::not_applied, "the store has been moved from"};
}

/// Writes with what `call` does to the tables; it may be called again where it was rolled back.
template <class T, class F>
result<T> write(sqlite_state* state, F const& call) {
  struct job final : write_job {
    explicit job(F const& f) : call(f) {}
    void apply(sqlite_tables& tables) override { answer.emplace(call(tables)); }
    F const& call;
    std::optional<result<T>> answer;
  };
  if (state == nullptr) return store_is_gone();
  if (auto problem = state->unusable(true)) return std::move(*problem);
  job mine(call);
  state->write(mine);
  if (mine.out_of_memory) throw std::bad_alloc();
  if (mine.failure) return to_error(*mine.failure, state->path());
  return std::move(*mine.answer);
}

/// Reads with what `call` gets from the file.
template <class T, class F>
result<T> read(sqlite_state* state, F const& call) {
  if (state == nullptr) return store_is_gone();
  if (auto problem = state->unusable(false)) return std::move(*problem);
  try {
    std::lock_guard const lock(state->read_mutex);
    return call(state->reader());
  } catch (sqlite_failure const& failure) {
    return to_error(failure, state->path());
  }
}

} // namespace argus_ticket::detail::outbox

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/outbox/sqlite_state.ipp>
#endif

#endif
