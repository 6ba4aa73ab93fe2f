// expect: cannot get tickets: it has no .get.
// expect: diagnose_\w+<tiny>
#include "tiny.hpp"

void use(at::basic_client<plugin, mock_transport>& tickets) { (void)tickets.get("7"); }
