// expect: this plugin lacks its limits: add
// expect: diagnose_plugin<wrong>
#include "tiny.hpp"

struct wrong : tiny {
  using tiny::tiny;
#ifndef CORRECT
  static constexpr int limits = 7;
#endif
};

inline constexpr auto my_plugins = at::with_plugins<wrong>(at::builtin_plugins);
