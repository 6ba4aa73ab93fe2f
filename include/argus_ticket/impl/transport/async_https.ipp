#ifndef ARGUS_TICKET_IMPL_TRANSPORT_ASYNC_HTTPS_IPP
#define ARGUS_TICKET_IMPL_TRANSPORT_ASYNC_HTTPS_IPP

#include <argus_ticket/transport/async_https.hpp>
#include <argus_ticket/transport/detail/async_delivery.hpp>

namespace argus_ticket {

async_https_transport::async_https_transport(executor_type on, https_options options,
                                             executor_threads threads)
    : async_https_transport(make(std::move(on), std::move(options), threads).value()) {}

result<async_https_transport> async_https_transport::make(executor_type on, https_options options,
                                                          executor_threads threads) {
  auto state = detail::https::checked<detail::https::async_state>(
      options, [&](std::vector<problem>& problems) {
        return std::make_shared<detail::https::async_state>(std::move(on), std::move(options),
                                                            threads, problems);
      });
  if (!state) return std::move(state).error();
  return async_https_transport{std::move(*state)};
}

async_https_transport::executor_type async_https_transport::get_executor() const noexcept {
  return state_->executor;
}

void async_https_transport::start(std::shared_ptr<detail::https::async_state> state,
                                  http::request const& request, http::deadline deadline,
                                  send_handler handler) {
  std::make_shared<detail::https::async_delivery>(std::move(state), request, deadline,
                                                  std::move(handler))
      ->start();
}

void async_https_transport::close_idle() const {
  state_->pool.drop((std::chrono::steady_clock::time_point::max)());
}

} // namespace argus_ticket

#endif
