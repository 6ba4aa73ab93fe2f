#ifndef ARGUS_TICKET_IMPL_OUTBOX_MEMORY_BOOK_UPKEEP_IPP
#define ARGUS_TICKET_IMPL_OUTBOX_MEMORY_BOOK_UPKEEP_IPP

#include <argus_ticket/outbox/detail/memory_book.hpp>

#include <algorithm>

namespace argus_ticket::detail::outbox {

memory_book::by_id::iterator memory_book::find(outbox_lease const& lease) {
  auto const found = live_.find(lease.entry);
  return lease.number == 0 || found == live_.end() || found->second.lease != lease.number
             ? live_.end()
             : found;
}

/// Takes an entry's place out of the schedule it stands in; an empty one where it stands in none.
memory_book::schedule::node_type memory_book::unschedule(kept const& entry) noexcept {
  switch (entry.at) {
  case stage::ready:
    return ready_.extract({entry.entry.due_at, entry.entry.id});
  case stage::leased:
    return leased_.extract({entry.until, entry.entry.id});
  case stage::behind:
    break;
  }
  return {};
}

/// The earliest entry of a key gets the place that another one of it has given up.
void memory_book::next_of_key(by_key::iterator key, schedule::node_type place) noexcept {
  if (key->second.live.empty() || place.empty()) return;
  kept& first = live_.find(*key->second.live.begin())->second;
  first.at = stage::ready;
  place.value() = {first.entry.due_at, first.entry.id};
  ready_.insert(std::move(place));
}

void memory_book::end_leases(outbox_time now) noexcept {
  while (!leased_.empty() && leased_.begin()->first <= now) {
    auto place = leased_.extract(leased_.begin());
    kept& entry = live_.find(place.value().second)->second;
    entry.at = stage::behind;
    entry.entry.state = entry_state::waiting; // the lease's number stays: it may still be settled
    --counted_.delivering;
    next_of_key(keys_.find(entry.entry.key), std::move(place));
  }
}

void memory_book::bury(by_id::iterator found, by_key::iterator key) noexcept {
  found->second.entry.state = entry_state::dead;
  found->second.at = stage::behind;
  found->second.lease = 0;
  key->second.dead.insert(key->second.live.extract(found->first));
  dead_.insert(live_.extract(found));
  --counted_.live;
  ++counted_.dead;
  ++counted_.died;
}

void memory_book::revive(std::uint64_t id, outbox_time now, schedule& places) noexcept {
  kept& entry = dead_.find(id)->second;
  entry.entry.state = entry_state::waiting;
  entry.entry.due_at = now;
  entry.entry.attempts = 0;
  auto& [live, dead] = keys_.find(entry.entry.key)->second;
  schedule::node_type place;
  if (live.empty()) {
    place = places.extract(places.begin());
  } else if (*live.begin() > id) {
    // It was overtaken while it was dead. One that is being delivered goes on; this one waits.
    kept& first = live_.find(*live.begin())->second;
    if (first.at == stage::ready) {
      place = unschedule(first);
      first.at = stage::behind;
    }
  }
  if (!place.empty()) {
    entry.at = stage::ready;
    place.value() = {now, id};
    ready_.insert(std::move(place));
  }
  live.insert(dead.extract(id));
  live_.insert(dead_.extract(id));
  ++counted_.live;
  --counted_.dead;
  ++counted_.requeued;
}

void memory_book::drop_if_empty(by_key::iterator key) noexcept {
  if (key->second.live.empty() && key->second.dead.empty()) keys_.erase(key);
}

/// Whether a filter means an entry; `most` is not looked at.
inline bool matches(outbox_entry const& entry, entry_filter const& which) {
  return entry.id > which.after && (!which.id || *which.id == entry.id) &&
         (!which.state || *which.state == entry.state) &&
         (which.key.empty() || which.key == entry.key) &&
         (which.reason_code.empty() || which.reason_code == entry.reason_code);
}

std::vector<outbox_entry> memory_book::list(entry_filter const& which) const {
  std::vector<outbox_entry> listed;
  auto live = live_.upper_bound(which.after);
  auto dead = dead_.upper_bound(which.after);
  while (listed.size() < which.most && (live != live_.end() || dead != dead_.end())) {
    bool const from_live =
        dead == dead_.end() || (live != live_.end() && live->first < dead->first);
    outbox_entry const& entry = (from_live ? live++ : dead++)->second.entry;
    if (matches(entry, which)) listed.push_back(entry);
  }
  return listed;
}

std::vector<std::uint64_t> memory_book::dead_ones(entry_filter const& which) const {
  std::vector<std::uint64_t> ids;
  for (auto const& [id, one] : dead_)
    if (matches(one.entry, which)) ids.push_back(id);
  return ids;
}

std::size_t memory_book::requeue(entry_filter const& which, outbox_time now) {
  std::vector<std::uint64_t> const ids = dead_ones(which);
  schedule places; // allocated before anything is changed
  for (std::uint64_t const id : ids) places.emplace(now, id);
  for (std::uint64_t const id : ids) revive(id, now, places);
  return ids.size();
}

std::size_t memory_book::remove(entry_filter const& which) {
  std::vector<std::uint64_t> const ids = dead_ones(which);
  for (std::uint64_t const id : ids) {
    auto const found = dead_.find(id);
    auto const key = keys_.find(found->second.entry.key);
    counted_.bytes -= found->second.entry.payload.size();
    --counted_.dead;
    key->second.dead.erase(id);
    drop_if_empty(key);
    dead_.erase(found);
  }
  return ids.size();
}

outbox_stats memory_book::stats() const {
  outbox_stats s = counted_.stats();
  if (!live_.empty()) s.oldest = live_.begin()->second.entry.submitted_at;
  for (auto const& [id, one] : dead_) ++s.dead_by_reason[one.entry.reason_code];
  return s;
}

std::size_t memory_book::forget_tickets(outbox_time before) {
  return std::erase_if(tickets_, [&](auto const& known) { return known.second.made < before; });
}

} // namespace argus_ticket::detail::outbox

#endif
