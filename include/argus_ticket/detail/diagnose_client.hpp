#ifndef ARGUS_TICKET_DETAIL_DIAGNOSE_CLIENT_HPP
#define ARGUS_TICKET_DETAIL_DIAGNOSE_CLIENT_HPP

#include <argus_ticket/detail/diagnose_bodies.hpp>
#include <argus_ticket/http/transport.hpp>
#include <argus_ticket/plugin.hpp>

#include <chrono>
#include <concepts>
#include <cstddef>

namespace argus_ticket::detail {

// What the compiler says where a client cannot be made, or cannot do what is asked of it.

template <class T>
concept sends_requests = http::transport<T> || http::async_transport<T>;

template <class T>
concept has_policies = requires(T& p) {
  p.renderer;
  p.clock;
  p.retry;
  p.pacing;
  p.observer;
  p.reconcile;
  { p.timeout } -> std::convertible_to<std::chrono::milliseconds>;
  { p.most_overflow_comments } -> std::convertible_to<std::size_t>;
};

template <class Plugin, class Transport, class Policies>
struct diagnose_client {
  static_assert(diagnose_incomplete<Transport, Plugin>::ok);
  // On one line, or Clang's quotation pushes the note that names the client out of sight.
  static_assert(!is_complete<Transport> || sends_requests<Transport>,
                "argus_ticket: this type is no transport: it needs `argus_ticket::result<"
                "argus_ticket::http::response> send(argus_ticket::http::request const&, "
                "argus_ticket::http::deadline)`");
  static_assert(has_policies<Policies>, "argus_ticket: these are no policies: give an instance of "
                                        "`argus_ticket::policies`");
  static constexpr bool ok = diagnose_plugin<Plugin>::ok;
};

template <class Plugin>
struct diagnose_find {
  static constexpr bool ok = finds_tickets<Plugin>;
  static_assert(ok, "argus_ticket: the plugin shown here cannot find tickets: it has no `find`");
};

template <class Plugin>
struct diagnose_get {
  static constexpr bool ok = gets_tickets<Plugin>;
  static_assert(ok, "argus_ticket: the plugin shown here cannot get tickets: it has no `get`");
};

template <class Plugin>
struct diagnose_update {
  static constexpr bool ok = updates_tickets<Plugin>;
  static_assert(ok,
                "argus_ticket: the plugin shown here cannot update tickets: it has no `update`");
};

template <class Plugin>
struct diagnose_comment {
  static constexpr bool ok = comments_tickets<Plugin>;
  static_assert(ok,
                "argus_ticket: the plugin shown here cannot comment tickets: it has no `comment`");
};

template <class Plugin>
struct diagnose_close {
  static constexpr bool ok = closes_tickets<Plugin>;
  static_assert(ok, "argus_ticket: the plugin shown here cannot close tickets: it has no `close`");
};

template <class Plugin>
struct diagnose_reopen {
  static constexpr bool ok = reopens_tickets<Plugin>;
  static_assert(ok,
                "argus_ticket: the plugin shown here cannot reopen tickets: it has no `reopen`");
};

template <class Plugin>
struct diagnose_check {
  static constexpr bool ok = checks_access<Plugin>;
  static_assert(ok,
                "argus_ticket: the plugin shown here cannot check its access: it has no `check`");
};

template <class Plugin>
struct diagnose_prefill {
  static constexpr bool ok = prefills_tickets<Plugin>;
  static_assert(ok, "argus_ticket: the ticket system of the plugin shown here has no page to fill "
                    "in: it has no `prefilled_url`, or no `longest_url`");
};

} // namespace argus_ticket::detail

#endif
