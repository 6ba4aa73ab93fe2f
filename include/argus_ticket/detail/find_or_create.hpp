#ifndef ARGUS_TICKET_DETAIL_FIND_OR_CREATE_HPP
#define ARGUS_TICKET_DETAIL_FIND_OR_CREATE_HPP

#include <argus_ticket/detail/heal.hpp>
#include <argus_ticket/detail/recent_tickets.hpp>
#include <argus_ticket/detail/ticket_operations.hpp>

#include <chrono>

namespace argus_ticket::detail {

/// A ticket, and what of its text is still to be added in comments.
struct opened_ticket {
  argus_ticket::ticket ticket;
  std::vector<std::string> overflow; ///< In the plugin's dialect; empty unless it was opened now.
  std::optional<argus_ticket::ticket> last; ///< The closed one that it follows, if it does.
};

/// How long `find` may not see what was just created.
template <class Plugin>
constexpr std::chrono::milliseconds search_lag() {
  if constexpr (lags_in_search<Plugin>)
    return Plugin::search_lag;
  else
    return std::chrono::milliseconds{0};
}

/// What a ticket that was closed becomes where its incident happens again.
enum class closed_ticket { stays, is_reopened, is_followed };

template <class Plugin>
closed_ticket fate_of(ticket const& last, recurrence const& rule, instant now) {
  if (last.state != ticket_state::closed || !rule.again ||
      last.closed_as == close_reason::not_planned || !last.closed_at)
    return closed_ticket::stays;
  // In seconds: a year 9999 does not fit into the nanoseconds of a clock.
  auto const age = std::chrono::floor<std::chrono::seconds>(now) -
                   std::chrono::floor<std::chrono::seconds>(last.closed_at->instant);
  return reopens_tickets<Plugin> && age <= rule.reopen_within ? closed_ticket::is_reopened
                                                              : closed_ticket::is_followed;
}

/// A renderer whose texts end with a link to the ticket that the incident had before. At the end,
/// so that a long text is parted at the same places with it and without it.
template <class Renderer>
struct following {
  Renderer const& rest;
  ticket const& last;

