// expect: these settings lack the queue
// expect: `information` with a member `std::string queue`
// expect: \bmine\b
#include "tiny.hpp"

struct mine {
  std::string endpoint;
  struct {
    at::secret token;
  } authentication;
#ifdef CORRECT
  struct {
    std::string queue;
  } information;
#endif
};

void use(mine const& m) { (void)at::client<"rt", mock_transport>::make(m); }
