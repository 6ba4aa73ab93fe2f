// expect: cannot update tickets: it has no .update.
// expect: diagnose_\w+<tiny>
#include "tiny.hpp"

void use(at::basic_client<plugin, mock_transport>& tickets) { (void)tickets.update("7", {}); }
