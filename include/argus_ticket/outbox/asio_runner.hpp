#ifndef ARGUS_TICKET_OUTBOX_ASIO_RUNNER_HPP
#define ARGUS_TICKET_OUTBOX_ASIO_RUNNER_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/http/transport.hpp>
#include <argus_ticket/outbox/detail/outbox_delivery.hpp>
#include <argus_ticket/outbox/detail/turn.hpp>

#include <boost/asio/any_io_executor.hpp>
#include <boost/asio/bind_cancellation_slot.hpp>
#include <boost/asio/bind_executor.hpp>
#include <boost/asio/cancellation_signal.hpp>

#include <chrono>
#include <functional>
#include <memory>
#include <stop_token>
#include <utility>

namespace argus_ticket {

/**
 * Delivers what an outbox has accepted, on an executor of the user's.
 *
 *     boost::asio::io_context io{1};
 *     at::outbox box{at::client<"github", at::async_https_transport>{settings, transport}, store};
 *     at::outbox_asio_runner runner{io.get_executor(), box, {.workers = 16}};
 *     boost::asio::signal_set signals{io, SIGTERM};
 *     signals.async_wait([&](auto, int) { runner.request_stop(); });
 *     io.run(); // until the last delivery has ended
 *
 * As @ref outbox_runner in all else. Over an asynchronous transport, as many deliveries as
 * `runner_options::workers` says are under way at once, on however few threads; the store alone
 * blocks, for as long as it takes. Over one that blocks, a delivery blocks the thread that runs it:
 * the executor should have one for each worker, beside those that others need. Between deliveries
 * only a timer waits.
 *
 * Errors: none; those of deliveries are told to the client's observer.
 * Exception safety: the constructor throws `std::bad_alloc`, and what the executor throws.
 * Thread safety: members may be called from several threads at once.
 * Object lifetimes: one runner at a time for each outbox; outbox and execution context must outlive
 * it.
 */
class outbox_asio_runner {
 public:
  /// Begins to deliver once the executor runs.
  /// @param executor Where deliveries run; see above.
  /// @param box      An @ref outbox.
  /// @param options  See there.
  template <class Outbox>
  outbox_asio_runner(boost::asio::any_io_executor const& executor, Outbox& box,
                     runner_options options = {})
      : outbox_asio_runner(
            executor, options.workers,
            [&box, poll = options.poll](turn_context& context, end_of_turn end) {
              take_turn(box, poll, context, std::move(end));
            },
            [&box](std::function<void()> call) { box.when_submitted(std::move(call)); }) {}
  outbox_asio_runner(outbox_asio_runner const&) = delete;
  outbox_asio_runner& operator=(outbox_asio_runner const&) = delete;
  /// Stops, breaks off what can be, and waits for the deliveries under way: so somebody must run
  /// the executor, unless none is under way. Where that is this thread, or where `io_context::run`
  /// ended by `stop` or an exception, call @ref request_stop and run it to its end before. Handlers
  /// that have not begun do nothing any more.
  ARGUS_TICKET_DECL ~outbox_asio_runner();

  /// Begins no delivery any more, and returns at once: an execution context that has nothing else
  /// to do ends when the last delivery has.
  ARGUS_TICKET_DECL void request_stop();
  /// The same, and waits until the deliveries under way have ended. Where they have not `within`
  /// that time, those over an asynchronous transport are broken off, and delivered again by the
  /// next runner. Not to be called in a handler of an executor with one thread.
  /// @return Whether all had ended within that time.
  ARGUS_TICKET_DECL bool stop(std::chrono::milliseconds within);
  /// Looks at the store at once.
  ARGUS_TICKET_DECL void wake();

 private:
  /// What a turn of a worker has: runs one handler at a time.
  struct turn_context {
    explicit turn_context(boost::asio::any_io_executor on) : executor(std::move(on)) {}

    boost::asio::any_io_executor executor;
    detail::worker_state worker;
    std::stop_token stop;
    boost::asio::cancellation_signal cancel; ///< Emitted on the executor.
  };
  using end_of_turn = std::function<void(std::chrono::milliseconds rest)>;
  using turn = std::function<void(turn_context&, end_of_turn)>;
  using listener = std::function<void(std::function<void()>)>;

  template <class Outbox>
  static void take_turn(Outbox& box, std::chrono::milliseconds poll, turn_context& context,
                        end_of_turn end) {
    namespace asio = boost::asio;
    if constexpr (detail::delivers_without_blocking<Outbox>) {
      box.async_deliver_one(asio::bind_executor(
          context.executor, asio::bind_cancellation_slot(
                                context.cancel.slot(), [&box, poll, &context, end = std::move(end)](
                                                           result<delivery> const& done) {
                                  end(detail::rest_or_failure(context.worker, [&] {
                                    return detail::rest_after(box, done, context.worker, poll);
                                  }));
                                })));
    } else {
      end(detail::take_turn(box, context.worker, poll, context.stop));
    }
  }

  ARGUS_TICKET_DECL outbox_asio_runner(boost::asio::any_io_executor const& executor, int workers,
                                       turn take_turn, listener listen);

  class state;
  std::shared_ptr<state> state_; ///< Shared with the handlers.
  listener listen_;
};

} // namespace argus_ticket

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/outbox/asio_runner.ipp>
#endif

#endif
