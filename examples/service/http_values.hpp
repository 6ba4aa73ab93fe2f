#ifndef ARGUS_TICKET_SERVICE_HTTP_VALUES_HPP
#define ARGUS_TICKET_SERVICE_HTTP_VALUES_HPP

#include <string>
#include <utility>
#include <vector>

namespace service {

// A request and a reply as the service's API sees them: without Beast, which is slow to compile.

struct request {
  std::string method;
  std::string path;         ///< Without the query.
  std::string content_type; ///< As it was sent; empty where it was not.
  std::string body;
};

struct reply {
  unsigned status = 200;
  std::string content_type = "application/json";
  std::string body;
  std::vector<std::pair<std::string, std::string>> headers;
};

} // namespace service

#endif
