#ifndef ARGUS_TICKET_VERSION_HPP
#define ARGUS_TICKET_VERSION_HPP

#include <string_view>

namespace argus_ticket {

/// The library's version (semantic versioning).
inline constexpr std::string_view version = "0.1.0";

} // namespace argus_ticket

#endif
