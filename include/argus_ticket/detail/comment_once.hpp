#ifndef ARGUS_TICKET_DETAIL_COMMENT_ONCE_HPP
#define ARGUS_TICKET_DETAIL_COMMENT_ONCE_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/document/limits.hpp>
#include <argus_ticket/plugin.hpp>

#include <algorithm>
#include <cstddef>
#include <optional>
#include <string>
#include <utility>

namespace argus_ticket::detail {

/// A key that nothing else has.
[[nodiscard]] ARGUS_TICKET_DECL incident_key random_key();

/// What a comment's text may hold, less what its marker takes.
template <class Plugin>
std::size_t longest_comment() {
  constexpr document::text_limits limits = Plugin::limits;
  if constexpr (marks_comments<Plugin> && !keys_comments<Plugin>) {
    // All markers are as long as this one, and what they add does not depend on the text.
    std::string const marker = Plugin::comment_marker(derived_key({}, ""));
    std::size_t const taken = document::length(with_marker("x", marker), limits.unit) - 1;
    return limits.body - (std::min)(taken, limits.body);
  } else {
    return limits.body;
  }
}

template <class Plugin>
operation<comment> write_comment(Plugin const& plugin, ticket_ref which, std::string text,
                                 incident_key const& key) {
  if constexpr (keys_comments<Plugin>)
    return plugin.comment(std::move(which), std::move(text), key);
  else
    return plugin.comment(std::move(which),
                          with_marker(std::move(text), Plugin::comment_marker(key)));
}

/// Adds a comment under a key of its own. Where the plugin finds comments, one whose reply was lost
/// is looked for, and never written twice.
/// @param key May be empty: then it is written, and no more.
/// @param was_tried Whether it may be there from an earlier try.
template <class Plugin>
operation<comment> comment_once(Plugin const& plugin, ticket_ref which, std::string text,
                                incident_key key, bool was_tried = false) {
  if constexpr (finds_comments<Plugin>) {
    if (key.empty()) co_return co_await plugin.comment(which, std::move(text));
    if (was_tried) {
      std::optional<comment> there = co_await plugin.find_comment(which, key);
      if (there) co_return std::move(*there);
    }
    result<comment> added = co_await as_result(write_comment(plugin, which, std::move(text), key));
    if (added || added.error().outcome != outcome::ambiguous) co_return added;
    result<std::optional<comment>> there = co_await as_result(plugin.find_comment(which, key));
    if (there && *there) co_return std::move(**there);
    co_return added;
  } else {
    co_return co_await plugin.comment(which, std::move(text));
  }
}

} // namespace argus_ticket::detail

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/comment_once.ipp>
#endif

#endif
