// expect: this client's transport does not block: call the member that begins with `async_`
#include "tiny.hpp"

struct carrier {
  using executor_type = int;
  int get_executor() const;
  template <class Token>
  void async_send(at::http::request const&, at::http::deadline, Token);
#ifdef CORRECT
  at::result<at::http::response> send(at::http::request const&, at::http::deadline);
#endif
};

void use(at::basic_client<plugin, carrier>& tickets) { (void)tickets.create({}); }
