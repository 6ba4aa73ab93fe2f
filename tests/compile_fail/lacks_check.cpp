// expect: cannot check its access: it has no .check.
// expect: diagnose_\w+<tiny>
#include "tiny.hpp"

void use(at::basic_client<plugin, mock_transport>& tickets) { (void)tickets.check(); }
