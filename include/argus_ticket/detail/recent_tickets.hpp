#ifndef ARGUS_TICKET_DETAIL_RECENT_TICKETS_HPP
#define ARGUS_TICKET_DETAIL_RECENT_TICKETS_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/detail/find_or_create.hpp>

#include <memory>
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
  ARGUS_TICKET_DECL recent_tickets();

  [[nodiscard]] ARGUS_TICKET_DECL std::optional<std::string> number_of(incident_key const& key,
                                                                       instant now) const;
  ARGUS_TICKET_DECL void remember(incident_key const& key, std::string number, instant now,
                                  instant until) const;

 private:
  struct entries;
  std::shared_ptr<entries> all_;
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

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/recent_tickets.ipp>
#endif

#endif
