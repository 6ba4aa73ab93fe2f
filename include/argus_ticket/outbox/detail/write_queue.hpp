#ifndef ARGUS_TICKET_OUTBOX_DETAIL_WRITE_QUEUE_HPP
#define ARGUS_TICKET_OUTBOX_DETAIL_WRITE_QUEUE_HPP

#include <condition_variable>
#include <cstddef>
#include <mutex>

namespace argus_ticket::detail::outbox {

/// Something that a thread waits for in a @ref write_queue; it lives on that thread's stack.
struct queued {
  queued* next = nullptr;
  bool done = false;
  std::condition_variable woken;
};

/**
 * Lets threads that come at the same time do their work together.
 *
 * The first one leads: it does what has queued up, its own first, while others queue up behind.
 * When it is through, the first of those leads. Nobody waits for more to come: how much is done
 * together follows from how long it takes.
 *
 * Thread safety: @ref run may be called from several threads. Nothing is allocated.
 */
class write_queue {
 public:
  /// How many are done together at most, so that the first does not wait for ever for the last.
  static constexpr std::size_t most = 1'000;

  /**
   * Waits until `mine` was done, by this thread or another.
   *
   * @param together Called with the first of a list, linked by `next`; must not throw. It is never
   * called by two threads at once.
   */
  template <class F>
  void run(queued& mine, F const& together) noexcept {
    std::unique_lock lock(mutex_);
    *last_ = &mine;
    last_ = &mine.next;
    mine.woken.wait(lock, [&] { return mine.done || (!led_ && first_ == &mine); });
    if (mine.done) return;

    led_ = true;
    queued* const batch = take();
    lock.unlock();
    together(batch);
    lock.lock();
    led_ = false;
    // Woken with the lock held: a job is gone as soon as its thread has seen that it is done.
    for (queued* job = batch; job != nullptr;) {
      queued* const next = job->next;
      job->done = true;
      job->woken.notify_one();
      job = next;
    }
    if (first_ != nullptr) first_->woken.notify_one();
  }

 private:
  queued* take() noexcept {
    queued* const batch = first_;
    queued* end = batch;
    for (std::size_t taken = 1; taken < most && end->next != nullptr; ++taken) end = end->next;
    first_ = end->next;
    if (first_ == nullptr) last_ = &first_;
    end->next = nullptr;
    return batch;
  }

  std::mutex mutex_;
  queued* first_ = nullptr;
  queued** last_ = &first_;
  bool led_ = false;
};

} // namespace argus_ticket::detail::outbox

#endif
