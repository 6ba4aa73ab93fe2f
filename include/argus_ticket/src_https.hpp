#ifndef ARGUS_TICKET_SRC_HTTPS_HPP
#define ARGUS_TICKET_SRC_HTTPS_HPP

/// The bodies of what needs Boost.Asio, Boost.Beast and OpenSSL: a part of <argus_ticket/src.hpp>.

#include <argus_ticket/detail/config.hpp>

#ifndef ARGUS_TICKET_SEPARATE_COMPILATION
#error "argus_ticket: src.hpp is for programs that define ARGUS_TICKET_SEPARATE_COMPILATION"
#endif

#include <argus_ticket/detail/compiled_operations.hpp>
#include <argus_ticket/impl/compiled_clients.ipp>
#include <argus_ticket/impl/outbox/asio_runner.ipp>
#include <argus_ticket/impl/transport/async_connection.ipp>
#include <argus_ticket/impl/transport/async_delivery.ipp>
#include <argus_ticket/impl/transport/async_https.ipp>
#include <argus_ticket/impl/transport/attempt_exchange.ipp>
#include <argus_ticket/impl/transport/attempt_open.ipp>
#include <argus_ticket/impl/transport/blocking_connection.ipp>
#include <argus_ticket/impl/transport/connection.ipp>
#include <argus_ticket/impl/transport/failure.ipp>
#include <argus_ticket/impl/transport/https.ipp>
#include <argus_ticket/impl/transport/lookup.ipp>
#include <argus_ticket/impl/transport/native_socket.ipp>
#include <argus_ticket/impl/transport/reply_reader.ipp>
#include <argus_ticket/impl/transport/shared_state.ipp>
#include <argus_ticket/impl/transport/tls_settings.ipp>
#include <argus_ticket/impl/transport/wire.ipp>

namespace argus_ticket::detail {
ARGUS_TICKET_COMPILED_RUNS(template)
} // namespace argus_ticket::detail

#endif
