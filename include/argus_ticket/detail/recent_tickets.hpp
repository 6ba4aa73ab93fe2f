#ifndef ARGUS_TICKET_DETAIL_RECENT_TICKETS_HPP
#define ARGUS_TICKET_DETAIL_RECENT_TICKETS_HPP

#include <argus_ticket/detail/find_or_create.hpp>

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

namespace argus_ticket::detail {

/**
 * The tickets that were opened a moment ago in a system whose search lags: the search does not see
 * them yet, and would let the same incident have another one.
 *
 * A cheap handle: copies share the tickets. Thread safety: all members may be called at once.
 */
class recent_tickets {
 public:
  [[nodiscard]] std::optional<std::string> number_of(incident_key const& key, instant now) const {
    std::lock_guard const hold(all_->lock);
    auto const found = all_->known.find(key.value);
    if (key.empty() || found == all_->known.end() || found->second.until < now) return std::nullopt;
    return found->second.number;
  }

  void remember(incident_key const& key, std::string number, instant now, instant until) const {
    std::lock_guard const hold(all_->lock);
    std::erase_if(all_->known, [&](auto const& one) { return one.second.until < now; });
    all_->known.insert_or_assign(key.value, entry{std::move(number), until});
  }

 private:
  struct entry {
    std::string number;
    instant until;
  };
  struct entries {
    std::mutex lock;
    std::map<std::string, entry> known; // by the values of keys
  };
  std::shared_ptr<entries> all_ = std::make_shared<entries>();
};

/// The same as @ref find_or_create_ticket for a system whose search lags. A ticket that was opened
/// by this client is asked for by its number for a good while longer than the search may lag.
template <class Plugin, class Policies>
operation<ticket> find_or_create_ticket(Plugin const& plugin, Policies& policies,
                                        recent_tickets recent, incident from, instant now) {
  if constexpr (lags_in_search<Plugin> && gets_tickets<Plugin>) {
    incident_key const key = key_for(plugin, from);
    if (std::optional<std::string> const number = recent.number_of(key, now)) {
      ticket_ref const which(*number);
      result<ticket> there = co_await as_result(plugin.get(which));
      if (!there && there.error().code != errc::ticket_not_found) co_return there;
      if (there && (there->state != ticket_state::closed || !policies.when_closed.again))
        co_return there;
    }
    ticket opened = co_await find_or_create_ticket(plugin, policies, std::move(from), now);
    constexpr int longer = 12;
    if (opened.created)
      recent.remember(key, opened.number, now, now + longer * search_lag<Plugin>());
    co_return opened;
  } else {
    co_return co_await find_or_create_ticket(plugin, policies, std::move(from), now);
  }
}

} // namespace argus_ticket::detail

#endif
