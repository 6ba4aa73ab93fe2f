// expect: these settings lack the endpoint
// expect: std::string endpoint
// expect: \bmine\b
#include "tiny.hpp"

struct mine {
#ifdef CORRECT
  std::string endpoint;
#endif
  struct {
    at::secret token;
  } authentication;
  struct {
    std::string project_namespace_and_name;
  } information;
};

void use(mine const& m) { at::client<"github", mock_transport> tickets{m}; }
