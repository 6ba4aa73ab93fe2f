// expect: this type is no transport: it needs `argus_ticket::result<argus_ticket::http::response>
// expect: diagnose_client<.*carrier
#include "tiny.hpp"

struct carrier {
#ifdef CORRECT
  at::result<at::http::response> send(at::http::request const&, at::http::deadline);
#else
  at::http::response send(at::http::request const&, at::http::deadline);
#endif
};

void use(at::settings<"github"> const& s) { at::client<"github", carrier> tickets{s}; }
