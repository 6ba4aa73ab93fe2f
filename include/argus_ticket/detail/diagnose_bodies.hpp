#ifndef ARGUS_TICKET_DETAIL_DIAGNOSE_BODIES_HPP
#define ARGUS_TICKET_DETAIL_DIAGNOSE_BODIES_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/fwd.hpp>

namespace argus_ticket {

template <class Renderer, class Clock, class Retry, class Pacing, class Observer>
struct policies;
struct default_renderer;
struct real_clock;
struct backoff;
struct shared_pacing;
struct no_observer;

namespace detail {

// What the compiler says where the bodies of clients are needed and not there.

template <class T>
concept is_complete = requires { sizeof(T); };

/// Defined where the bodies are: by basic_client.hpp.
template <class About>
struct client_bodies;

template <class About>
struct needs_bodies {
  static constexpr bool ok = is_complete<client_bodies<About>>;
  static_assert(ok, "argus_ticket: this is not compiled already, as clients of this library's "
                    "plugins over https_transport with the default policies are: "
                    "#include <argus_ticket/basic_client.hpp>");
};

/// Says of a type that is no client what is wrong with it: see diagnose_client.hpp.
template <class Plugin, class Transport, class Policies>
struct diagnose_client;

/// Whether its clients over https_transport with the default policies are compiled already.
template <class Plugin>
inline constexpr bool is_compiled = false;

template <class Plugin, class Transport, class Policies>
struct diagnose_bodies {
  static constexpr bool ok = needs_bodies<Plugin>::ok;
};

/// The transport of a client that somebody names must be there in any case.
template <class Transport, class Plugin>
struct diagnose_incomplete {
  static constexpr bool ok = is_complete<Transport>;
  static_assert(ok, "argus_ticket: the transport is declared, but not defined: #include "
                    "<argus_ticket/transport/https.hpp>, or name another transport");
};

#ifdef ARGUS_TICKET_SEPARATE_COMPILATION
template <>
inline constexpr bool is_compiled<plugins::github> = true;
template <>
inline constexpr bool is_compiled<plugins::gitlab> = true;
template <>
inline constexpr bool is_compiled<plugins::jira> = true;
template <>
inline constexpr bool is_compiled<plugins::request_tracker> = true;

using default_policies =
    policies<default_renderer, real_clock, backoff, shared_pacing, no_observer>;

template <class Plugin>
  requires is_compiled<Plugin>
struct diagnose_bodies<Plugin, https_transport, default_policies> {
  static constexpr bool ok = true;
};
template <class Plugin>
  requires is_compiled<Plugin>
struct diagnose_client<Plugin, https_transport, default_policies>
    : diagnose_incomplete<https_transport, Plugin> {};
#endif

} // namespace detail
} // namespace argus_ticket

#endif
