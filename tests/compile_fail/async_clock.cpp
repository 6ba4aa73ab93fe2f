// expect: this clock can but block: it needs `async_sleep_for\(executor
#include "tiny.hpp"

#include <argus_ticket/async.hpp>

#include <boost/asio/any_io_executor.hpp>

struct carrier {
  using executor_type = boost::asio::any_io_executor;
  executor_type get_executor() const;
  template <class Token>
  void async_send(at::http::request const&, at::http::deadline, Token);
};

#ifdef CORRECT
struct watch : at::real_clock {};
#else
struct watch {
  std::chrono::system_clock::time_point now();
  std::chrono::steady_clock::time_point steady_now();
  void sleep_for(std::chrono::milliseconds);
};
#endif

void use(at::basic_client<plugin, carrier, at::policies<at::default_renderer, watch>>& tickets) {
  tickets.async_create({}, [](at::result<at::ticket>) {});
}
