#ifndef ARGUS_TICKET_CLIENT_CLASS_HPP
#define ARGUS_TICKET_CLIENT_CLASS_HPP

// The first half of basic_client.hpp, which is all that the users of compiled clients need.

#include <argus_ticket/adopt_settings.hpp>
#include <argus_ticket/detail/default_token.hpp>
#include <argus_ticket/detail/diagnose_bodies.hpp>
#include <argus_ticket/detail/in_flight.hpp>
#include <argus_ticket/detail/recent_tickets.hpp>
#include <argus_ticket/http/deadline.hpp>
#include <argus_ticket/incident.hpp>
#include <argus_ticket/plugin_values.hpp>
#include <argus_ticket/policy/policies.hpp>
#include <argus_ticket/result.hpp>
#include <argus_ticket/ticket.hpp>

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

namespace argus_ticket {
namespace detail {

template <class T, class Plugin, class Transport, class Policies>
struct async_call;

/// Stands for a `std::stop_token` that nobody asks to stop.
struct never_stops {};

} // namespace detail

/**
 * Opens and tends tickets in one ticket system.
 *
 * Each operation blocks until it has ended or `policies::timeout` is up, and returns a `result`. An
 * operation that the plugin lacks is a compile error that says so.
 *
 * Over an @ref http::async_transport, each operation has an asynchronous form instead, which begins
 * with `async_`: an asynchronous operation of Boost.Asio with the signature `void(result<T>)`,
 * which takes any completion token and by default the transport's own. It runs on the handler's
 * associated executor, or else on the transport's; what Boost.Asio allocates for it is allocated by
 * the handler's associated allocator, its own state and the coroutines of the plugin are not. The
 * client must outlive it, and stay where it is. It does what the blocking form does, and has its
 * errors and one more: `cancelled`.
 *
 * Cancellation: `terminal` and `partial`. Then nothing new is sent and nothing is waited for, and
 * what is being sent is broken off. The operation ends soon, with what it has come to: with a
 * ticket where there is one; else with an error, `errc::cancelled` or one from before, of which
 * `error::outcome` tells whether a ticket may exist.
 *
 * @tparam Plugin    A @ref ticket_plugin.
 * @tparam Transport An `http::transport`, or an `http::async_transport`.
 * @tparam Policies  An instance of @ref policies.
 *
 * Errors: those of the plugin, in its own docstring; the transport's (`connection_failed`,
 * `tls_failed`, `timed_out`, `redirect_refused`, `bad_reply`, `invalid_settings`); `rate_limited`
 * where the pacing leaves no room before the deadline; `invalid_incident` where there is no id and
 * one is needed; `refused` of an empty comment; `cancelled` of asynchronous operations;
 * `internal_error`. Whether a ticket may exist after an error stands in `error::outcome`.
 * Exception safety: operations throw nothing (but `std::bad_alloc` where not even an error can be
 * made); the constructor throws @ref ticket_error.
 * Thread safety: distinct operations may run at the same time where the transport permits it, as
 * `https_transport` and `async_https_transport` do; asynchronous ones may be started from any
 * thread.
 * Object lifetimes: settings, incidents and texts are copied. A client may be copied and moved
 * where its transport and policies may, but not while an operation runs; copies share what keeps
 * two calls for one incident apart.
 */
template <class Plugin, class Transport = https_transport, class Policies = policies<>>
class basic_client {
  static_assert(detail::diagnose_bodies<Plugin, Transport, Policies>::ok);
  static_assert(detail::diagnose_client<Plugin, Transport, Policies>::ok);

 public:
  using plugin_type = Plugin;                      ///< The ticket system.
  using transport_type = Transport;                ///< What carries requests.
  using settings_type = typename Plugin::settings; ///< What @ref check_settings checks.
  /// The transport's `default_completion_token_type`, where it has one.
  using default_token = detail::default_token_t<Transport>;

