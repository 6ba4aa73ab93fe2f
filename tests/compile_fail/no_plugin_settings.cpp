// expect: this plugin lacks its settings: add
// expect: diagnose_plugin<wrong>
#include "tiny.hpp"

struct wrong : tiny {
  using tiny::tiny;
#ifndef CORRECT
  struct settings {};
#endif
};

inline constexpr auto my_plugins = at::with_plugins<wrong>(at::builtin_plugins);
