#ifndef ARGUS_TICKET_IMPL_PLUGINS_SUPPORT_NUMBERS_IPP
#define ARGUS_TICKET_IMPL_PLUGINS_SUPPORT_NUMBERS_IPP

#include <argus_ticket/http/headers.hpp>
#include <argus_ticket/plugins/support/numbers.hpp>

namespace argus_ticket::plugins::support {

result<std::string> ticket_number(ticket_ref const& which, std::vector<http::url> const& folders,
                                  std::string const& project) {
  std::string number = which.number;
  if (auto const page = http::url::parse(number)) {
    for (http::url const& folder : folders) {
      std::string const start = folder.path() + '/';
      std::string const& path = page->path();
      if (page->same_origin(folder) && http::iequals(path.substr(0, start.size()), start)) {
        number = path.substr(start.size());
        break;
      }
    }
  }
  if (number.empty() || number.size() > 18 || number.front() == '0' ||
      number.find_first_not_of("0123456789") != std::string::npos)
    return error{errc::ticket_not_found, outcome::rejected,
                 "this is neither the number nor the page of an issue in " + project, "ticket"};
  return number;
}

} // namespace argus_ticket::plugins::support

#endif
