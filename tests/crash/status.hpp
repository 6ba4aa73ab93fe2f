#pragma once
// What each thread of the subject is doing, in a file that is mapped into memory: it stays when the
// process is killed, and tells what the kill has hit.

#include <argus_ticket/outbox/events.hpp>
#include <argus_ticket/outbox/sqlite_store.hpp>

#include <array>
#include <atomic>
#include <cstdint>
#include <fcntl.h>
#include <stdexcept>
#include <string>
#include <sys/mman.h>
#include <unistd.h>

namespace crash {

namespace at = argus_ticket;

/// The numbers are those of `PHASES` in crash.py.
enum class phase : std::uint64_t {
  idle,           ///< There is nothing to do.
  opening_store,  ///< Up to the time when the runner begins.
  recovering,     ///< Ending what the process before has left.
  submitting,     ///< Into the store.
  claiming,       ///< Looking in the store for something to deliver.
  working,        ///< Of a delivery, what is neither a request nor a wait: such as its text.
  waiting,        ///< Before a request is sent again.
  looking,        ///< A request that only reads.
  opening_ticket, ///< A request that opens a ticket ...
  commenting,     ///< ... adds a comment ...
  changing,       ///< ... closes, reopens or updates.
  settling        ///< Recording in the store what a delivery came to.
};

struct status_page {
  std::array<std::atomic<std::uint64_t>, 16> phases; ///< Of each thread; of this process alone.
  // Of all processes so far.
  std::atomic<std::uint64_t> requests;
  std::atomic<std::uint64_t> ambiguous;  ///< Creates that may or may not have been done.
  std::atomic<std::uint64_t> reconciled; ///< Of these, those that were done.
  std::atomic<std::uint64_t> duplicates; ///< Second tickets that were found.
  std::atomic<std::uint64_t> delivered;
  std::atomic<std::uint64_t> postponed;
};
static_assert(std::atomic<std::uint64_t>::is_always_lock_free);

/// A handle; the page stays mapped until the process ends.
class status {
 public:
  explicit status(std::string const& path) {
    int const file = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
    if (file < 0 || ::ftruncate(file, sizeof(status_page)) != 0)
      throw std::runtime_error("the status cannot be opened");
    void* const mapped =
        ::mmap(nullptr, sizeof(status_page), PROT_READ | PROT_WRITE, MAP_SHARED, file, 0);
    ::close(file);
    if (mapped == MAP_FAILED) throw std::runtime_error("the status cannot be mapped");
    page_ = static_cast<status_page*>(mapped);
    for (auto& slot : page_->phases) slot = 0;
  }

  [[nodiscard]] status_page& page() const { return *page_; }
  void enter(phase now) const { page_->phases.at(slot()) = static_cast<std::uint64_t>(now); }

 private:
  static std::size_t slot() {
    static std::atomic<std::size_t> next = 0;
    thread_local std::size_t const mine = next++;
    return mine;
  }

  status_page* page_ = nullptr;
};

/// Tells the status what the client and the outbox tell it.
struct watcher {
  status to;

  void on_request(at::request_event const& e) const {
    ++to.page().requests;
    switch (e.method) {
    case at::http::method::get:
      return to.enter(phase::looking);
    case at::http::method::post:
      return to.enter(e.url.ends_with("/issues") ? phase::opening_ticket : phase::commenting);
    default:
      return to.enter(phase::changing);
    }
  }
  void on_response(at::response_event const&) const { to.enter(phase::working); }
  void on_wait(at::wait_event const&) const { to.enter(phase::waiting); }
  void on_ambiguous(at::ambiguous_event const& e) const {
    ++to.page().ambiguous;
    if (e.found) ++to.page().reconciled;
  }
  void on_duplicate(at::duplicate_event const&) const { ++to.page().duplicates; }
  void on_delivered(at::delivered_event const&) const { ++to.page().delivered; }
  void on_postponed(at::postponed_event const&) const { ++to.page().postponed; }
};

/// The store, telling the status what it is at.
class watched_store {
 public:
  watched_store(at::sqlite_store store, status to) : store_(std::move(store)), to_(to) {}

  auto insert(std::span<at::new_entry const> entries, at::outbox_caps caps, at::outbox_time now) {
    return during(phase::submitting, [&] { return store_.insert(entries, caps, now); });
  }
  auto begin_delivery(at::outbox_time due) {
    return during(phase::recovering, [&] { return store_.begin_delivery(due); });
  }
  auto claim(at::outbox_time now, at::outbox_time until) {
    auto said = during(phase::claiming, [&] { return store_.claim(now, until); });
    if (said && said->claim) to_.enter(phase::working);
    return said;
  }
  auto extend(at::outbox_lease lease, at::outbox_time until) { return store_.extend(lease, until); }
  auto settle(at::outbox_lease lease, at::settlement const& ended, at::outbox_time now) {
    return during(phase::settling, [&] { return store_.settle(lease, ended, now); });
  }
  auto list(at::entry_filter const& which) { return store_.list(which); }
  auto requeue(at::entry_filter const& which, at::outbox_time now) {
    return store_.requeue(which, now);
  }
  auto remove(at::entry_filter const& which) { return store_.remove(which); }
  auto stats() { return store_.stats(); }
  auto forget_tickets(at::outbox_time before) { return store_.forget_tickets(before); }

 private:
  template <class F>
  std::invoke_result_t<F> during(phase what, F call) {
    to_.enter(what);
    auto said = call();
    to_.enter(phase::idle);
    return said;
  }

  at::sqlite_store store_;
  status to_;
};

} // namespace crash
