// expect: two ticket plugins have the same name
// expect: plugin_name_clash<.*"tiny"
#include "tiny.hpp"

struct second : tiny {
  using tiny::tiny;
#ifdef CORRECT
  using other_names = at::names<"second", "tiny.Plugin">;
#else
  using other_names = at::names<"second", "tiny">;
#endif
};

inline constexpr auto my_plugins = at::with_plugins<second>(at::no_plugins);
