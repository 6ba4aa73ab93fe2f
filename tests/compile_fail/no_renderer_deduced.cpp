// expect: this type is no renderer: it needs
#include "tiny.hpp"

#ifdef CORRECT
at::policies const p{.renderer = [](at::incident const&) { return at::document::document{}; }};
#else
at::policies const p{.renderer = [] { return at::document::document{}; }};
#endif
