// expect: this ticket plugin is only declared: include its header
// expect: late
#include "tiny.hpp"

class late;
inline constexpr auto my_plugins =
    at::with_plugins<at::declared_plugin<late, "late">>(at::no_plugins);

#ifdef CORRECT
class late : public tiny {
 public:
  static constexpr at::fixed_string name = "late";
  using tiny::tiny;
};
#endif

std::string endpoint(at::settings<"late", my_plugins> const& s) { return s.endpoint; }
