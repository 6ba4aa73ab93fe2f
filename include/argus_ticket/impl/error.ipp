#ifndef ARGUS_TICKET_IMPL_ERROR_IPP
#define ARGUS_TICKET_IMPL_ERROR_IPP

#include <argus_ticket/error.hpp>

#include <ostream>

namespace argus_ticket {

error_category category_of(errc code) noexcept {
  switch (code) {
  case errc::invalid_settings:
  case errc::unknown_plugin:
  case errc::target_not_found:
    return error_category::settings;
  case errc::connection_failed:
  case errc::tls_failed:
  case errc::timed_out:
  case errc::cancelled:
  case errc::bad_credentials:
  case errc::rate_limited:
  case errc::server_failed:
  case errc::redirect_refused:
    return error_category::client;
  case errc::not_permitted:
  case errc::refused:
  case errc::ticket_not_found:
  case errc::not_ours:
    return error_category::creation;
  case errc::invalid_incident:
  case errc::bad_reply:
  case errc::unsupported:
  case errc::store_failed:
  case errc::outbox_full:
  case errc::lease_lost:
  case errc::expired:
  case errc::internal_error:
    break;
  }
  return error_category::plugin;
}

std::string_view to_string(outcome value) noexcept {
  switch (value) {
  case outcome::not_applied:
    return "not_applied";
  case outcome::rejected:
    return "rejected";
  case outcome::ambiguous:
    return "ambiguous";
  case outcome::applied:
    return "applied";
  case outcome::applied_degraded:
    return "applied_degraded";
  }
  return "unknown";
}

std::string_view to_string(errc value) noexcept {
  switch (value) {
  case errc::invalid_settings:
    return "invalid_settings";
  case errc::unknown_plugin:
    return "unknown_plugin";
  case errc::target_not_found:
    return "target_not_found";
  case errc::connection_failed:
    return "connection_failed";
  case errc::tls_failed:
    return "tls_failed";
  case errc::timed_out:
    return "timed_out";
  case errc::cancelled:
    return "cancelled";
  case errc::bad_credentials:
    return "bad_credentials";
  case errc::rate_limited:
    return "rate_limited";
  case errc::server_failed:
    return "server_failed";
  case errc::redirect_refused:
    return "redirect_refused";
  case errc::not_permitted:
    return "not_permitted";
  case errc::refused:
    return "refused";
  case errc::ticket_not_found:
    return "ticket_not_found";
  case errc::not_ours:
    return "not_ours";
  case errc::invalid_incident:
    return "invalid_incident";
  case errc::bad_reply:
    return "bad_reply";
  case errc::unsupported:
    return "unsupported";
  case errc::store_failed:
    return "store_failed";
  case errc::outbox_full:
    return "outbox_full";
  case errc::lease_lost:
    return "lease_lost";
  case errc::expired:
    return "expired";
  case errc::internal_error:
    return "internal_error";
  }
  return "unknown";
}

std::string_view to_string(error_category value) noexcept {
  switch (value) {
  case error_category::settings:
    return "settings";
  case error_category::client:
    return "client";
  case error_category::creation:
    return "creation";
  case error_category::plugin:
    return "plugin";
  }
  return "unknown";
}

std::string_view to_string(progress value) noexcept {
  switch (value) {
  case progress::nothing_sent:
    return "nothing_sent";
  case progress::partly_sent:
    return "partly_sent";
  case progress::all_sent:
    return "all_sent";
  case progress::reply_begun:
    return "reply_begun";
  }
  return "unknown";
}

namespace detail {

inline std::string_view whether_a_ticket_may_exist(outcome value) noexcept {
  switch (value) {
  case outcome::not_applied:
    return "nothing was changed, it may be tried again";
  case outcome::rejected:
    return "nothing was changed, trying again will not help";
  case outcome::ambiguous:
    return "it may have been done: look before trying again";
  case outcome::applied:
    return "it was done";
  case outcome::applied_degraded:
    return "it was done, but not all of it";
  }
  return "";
}

} // namespace detail

std::string to_string(error const& e) {
  std::string text{to_string(e.category())};
  text += " error";
  if (!e.where.empty()) text += " at " + e.where;
  text += ": " + (e.message.empty() ? std::string{to_string(e.code)} : e.message);
  if (e.http_status != 0) text += " (HTTP " + std::to_string(e.http_status) + ")";
  if (!e.server_message.empty()) text += "; the server says: \"" + e.server_message + "\"";
  text += "; ";
  text += detail::whether_a_ticket_may_exist(e.outcome);
  if (e.retry_after)
    text += "; come back in " + std::to_string(e.retry_after->count()) + " seconds";
  for (problem const& p : e.problems) text += "\n  " + p.where + ": " + p.what;
  return text;
}

std::ostream& operator<<(std::ostream& out, error const& e) { return out << to_string(e); }

} // namespace argus_ticket

#endif
