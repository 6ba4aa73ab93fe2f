// expect: two ticket plugins have the same name
// expect: plugin_name_clash<.*"argus_ticket_github.GithubPlugin"
#include "tiny.hpp"

struct second : tiny {
  using tiny::tiny;
#ifdef CORRECT
  using other_names = at::names<"second.Plugin">;
#else
  using other_names = at::names<"argus_ticket_github.GithubPlugin">;
#endif
};

inline constexpr auto my_plugins = at::with_plugins<second>(at::builtin_plugins);
