// expect: these settings lack the token
// expect: argus_ticket::secret token
#include "tiny.hpp"

struct mine {
  std::string endpoint;
  struct {
#ifdef CORRECT
    at::secret token;
#else
    std::string token;
#endif
  } authentication;
  struct {
    std::string project_namespace_and_name;
  } information;
};

void use(mine const& m) { at::client<"github", mock_transport> tickets{m}; }
