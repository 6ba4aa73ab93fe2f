#ifndef ARGUS_TICKET_DETAIL_RECENT_TICKETS_HPP
#define ARGUS_TICKET_DETAIL_RECENT_TICKETS_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/detail/instant.hpp>
#include <argus_ticket/fwd.hpp>

#include <memory>
#include <optional>
#include <string>

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

} // namespace argus_ticket::detail

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/recent_tickets.ipp>
#endif

#endif
