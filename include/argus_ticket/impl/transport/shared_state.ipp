#ifndef ARGUS_TICKET_IMPL_TRANSPORT_SHARED_STATE_IPP
#define ARGUS_TICKET_IMPL_TRANSPORT_SHARED_STATE_IPP

#include <argus_ticket/transport/detail/shared_state.hpp>

#include <utility>

namespace argus_ticket::detail::https {

shared_state::shared_state(https_options options, std::vector<problem>& problems)
    : connect_(std::move(options), problems),
      pool_(connect_.options().max_idle_connections, connect_.options().idle_timeout) {}

bool shared_state::send_once(http::request const& request, time_point deadline, bool fresh,
                             std::optional<attempt>& a) {
  std::string key = connect_.key_of(request);
  connect_.prepare(a, request, deadline);
  auto used = fresh ? nullptr : pool_.take(key);
  bool const kept = used != nullptr;
  if (!kept) used = std::make_unique<blocking_connection>(context_.get_executor());
  procedure<void> running = run(*used, *a);
  running.start();
  running.take();
  if (a->reusable) pool_.give(std::move(key), std::move(used));
  return kept;
}

} // namespace argus_ticket::detail::https

#endif
