// expect: this type is no clock: it needs `now\(\)`, `steady_now\(\)` and `sleep_for\(
// expect: policies<.*watch>
#include "tiny.hpp"

struct watch {
  std::chrono::system_clock::time_point now();
#ifdef CORRECT
  std::chrono::steady_clock::time_point steady_now();
#endif
  void sleep_for(std::chrono::milliseconds);
};

at::policies<at::default_renderer, watch> p;
