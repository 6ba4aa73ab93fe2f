// expect: the map has no ticket plugin at all
#include "tiny.hpp"

#ifdef CORRECT
inline constexpr auto const& plugins = at::builtin_plugins;
#else
inline constexpr auto const& plugins = at::no_plugins;
#endif

at::result<int> use() {
  return at::visit_plugin<plugins>(
      "github", []<class P>(std::type_identity<P>) -> at::result<int> { return 1; });
}
