// expect: cannot find tickets: it has no .find.
// expect: diagnose_\w+<tiny>
#include "tiny.hpp"

void use(at::basic_client<plugin, mock_transport>& tickets) { (void)tickets.find_or_create({}); }