  /**
   * Checks the settings; nothing is sent.
   * @param settings  `settings_type`, or any type with the same members.
   * @throws ticket_error `errc::invalid_settings` with every problem by its setting and key.
   */
  template <class Settings>
  explicit basic_client(Settings const& settings)
      : basic_client(unchecked{}, detail::own_settings<Plugin>(settings)) {}
  /// The same with a transport and policies that are not the default ones.
  /// @param settings  As above.
  /// @param transport Is moved into the client; a handle is shared with the caller's copies.
  /// @param policies  Are moved into the client.
  /// @throws ticket_error As above.
  template <class Settings>
  explicit basic_client(Settings const& settings, Transport transport,
                        Policies policies = Policies{})
      : basic_client(unchecked{}, detail::own_settings<Plugin>(settings), std::move(transport),
                     std::move(policies)) {}

  basic_client(basic_client const&) = default;
  basic_client(basic_client&&) = default;
  basic_client& operator=(basic_client const&) = default;
  basic_client& operator=(basic_client&&) = default;
  ~basic_client();

  /// As the first constructor, without an exception: `errc::invalid_settings` with every problem of
  /// the settings.
  /// @return The client.
  template <class Settings>
  [[nodiscard]] static result<basic_client> make(Settings const& settings) {
    return made(detail::own_settings<Plugin>(settings));
  }
  /// The same of `settings`, a `transport` and `policies`, as the second constructor.
  /// @return The client.
  template <class Settings>
  [[nodiscard]] static result<basic_client> make(Settings const& settings, Transport transport,
                                                 Policies policies = Policies{}) {
    return made(detail::own_settings<Plugin>(settings), std::move(transport), std::move(policies));
  }

  /// Opens a ticket, whether or not there is one, and never looks for it. An incident with a
  /// `ticket_url` has its ticket already: that URL is returned and nothing is sent.
  [[nodiscard]] result<ticket> create(incident const& from);
  /// As @ref create, without blocking; the handler gets `result<ticket>`.
  template <class Token = default_token>
  auto async_create(incident const& from, Token&& token = Token{});

  /// Looks up the ticket of an incident; nothing where there is none. `errc::invalid_incident`
  /// where the incident has no id.
  template <class P = Plugin>
  [[nodiscard]] result<std::optional<ticket>> find(incident const& from);
  /// As @ref find, without blocking; the handler gets `result<std::optional<ticket>>`.
  template <class Token = default_token>
  auto async_find(incident from, Token&& token = Token{});

  /**
   * The ticket of an incident, which is opened where there is none: the operation for alerts.
   *
   * Where the look-up fails nothing is created. Where the create may or may not have been done, the
   * ticket is looked for as `policies::reconcile` says; it is created again only when it is known
   * not to be there, and the error is `ambiguous` where that cannot be told. The ticket may be
   * closed: see `ticket::state`. `ticket::created` tells whether it is new.
   *
   * One call at a time runs for each incident in a client and its copies; others wait. Two clients
   * that were made apart, or two processes, may open two tickets where they work on the same
   * incident at the same moment: then each finds the other's after it has opened its own, the one
   * that was opened first stays, and the other gets a comment and is closed. Duplicates from before
   * are mended in the same way where the look-up finds them.
   * `errc::invalid_incident` where the incident has no id.
   */
  template <class P = Plugin>
  [[nodiscard]] result<ticket> find_or_create(incident const& from);
  /// As @ref find_or_create, without blocking; the handler gets `result<ticket>`.
  template <class Token = default_token>
  auto async_find_or_create(incident const& from, Token&& token = Token{});

  /// A ticket as it is now. `errc::ticket_not_found` where there is none of that number.
  template <class P = Plugin>
  [[nodiscard]] result<ticket> get(ticket_ref which);
  /// As @ref get, without blocking; the handler gets `result<ticket>`.
  template <class Token = default_token>
  auto async_get(ticket_ref which, Token&& token = Token{});

