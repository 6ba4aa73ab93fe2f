// Names of a program's own, as they may stand before ours: they must not get in the way.
int seconds(int), minutes(int), hours(int), days(int);
struct year;
struct month;
struct ticket;
struct error;
struct incident;
struct client;
struct secret;
struct operation;
namespace chrono {}
namespace document {}
namespace http {}
namespace detail {}
namespace json {}
namespace plugins {}

#include <argus_ticket/argus_ticket.hpp>
#include <argus_ticket/counters.hpp>
#include <argus_ticket/outbox.hpp>
#include <argus_ticket/outbox/asio_runner.hpp>
#include <argus_ticket/outbox/memory_store.hpp>
#include <argus_ticket/outbox/runner.hpp>
#include <argus_ticket/testing/mock_transport.hpp>
#include <argus_ticket/transport/https.hpp>

argus_ticket::result<argus_ticket::incident> one() {
  return argus_ticket::parse_incident(R"({"description": "from the first"})");
}
