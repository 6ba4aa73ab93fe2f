#ifndef ARGUS_TICKET_TICKET_HPP
#define ARGUS_TICKET_TICKET_HPP

#include <argus_ticket/error.hpp>
#include <argus_ticket/timestamp.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace argus_ticket {

/// Whether work on a ticket goes on.
/// - `unknown`: it was not asked for; only the page is known, such as an incident's `ticket_url`.
/// - `open`: it goes on.
/// - `closed`: it does not; see @ref ticket::closed_as.
enum class ticket_state { unknown, open, closed };

/// Why a ticket is closed.
enum class close_reason {
  completed,  ///< The incident is over.
  not_planned ///< Nothing will be done about it.
};

/// The enumerator's name: `open`.
[[nodiscard]] constexpr std::string_view to_string(ticket_state state) noexcept {
  switch (state) {
  case ticket_state::open:
    return "open";
  case ticket_state::closed:
    return "closed";
  case ticket_state::unknown:
    break;
  }
  return "unknown";
}

/**
 * A ticket as the system reported it.
 *
 * A ticket that exists is a success even where a step beside it failed (a label that the server
 * dropped, a comment that could not be added): such steps stand in `warnings`, and the outcome is
 * `applied_degraded`.
 *
 * Guarantees: those of a @ref value.
 */
struct ticket {
  std::string system; ///< The plugin's name, e.g. `github`.
  std::string id;     ///< The system's internal id, e.g. `2894512345`.
  std::string number; ///< What people and the operations call it by, e.g. `17` or `NET-17`.
  std::string url;    ///< The page for people; always http or https.
  ticket_state state = ticket_state::unknown; ///< As of the reply.
  std::string title;                          ///< As the system keeps it; untrusted.
  bool created = false;                       ///< Whether this very call opened it.
  std::vector<problem> warnings;              ///< What did not stick.
  std::optional<timestamp> closed_at{};       ///< Where it is closed, and the system says when.
  std::optional<close_reason> closed_as{};    ///< Where it is closed, and the system says why.

  /// `applied`, or `applied_degraded` where there are warnings.
  [[nodiscard]] argus_ticket::outcome outcome() const noexcept {
    return warnings.empty() ? argus_ticket::outcome::applied
                            : argus_ticket::outcome::applied_degraded;
  }
};

/// A comment as the system reported it.
struct comment {
  std::string id;                ///< The system's own.
  std::string url;               ///< Empty where the system has no page for a comment.
  std::vector<problem> warnings; ///< Further parts of a long text that could not be added.
};

/// Which ticket an operation is about: a number, or a ticket in hand (by its page, where nothing
/// but that is known of it).
struct ticket_ref {
  std::string number; ///< The ticket's number, or the URL of its page.

  ticket_ref(ticket const& t) : number(t.number.empty() ? t.url : t.number) {}
  ticket_ref(std::string n) : number(std::move(n)) {}
  ticket_ref(std::string_view n) : number(n) {}
  ticket_ref(char const* n) : number(n) {}
};

} // namespace argus_ticket

#endif
