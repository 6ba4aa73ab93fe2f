#ifndef ARGUS_TICKET_BASIC_CLIENT_HPP
#define ARGUS_TICKET_BASIC_CLIENT_HPP

/// Clients of plugins, transports and policies of whatever kind. In compiled mode
/// <argus_ticket/client.hpp> alone has those that are compiled already: of this library's plugins,
/// over `https_transport`, with the default policies.

#include <argus_ticket/client_class.hpp>
#include <argus_ticket/detail/client_async_bodies.hpp>
#include <argus_ticket/detail/client_bodies.hpp>

#endif
