#ifndef ARGUS_TICKET_OUTBOX_ASIO_RUNNER_HPP
#define ARGUS_TICKET_OUTBOX_ASIO_RUNNER_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/outbox/detail/turn.hpp>

#include <boost/asio/any_io_executor.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <utility>

namespace argus_ticket {

/**
 * Delivers what an outbox has accepted, on an executor of the user's.
 *
 *     boost::asio::thread_pool pool{2};
 *     at::outbox_asio_runner runner{pool.get_executor(), box};
 *
 * As @ref outbox_runner in all else. A delivery blocks the thread that runs it: the executor
 * should have one for each of `runner_options::workers`, beside those that others need. Between
 * deliveries only a timer waits.
 *
 * One runner at a time for each outbox; outbox and execution context must outlive it. Thread
 * safety: @ref stop and @ref wake may be called from several threads at once.
 */
class outbox_asio_runner {
 public:
  template <class Outbox>
  outbox_asio_runner(boost::asio::any_io_executor executor, Outbox& box,
                     runner_options options = {})
      : outbox_asio_runner(
            std::move(executor), options.workers,
            [&box, poll = options.poll](detail::worker_state& worker, std::stop_token const& stop) {
              return detail::take_turn(box, worker, poll, stop);
            },
            [&box](std::function<void()> call) { box.when_submitted(std::move(call)); }) {}
  outbox_asio_runner(outbox_asio_runner const&) = delete;
  outbox_asio_runner& operator=(outbox_asio_runner const&) = delete;
  /// Stops, and waits for the deliveries under way; not to be called in a handler of the executor
  /// where that has one thread alone. Handlers that have not begun do nothing any more.
  ARGUS_TICKET_DECL ~outbox_asio_runner();

  /// As @ref outbox_runner::stop.
  ARGUS_TICKET_DECL bool stop(std::chrono::milliseconds within);
  /// Looks at the store at once.
  ARGUS_TICKET_DECL void wake();

 private:
  using turn =
      std::function<std::chrono::milliseconds(detail::worker_state&, std::stop_token const&)>;
  using listener = std::function<void(std::function<void()>)>;

  ARGUS_TICKET_DECL outbox_asio_runner(boost::asio::any_io_executor executor, int workers,
                                       turn take_turn, listener listen);

  class state;
  std::shared_ptr<state> state_; ///< Shared with the handlers.
  listener listen_;
};

} // namespace argus_ticket

#include <argus_ticket/impl/outbox/asio_runner.ipp>

#endif
