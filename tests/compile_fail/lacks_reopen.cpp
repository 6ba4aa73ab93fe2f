// expect: cannot reopen tickets: it has no .reopen.
// expect: diagnose_\w+<tiny>
#include "tiny.hpp"

void use(at::basic_client<plugin, mock_transport>& tickets) { (void)tickets.reopen("7"); }