  /// Writes the incident's text and labels anew. `errc::not_ours` where the ticket was not opened
  /// by this library, or belongs to another incident. A text that is too long is cut; comments with
  /// the rest of an earlier text stay.
  template <class P = Plugin>
  [[nodiscard]] result<ticket> update(ticket_ref which, incident const& from);
  /// As @ref update, without blocking; the handler gets `result<ticket>`.
  template <class Token = default_token>
  auto async_update(ticket_ref which, incident from, Token&& token = Token{});

  /// Adds a comment to a ticket. Its text is as untrusted as an incident's: it is shown as it is
  /// written. One that is too long goes on in further comments.
  template <class P = Plugin>
  [[nodiscard]] result<argus_ticket::comment> comment(ticket_ref which, std::string text);

  /// Adds a comment to a ticket, with headings, lists, links and so on: its text is a document.
  template <class P = Plugin>
  [[nodiscard]] result<argus_ticket::comment> comment(ticket_ref which, document::document text);
  /// As @ref comment of a text, without blocking; the handler gets `result<comment>`.
  template <class Token = default_token>
  auto async_comment(ticket_ref which, std::string text, Token&& token = Token{});
  /// As @ref comment of a document, without blocking; the handler gets `result<comment>`.
  template <class Token = default_token>
  auto async_comment(ticket_ref which, document::document text, Token&& token = Token{});

  /// Closes a ticket; one that is closed stays as it is. `errc::not_ours` as in @ref update.
  template <class P = Plugin>
  [[nodiscard]] result<ticket> close(ticket_ref which, close_reason why = close_reason::completed);
  /// As @ref close, without blocking; the handler gets `result<ticket>`.
  template <class Token = default_token>
  auto async_close(ticket_ref which, close_reason why = close_reason::completed,
                   Token&& token = Token{});

  /// As @ref close of what is completed, without blocking; the handler gets `result<ticket>`.
  template <class Token>
    requires(!std::is_same_v<std::remove_cvref_t<Token>, close_reason>)
  auto async_close(ticket_ref which, Token&& token);

  /// Reopens a ticket; one that is open stays as it is. `errc::not_ours` as in @ref update.
  template <class P = Plugin>
  [[nodiscard]] result<ticket> reopen(ticket_ref which);
  /// As @ref reopen, without blocking; the handler gets `result<ticket>`.
  template <class Token = default_token>
  auto async_reopen(ticket_ref which, Token&& token = Token{});

  /// Asks the server whether the credentials work, and whether the project, repository or queue
  /// exists and takes tickets. Changes nothing. `errc::target_not_found` where it does not exist.
  template <class P = Plugin>
  [[nodiscard]] result<check_report> check();
  /// As @ref check, without blocking; the handler gets `result<check_report>`.
  template <class Token = default_token>
  auto async_check(Token&& token = Token{});

  /// The request that @ref create would send first, without sending it. Printed with `<<` it shows
  /// no secret. `errc::invalid_incident` where the incident has a ticket already,
  /// `errc::unsupported` where the plugin would send nothing at first.
  [[nodiscard]] result<http::request> preview(incident const& from) const;

  /// The system's own "new ticket" page, filled in with the incident as far as a URL can hold it.
  /// `errc::invalid_incident` where not even title and labels fit.
  template <class P = Plugin>
  [[nodiscard]] result<std::string> prefilled_url(incident const& from) const;

  /**
   * Runs an operation of one's own over the client's transport, under its policies.
   * @param name What the observer is told; must outlive the call.
   * @param make Makes the operation, of `Plugin const&` and `Policies&`; both outlive it.
   * @return What the operation ends with.
   */
  template <class Make>
  [[nodiscard]] auto run(std::string_view name, Make make)
      -> decltype(make(std::declval<Plugin const&>(), std::declval<Policies&>()).take()) {
    static_assert(detail::needs_bodies<Make>::ok);
    return block_on(name, making(std::move(make)));
  }
  /// As @ref run, without blocking; `make` is kept until the operation ends. The handler gets what
  /// the operation ends with.
  template <class Make, class Token = default_token>
  auto async_run(std::string_view name, Make make, Token&& token = Token{}) {
    static_assert(detail::needs_bodies<Make>::ok);
    return start(name, making(std::move(make)), std::forward<Token>(token));
  }

