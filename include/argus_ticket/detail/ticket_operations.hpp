#ifndef ARGUS_TICKET_DETAIL_TICKET_OPERATIONS_HPP
#define ARGUS_TICKET_DETAIL_TICKET_OPERATIONS_HPP

#include <argus_ticket/detail/comment_once.hpp>
#include <argus_ticket/detail/compose.hpp>
#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/detail/heal.hpp>
#include <argus_ticket/detail/instant.hpp>
#include <argus_ticket/plugin.hpp>
#include <argus_ticket/policy/policies.hpp>

#include <algorithm>
#include <exception>
#include <type_traits>

namespace argus_ticket::detail {

// What a client does beyond what one plugin operation does. These are operations themselves: they
// do no I/O, and whoever can run a plugin can run them. Plugin and policies must outlive them.

/// A ticket is never older than its incident; a day of slack makes up for clocks that are wrong.
[[nodiscard]] ARGUS_TICKET_DECL std::optional<timestamp> since_when(incident const& from,
                                                                    instant now);

/// The ticket that an incident says it has already. Whatever stands there, no other one is opened;
/// but a `ticket::url` is one that people may follow.
[[nodiscard]] ARGUS_TICKET_DECL result<ticket> known_ticket(std::string_view system,
                                                            incident const& from);

[[nodiscard]] ARGUS_TICKET_DECL error without_id();

/// An operation that is made when it is run, so that what is thrown by making it becomes its error.
/// What `make` refers to must outlive the operation.
template <class F>
std::invoke_result_t<F&> deferred(F make) {
  co_return co_await make();
}

template <class Plugin>
constexpr std::size_t comments_allowed(std::size_t wanted) {
  return comments_tickets<Plugin> ? wanted : 0;
}

/// The key of the n-th comment that goes on with a ticket's text.
inline incident_key overflow_key(incident_key const& key, std::size_t n) {
  return key.empty() ? incident_key{} : derived_key(key, "overflow " + std::to_string(n));
}

/// Adds what did not fit into the body of a ticket that was just opened.
template <class Plugin>
operation<ticket> add_overflow(Plugin const& plugin, ticket opened,
                               std::vector<std::string> overflow, incident_key key) {
  if constexpr (comments_tickets<Plugin>) {
    // The ticket exists: a comment that fails must not make it a failure.
    for (std::size_t i = 0; i < overflow.size(); ++i) {
      ticket_ref const which(opened);
      incident_key const about = overflow_key(key, i); // no aggregate temporary: see heal.hpp
      result<comment> const added =
          co_await as_result(comment_once(plugin, which, overflow[i], about));
      if (!added)
        opened.warnings.push_back(
            {"comment " + std::to_string(i + 1) + " of " + std::to_string(overflow.size()),
             "could not be added: " + to_string(added.error())});
    }
  }
  co_return opened;
}

/// An operation that has ended.
template <class T>
operation<T> ended_in(result<T> what) {
  co_return what;
}
/// One that ends as if its body had thrown.
template <class T>
operation<T> thrown_by(std::exception_ptr e) {
  std::rethrow_exception(std::move(e));
  co_return error{}; // makes it a coroutine
}

/// A ticket whose text goes on in comments.
template <class Plugin>
operation<ticket> create_drafted(Plugin const& plugin, draft d) {
  std::vector<std::string> overflow = std::move(d.overflow);
  incident_key const key = d.key;
  ticket opened = co_await plugin.create(std::move(d));
  co_return co_await add_overflow(plugin, std::move(opened), std::move(overflow), key);
}

/// The text is made at once, so that the incident need not be kept.
template <class Plugin, class Policies>
operation<ticket> create_ticket(Plugin const& plugin, Policies const& policies,
                                incident const& from) {
  if (!from.ticket_url.empty()) return ended_in(known_ticket(Plugin::name, from));
  auto const drafted = [&] {
    draft d = compose(plugin, policies.renderer, from,
                      comments_allowed<Plugin>(policies.most_overflow_comments));
    if (d.overflow.empty()) return plugin.create(std::move(d)); // as most are: nothing is to follow
    return create_drafted(plugin, std::move(d));
  };
#ifdef BOOST_NO_EXCEPTIONS
  return drafted();
#else
  try {
    return drafted();
  } catch (...) { // of a renderer of the user's
    return thrown_by<ticket>(std::current_exception());
  }
#endif
}

template <class Plugin>
operation<std::vector<ticket>> find_tickets(Plugin const& plugin, incident from, instant now,
                                            std::optional<ticket> opened = std::nullopt) {
  ticket_query query;
  query.key = key_for(plugin, from);
  if (query.key.empty()) co_return without_id();
  query.since = since_when(from, now);
  query.opened = std::move(opened);
  co_return co_await plugin.find(std::move(query));
}

template <class Plugin>
operation<std::optional<ticket>> find_ticket(Plugin const& plugin, incident from, instant now) {
  std::vector<ticket> found = co_await find_tickets(plugin, from, now);
  if (found.empty()) co_return std::optional<ticket>{};
  co_return std::optional<ticket>(std::move(found[kept_of(found)]));
}

template <class Plugin, class Policies>
operation<ticket> update_ticket(Plugin const& plugin, Policies const& policies, ticket_ref which,
                                incident from) {
  draft d = compose(plugin, policies.renderer, from, 0); // comments would come again each time
  co_return co_await plugin.update(std::move(which), std::move(d));
}

/// A plain text as a document: shown as it is written.
[[nodiscard]] ARGUS_TICKET_DECL document::document text_document(std::string text);

/// A comment's text in the plugin's dialect, in as many parts as it needs.
template <class Plugin, class Policies>
std::vector<std::string> comment_parts(Plugin const& plugin, document::document const& text,
                                       Policies const& policies) {
  std::size_t const most = policies.most_overflow_comments;
  std::size_t const longest = longest_comment<Plugin>();
  return parts_of(plugin, text, longest, longest, (std::max)(most, most + 1));
}

template <class Plugin, class Policies>
operation<comment> comment_ticket(Plugin const& plugin, Policies const& policies, ticket_ref which,
                                  document::document text, incident_key key) {
  std::vector<std::string> parts = comment_parts(plugin, text, policies);
  if (parts.empty() || parts.front().empty())
    co_return error{errc::refused, outcome::rejected, "the comment is empty", "comment"};
  auto const add = [&](std::size_t part) {
    return comment_once(plugin, which, std::move(parts[part]),
                        derived_key(key, "part " + std::to_string(part)));
  };
  comment first = co_await add(0);
  for (std::size_t i = 1; i < parts.size(); ++i) {
    result<comment> const added = co_await as_result(add(i));
    if (!added)
      first.warnings.push_back(
          {"part " + std::to_string(i + 1) + " of " + std::to_string(parts.size()),
           "could not be added: " + to_string(added.error())});
  }
  co_return first;
}

/// The request that an operation begins with.
template <class T>
result<http::request> first_request(operation<T> what) {
  what.start();
  if (http::request const* request = what.request()) return *request;
  if (what.done())
    if (auto ended = what.take(); !ended) return std::move(ended).error();
  return error{errc::unsupported, outcome::rejected, "nothing would be sent for this incident"};
}

/// The filled-in page of a draft whose body is as long as the URL permits.
template <class Plugin, class Policies>
operation<std::string> prefill(Plugin const& plugin, Policies const& policies, incident from) {
  for (std::size_t body = Plugin::limits.body; body > 0; body /= 2) {
    std::string url = plugin.prefilled_url(compose(plugin, policies.renderer, from, 0, body));
    if (url.size() <= Plugin::longest_url) co_return url;
  }
  co_return error{errc::invalid_incident, outcome::rejected,
                  "the title and labels alone are too long for a URL", "incident.description"};
}

/// Runs an operation that sends nothing.
template <class T>
result<T> run_at_once(operation<T> what) {
  what.start();
  return what.take();
}

} // namespace argus_ticket::detail

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/ticket_operations.ipp>
#endif

#endif
