#ifndef ARGUS_TICKET_DETAIL_COMPOSE_HPP
#define ARGUS_TICKET_DETAIL_COMPOSE_HPP

#include <argus_ticket/detail/comment_once.hpp>
#include <argus_ticket/detail/parts.hpp>
#include <argus_ticket/document/default_document.hpp>
#include <argus_ticket/document/neutralise.hpp>
#include <argus_ticket/http/url.hpp>
#include <argus_ticket/plugin.hpp>
#include <argus_ticket/policy/renderer.hpp>

#include <algorithm>
#include <concepts>
#include <span>
#include <string>

namespace argus_ticket::detail {

/// The key of an incident under a plugin's settings.
template <class Plugin>
incident_key key_for(Plugin const& plugin, incident const& from) {
  if constexpr (requires { std::string_view{plugin.tenant()}; })
    return key_of(from, plugin.tenant());
  else
    return key_of(from);
}

/// The dialect can write the default document without making it first.
template <class Plugin>
concept renders_default = !chooses_dialect<Plugin> &&
                          requires(incident const& from, std::span<std::string const> missing) {
                            {
                              Plugin::dialect::render_default(from, missing)
                            } -> std::same_as<std::string>;
                          };

/// A title as the system takes it: one line, with nothing live in it, cut.
template <class Plugin>
std::string ready_title(std::string_view raw) {
  constexpr document::text_limits limits = Plugin::limits;
  constexpr std::size_t bytes_of_code_point = 4;
  std::string line = document::clean_line(raw, limits.title * bytes_of_code_point);
  document::detail::cut_in_place(line, limits.title, limits.unit);
  if constexpr (document::has_live_titles<typename Plugin::dialect>) {
    line = Plugin::dialect::title(line);
    document::detail::cut_in_place(line, limits.title, limits.unit);
  }
  return line;
}

/// The whole title that a renderer gives.
template <class Renderer>
std::string title_of(Renderer const& renderer, incident const& from) {
  if constexpr (requires { std::string{renderer.title(from)}; })
    return std::string{renderer.title(from)};
  else
    return document::default_title(from);
}

/// The title that a ticket gets: a renderer's, or the incident's own where that is empty.
template <class Plugin, class Renderer>
std::string title_for(Renderer const& renderer, incident const& from) {
  std::string title;
  if constexpr (requires { std::string{renderer.title(from)}; })
    title = ready_title<Plugin>(title_of(renderer, from));
  else
    title = ready_title<Plugin>(from.description); // as default_title, which reads all of it
  if (!title.empty()) return title;
  return ready_title<Plugin>(document::detail::title_without_description(from));
}

/// incident -> document -> texts in the plugin's dialect, within its limits and `body_limit`.
/// @param most_comments How many comments a body that is too long may go on in.
template <class Plugin, class Renderer>
draft compose(Plugin const& plugin, Renderer const& renderer, incident const& from,
              std::size_t most_comments, std::size_t body_limit = Plugin::limits.body) {
  constexpr document::text_limits limits = Plugin::limits;
  draft d;
  d.key = key_for(plugin, from);
  if constexpr (!ignores_incident_url<Plugin>)
    for (std::string const& page : {from.argus_url, document::details_url_of(from)})
      if (d.incident_url.empty() && http::url::parse(page)) d.incident_url = page;
  std::vector<std::string> missing;
  if constexpr (labels_tickets<Plugin>) {
    mapped_labels mapped = plugin.labels_of(from);
    d.labels = std::move(mapped.labels);
    missing = std::move(mapped.missing);
  }
  if constexpr (fills_fields<Plugin>) {
    mapped_fields mapped = plugin.fields_of(from);
    d.fields = std::move(mapped.fields);
    for (std::string& one : mapped.missing)
      if (std::find(missing.begin(), missing.end(), one) == missing.end())
        missing.push_back(std::move(one));
  }
  d.title = title_for<Plugin>(renderer, from);
  std::size_t first_limit = (std::min)(body_limit, limits.body);
  if constexpr (std::same_as<Renderer, default_renderer> && renders_default<Plugin>)
    if (from.description.size() <= first_limit) { // else it is split, and its document is needed
      d.body = Plugin::dialect::render_default(from, missing);
      // Markers take less than half of a body, and no unit is less than a byte.
      if (d.body.size() <= first_limit / 2) return d;
    }
  if constexpr (marks_bodies<Plugin>) {
    // A body of one line stands for any: how much the marker adds does not depend on it.
    std::size_t const taken =
        document::length(with_marker("x", Plugin::marker(d.key)), limits.unit) - 1;
    first_limit -= (std::min)(taken, first_limit);
  }
  document::document text = renderer(from);
  document::append_missing(text, missing);
  auto parts = parts_of(plugin, text, first_limit, longest_comment<Plugin>(),
                        (std::max)(most_comments, most_comments + 1));
  if (!parts.empty()) {
    d.body = std::move(parts.front());
    d.overflow.assign(std::make_move_iterator(parts.begin() + 1),
                      std::make_move_iterator(parts.end()));
  }
  return d;
}

} // namespace argus_ticket::detail

#endif
