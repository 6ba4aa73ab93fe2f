#ifndef ARGUS_TICKET_DETAIL_ASYNC_CALL_HPP
#define ARGUS_TICKET_DETAIL_ASYNC_CALL_HPP

#include <argus_ticket/detail/default_token.hpp>
#include <argus_ticket/detail/in_flight.hpp>
#include <argus_ticket/http/transport.hpp>
#include <argus_ticket/incident_key.hpp>
#include <argus_ticket/operation.hpp>

#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>

namespace argus_ticket::detail {

/// One operation of a client that is to be run without blocking. Who runs it is `run_async`, of
/// async.hpp: so a client that blocks does not include Boost.Asio.
template <class T, class Plugin, class Transport, class Policies>
struct async_call {
  async_call(std::string_view n, operation<T> w, Plugin const& p, Transport& t, Policies& all)
      : name(n), what(std::move(w)), plugin(&p), transport(&t), policies(&all) {}

  std::string_view name; ///< The client's member, without `async_`.
  operation<T> what;
  Plugin const* plugin;
  Transport* transport;
  Policies* policies;
  /// Where one call at a time is to run for a key: that key, and who lets them.
  std::optional<std::pair<in_flight, incident_key>> turn{};
  /// Why it cannot be begun at all.
  std::optional<error> failed{};
};

template <class Transport>
struct diagnose_blocking {
  static constexpr bool ok = http::transport<Transport>;
  static_assert(ok, "argus_ticket: this client's transport does not block: call the member that "
                    "begins with `async_`, or make a client with a transport that does, as "
                    "`argus_ticket::https_transport`");
};

template <class Transport, class Token>
struct diagnose_async {
  static_assert(http::async_transport<Transport>,
                "argus_ticket: this client's transport can but block: make a client with one "
                "that need not, as `argus_ticket::async_https_transport` of "
                "<argus_ticket/transport/async_https.hpp>");
  static constexpr bool ok = http::async_transport<Transport>;
  static_assert(!ok || !std::is_same_v<std::remove_cvref_t<Token>, no_token>,
                "argus_ticket: this transport has no `default_completion_token_type`: give a "
                "completion token");
};

} // namespace argus_ticket::detail

#endif