  /// As @ref run, for what may open the incident's ticket: one at a time runs for each incident.
  /// @param from Whose turn it is.
  /// @param name As of @ref run.
  /// @param make As of @ref run.
  /// @param stop A `std::stop_token`. Once that is asked for, nothing is waited for any more: not
  ///             for another try, for the limits of the credential, or for a search. What is being
  ///             sent goes on.
  /// @return What the operation ends with.
  template <class Make, class Stop = detail::never_stops>
  [[nodiscard]] auto run_in_turn(incident const& from, std::string_view name, Make make,
                                 Stop const& stop = {})
      -> decltype(make(std::declval<Plugin const&>(), std::declval<Policies&>()).take()) {
    static_assert(detail::needs_bodies<Make>::ok);
    return block_in_turn(from, name, making(std::move(make)), stop);
  }
  /// As @ref run_in_turn, without blocking; stopped by cancellation. The handler gets what the
  /// operation ends with.
  template <class Make, class Token = default_token>
  auto async_run_in_turn(incident const& from, std::string_view name, Make make,
                         Token&& token = Token{}) {
    static_assert(detail::needs_bodies<Make>::ok);
    return start_in_turn(from, name, making(std::move(make)), std::forward<Token>(token));
  }

  /// The client's own policies, such as an observer; not to be changed while operations run.
  [[nodiscard]] Policies& policies() noexcept { return policies_; }
  /// The client's own plugin, with its settings.
  [[nodiscard]] Plugin const& plugin() const noexcept { return plugin_; }
  /// The client's own transport.
  [[nodiscard]] Transport& transport() noexcept { return transport_; }

 private:
  // They come first: a `{}` after the settings stands for a transport.
  struct unchecked {};
  struct is_checked {};

  basic_client(unchecked, settings_type const& own);
  basic_client(unchecked, settings_type const& own, Transport transport, Policies policies);
  basic_client(is_checked, settings_type const& own, Transport transport, Policies policies);
  static result<basic_client> made(settings_type const& own);
  static result<basic_client> made(settings_type const& own, Transport transport,
                                   Policies policies);
  /// @throws ticket_error Where they are not right.
  static is_checked checked(settings_type const& own);

  // What each operation does, for both forms.
  operation<std::optional<ticket>> looking_up(incident from);
  operation<ticket> finding_or_creating(incident from);
  operation<ticket> getting(ticket_ref which);
  operation<argus_ticket::comment> commenting(ticket_ref which, document::document text);
  operation<ticket> closing(ticket_ref which, close_reason why);
  operation<ticket> reopening(ticket_ref which);
  operation<check_report> checking();
  template <class Make>
  auto making(Make make);

  template <class T>
  result<T> block_on(std::string_view name, operation<T> what);
  template <class T, class Stop = detail::never_stops>
  result<T> block_until(http::deadline until, std::string_view name, operation<T> what,
                        Stop const& stop = {});
  template <class T, class Stop = detail::never_stops>
  result<T> block_in_turn(incident const& from, std::string_view name, operation<T> what,
                          Stop const& stop = {});

  template <class T>
  using async_call = detail::async_call<T, Plugin, Transport, Policies>;
  template <class T, class Token>
  auto start(std::string_view name, operation<T> what, Token&& token);
  template <class T, class Token>
  auto start(async_call<T> call, Token&& token);
  template <class T, class Token>
  auto start_in_turn(incident const& from, std::string_view name, operation<T> what, Token&& token);

  Plugin plugin_;
  Transport transport_;
  Policies policies_;
  detail::in_flight in_flight_;
  detail::recent_tickets recent_;
};

} // namespace argus_ticket

#endif
