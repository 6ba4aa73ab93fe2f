#ifndef ARGUS_TICKET_IMPL_OUTBOX_MEMORY_STORE_IPP
#define ARGUS_TICKET_IMPL_OUTBOX_MEMORY_STORE_IPP

#include <argus_ticket/outbox/detail/memory_book.hpp>
#include <argus_ticket/outbox/memory_store.hpp>

#include <mutex>

namespace argus_ticket {

struct memory_store::state {
  std::mutex mutex;
  detail::outbox::memory_book book;

  /// Calls a member of the book with the lock held.
  template <class F>
  auto locked(F&& call) {
    std::lock_guard const lock(mutex);
    return call(book);
  }
};

memory_store::memory_store() : state_(std::make_shared<state>()) {}

result<std::vector<submission>> memory_store::insert(std::span<new_entry const> entries,
                                                     outbox_caps caps, outbox_time now) {
  return state_->locked([&](auto& book) { return book.insert(entries, caps, now); });
}

result<void> memory_store::begin_delivery(outbox_time) { return {}; }

result<claim_answer> memory_store::claim(outbox_time now, outbox_time until) {
  return state_->locked([&](auto& book) { return book.claim(now, until); });
}

result<void> memory_store::extend(outbox_lease lease, outbox_time until) {
  return state_->locked([&](auto& book) { return book.extend(lease, until); });
}

result<void> memory_store::settle(outbox_lease lease, settlement const& ended, outbox_time now) {
  return state_->locked([&](auto& book) { return book.settle(lease, ended, now); });
}

result<std::vector<outbox_entry>> memory_store::list(entry_filter const& which) const {
  return state_->locked([&](auto const& book) { return book.list(which); });
}

result<std::size_t> memory_store::requeue(entry_filter const& which, outbox_time now) {
  return state_->locked([&](auto& book) { return book.requeue(which, now); });
}

result<std::size_t> memory_store::remove(entry_filter const& which) {
  return state_->locked([&](auto& book) { return book.remove(which); });
}

result<outbox_stats> memory_store::stats() const {
  return state_->locked([](auto const& book) { return book.stats(); });
}

result<std::size_t> memory_store::forget_tickets(outbox_time before) {
  return state_->locked([&](auto& book) { return book.forget_tickets(before); });
}

static_assert(outbox_store<memory_store>);

} // namespace argus_ticket

#endif