  document::document operator()(incident const& from) const {
    document::document text = rest(from);
    text.add(document::paragraph{"This happened before: ", document::link{last.url, last.url}});
    return text;
  }
  std::string title(incident const& from) const { return title_of(rest, from); }
};

/// Those of the tickets that are not in `known`.
inline std::vector<ticket> others_than(std::vector<ticket> const& known, std::vector<ticket> all) {
  std::erase_if(all, [&](ticket const& one) {
    return std::any_of(known.begin(), known.end(),
                       [&](ticket const& k) { return k.number == one.number; });
  });
  return all;
}

/// Looks for a ticket whose create may or may not have been done: found, not found, or an error
/// where that could not be told. "Not found" counts only after several looks with time between
/// them: a search may lag, and the server may still be at work on what it was sent.
/// @param known Tickets that were there before it.
template <class Plugin, class Policies>
operation<std::vector<ticket>> look_for_created(Plugin const& plugin, Policies& policies,
                                                incident from, instant now,
                                                std::vector<ticket> const& known) {
  co_await wait(search_lag<Plugin>());
  for (int look = 1;; ++look) {
    std::vector<ticket> all = co_await find_tickets(plugin, from, now);
    std::vector<ticket> found = others_than(known, std::move(all));
    if (!found.empty() || look >= policies.reconcile.looks) co_return found;
    co_await wait(policies.reconcile.pause);
  }
}

/// Whether somebody else opened a ticket of the incident at the same moment; gives the one to keep.
template <class Plugin, class Policies>
operation<ticket> without_duplicates(Plugin const& plugin, Policies& policies, incident from,
                                     instant now, ticket opened) {
  auto found = co_await as_result(find_tickets(plugin, from, now, opened));
  // The ticket is there: a look that fails must not make that a failure. Whoever looks next heals.
  if (!found || found->size() < 2) co_return opened;
  ticket kept = co_await heal(plugin, policies, std::move(*found));
  if (kept.number != opened.number) co_return kept; // `created` is false: it is not ours
  opened.warnings.insert(opened.warnings.end(), kept.warnings.begin(), kept.warnings.end());
  co_return opened;
}

/// Opens the incident's ticket unless there is one. After a create of unknown outcome it is looked
/// for; a second create comes only when it is known not to be there.
/// @param was_tried Whether an earlier call, of which nobody knows the end, may have created it.
template <class Plugin, class Policies>
operation<opened_ticket> open_ticket(Plugin const& plugin, Policies& policies, incident from,
                                     instant now, bool was_tried = false) {
  opened_ticket ended;
  if (!from.ticket_url.empty()) {
    ended.ticket = co_await known_ticket(Plugin::name, from);
    co_return ended;
  }
  // An error of the look-up ends here: "could not look" is not "not there".
  std::vector<ticket> found = co_await find_tickets(plugin, from, now);
  bool const none_is_open = found.empty() || found[kept_of(found)].state == ticket_state::closed;
  if (was_tried && none_is_open) {
    std::vector<ticket> const late = co_await look_for_created(plugin, policies, from, now, found);
    found.insert(found.end(), late.begin(), late.end());
  }
  ticket const* followed = nullptr;
  if (!found.empty()) {
    ended.ticket = co_await heal(plugin, policies, found);
    // The last one tells, unless one is open.
    closed_ticket const then = ended.ticket.state == ticket_state::closed
                                   ? fate_of<Plugin>(found.back(), policies.when_closed, now)
                                   : closed_ticket::stays;
    if (then == closed_ticket::stays) {
      if (std::size_t const kept_at = kept_of(found); policies.when_closed.again && kept_at > 0)
        ended.last = found[kept_at - 1];
      co_return ended;
    }
    if constexpr (reopens_tickets<Plugin>) {
      if (then == closed_ticket::is_reopened) {
        ended.ticket = co_await plugin.reopen(ticket_ref(found.back()));
        co_return ended;
      }
    }
    followed = &found.back();
  }
  std::size_t const comments = comments_allowed<Plugin>(policies.most_overflow_comments);
  draft d;
  if (followed == nullptr)
    d = compose(plugin, policies.renderer, from, comments);
  else
    d = compose(plugin, following<decltype(policies.renderer)>{policies.renderer, *followed}, from,
                comments);
  ended.overflow = std::exchange(d.overflow, {});
  for (int creates = 1;; ++creates) {
    result<ticket> created = co_await as_result(deferred([&] { return plugin.create(d); }));
    if (created) {
      ended.ticket = std::move(*created);
      break;
    }
    if (created.error().outcome != outcome::ambiguous) co_return std::move(created).error();
    auto looked = co_await as_result(look_for_created(plugin, policies, from, now, found));
    bool const is_there = looked && !looked->empty();
    notify(policies.observer, ambiguous_event{"find_or_create", is_there});
    if (is_there) {
      ended.ticket = co_await heal(plugin, policies, std::move(*looked));
      ended.ticket.created = true;
      co_return ended;
    }
    if (!looked || creates >= policies.reconcile.creates) co_return std::move(created).error();
  }
  if (policies.look_for_duplicates) {
    std::string const number = ended.ticket.number;
    ended.ticket = co_await without_duplicates(plugin, policies, std::move(from), now,
                                               std::move(ended.ticket));
    if (ended.ticket.number != number) ended.overflow.clear(); // the other one has it all
  }
  co_return ended;
}

template <class Plugin, class Policies>
operation<ticket> find_or_create_ticket(Plugin const& plugin, Policies& policies, incident from,
                                        instant now) {
  incident_key const key = key_for(plugin, from);
  opened_ticket opened = co_await open_ticket(plugin, policies, std::move(from), now);
  co_return co_await add_overflow(plugin, std::move(opened.ticket), std::move(opened.overflow),
                                  key);
}

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
