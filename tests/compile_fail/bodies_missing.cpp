// flags: -DARGUS_TICKET_SEPARATE_COMPILATION
// expect: this is not compiled already.*#include.<argus_ticket/basic_client.hpp>
#include <argus_ticket/client.hpp>
#include <argus_ticket/http/transport.hpp>
#include <argus_ticket/plugins/github.hpp>
#ifdef CORRECT
#include <argus_ticket/basic_client.hpp>
#endif

namespace at = argus_ticket;

struct own_transport {
  at::result<at::http::response> send(at::http::request const&, at::http::deadline);
};

void use(at::settings<"github"> const& s) { at::client<"github", own_transport> tickets{s}; }
