#ifndef ARGUS_TICKET_PLUGIN_HPP
#define ARGUS_TICKET_PLUGIN_HPP

#include <argus_ticket/document/dialect.hpp>
#include <argus_ticket/document/limits.hpp>
#include <argus_ticket/operation.hpp>
#include <argus_ticket/plugin_lookup.hpp>
#include <argus_ticket/plugin_values.hpp>
#include <argus_ticket/rate_limits.hpp>

#include <chrono>
#include <concepts>
#include <optional>
#include <string>
#include <vector>

namespace argus_ticket {

// What a plugin has. One concept each, so that a message can name what is not there. A plugin is a
// policy type: it is made of checked settings and does no I/O; its operations are coroutines.

/// The short name that the plugin is found by: `static constexpr fixed_string name`.
template <class P>
concept has_name = requires { std::string_view{P::name}; };

/// An aggregate `settings`, and `setting_fields`, a tuple type of the fields in
/// settings_fields.hpp.
template <class P>
concept has_settings = requires {
  typename P::settings;
  typename P::setting_fields;
} && std::constructible_from<P, typename P::settings>;

/// The markup of its texts: `using dialect`, a @ref document::dialect.
template <class P>
concept has_dialect = requires { typename P::dialect; } && document::dialect<typename P::dialect>;

namespace detail {
struct any_dialect {
  template <document::dialect D>
  void operator()() const {}
};
} // namespace detail

/// Which dialect is used is known only with the settings: `visit_dialect(f)` calls
/// `f.template operator()<D>()` for the one that is. `dialect` is the one that most use.
template <class P>
concept chooses_dialect =
    has_dialect<P> && requires(P const& p, detail::any_dialect f) { p.visit_dialect(f); };

/// Settings depend on each other: `problems_of` says what is wrong with them together.
template <class P>
concept compares_settings = has_settings<P> && requires(typename P::settings const& s) {
  { P::problems_of(s) } -> std::same_as<std::vector<problem>>;
};

/// How long its texts may be: `static constexpr document::text_limits limits`.
template <class P>
concept has_limits = requires {
  { P::limits } -> std::convertible_to<document::text_limits>;
};

/// `create` opens a ticket, and gives it with `state` and `url`.
template <class P>
concept creates_tickets = requires(P const& p, draft d) {
  { p.create(d) } -> std::same_as<operation<ticket>>;
};

/// `find` gives all tickets with that key, the one opened first at the front. There should be one
/// at most; a client closes the others.
template <class P>
concept finds_tickets = requires(P const& p, ticket_query q) {
  { p.find(q) } -> std::same_as<operation<std::vector<ticket>>>;
};

/// `search_lag`: how long after a create `find` may still not see the ticket, where the system's
/// search lags.
template <class P>
concept lags_in_search = requires {
  { P::search_lag } -> std::convertible_to<std::chrono::milliseconds>;
};

/// `get` gives a ticket as it is now.
template <class P>
concept gets_tickets = requires(P const& p, ticket_ref r) {
  { p.get(r) } -> std::same_as<operation<ticket>>;
};

/// `update` writes title, body, labels and fields of a ticket anew; the key stays.
template <class P>
concept updates_tickets = requires(P const& p, ticket_ref r, draft d) {
  { p.update(r, d) } -> std::same_as<operation<ticket>>;
};

/// `comment` adds a comment; its text is in the plugin's dialect and within its limits.
template <class P>
concept comments_tickets = requires(P const& p, ticket_ref r, std::string text) {
  { p.comment(r, text) } -> std::same_as<operation<comment>>;
};

/// A comment's key travels in its text, where people do not see it.
template <class P>
concept marks_comments = requires(incident_key const& k) {
  { P::comment_marker(k) } -> std::same_as<std::string>;
};

/// A comment's key travels beside its text.
template <class P>
concept keys_comments = requires(P const& p, ticket_ref r, std::string text, incident_key k) {
  { p.comment(r, text, k) } -> std::same_as<operation<comment>>;
};

/// A comment may carry a key, in one of the two ways above, and can be found by it: so that one
/// whose reply was lost is not written twice.
template <class P>
concept finds_comments = comments_tickets<P> && (marks_comments<P> || keys_comments<P>) &&
                         requires(P const& p, ticket_ref r, incident_key k) {
                           {
                             p.find_comment(r, k)
                           } -> std::same_as<operation<std::optional<comment>>>;
                         };

/// `close` closes a ticket; one that is closed stays as it is.
template <class P>
concept closes_tickets = requires(P const& p, ticket_ref r, close_reason why) {
  { p.close(r, why) } -> std::same_as<operation<ticket>>;
};

/// `reopen` opens a ticket again; one that is open stays as it is.
template <class P>
concept reopens_tickets = requires(P const& p, ticket_ref r) {
  { p.reopen(r) } -> std::same_as<operation<ticket>>;
};

/// `check` asks who the account is and whether it may open tickets; it changes nothing.
template <class P>
concept checks_access = requires(P const& p) {
  { p.check() } -> std::same_as<operation<check_report>>;
};

/// The system has a "new ticket" page that a URL can fill in, of at most `longest_url` bytes.
template <class P>
concept prefills_tickets = requires(P const& p, draft d) {
  { p.prefilled_url(d) } -> std::same_as<std::string>;
  { P::longest_url } -> std::convertible_to<std::size_t>;
};

/// The key travels in the body, as a text that people do not see. It takes less than half of what a
/// body may have.
template <class P>
concept marks_bodies = requires(incident_key const& key) {
  { P::marker(key) } -> std::same_as<std::string>;
};

/// The plugin has no use for `draft::incident_url`, which is left empty then:
/// `static constexpr bool has_no_use_for_incident_url = true`.
template <class P>
concept ignores_incident_url = requires { requires P::has_no_use_for_incident_url; };

/// `labels_of` makes a ticket's labels of an incident, as the settings say.
template <class P>
concept labels_tickets = requires(P const& p, incident const& i) {
  { p.labels_of(i) } -> std::same_as<mapped_labels>;
};

/// `fields_of` makes a ticket's custom fields of an incident, as the settings say.
template <class P>
concept fills_fields = requires(P const& p, incident const& i) {
  { p.fields_of(i) } -> std::same_as<mapped_fields>;
};

/// Whether a ticket is one of those that the settings reach, by its page: not so where they name
/// another server or project than when it was opened. Where it is absent, each is taken to be.
template <class P>
concept knows_its_tickets = requires(P const& p, ticket const& t) {
  { p.is_reached(t) } -> std::same_as<bool>;
};

/// What the system asks of those who use one credential. Where it is absent, only what replies say
/// is heeded.
template <class P>
concept states_its_limits = requires(P const& p) {
  { p.asked_of_clients() } -> std::same_as<rate_limits>;
};

/// What a reply that is no success means, where the system says it otherwise than
/// `plugins::support::error_of` reads it.
template <class P>
concept explains_errors = requires(http::response const& reply) {
  { P::error_of(reply) } -> std::same_as<error>;
};

/**
 * A ticket system as a policy type: the least that a plugin has, and what it may have beside that.
 *
 * It is made of checked settings and does no I/O: each operation is a coroutine,
 * @ref argus_ticket::operation.
 * What a system cannot do its plugin lacks; calling it is a compile error.
 * - `name`, `other_names`: what it is found by; see @ref has_name and @ref argus_ticket::names.
 * - `settings`, `setting_fields`, `problems_of`: see @ref has_settings, @ref compares_settings.
 * - `dialect`, `visit_dialect`, `limits`: see @ref has_dialect, @ref chooses_dialect,
 *   @ref has_limits.
 * - `create`, `find`, `get`, `update`, `comment`, `find_comment`, `close`, `reopen`, `check`: the
 *   operations, as @ref argus_ticket::basic_client has them; see @ref creates_tickets and those
 * after it.
 * - `prefilled_url`, `longest_url`: see @ref prefills_tickets.
 * - `labels_of`, `fields_of`: see @ref labels_tickets, @ref fills_fields.
 * - `marker`, `comment_marker`: see @ref marks_bodies, @ref marks_comments.
 * - `search_lag`, `asked_of_clients`, `error_of`, `is_reached`: see @ref lags_in_search,
 *   @ref states_its_limits, @ref explains_errors, @ref knows_its_tickets.
 * - `has_no_use_for_incident_url`: see @ref ignores_incident_url.
 * - `tenant`: a part of the keys of its tickets; see @ref argus_ticket::key_of.
 *
 * Exception safety: operations throw nothing but `std::bad_alloc` where they are made; what is
 * thrown inside one becomes `internal_error`.
 * Thread safety: a value; const members may be called by several threads at once.
 * Object lifetimes: a plugin must outlive its operations; their arguments are copied.
 */
template <class P>
concept ticket_plugin =
    has_name<P> && has_settings<P> && has_dialect<P> && has_limits<P> && creates_tickets<P>;

namespace detail {

/// Says of a type that is no plugin what it lacks; the first message a compiler prints is ours.
template <class P>
struct diagnose_plugin {
  static_assert(has_name<P>, "argus_ticket: this plugin lacks its name: add `static constexpr "
                             "argus_ticket::fixed_string name = \"...\";`");
  static_assert(has_settings<P>,
                "argus_ticket: this plugin lacks its settings: add `struct settings`, `using "
                "setting_fields = std::tuple<...>` and a constructor that takes the settings");
  static_assert(has_dialect<P>, "argus_ticket: this plugin lacks its markup: add `using dialect = "
                                "argus_ticket::document::markdown;` or another dialect");
  static_assert(has_limits<P>, "argus_ticket: this plugin lacks its limits: add `static constexpr "
                               "argus_ticket::document::text_limits limits{...};`");
  static_assert(
      creates_tickets<P>,
      "argus_ticket: this plugin cannot create tickets: add "
      "`argus_ticket::operation<argus_ticket::ticket> create(argus_ticket::draft) const`");
  static constexpr bool ok = ticket_plugin<P>;
};

} // namespace detail
} // namespace argus_ticket

#endif
