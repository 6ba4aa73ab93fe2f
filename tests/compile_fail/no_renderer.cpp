// expect: this type is no renderer: it needs
// expect: policies<writer
#include "tiny.hpp"

struct writer {
#ifdef CORRECT
  at::document::document operator()(at::incident const&) const;
#else
  std::string operator()(at::incident const&) const;
#endif
};

at::policies<writer> p;
