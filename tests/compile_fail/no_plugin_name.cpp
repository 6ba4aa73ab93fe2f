// expect: this plugin lacks its name: add
// expect: diagnose_plugin<wrong>
#include "tiny.hpp"

struct wrong : tiny {
  using tiny::tiny;
#ifndef CORRECT
  static constexpr int name = 7;
#endif
};

inline constexpr auto my_plugins = at::with_plugins<wrong>(at::builtin_plugins);
