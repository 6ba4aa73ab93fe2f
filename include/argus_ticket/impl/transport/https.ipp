#ifndef ARGUS_TICKET_IMPL_TRANSPORT_HTTPS_IPP
#define ARGUS_TICKET_IMPL_TRANSPORT_HTTPS_IPP

#include <argus_ticket/transport/detail/delivery.hpp>
#include <argus_ticket/transport/detail/shared_state.hpp>
#include <argus_ticket/transport/detail/wire.hpp>
#include <argus_ticket/transport/https.hpp>

#include <algorithm>
#include <exception>
#include <new>

namespace argus_ticket {

https_transport::https_transport() : https_transport(https_options{}) {}

https_transport::https_transport(https_options options)
    : https_transport(make(std::move(options)).value()) {}

result<https_transport> https_transport::make(https_options options) {
  auto state = detail::https::checked<detail::https::shared_state>(
      options, [&](std::vector<problem>& problems) {
        return std::make_shared<detail::https::shared_state>(std::move(options), problems);
      });
  if (!state) return std::move(state).error();
  return https_transport{std::move(*state)};
}

result<http::response> https_transport::send(http::request const& request,
                                             http::deadline deadline) const {
  https_options const& options = state_->options();
  deadline = (std::min)(deadline, std::chrono::steady_clock::now() + options.total_timeout);
  detail::https::delivery delivery{request, options.max_redirects};
  while (true) {
    http::request const& current = delivery.current();
    if (auto refused = detail::https::objection(current, options))
      return delivery.told(std::move(*refused));
    std::optional<detail::https::attempt> a;
    bool kept = false;
    try {
      kept = state_->send_once(current, deadline, delivery.wants_fresh(), a);
    } catch (std::bad_alloc const&) {
      throw;
    } catch (std::exception const& e) { // no more file descriptors, for instance
      return delivery.told(detail::https::thrown_in(a, current, e.what()));
    }
    if (auto end = delivery.after(std::move(*a->reply), kept, a->broken)) return std::move(*end);
  }
}

void https_transport::close_idle() const {
  state_->pool().drop((std::chrono::steady_clock::time_point::max)());
}

} // namespace argus_ticket

#endif
