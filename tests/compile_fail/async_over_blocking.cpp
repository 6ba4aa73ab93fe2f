// expect: this client's transport can but block
// expect: <argus_ticket/transport/async_https.hpp>
#include "tiny.hpp"

#ifdef CORRECT
void use(at::basic_client<plugin, mock_transport>& tickets) { (void)tickets.create({}); }
#else
void use(at::basic_client<plugin, mock_transport>& tickets) {
  tickets.async_create({}, [](at::result<at::ticket>) {});
}
#endif
