#ifndef ARGUS_TICKET_POLICY_NO_OBSERVER_HPP
#define ARGUS_TICKET_POLICY_NO_OBSERVER_HPP

namespace argus_ticket {

/// An observer that sees nothing, and costs nothing.
struct no_observer {};

} // namespace argus_ticket

#endif
