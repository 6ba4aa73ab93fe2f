// expect: no ticket plugin has this name
// expect: gihub
// expect: did_you_mean<.*"github"
#include "tiny.hpp"

#ifdef CORRECT
using client = at::client<"github", mock_transport>;
#else
using client = at::client<"gihub", mock_transport>;
#endif

void use(client& tickets) { (void)tickets.check(); }
