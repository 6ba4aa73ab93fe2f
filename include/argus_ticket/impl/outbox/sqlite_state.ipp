#ifndef ARGUS_TICKET_IMPL_OUTBOX_SQLITE_STATE_IPP
#define ARGUS_TICKET_IMPL_OUTBOX_SQLITE_STATE_IPP

#include <argus_ticket/outbox/detail/sqlite_state.hpp>

#include <unistd.h>

namespace argus_ticket::detail::outbox {

sqlite_state::sqlite_state(std::string path, sqlite_options const& options)
    : path_(std::move(path)), process_(::getpid()), file_(open_file(path_, options)) {
  if (!options.read_only) tables_.emplace(file_.writer, path_);
}

sqlite_state::~sqlite_state() {
  if (::getpid() == process_) return;
  // In the child of a fork: to close the connections would change the parent's file.
  if (tables_) tables_->abandon();
  file_.writer.abandon();
  file_.reader.abandon();
}

std::optional<error> sqlite_state::unusable(bool to_write) const {
  if (::getpid() != process_)
    return error{errc::store_failed, outcome::not_applied,
                 "the store was opened before a fork: the child has to open its own", path_};
  if (to_write && !tables_)
    return error{errc::store_failed, outcome::not_applied, "the store was opened to be read only",
                 path_};
  return std::nullopt;
}

void sqlite_state::write(write_job& job) noexcept {
  queue_.run(job, [this](queued* first) { carry_out(static_cast<write_job*>(first)); });
}

void sqlite_state::carry_out(write_job* first) noexcept {
  if (transact(first, false) || first->next == nullptr) return;
  // One of them spoilt it for all, so each is tried for itself.
  for (write_job* job = first; job != nullptr; job = static_cast<write_job*>(job->next)) {
    job->failure.reset();
    job->out_of_memory = false;
    transact(job, true);
  }
}

/// One transaction of all jobs, or of one alone. @return whether that is all that can be done.
bool sqlite_state::transact(write_job* first, bool alone) noexcept {
  auto const for_each = [&](auto const& call) {
    for (write_job* job = first; job != nullptr;
         job = alone ? nullptr : static_cast<write_job*>(job->next))
      call(*job);
  };
  bool begun = false;
  try {
    tables_->begin();
    begun = true;
    for_each([&](write_job& job) { job.apply(*tables_); });
    tables_->commit();
    transactions_.store(tables_->commits());
    return true;
  } catch (sqlite_failure const& failure) {
    tables_->roll_back();
    for_each([&](write_job& job) {
      try {
        job.failure = failure;
      } catch (...) {
        job.out_of_memory = true;
      }
    });
    return !begun || failure.unsure;
  } catch (...) { // std::bad_alloc: nothing else is thrown by what is called here
    tables_->roll_back();
    for_each([](write_job& job) { job.out_of_memory = true; });
    return false;
  }
}

result<void> sqlite_state::begin_delivery(outbox_time due) {
  if (auto problem = unusable(true)) return std::move(*problem);
  std::lock_guard const lock(delivery_mutex_);
  if (delivers()) return {};
  auto taken = delivery_lock::take(file_.path + "-delivery");
  if (!taken) {
    error e = taken.error();
    e.where = path_;
    return e;
  }
  auto ended = outbox::write<void>(this, [&](sqlite_tables& tables) -> result<void> {
    tables.end_all_leases(due);
    return {};
  });
  if (!ended) return ended; // the lock goes with it, so that the next call tries again
  lock_ = std::move(*taken);
  delivers_.store(true);
  return {};
}

} // namespace argus_ticket::detail::outbox

#endif
