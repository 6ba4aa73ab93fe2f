#ifndef ARGUS_TICKET_PLUGIN_VALUES_HPP
#define ARGUS_TICKET_PLUGIN_VALUES_HPP

#include <argus_ticket/incident_key.hpp>
#include <argus_ticket/settings_fields.hpp>
#include <argus_ticket/ticket.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <vector>

/// What a client gives to its plugin, and what it gets from it.
namespace argus_ticket {

/// A ticket ready to be written: texts in the plugin's dialect, within its limits.
struct draft {
  std::string title;                 ///< On one line.
  std::string body;                  ///< Leaves room for the plugin's marker.
  std::vector<std::string> overflow; ///< What did not fit into the body, for comments.
  std::vector<std::string> labels;   ///< As `labels_of` has made them.
  std::vector<custom_field> fields;  ///< As `fields_of` has made them.
  incident_key key;                  ///< Empty where the incident has no id.
  /// The incident's page: http or https, or empty. See `ignores_incident_url`.
  std::string incident_url;
};

/// A body with a marker in a paragraph of its own; @ref draft leaves room for both.
[[nodiscard]] inline std::string with_marker(std::string body, std::string_view marker) {
  if (!body.empty()) body += "\n\n";
  return body += marker;
}

/// What to look for: a key that is not empty, and since when its ticket may exist.
struct ticket_query {
  incident_key key;               ///< Of the incident; not empty.
  std::optional<timestamp> since; ///< Nothing: since ever.
  /// A ticket of that key that was opened a moment ago: what is looked for is another one. What its
  /// `warnings` say may save a plugin a question.
  std::optional<ticket> opened;
};

/// What an incident's labels are, and which of the mapped attributes and tags it lacks.
struct mapped_labels {
  std::vector<std::string> labels;  ///< Each once.
  std::vector<std::string> missing; ///< For people: `level`, or a tag's key.
};

/// What an incident's custom fields are, and which of the mapped attributes and tags it lacks.
struct mapped_fields {
  std::vector<custom_field> fields; ///< Each once.
  std::vector<std::string> missing; ///< For people: `level`, or a tag's key.
};

/// What `check` found out.
struct check_report {
  std::string account;           ///< Who the credentials are; empty where the system does not say.
  std::string target;            ///< The repository, project or queue, as the system spells it.
  std::vector<problem> warnings; ///< What will work only in part, such as labels.
};

} // namespace argus_ticket

#endif
