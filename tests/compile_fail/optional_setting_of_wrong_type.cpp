// expect: has a type that does not fit
// expect: fields::labels_set
// expect: \bmine\b
#include "tiny.hpp"

struct mine {
  std::string endpoint;
  struct {
    at::secret token;
  } authentication;
  struct {
    std::string project_namespace_and_name;
#ifdef CORRECT
    std::vector<std::string> labels_set;
#else
    int labels_set;
#endif
  } information;
};

void use(mine const& m) { at::client<"github", mock_transport> tickets{m}; }
