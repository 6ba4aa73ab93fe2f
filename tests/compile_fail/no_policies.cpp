// expect: these are no policies: give an instance of `argus_ticket::policies`
#include "tiny.hpp"

#ifdef CORRECT
using policies = at::policies<at::default_renderer>;
#else
using policies = at::default_renderer;
#endif

void use(at::basic_client<tiny, mock_transport, policies>& tickets) { (void)tickets.create({}); }
