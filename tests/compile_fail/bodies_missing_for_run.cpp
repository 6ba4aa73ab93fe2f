// flags: -DARGUS_TICKET_SEPARATE_COMPILATION
// expect: this is not compiled already.*#include.<argus_ticket/basic_client.hpp>
#include <argus_ticket/client.hpp>
#include <argus_ticket/operation.hpp>
#include <argus_ticket/plugins/github.hpp>
#include <argus_ticket/transport/https.hpp>
#ifdef CORRECT
#include <argus_ticket/basic_client.hpp>
#endif

namespace at = argus_ticket;

void use(at::client<"github">& tickets) {
  (void)tickets.run("get", [](auto const& plugin, auto&) { return plugin.get("7"); });
}
