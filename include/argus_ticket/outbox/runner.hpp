#ifndef ARGUS_TICKET_OUTBOX_RUNNER_HPP
#define ARGUS_TICKET_OUTBOX_RUNNER_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/outbox/detail/turn.hpp>

#include <chrono>
#include <condition_variable>
#include <cstdint>
#include <functional>
#include <mutex>
#include <stop_token>
#include <thread>
#include <utility>
#include <vector>

namespace argus_ticket {

/**
 * Delivers what an outbox has accepted, in threads of its own, until it is stopped or destroyed.
 *
 *     at::outbox_runner runner{box};
 *     ...
 *     if (!runner.stop(10s)) ...  // a request is still under way
 *
 * It goes to work as soon as something is submitted, requeued or due. Errors of the store are told
 * to the client's observer, and the store is asked again after a while that grows up to 30 s: so a
 * process whose store another one delivers from takes over when that one ends.
 *
 * Errors: none; those of deliveries are told to the client's observer.
 * Exception safety: the constructor throws `std::system_error` and `std::bad_alloc`, and leaves no
 * thread behind then; other members throw nothing.
 * Thread safety: @ref stop and @ref wake may be called from several threads at once.
 * Object lifetimes: one runner at a time for each outbox, which must outlive it.
 */
class outbox_runner {
 public:
  /// Begins to deliver at once.
  /// @param box     An @ref outbox.
  /// @param options See there.
  /// @throws std::system_error where there are no more threads.
  template <class Outbox>
  explicit outbox_runner(Outbox& box, runner_options options = {})
      : turn_(
            [&box, poll = options.poll](detail::worker_state& worker, std::stop_token const& stop) {
              return detail::take_turn(box, worker, poll, stop);
            }),
        listen_([&box](std::function<void()> call) { box.when_submitted(std::move(call)); }) {
    start(options.workers);
  }
  outbox_runner(outbox_runner const&) = delete;
  outbox_runner& operator=(outbox_runner const&) = delete;
  /// Stops, and waits for what is under way: for the client's `policies::timeout` at most.
  ARGUS_TICKET_DECL ~outbox_runner();

  /**
   * Begins no more deliveries, lets those under way wait for nothing any more, and waits for them.
   *
   * @param within Above zero; how long at the most.
   * @return Whether all have ended. Where not, a request is being sent. The process may end at any
   * moment nevertheless: what was cut off is looked for and taken up again at the next start.
   */
  ARGUS_TICKET_DECL bool stop(std::chrono::milliseconds within);

  /// Looks at the store at once.
  ARGUS_TICKET_DECL void wake();

 private:
  ARGUS_TICKET_DECL void start(int workers);
  ARGUS_TICKET_DECL void work();
  ARGUS_TICKET_DECL void join() noexcept;

  std::function<std::chrono::milliseconds(detail::worker_state&, std::stop_token const&)> turn_;
  std::function<void(std::function<void()>)> listen_;
  std::mutex lock_;
  std::condition_variable changed_;
  std::uint64_t wakes_ = 0; ///< So that a call to `wake` while a worker is busy is not lost.
  int working_ = 0;         ///< Workers that have not ended.
  std::stop_source stop_;
  std::vector<std::thread> threads_;
};

} // namespace argus_ticket

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/outbox/runner.ipp>
#endif

#endif
