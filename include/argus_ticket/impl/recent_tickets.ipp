#ifndef ARGUS_TICKET_IMPL_RECENT_TICKETS_IPP
#define ARGUS_TICKET_IMPL_RECENT_TICKETS_IPP

#include <argus_ticket/detail/recent_tickets.hpp>
#include <argus_ticket/incident_key.hpp>

#include <map>
#include <mutex>

namespace argus_ticket::detail {

struct recent_tickets::entries {
  struct entry {
    std::string number;
    instant until;
  };
  std::mutex lock;
  std::map<std::string, entry> known; // by the values of keys
};

recent_tickets::recent_tickets() : all_(std::make_shared<entries>()) {}

std::optional<std::string> recent_tickets::number_of(incident_key const& key, instant now) const {
  std::lock_guard const hold(all_->lock);
  auto const found = all_->known.find(key.value);
  if (key.empty() || found == all_->known.end() || found->second.until < now) return std::nullopt;
  return found->second.number;
}

void recent_tickets::remember(incident_key const& key, std::string number, instant now,
                              instant until) const {
  std::lock_guard const hold(all_->lock);
  std::erase_if(all_->known, [&](auto const& one) { return one.second.until < now; });
  all_->known.insert_or_assign(key.value, entries::entry{std::move(number), until});
}

} // namespace argus_ticket::detail

#endif
