#ifndef ARGUS_TICKET_IMPL_OUTBOX_MEMORY_BOOK_SETTLE_IPP
#define ARGUS_TICKET_IMPL_OUTBOX_MEMORY_BOOK_SETTLE_IPP

#include <argus_ticket/outbox/detail/memory_book.hpp>

namespace argus_ticket::detail::outbox {

result<void> memory_book::extend(outbox_lease lease, outbox_time until) {
  auto const found = find(lease);
  // An entry that stepped behind an earlier one since its lease ended is not taken up again: two
  // of one key would be delivered at once.
  if (found == live_.end() || found->second.at == stage::behind)
    return lease_is_lost(lease, "memory");
  kept& entry = found->second;
  auto place = unschedule(entry);
  if (entry.at != stage::leased) ++counted_.delivering;
  entry.at = stage::leased;
  entry.entry.state = entry_state::delivering;
  entry.until = until;
  place.value() = {until, lease.entry};
  leased_.insert(std::move(place));
  return {};
}

result<void> memory_book::settle(outbox_lease lease, settlement const& ended, outbox_time now) {
  auto const found = find(lease);
  if (found == live_.end()) return lease_is_lost(lease, "memory");
  kept& entry = found->second;
  auto const key = keys_.find(entry.entry.key);

  // What allocates comes first. The waiting entries after this one die with it where that is asked.
  bool const dies = ended.what == settlement::kind::dead;
  std::string code = ended.reason_code;
  std::string reason = ended.reason;
  std::string payload = ended.next_payload;
  struct follower {
    by_id::iterator found;
    std::string code, reason;
  };
  std::vector<follower> followers;
  if (dies && ended.with_followers)
    for (auto id = key->second.live.upper_bound(lease.entry); id != key->second.live.end(); ++id)
      if (auto const other = live_.find(*id); other->second.at != stage::leased)
        followers.push_back({other, code, reason});
  if (ended.opened) {
    ticket const& t = *ended.opened;
    known_ticket made{{}, now};
    made.record.system = t.system;
    made.record.id = t.id;
    made.record.number = t.number;
    made.record.url = t.url;
    tickets_.insert_or_assign(entry.entry.key, std::move(made));
  }

  auto place = unschedule(entry);
  if (entry.at == stage::leased) --counted_.delivering;
  entry.lease = 0;
  entry.at = stage::behind;
  entry.entry.state = entry_state::waiting;
  switch (ended.what) {
  case settlement::kind::done:
    counted_.bytes -= entry.entry.payload.size();
    --counted_.live;
    ++counted_.delivered;
    key->second.live.erase(lease.entry);
    live_.erase(found);
    break;
  case settlement::kind::next:
    counted_.bytes += payload.size();
    counted_.bytes -= entry.entry.payload.size();
    ++counted_.delivered;
    entry.entry.step = ended.next_step;
    entry.entry.payload.swap(payload);
    entry.entry.due_at = now;
    entry.entry.attempts = 0;
    entry.entry.reason_code.clear();
    entry.entry.reason.clear();
    break;
  case settlement::kind::later:
    if (ended.free_attempt && entry.entry.attempts > 0) --entry.entry.attempts;
    entry.entry.due_at = ended.due;
    [[fallthrough]];
  case settlement::kind::dead:
    entry.entry.reason_code.swap(code);
    entry.entry.reason.swap(reason);
    break;
  }
  for (follower& f : followers) {
    f.found->second.entry.reason_code.swap(f.code);
    f.found->second.entry.reason.swap(f.reason);
    bury(f.found, key);
  }
  if (dies) bury(found, key);
  next_of_key(key, std::move(place)); // nothing, where this entry was behind another
  drop_if_empty(key);
  return {};
}

} // namespace argus_ticket::detail::outbox

#endif
