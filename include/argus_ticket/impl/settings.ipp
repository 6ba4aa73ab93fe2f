#ifndef ARGUS_TICKET_IMPL_SETTINGS_IPP
#define ARGUS_TICKET_IMPL_SETTINGS_IPP

#include <argus_ticket/http/url.hpp>
#include <argus_ticket/settings.hpp>

namespace argus_ticket::detail {

void check_endpoint(std::string const& endpoint, bool allow_plain_http,
                    std::vector<problem>& problems) {
  auto const url = http::url::parse(endpoint);
  if (!url)
    problems.push_back({"TICKET_ENDPOINT", "is no valid URL"});
  else if (!url->is_https() && !url->is_loopback() && !allow_plain_http)
    problems.push_back({"TICKET_ENDPOINT",
                        "is not encrypted: use https://, or set "
                        "TICKET_INFORMATION.allow_plain_http to send the credentials openly"});
}

error invalid_settings(std::vector<problem> problems) {
  error e{errc::invalid_settings, outcome::rejected, "the settings are not complete and correct"};
  if (problems.size() == 1) e.where = problems.front().where;
  e.problems = std::move(problems);
  return e;
}

} // namespace argus_ticket::detail

#endif
