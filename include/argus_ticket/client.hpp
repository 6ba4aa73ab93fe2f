#ifndef ARGUS_TICKET_CLIENT_HPP
#define ARGUS_TICKET_CLIENT_HPP

#include <argus_ticket/builtin_plugins.hpp>
#include <argus_ticket/client_class.hpp>
#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/basic_client.hpp>
#endif

namespace argus_ticket {

/**
 * A client of the ticket system of that name.
 *
 * @tparam Name A name of a plugin in `Map`: `"github"`, or the path of a plugin of Argus. An
 * unknown one is a compile error that names the nearest known one.
 * @tparam Transport An `http::transport`, or an `http::async_transport`.
 * @tparam Map  A compile-time map of plugins; see @ref with_plugins.
 * @tparam Policies An instance of @ref policies.
 */
template <fixed_string Name, class Transport = https_transport, auto const& Map = builtin_plugins,
          class Policies = policies<>>
using client = basic_client<plugin_in<Name, Map>, Transport, Policies>;

} // namespace argus_ticket

#endif
