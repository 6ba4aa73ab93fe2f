#ifndef ARGUS_TICKET_DETAIL_HEAL_HPP
#define ARGUS_TICKET_DETAIL_HEAL_HPP

#include <argus_ticket/detail/comment_once.hpp>
#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/detail/parts.hpp>
#include <argus_ticket/document/document.hpp>
#include <argus_ticket/plugin.hpp>
#include <argus_ticket/policy/observer.hpp>

#include <cstddef>
#include <string>
#include <vector>

namespace argus_ticket::detail {

// Two that open a ticket of the same incident at the same moment, in two processes, open two. The
// rule after which one is kept gives the same answer to everybody who looks.

/// The one to keep, of tickets in the order in which they were opened: the first that is not
/// closed, since a person may have closed one for the other; else the first. @pre There is one.
inline std::size_t kept_of(std::vector<ticket> const& all) {
  for (std::size_t i = 0; i < all.size(); ++i)
    if (all[i].state != ticket_state::closed) return i;
  return 0;
}

[[nodiscard]] ARGUS_TICKET_DECL document::document duplicate_note(ticket const& kept);

/// Closes a ticket; what a plugin throws before there is an operation becomes an error as well.
template <class Plugin>
operation<ticket> close_as_duplicate(Plugin const& plugin, ticket_ref which) {
  co_return co_await plugin.close(std::move(which), close_reason::not_planned);
}

/// Comments on a ticket and closes it in favour of another one. Where either fails, the kept ticket
/// gets a warning: it exists all the same.
template <class Plugin>
operation<ticket> close_duplicate(Plugin const& plugin, ticket kept, ticket duplicate) {
  if constexpr (closes_tickets<Plugin>) {
    if constexpr (comments_tickets<Plugin>) {
      constexpr document::text_limits limits = Plugin::limits;
      auto note = parts_of(plugin, duplicate_note(kept), longest_comment<Plugin>(), limits.body, 1);
      if (!note.empty()) {
        // Others may see the same at the same moment: one note is enough. The key is no temporary:
        // GCC 12 destroys aggregate temporaries of a co_await twice.
        incident_key const about = derived_key({}, "duplicate " + duplicate.url);
        auto const said = co_await as_result(
            comment_once(plugin, ticket_ref(duplicate), note.front(), about, true));
        if (!said) { // without a word of explanation it is not closed
          kept.warnings.push_back({"duplicate " + duplicate.number,
                                   "could not be commented: " + to_string(said.error())});
          co_return kept;
        }
      }
    }
    auto const closed = co_await as_result(close_as_duplicate(plugin, ticket_ref(duplicate)));
    if (!closed)
      kept.warnings.push_back(
          {"duplicate " + duplicate.number, "could not be closed: " + to_string(closed.error())});
  } else {
    kept.warnings.push_back({"duplicate " + duplicate.number, "is there, and cannot be closed"});
  }
  co_return kept;
}

/// Whether a ticket stands in a list already. A server may list one twice, on two pages, where the
/// list changed between them.
inline bool is_listed_before(std::vector<ticket> const& all, std::size_t index) {
  for (std::size_t i = 0; i < index; ++i)
    if (all[i].number == all[index].number) return true;
  return false;
}

/// The ticket to keep; the others that are open are closed. @pre There is one.
template <class Plugin, class Policies>
operation<ticket> heal(Plugin const& plugin, Policies& policies, std::vector<ticket> all) {
  std::size_t const kept_at = kept_of(all);
  ticket kept = all[kept_at];
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].number == kept.number || all[i].state == ticket_state::closed ||
        is_listed_before(all, i))
      continue;
    notify(policies.observer, duplicate_event{kept.number, all[i].number});
    kept = co_await close_duplicate(plugin, std::move(kept), all[i]);
  }
  co_return kept;
}

} // namespace argus_ticket::detail

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/heal.ipp>
#endif

#endif
