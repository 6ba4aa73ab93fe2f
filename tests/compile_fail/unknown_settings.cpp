// expect: no ticket plugin has this name
// expect: GitHub
// expect: did_you_mean<.*"github"
#include "tiny.hpp"

#ifdef CORRECT
using settings = at::settings<"github">;
#else
using settings = at::settings<"GitHub">;
#endif

void use(settings const&) {}
