// expect: the constant `project_namespace_and_name` of these settings is no project
#include "tiny.hpp"

// As a literal it is fine, since groups may nest elsewhere; but GitHub has none.
using namespace at::literals;

struct mine {
  static constexpr auto endpoint = "https://github.com/"_endpoint;
  struct {
    at::secret token;
  } authentication;
  struct information_type {
#ifdef CORRECT
    static constexpr auto project_namespace_and_name = "group/name"_project;
#else
    static constexpr auto project_namespace_and_name = "group/subgroup/name"_project;
#endif
  } information;
};

void use(mine const& m) { at::client<"github", mock_transport> tickets{m}; }
