// expect: this plugin cannot create tickets: add
// expect: diagnose_plugin<wrong>
#include "tiny.hpp"

struct wrong : tiny {
  using tiny::tiny;
#ifndef CORRECT
  at::ticket create(at::draft) const;
#endif
};

inline constexpr auto my_plugins = at::with_plugins<wrong>(at::builtin_plugins);
