// expect: the transport is declared, but not defined: #include <argus_ticket/transport/https.hpp>
#include "tiny.hpp"

#ifdef CORRECT
using client = at::client<"github", mock_transport>;
#else
using client = at::client<"github">;
#endif

void use(at::settings<"github"> const& s) { client tickets{s}; }
