// expect: these settings lack the (endpoint|token|project)
#include "tiny.hpp"

void use() {
#ifdef CORRECT
  at::client<"github", mock_transport> tickets{at::settings<"github">{}};
#else
  at::client<"github", mock_transport> tickets{"https://github.com/"};
#endif
}
