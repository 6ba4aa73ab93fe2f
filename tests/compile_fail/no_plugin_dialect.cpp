// expect: this plugin lacks its markup: add
// expect: diagnose_plugin<wrong>
#include "tiny.hpp"

struct wrong : tiny {
  using tiny::tiny;
#ifndef CORRECT
  using dialect = void;
#endif
};

inline constexpr auto my_plugins = at::with_plugins<wrong>(at::builtin_plugins);
