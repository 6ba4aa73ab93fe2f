// expect: these settings lack the token
// expect: `authentication` with a member `argus_ticket::secret token`
// expect: \bmine\b
#include "tiny.hpp"

struct mine {
  std::string endpoint;
#ifdef CORRECT
  struct {
    at::secret token;
  } authentication;
#endif
  struct {
    std::string project_namespace_and_name;
  } information;
};

void use(mine const& m) { at::client<"github", mock_transport> tickets{m}; }
