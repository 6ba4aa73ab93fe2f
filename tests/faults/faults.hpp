#pragma once
// What a fault is: where it strikes, and what a request that it strikes must end in. The tables of
// all faults stand in connection_faults.hpp and reply_faults.hpp.

#include <argus_ticket/error.hpp>

#include <functional>
#include <local_tracker/faults.hpp>
#include <local_tracker/values.hpp>
#include <string>
#include <variant>
#include <vector>

namespace faults {

namespace at = argus_ticket;
namespace lt = local_tracker;

/// What a request ends in, after the project's table of outcomes.
enum class ends {
  answered,      ///< The fault is none: the request is done.
  not_applied,   ///< Nothing was done; it may be sent again.
  rejected,      ///< Nothing was done, and sending it again will not help.
  ambiguous,     ///< The server may have done it.
  as_far_as_sent ///< `not_applied` where not a byte of the request had left, else `ambiguous`.
};

/// A request that goes somewhere else than to the server. The ports belong to the test.
enum class detour {
  closed_port, ///< where nobody listens
  full_queue,  ///< where nobody answers: the queue of new connections is full
  no_such_name,
  untrusted ///< to the server, but not trusting its certificate
};

/// Answers in the server's place: nothing of the request is done.
struct instead {
  std::function<lt::response(lt::request const&)> reply;
};

/// Changes the answer to a request that was done.
struct afterwards {
  std::function<void(lt::request const&, lt::response&)> change;
};

struct fault {
  std::string name{};
  ends safe = ends::not_applied;  ///< what a request that only reads ends in
  ends write = ends::not_applied; ///< what one that changes something ends in
  at::errc code = at::errc::internal_error;
  std::variant<detour, lt::connection_fault, instead, afterwards> how{};
  /// Where it is another one: the error's code if the request was about one ticket.
  std::optional<at::errc> code_of_ticket{};
  /// It ends when the time for the whole operation is up.
  bool takes_all_time = false;
  /// It breaks a connection before a byte of the reply: the end of one that was kept for long looks
  /// the same.
  bool breaks_kept = false;
  /// A reply that only the plugin sees to be none. Retries do not see it.
  bool is_unreadable = false;

  at::errc code_for(bool about_ticket) const {
    return about_ticket && code_of_ticket ? *code_of_ticket : code;
  }
  bool is_on_connection() const { return how.index() < 2; }
  /// Whether the request is done although it fails.
  bool is_applied() const {
    if (auto const* on_connection = std::get_if<lt::connection_fault>(&how))
      return on_connection->at == lt::fault_point::in_reply && on_connection->applied;
    return std::holds_alternative<afterwards>(how);
  }
  /// A look later may bring something else.
  bool is_transient() const { return write != ends::rejected && safe != ends::rejected; }
};

/// After what stands in error.hpp of each code.
inline at::error_category expected_category(at::errc code) {
  switch (code) {
  case at::errc::target_not_found:
    return at::error_category::settings;
  case at::errc::not_permitted:
  case at::errc::refused:
  case at::errc::ticket_not_found:
    return at::error_category::creation;
  case at::errc::bad_reply:
    return at::error_category::plugin;
  default:
    return at::error_category::client;
  }
}

} // namespace faults
