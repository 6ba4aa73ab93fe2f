// expect: this type is no retry policy: it needs `int attempts` and `.*wait_before\(int
// repetition\)` expect: policies<.*always>
#include "tiny.hpp"

struct always {
  int attempts = 1'000;
#ifdef CORRECT
  std::chrono::milliseconds wait_before(int) { return {}; }
#endif
};

at::policies<at::default_renderer, at::real_clock, always> p;
