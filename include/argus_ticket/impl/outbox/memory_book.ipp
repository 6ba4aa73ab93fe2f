#ifndef ARGUS_TICKET_IMPL_OUTBOX_MEMORY_BOOK_IPP
#define ARGUS_TICKET_IMPL_OUTBOX_MEMORY_BOOK_IPP

#include <argus_ticket/outbox/detail/memory_book.hpp>

#include <algorithm>

namespace argus_ticket::detail::outbox {

submission memory_book::accept(new_entry const& entry, outbox_time now,
                               std::vector<insertion>& log) {
  auto const key = keys_.try_emplace(entry.key).first;
  auto& [live, dead] = key->second;
  if (entry.step == outbox_step::open && !live.empty() &&
      (dead.empty() || *dead.rbegin() < *live.rbegin())) {
    kept& last = live_.at(*live.rbegin());
    if (last.entry.step == outbox_step::open && !last.begun) {
      std::string text = entry.payload;
      counted_.bytes += text.size();
      counted_.bytes -= last.entry.payload.size();
      last.entry.payload.swap(text);
      log.push_back({last.entry.id, false, std::move(text)});
      return {last.entry.id, true};
    }
  }

  std::uint64_t const id = counted_.last_id + 1;
  log.push_back({id, true, {}});
  kept& made = live_[id];
  made.entry.id = id;
  made.entry.key = entry.key;
  made.entry.step = entry.step;
  made.entry.payload = entry.payload;
  made.entry.submitted_at = made.entry.due_at = now;
  if (live.empty()) {
    ready_.emplace(now, id);
    made.at = stage::ready;
  }
  live.insert(live.end(), id);
  counted_.last_id = id;
  ++counted_.live;
  ++counted_.submitted;
  counted_.bytes += entry.payload.size();
  return {id, false};
}

void memory_book::take_back(std::vector<insertion>& log) noexcept {
  for (; !log.empty(); log.pop_back()) {
    insertion& last = log.back();
    auto const found = live_.find(last.id);
    if (found == live_.end()) continue;
    if (!last.is_new) {
      found->second.entry.payload.swap(last.old_payload);
      continue;
    }
    ready_.erase({found->second.entry.due_at, last.id});
    if (auto const key = keys_.find(found->second.entry.key); key != keys_.end()) {
      key->second.live.erase(last.id);
      drop_if_empty(key);
    }
    live_.erase(found);
  }
}

result<std::vector<submission>> memory_book::insert(std::span<new_entry const> entries,
                                                    outbox_caps const& caps, outbox_time now) {
  // All of them or none, whatever ends it.
  struct insertions {
    memory_book& book;
    counters before;
    std::vector<insertion> log;
    bool stay = false;

    explicit insertions(memory_book& b) : book(b), before(b.counted_) {}
    insertions(insertions const&) = delete;
    insertions& operator=(insertions const&) = delete;
    ~insertions() {
      if (stay) return;
      book.take_back(log);
      book.counted_ = before;
    }
  };
  std::vector<submission> made;
  made.reserve(entries.size());
  insertions all{*this};
  all.log.reserve(entries.size()); // so that keeping the log cannot fail
  for (new_entry const& entry : entries) made.push_back(accept(entry, now, all.log));
  if (counted_.exceed(caps, all.before)) return outbox_is_full(caps, "memory");
  all.stay = true;
  return made;
}

claim_answer memory_book::claim(outbox_time now, outbox_time until) {
  end_leases(now);
  claim_answer answer;
  if (ready_.empty() || ready_.begin()->first > now) {
    for (schedule const* times : {&ready_, &leased_})
      if (!times->empty() && (!answer.next || times->begin()->first < *answer.next))
        answer.next = times->begin()->first;
    return answer;
  }
  kept& chosen = live_.at(ready_.begin()->second);
  outbox_claim& given = answer.claim.emplace();
  given.entry = chosen.entry;
  given.entry.state = entry_state::delivering;
  ++given.entry.attempts;
  given.lease = {chosen.entry.id, counted_.last_lease + 1};
  if (auto const known = tickets_.find(chosen.entry.key); known != tickets_.end())
    given.known = known->second.record;

  auto place = unschedule(chosen); // nothing is allocated from here on
  ++counted_.last_lease;
  ++counted_.delivering;
  chosen.entry.state = entry_state::delivering;
  ++chosen.entry.attempts;
  chosen.at = stage::leased;
  chosen.begun = true;
  chosen.lease = given.lease.number;
  chosen.until = until;
  place.value() = {until, chosen.entry.id};
  leased_.insert(std::move(place));
  return answer;
}

} // namespace argus_ticket::detail::outbox

#endif
