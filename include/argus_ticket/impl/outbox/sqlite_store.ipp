#ifndef ARGUS_TICKET_IMPL_OUTBOX_SQLITE_STORE_IPP
#define ARGUS_TICKET_IMPL_OUTBOX_SQLITE_STORE_IPP

#include <argus_ticket/outbox/detail/sqlite_list.hpp>
#include <argus_ticket/outbox/detail/sqlite_state.hpp>
#include <argus_ticket/outbox/sqlite_store.hpp>

namespace argus_ticket {

struct sqlite_store::state : detail::outbox::sqlite_state {
  using sqlite_state::sqlite_state;
};

result<sqlite_store> sqlite_store::open(std::string const& path, sqlite_options options) {
  try {
    return sqlite_store(std::make_shared<state>(path, options));
  } catch (detail::outbox::sqlite_failure const& failure) {
    return to_error(failure, path);
  }
}

result<std::vector<submission>> sqlite_store::insert(std::span<new_entry const> entries,
                                                     outbox_caps caps, outbox_time now) {
  using answer = std::vector<submission>;
  if (entries.empty()) return answer{};
  return detail::outbox::write<answer>(
      state_.get(), [&](auto& tables) { return tables.insert(entries, caps, now); });
}

result<void> sqlite_store::begin_delivery(outbox_time due) {
  if (!state_) return detail::outbox::store_is_gone();
  return state_->begin_delivery(due);
}

result<claim_answer> sqlite_store::claim(outbox_time now, outbox_time until) {
  if (state_ && !state_->delivers())
    return error{errc::store_failed, outcome::not_applied,
                 "begin_delivery was not called, or failed", state_->path()};
  return detail::outbox::write<claim_answer>(
      state_.get(), [&](auto& tables) { return result<claim_answer>(tables.claim(now, until)); });
}

result<void> sqlite_store::extend(outbox_lease lease, outbox_time until) {
  return detail::outbox::write<void>(state_.get(),
                                     [&](auto& tables) { return tables.extend(lease, until); });
}

result<void> sqlite_store::settle(outbox_lease lease, settlement const& ended, outbox_time now) {
  return detail::outbox::write<void>(
      state_.get(), [&](auto& tables) { return tables.settle(lease, ended, now); });
}

result<std::vector<outbox_entry>> sqlite_store::list(entry_filter const& which) const {
  return detail::outbox::read<std::vector<outbox_entry>>(
      state_.get(), [&](auto& file) { return read_entries(file, which); });
}

result<std::size_t> sqlite_store::requeue(entry_filter const& which, outbox_time now) {
  return detail::outbox::write<std::size_t>(
      state_.get(), [&](auto& tables) { return result<std::size_t>(tables.requeue(which, now)); });
}

result<std::size_t> sqlite_store::remove(entry_filter const& which) {
  return detail::outbox::write<std::size_t>(
      state_.get(), [&](auto& tables) { return result<std::size_t>(tables.remove(which)); });
}

result<outbox_stats> sqlite_store::stats() const {
  return detail::outbox::read<outbox_stats>(state_.get(),
                                            [](auto& file) { return read_stats(file); });
}

result<std::size_t> sqlite_store::forget_tickets(outbox_time before) {
  return detail::outbox::write<std::size_t>(state_.get(), [&](auto& tables) {
    return result<std::size_t>(tables.forget_tickets(before));
  });
}

std::uint64_t sqlite_store::transactions() const noexcept {
  return state_ ? state_->transactions() : 0;
}

static_assert(outbox_store<sqlite_store>);

} // namespace argus_ticket

#endif
