// expect: the map has no ticket plugin at all
#include "tiny.hpp"

#ifdef CORRECT
using client = at::client<"github", mock_transport, at::builtin_plugins>;
#else
using client = at::client<"github", mock_transport, at::no_plugins>;
#endif

void use(client& tickets) { (void)tickets.create({}); }
