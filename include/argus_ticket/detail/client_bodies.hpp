#ifndef ARGUS_TICKET_DETAIL_CLIENT_BODIES_HPP
#define ARGUS_TICKET_DETAIL_CLIENT_BODIES_HPP

#include <argus_ticket/client_class.hpp>
#include <argus_ticket/detail/async_call.hpp>
#include <argus_ticket/detail/client_errors.hpp>
#include <argus_ticket/detail/diagnose_client.hpp>
#include <argus_ticket/detail/run_blocking.hpp>
#include <argus_ticket/detail/ticket_operations.hpp>
#include <argus_ticket/detail/under_policies.hpp>
#include <argus_ticket/settings.hpp>

#include <stop_token>
#include <utility>

namespace argus_ticket {
namespace detail {

template <class About>
struct client_bodies {};

inline std::stop_token stop_token_of(never_stops) { return {}; }
inline std::stop_token stop_token_of(std::stop_token given) { return given; }

} // namespace detail

template <class Plugin, class Transport, class Policies>
basic_client<Plugin, Transport, Policies>::basic_client(unchecked, settings_type const& own)
    : basic_client(unchecked{}, own, Transport{}, Policies{}) {}

template <class Plugin, class Transport, class Policies>
basic_client<Plugin, Transport, Policies>::basic_client(unchecked, settings_type const& own,
                                                        Transport transport, Policies policies)
    : basic_client(checked(own), own, std::move(transport), std::move(policies)) {}

template <class Plugin, class Transport, class Policies>
basic_client<Plugin, Transport, Policies>::basic_client(is_checked, settings_type const& own,
                                                        Transport transport, Policies policies)
    : plugin_(own), transport_(std::move(transport)), policies_(std::move(policies)) {}

template <class Plugin, class Transport, class Policies>
basic_client<Plugin, Transport, Policies>::~basic_client() = default;

template <class Plugin, class Transport, class Policies>
result<basic_client<Plugin, Transport, Policies>>
basic_client<Plugin, Transport, Policies>::made(settings_type const& own) {
  return made(own, Transport{}, Policies{});
}

template <class Plugin, class Transport, class Policies>
result<basic_client<Plugin, Transport, Policies>>
basic_client<Plugin, Transport, Policies>::made(settings_type const& own, Transport transport,
                                                Policies policies) {
  if (auto problems = check_settings<Plugin>(own); !problems.empty())
    return {boost::system::in_place_error, detail::invalid_settings(std::move(problems))};
  return basic_client(is_checked{}, own, std::move(transport), std::move(policies));
}

template <class Plugin, class Transport, class Policies>
auto basic_client<Plugin, Transport, Policies>::checked(settings_type const& own) -> is_checked {
  if (auto problems = check_settings<Plugin>(own); !problems.empty())
    throw_exception_from_error(detail::invalid_settings(std::move(problems)),
                               BOOST_CURRENT_LOCATION);
  return is_checked{};
}

template <class Plugin, class Transport, class Policies>
result<ticket> basic_client<Plugin, Transport, Policies>::create(incident const& from) {
  return block_on("create", detail::create_ticket(plugin_, policies_, from));
}

template <class Plugin, class Transport, class Policies>
template <class P>
result<std::optional<ticket>>
basic_client<Plugin, Transport, Policies>::find(incident const& from) {
  if constexpr (detail::diagnose_find<P>::ok)
    return block_on("find", looking_up(from));
  else
    return detail::unsupported();
}

template <class Plugin, class Transport, class Policies>
template <class P>
result<ticket> basic_client<Plugin, Transport, Policies>::find_or_create(incident const& from) {
  if constexpr (detail::diagnose_find<P>::ok)
    return block_in_turn(from, "find_or_create", finding_or_creating(from));
  else
    return detail::unsupported();
}

template <class Plugin, class Transport, class Policies>
template <class P>
result<ticket> basic_client<Plugin, Transport, Policies>::get(ticket_ref which) {
  if constexpr (detail::diagnose_get<P>::ok)
    return block_on("get", getting(std::move(which)));
  else
    return detail::unsupported();
}

template <class Plugin, class Transport, class Policies>
template <class P>
result<ticket> basic_client<Plugin, Transport, Policies>::update(ticket_ref which,
                                                                 incident const& from) {
  if constexpr (detail::diagnose_update<P>::ok)
    return block_on("update", detail::update_ticket(plugin_, policies_, std::move(which), from));
  else
    return detail::unsupported();
}

template <class Plugin, class Transport, class Policies>
template <class P>
result<argus_ticket::comment> basic_client<Plugin, Transport, Policies>::comment(ticket_ref which,
                                                                                 std::string text) {
  return comment<P>(std::move(which), detail::text_document(std::move(text)));
}

template <class Plugin, class Transport, class Policies>
template <class P>
result<argus_ticket::comment>
basic_client<Plugin, Transport, Policies>::comment(ticket_ref which, document::document text) {
  if constexpr (detail::diagnose_comment<P>::ok)
    return block_on("comment", commenting(std::move(which), std::move(text)));
  else
    return detail::unsupported();
}

template <class Plugin, class Transport, class Policies>
template <class P>
result<ticket> basic_client<Plugin, Transport, Policies>::close(ticket_ref which,
                                                                close_reason why) {
  if constexpr (detail::diagnose_close<P>::ok)
    return block_on("close", closing(std::move(which), why));
  else
    return detail::unsupported();
}

template <class Plugin, class Transport, class Policies>
template <class P>
result<ticket> basic_client<Plugin, Transport, Policies>::reopen(ticket_ref which) {
  if constexpr (detail::diagnose_reopen<P>::ok)
    return block_on("reopen", reopening(std::move(which)));
  else
    return detail::unsupported();
}

template <class Plugin, class Transport, class Policies>
template <class P>
result<check_report> basic_client<Plugin, Transport, Policies>::check() {
  if constexpr (detail::diagnose_check<P>::ok)
    return block_on("check", checking());
  else
    return detail::unsupported();
}

template <class Plugin, class Transport, class Policies>
result<http::request>
basic_client<Plugin, Transport, Policies>::preview(incident const& from) const {
  if (!from.ticket_url.empty()) return detail::nothing_to_preview();
  return detail::first_request(detail::create_ticket(plugin_, policies_, from));
}

template <class Plugin, class Transport, class Policies>
template <class P>
result<std::string>
basic_client<Plugin, Transport, Policies>::prefilled_url(incident const& from) const {
  if constexpr (detail::diagnose_prefill<P>::ok)
    return detail::run_at_once(detail::prefill(plugin_, policies_, from));
  else
    return detail::unsupported();
}

// What each operation does, for both forms.

template <class Plugin, class Transport, class Policies>
operation<std::optional<ticket>>
basic_client<Plugin, Transport, Policies>::looking_up(incident from) {
  return detail::deferred([this, about = std::move(from)] {
    return detail::find_ticket(plugin_, about, policies_.clock.now());
  });
}

template <class Plugin, class Transport, class Policies>
operation<ticket> basic_client<Plugin, Transport, Policies>::finding_or_creating(incident from) {
  return detail::deferred([this, about = std::move(from)]() mutable {
    return detail::find_or_create_ticket(plugin_, policies_, recent_, std::move(about),
                                         policies_.clock.now());
  });
}

template <class Plugin, class Transport, class Policies>
operation<ticket> basic_client<Plugin, Transport, Policies>::getting(ticket_ref which) {
  return detail::deferred([this, which = std::move(which)] { return plugin_.get(which); });
}

template <class Plugin, class Transport, class Policies>
operation<argus_ticket::comment>
basic_client<Plugin, Transport, Policies>::commenting(ticket_ref which, document::document text) {
  return detail::comment_ticket(plugin_, policies_, std::move(which), std::move(text),
                                detail::random_key());
}

template <class Plugin, class Transport, class Policies>
operation<ticket> basic_client<Plugin, Transport, Policies>::closing(ticket_ref which,
                                                                     close_reason why) {
  return detail::deferred(
      [this, which = std::move(which), why] { return plugin_.close(which, why); });
}

template <class Plugin, class Transport, class Policies>
operation<ticket> basic_client<Plugin, Transport, Policies>::reopening(ticket_ref which) {
  return detail::deferred([this, which = std::move(which)] { return plugin_.reopen(which); });
}

template <class Plugin, class Transport, class Policies>
operation<check_report> basic_client<Plugin, Transport, Policies>::checking() {
  return detail::deferred([this] { return plugin_.check(); });
}

template <class Plugin, class Transport, class Policies>
template <class Make>
auto basic_client<Plugin, Transport, Policies>::making(Make make) {
  return detail::deferred(
      [this, make = std::move(make)]() mutable { return make(std::as_const(plugin_), policies_); });
}

// The loop.

template <class Plugin, class Transport, class Policies>
template <class T>
result<T> basic_client<Plugin, Transport, Policies>::block_on(std::string_view name,
                                                              operation<T> what) {
  http::deadline until;
  auto failed = detail::caught(outcome::not_applied, [&] {
    until = detail::deadline_in(policies_.clock, policies_.timeout);
  });
  if (failed) return std::move(*failed);
  return block_until(until, name, std::move(what));
}

template <class Plugin, class Transport, class Policies>
template <class T, class Stop>
result<T>
basic_client<Plugin, Transport, Policies>::block_until(http::deadline until, std::string_view name,
                                                       operation<T> what, Stop const& stop) {
  if constexpr (detail::diagnose_blocking<Transport>::ok) {
    detail::run_context<Plugin, Policies> context{plugin_, policies_, name, until};
    http::deadline started;
    auto failed = detail::caught(outcome::not_applied, [&] { started = context.now(); });
    if (failed) return std::move(*failed);
    result<T> ended =
        detail::run_blocking(detail::under_policies(std::move(what), context), transport_,
                             policies_.clock, until, detail::stop_token_of(stop));
    // The operation has ended: a clock that throws now changes nothing any more.
    (void)detail::caught(outcome::not_applied,
                         [&] { detail::tell_outcome(context, ended, started); });
    return ended;
  } else {
    return detail::unsupported();
  }
}

template <class Plugin, class Transport, class Policies>
template <class T, class Stop>
result<T> basic_client<Plugin, Transport, Policies>::block_in_turn(incident const& from,
                                                                   std::string_view name,
                                                                   operation<T> what,
                                                                   Stop const& stop) {
  http::deadline until;
  incident_key key;
  auto failed = detail::caught(outcome::not_applied, [&] {
    until = detail::deadline_in(policies_.clock, policies_.timeout);
    key = detail::key_for(plugin_, from);
  });
  if (failed) return std::move(*failed);
  auto const turn = in_flight_.wait_for(key, policies_.timeout);
  if (!turn) return detail::still_in_flight();
  return block_until(until, name, std::move(what), stop);
}

} // namespace argus_ticket

#ifdef ARGUS_TICKET_SEPARATE_COMPILATION
#include <argus_ticket/detail/compiled_operations.hpp>
#endif

#endif
