#ifndef ARGUS_TICKET_INCIDENT_HPP
#define ARGUS_TICKET_INCIDENT_HPP

#include <argus_ticket/timestamp.hpp>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace argus_ticket {

/// Who reported an incident: one monitored system, of one type.
struct incident_source {
  std::optional<std::int64_t> pk;   ///< Argus's primary key of the source.
  std::string name;                 ///< e.g. `Uninett GW 3`
  std::string type;                 ///< e.g. `nav`; `source.type.name` in JSON
  std::optional<std::int64_t> user; ///< Argus's primary key of the source's user.
  std::string base_url;             ///< What a relative `details_url` is relative to.

  bool operator==(incident_source const&) const = default;
};

/// A label of an incident. Keys may repeat; a value may contain `=`.
///
/// Guarantees: those of a @ref value.
struct incident_tag {
  std::string key;                      ///< What it says something about, e.g. `host`.
  std::string value;                    ///< What it says.
  std::optional<std::int64_t> added_by; ///< Argus's primary key of the user who added it.
  std::optional<timestamp> added_time;  ///< When that was.

  /// Splits `key=value` at the first `=`; a text without one is a key without a value.
  [[nodiscard]] static incident_tag from(std::string_view text) {
    std::size_t const split = text.find('=');
    incident_tag tag;
    tag.key = text.substr(0, split);
    if (split != std::string_view::npos) tag.value = text.substr(split + 1);
    return tag;
  }
  /// The tag as people write it: `key=value`.
  [[nodiscard]] std::string text() const { return key + '=' + value; }

  bool operator==(incident_tag const&) const = default;
};

/**
 * What happened, as Argus's API describes an incident. All texts are UTF-8 from strangers: they may
 * hold anything, and are repaired and neutralised when a ticket is made of them.
 *
 * A service without Argus fills in what it has: `source_incident_id`, `source.name`, `start_time`
 * and `description` make a complete ticket.
 */
struct incident {
  std::optional<std::int64_t> pk;      ///< Argus's primary key of the incident.
  std::optional<timestamp> start_time; ///< When it began; bounds look-ups.
  std::optional<timestamp> end_time;   ///< Nothing: stateless. `infinity`: still open.
  incident_source source;              ///< Who reported it.
  std::string source_incident_id;      ///< What the source calls it.
  std::string details_url;             ///< May be relative to `source.base_url`.
  std::string description;             ///< Becomes the ticket's title.
  int level = 5;                  ///< Levels: 1 critical, 2 high, 3 moderate, 4 low, 5 information
  std::string ticket_url;         ///< Where it is set, the incident has a ticket already.
  std::string metadata = "{}";    ///< A JSON object, as text.
  std::vector<incident_tag> tags; ///< Labels may be made of them: see `labels_mapping`.
  bool stateful = true;           ///< Whether it has an end.
  bool open = true;               ///< Whether it goes on.
  bool acked = false;             ///< Whether somebody has acknowledged it in Argus.
  std::string argus_url;          ///< The incident's page in Argus.
  std::string user;               ///< Who asked for the ticket.

  bool operator==(incident const&) const = default;
};

} // namespace argus_ticket

#endif
