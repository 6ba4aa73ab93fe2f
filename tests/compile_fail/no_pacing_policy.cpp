// expect: this type is no pacing policy: it needs `argus_ticket::pacer pacer_of\(
// expect: policies<.*hasty>
#include "tiny.hpp"

struct hasty {
#ifdef CORRECT
  at::pacer pacer_of(at::http::request const&, at::rate_limits const& l) { return at::pacer{l}; }
#else
  int pacer_of(at::http::request const&, at::rate_limits const&) { return 1; }
#endif
};

at::policies<at::default_renderer, at::real_clock, at::backoff, hasty> p;
