// expect: the constant `project_namespace_and_name` of these settings is no project
// expect: owner/name
// expect: \bmine\b
#include "tiny.hpp"

struct mine {
  static constexpr char const* endpoint = "https://github.com/";
  struct {
    at::secret token;
  } authentication;
  struct information_type {
#ifdef CORRECT
    static constexpr char const* project_namespace_and_name = "owner/name";
#else
    static constexpr char const* project_namespace_and_name = "owner";
#endif
  } information;
};

void use(mine const& m) { at::client<"github", mock_transport> tickets{m}; }
