#ifndef ARGUS_TICKET_PLUGINS_SUPPORT_TICKET_LABEL_HPP
#define ARGUS_TICKET_PLUGINS_SUPPORT_TICKET_LABEL_HPP

#include <string_view>

namespace argus_ticket::plugins::support {

/// The label that every ticket has.
inline constexpr std::string_view ticket_label = "argus-ticket";

} // namespace argus_ticket::plugins::support

#endif
