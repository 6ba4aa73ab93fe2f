#ifndef ARGUS_TICKET_ERROR_HPP
#define ARGUS_TICKET_ERROR_HPP

#include <argus_ticket/detail/config.hpp>

#include <chrono>
#include <iosfwd>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace argus_ticket {

/// What a write ended in: whether a ticket (or a change to one) may exist now.
enum class outcome {
  not_applied,     ///< Nothing was done; the same request may be sent again.
  rejected,        ///< Nothing was done, and sending it again will not help.
  ambiguous,       ///< The server may have done it; look before sending it again.
  applied,         ///< Done.
  applied_degraded ///< Done, but a label, a field or a comment did not stick.
};

/// Why an operation failed. Each value belongs to one @ref argus_ticket::error_category
/// "error_category".
enum class errc {
  // settings
  invalid_settings, ///< One or more settings are missing, empty, unknown or malformed.
  unknown_plugin,   ///< No plugin has the name that was given at run time.
  target_not_found, ///< The project, repository or queue does not exist or cannot be seen.
  // client
  connection_failed, ///< Name lookup, connect, proxy or a broken connection.
  tls_failed,        ///< Certificate, host name or protocol version refused.
  timed_out,         ///< The deadline or a time-out of a step ran out.
  cancelled,         ///< The caller cancelled an asynchronous operation.
  bad_credentials,   ///< The server refused the credentials.
  rate_limited,      ///< The server asks to come back later; see `error::retry_after`.
  server_failed,     ///< The server answered with a 5xx status.
  redirect_refused,  ///< A redirect that would leak credentials or repeat a write.
  // creation
  not_permitted,    ///< The credentials work, but may not do this.
  refused,          ///< The system refuses the ticket or the change: the request is wrong for it.
  ticket_not_found, ///< The ticket does not exist, or was deleted.
  not_ours,         ///< The ticket was not opened by this library, so it is left alone.
  // plugin
  invalid_incident, ///< The incident is no incident, or lacks what the operation needs.
  bad_reply,        ///< The reply is not what the system documents.
  unsupported,      ///< The ticket system has no such operation.
  // plugin, of an outbox
  store_failed, ///< The outbox's store cannot be read or written: locked, damaged, full, read-only.
  outbox_full,  ///< The outbox holds as much as it may.
  lease_lost,   ///< An entry took too long to deliver, and somebody else has it by now.
  expired,      ///< An entry waited longer in the outbox than it may.
  internal_error ///< Anything else: out of memory, or an exception from a user's callable.
};

/// The families of errors, after Argus's own exceptions.
enum class error_category {
  settings, ///< TicketSettingsException and TicketPluginImportException
  client,   ///< TicketClientException: the system cannot be reached or lets nobody in
  creation, ///< TicketCreationException: the system refuses
  plugin    ///< TicketPluginException: anything else
};

/// How far a request got on its way; decides between `not_applied` and `ambiguous`.
enum class progress {
  nothing_sent, ///< Not a byte of the request left.
  partly_sent,  ///< Some bytes left.
  all_sent,     ///< The whole request left; no byte of a reply came.
  reply_begun   ///< A part of the reply came.
};

/// The family that an error's code belongs to.
[[nodiscard]] ARGUS_TICKET_DECL error_category category_of(errc) noexcept;
/// The enumerator's name: `not_applied`.
[[nodiscard]] ARGUS_TICKET_DECL std::string_view to_string(outcome) noexcept;
/// The enumerator's name: `timed_out`.
[[nodiscard]] ARGUS_TICKET_DECL std::string_view to_string(errc) noexcept;
/// The enumerator's name: `creation`.
[[nodiscard]] ARGUS_TICKET_DECL std::string_view to_string(error_category) noexcept;
/// The enumerator's name: `partly_sent`.
[[nodiscard]] ARGUS_TICKET_DECL std::string_view to_string(progress) noexcept;

/// One of several things that are wrong, by the name the user knows it under.
struct problem {
  std::string where; ///< e.g. `TICKET_INFORMATION.project_namespace_and_name`
  std::string what;  ///< e.g. `is missing`

  bool operator==(problem const&) const = default;
};

/**
 * What went wrong, where, and whether a ticket may exist.
 *
 * No member ever holds a secret. Texts are UTF-8 without control characters.
 *
 * Guarantees: those of a @ref value.
 */
struct error {
  errc code = errc::internal_error; ///< What went wrong, for programs.
  /// Whether a ticket, or a change to one, may exist now.
  argus_ticket::outcome outcome = argus_ticket::outcome::not_applied;
  std::string message; ///< Our own words.
  std::string where;   ///< The setting, field, file or URL concerned; empty where there is none.
  int http_status = 0; ///< The reply's status; 0 where no reply came.
  std::string server_message; ///< The server's words: untrusted, cut to 500 characters.
  std::optional<std::chrono::seconds> retry_after; ///< When to come back, counted from the reply.
  std::optional<argus_ticket::progress> progress;  ///< Set by the transport.
  std::vector<problem> problems; ///< Every problem found, where several were looked for.

  error() = default;
  error(errc code_, argus_ticket::outcome outcome_, std::string message_, std::string where_ = {})
      : code(code_), outcome(outcome_), message(std::move(message_)), where(std::move(where_)) {}

  /// The family that `code` belongs to.
  [[nodiscard]] error_category category() const noexcept { return category_of(code); }
};

/// One line: category, where, what, the server's words, whether a ticket may exist, when to come
/// back; then a line for each problem.
[[nodiscard]] ARGUS_TICKET_DECL std::string to_string(error const&);
/// Writes what @ref to_string gives.
ARGUS_TICKET_DECL std::ostream& operator<<(std::ostream&, error const&);

} // namespace argus_ticket

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/error.ipp>
#endif

#endif
