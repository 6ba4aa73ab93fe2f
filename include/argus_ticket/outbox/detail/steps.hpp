#ifndef ARGUS_TICKET_OUTBOX_DETAIL_STEPS_HPP
#define ARGUS_TICKET_OUTBOX_DETAIL_STEPS_HPP

#include <argus_ticket/basic_client.hpp>
#include <argus_ticket/outbox/entry.hpp>
#include <argus_ticket/outbox/payload.hpp>

#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace argus_ticket::detail {

// What an outbox does for each step of an entry, as operations of a client. Each may be run again
// after a crash at any moment: what was done before is found, and not done twice.

/// What a step has come to.
struct step_result {
  std::optional<ticket> about;
  std::vector<std::string>
      parts; ///< Comments that are to be added one by one, in steps of their own.
};

/// For the observer.
inline told_ticket told_by(step_result const& value, std::string_view name) noexcept {
  return {value.about ? &*value.about : nullptr, name == to_string(outbox_step::open)};
}

/// Whether a ticket on record is one that the plugin's settings reach: they may have changed since.
template <class Plugin>
bool is_reached(Plugin const& plugin, ticket const& known) {
  if (known.system != std::string_view{Plugin::name}) return false;
  if constexpr (knows_its_tickets<Plugin>) return plugin.is_reached(known);
  return true;
}

/// The ticket that an entry is about: the one that the incident names, the one on record, or the
/// one that has the incident's key.
template <class Plugin>
operation<ticket> known_or_found(Plugin const& plugin, incident const& from,
                                 std::optional<ticket> known, instant now) {
  if (!from.ticket_url.empty()) co_return known_ticket(Plugin::name, from);
  if (known && is_reached(plugin, *known)) co_return std::move(*known);
  if constexpr (finds_tickets<Plugin>) {
    std::optional<ticket> found = co_await find_ticket(plugin, from, now);
    if (found) co_return std::move(*found);
  }
  co_return error{errc::ticket_not_found, outcome::rejected, "the incident has no ticket"};
}

template <class Plugin, class Policies>
operation<step_result> open_step(Plugin const& plugin, Policies& policies, incident const& from,
                                 bool tried_before, std::optional<ticket> const& known,
                                 instant now) {
  opened_ticket opened = co_await open_ticket(plugin, policies, from, now, tried_before);
  step_result done;
  // An earlier try may have opened it, and been cut off before it could say so. The one on record
  // was opened by an earlier entry, and its text is that one's.
  bool const is_on_record =
      known && is_reached(plugin, *known) && known->number == opened.ticket.number;
  if (finds_comments<Plugin> && tried_before && !opened.ticket.created && !is_on_record &&
      from.ticket_url.empty()) {
    auto const overflow = [&](auto const& renderer) {
      return compose(plugin, renderer, from,
                     comments_allowed<Plugin>(policies.most_overflow_comments))
          .overflow;
    };
    if (opened.last)
      opened.overflow =
          overflow(following<decltype(policies.renderer)>{policies.renderer, *opened.last});
    else
      opened.overflow = overflow(policies.renderer);
  }
  done.parts = std::move(opened.overflow);
  done.about = std::move(opened.ticket);
  co_return done;
}

/// A comment's key: the same whenever the same part of the same entry is delivered.
inline incident_key part_key(incident_key const& of_incident, outbox_payload const& payload) {
  if (payload.text.empty()) return overflow_key(of_incident, payload.done);
  return derived_key(of_incident, payload.key + " part " + std::to_string(payload.done));
}

/// Whether an earlier try may have done a part of it. One that was requeued begins to count its
/// attempts anew, and keeps its reason.
inline bool was_tried(outbox_entry const& entry) noexcept {
  return entry.attempts > 1 || !entry.reason_code.empty();
}

template <class Plugin, class Policies>
operation<step_result> comment_step(Plugin const& plugin, Policies& policies,
                                    outbox_entry const& entry, outbox_payload const& payload,
                                    std::optional<ticket> known, instant now) {
  std::vector<std::string> parts = payload.parts;
  if (parts.empty()) parts = comment_parts(plugin, text_document(payload.text), policies);
  if (parts.empty() || parts.front().empty())
    co_return error{errc::refused, outcome::rejected, "the comment is empty", "comment"};
  ticket about = co_await known_or_found(plugin, payload.incident, std::move(known), now);
  if (payload.done < parts.size()) {
    ticket_ref const which(about); // no aggregate temporary: see heal.hpp
    incident_key const key = part_key(key_for(plugin, payload.incident), payload);
    co_await comment_once(plugin, which, parts[payload.done], key,
                          was_tried(entry) || payload.text.empty());
  }
  step_result done;
  done.about = std::move(about);
  if (payload.done + 1 < parts.size()) done.parts = std::move(parts);
  co_return done;
}

/// Delivers one step. What is given by reference must outlive the operation.
template <class Plugin, class Policies>
operation<step_result> deliver_step(Plugin const& plugin, Policies& policies,
                                    outbox_entry const& entry, outbox_payload const& payload,
                                    std::optional<ticket> known, instant now) {
  incident const& from = payload.incident;
  step_result done;
  switch (entry.step) {
  case outbox_step::open:
    if constexpr (finds_tickets<Plugin>)
      co_return co_await open_step(plugin, policies, from, was_tried(entry), known, now);
    break;
  case outbox_step::comment:
    if constexpr (comments_tickets<Plugin>)
      co_return co_await comment_step(plugin, policies, entry, payload, std::move(known), now);
    break;
  case outbox_step::update:
    if constexpr (updates_tickets<Plugin>) {
      ticket const about = co_await known_or_found(plugin, from, std::move(known), now);
      done.about = co_await update_ticket(plugin, policies, ticket_ref(about), from);
      co_return done;
    }
    break;
  case outbox_step::close:
    if constexpr (closes_tickets<Plugin>) {
      ticket const about = co_await known_or_found(plugin, from, std::move(known), now);
      done.about = co_await plugin.close(ticket_ref(about), payload.reason);
      co_return done;
    }
    break;
  case outbox_step::reopen:
    if constexpr (reopens_tickets<Plugin>) {
      ticket const about = co_await known_or_found(plugin, from, std::move(known), now);
      done.about = co_await plugin.reopen(ticket_ref(about));
      co_return done;
    }
    break;
  }
  co_return unsupported();
}

} // namespace argus_ticket::detail

#endif
