// expect: two ticket plugins have the same name
// expect: plugin_name_clash<.*"tiny"
#include "tiny.hpp"

struct second : tiny {
  using tiny::tiny;
#ifdef CORRECT
  static constexpr at::fixed_string name = "second";
#endif
};

inline constexpr auto my_plugins = at::with_plugins<tiny, second>(at::builtin_plugins);
