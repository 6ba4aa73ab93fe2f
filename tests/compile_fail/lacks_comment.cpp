// expect: cannot comment tickets: it has no .comment.
// expect: diagnose_\w+<tiny>
#include "tiny.hpp"

void use(at::basic_client<plugin, mock_transport>& tickets) { (void)tickets.comment("7", "text"); }
