#ifndef ARGUS_TICKET_IMPL_TRANSPORT_SHARED_STATE_IPP
#define ARGUS_TICKET_IMPL_TRANSPORT_SHARED_STATE_IPP

#include <argus_ticket/transport/detail/shared_state.hpp>

#include <boost/asio/co_spawn.hpp>

#include <exception>
#include <utility>

namespace argus_ticket::detail::https {

blocking_connection::~blocking_connection() {
  try {
    connection_->close_gracefully();
    context_.restart();
    context_.poll();
  } catch (std::exception const&) { // it is closed anyway
  }
  connection_->close();
}

void blocking_connection::run(attempt& a) {
  std::exception_ptr thrown;
  asio::co_spawn(context_, https::run(*connection_, a), [&thrown, this](std::exception_ptr e) {
    thrown = std::move(e);
    if (thrown) connection_->close();
  });
  context_.restart();
  // The kernel is told of the limit where it is asked what has come: a timer would cost system
  // calls of its own for each request.
  while (!context_.stopped())
    if (context_.run_one_until(connection_->limit()) == 0 && !context_.stopped())
      connection_->expire();
  if (thrown) std::rethrow_exception(thrown);
}

shared_state::shared_state(https_options options, std::vector<problem>& problems)
    : connect_(std::move(options), problems),
      pool_(connect_.options().max_idle_connections, connect_.options().idle_timeout) {}

bool shared_state::send_once(http::request const& request, time_point deadline, bool fresh,
                             std::optional<attempt>& a) {
  std::string key = connect_.key_of(request);
  connect_.prepare(a, request, deadline);
  auto used = fresh ? nullptr : pool_.take(key);
  bool const kept = used != nullptr;
  if (!kept) used = std::make_unique<blocking_connection>();
  used->run(*a);
  if (a->reusable) pool_.give(std::move(key), std::move(used));
  return kept;
}

} // namespace argus_ticket::detail::https

#endif
