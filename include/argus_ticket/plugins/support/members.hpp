#ifndef ARGUS_TICKET_PLUGINS_SUPPORT_MEMBERS_HPP
#define ARGUS_TICKET_PLUGINS_SUPPORT_MEMBERS_HPP

#include <argus_ticket/detail/json.hpp>

namespace argus_ticket::plugins::support {

// The members of a reply's JSON, which may be absent or of any type: nothing here throws for that.

/// A member of an object; null where there is none.
using argus_ticket::detail::member;

/// A text; empty where it is absent or of another type.
using argus_ticket::detail::text_member;

/// A truth value; nothing where it is absent or of another type.
using argus_ticket::detail::bool_member;

/// A whole number as text, whether JSON has it as a number or as a string of digits; empty where it
/// is neither. Ids come both ways.
using argus_ticket::detail::id_member;

} // namespace argus_ticket::plugins::support

#endif
