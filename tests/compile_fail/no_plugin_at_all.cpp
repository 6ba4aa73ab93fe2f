// expect: this plugin lacks its name
// expect: diagnose_plugin<nothing>
#include "tiny.hpp"

struct nothing {};

#ifdef CORRECT
using client = at::basic_client<tiny, mock_transport>;
#else
using client = at::basic_client<nothing, mock_transport>;
#endif

void use(client& tickets) { (void)tickets.create({}); }
