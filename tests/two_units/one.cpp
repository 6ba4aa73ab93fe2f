#include <argus_ticket/argus_ticket.hpp>
#include <argus_ticket/testing/mock_transport.hpp>
#include <argus_ticket/transport/https.hpp>

argus_ticket::result<argus_ticket::incident> one() {
  return argus_ticket::parse_incident(R"({"description": "from the first"})");
}
