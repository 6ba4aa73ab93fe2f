// expect: has no page to fill in: it has no .prefilled_url.
// expect: diagnose_\w+<tiny>
#include "tiny.hpp"

void use(at::basic_client<plugin, mock_transport>& tickets) { (void)tickets.prefilled_url({}); }
