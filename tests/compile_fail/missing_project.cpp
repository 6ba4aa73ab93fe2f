// expect: these settings lack the project
// expect: `information` with a member `std::string project_namespace_and_name`
// expect: \bmine\b
#include "tiny.hpp"

struct mine {
  std::string endpoint;
  struct {
    at::secret token;
  } authentication;
#ifdef CORRECT
  struct {
    std::string project_namespace_and_name;
  } information;
#endif
};

void use(mine const& m) { (void)at::client<"github", mock_transport>::make(m); }
