// `argus-ticket outbox run`.
#include "outbox_commands.hpp"

#include <argus_ticket/outbox/runner.hpp>

#include <chrono>
#include <csignal>
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <functional>
#include <mutex>
#include <optional>

namespace at = argus_ticket;
using namespace std::chrono_literals;

namespace cli {
namespace {

/// SIGINT and SIGTERM, as something to ask for: from here on they interrupt nothing.
class stop_signals {
 public:
  stop_signals() {
    sigemptyset(&set_);
    sigaddset(&set_, SIGINT);
    sigaddset(&set_, SIGTERM);
    // Threads that are started from now on inherit it.
    pthread_sigmask(SIG_BLOCK, &set_, nullptr);
  }
  /// Whether one came, within a time.
  [[nodiscard]] bool came(std::chrono::milliseconds within) const {
    std::timespec const time{.tv_sec = within.count() / 1'000,
                             .tv_nsec = static_cast<long>(within.count() % 1'000) * 1'000'000};
    return sigtimedwait(&set_, nullptr, &time) > 0;
  }

 private:
  sigset_t set_{};
};

/// The outbox as the runner sees it: says what each delivery comes to, and knows when all is done.
class told_outbox {
 public:
  told_outbox(any_outbox& box, run_end end, output& out) : box_(box), end_(end), out_(out) {}

  at::result<at::delivery> deliver_one(std::stop_token const& stop) {
    std::uint64_t before = 0;
    {
      std::lock_guard const hold(lock_);
      if (finished_) return at::delivery{};
      ++busy_;
      before = ended_;
    }
    at::result<at::delivery> done = box_.deliver_one(stop);
    std::lock_guard const hold(lock_);
    --busy_;
    if (!done) {
      failed(done.error());
    } else if (done->what != at::delivery::kind::nothing) {
      ++ended_;
      tell(*done);
    } else if (busy_ == 0 && ended_ == before) { // what others deliver may be followed by more
      finished_ =
          end_ == run_end::when_nothing_is_due || (end_ == run_end::when_empty && !done->next);
    }
    return done;
  }
  void when_submitted(std::function<void()> call) { box_.when_submitted(std::move(call)); }
  at::outbox_time now() { return box_.now(); }

  /// Whether there is nothing more to do.
  [[nodiscard]] bool finished() const {
    std::lock_guard const hold(lock_);
    return finished_;
  }
  [[nodiscard]] std::optional<at::error> failure() const {
    std::lock_guard const hold(lock_);
    return failure_;
  }
  [[nodiscard]] bool warned() const {
    std::lock_guard const hold(lock_);
    return warned_;
  }
  /// From here on nothing is said any more: what ends later has not been heard of.
  void silence() {
    std::lock_guard const hold(lock_);
    silent_ = true;
  }

 private:
  void tell(at::delivery const& done) {
    if (silent_) return;
    warned_ = warned_ || (done.about && !done.about->warnings.empty());
    out_.delivery(done);
    (void)out_.flush_part(); // a reader that is gone stops no delivery
  }
  /// The store's own errors. A run that is to go on for ever tries again.
  void failed(at::error const& e) {
    if (silent_) return;
    if (e.code == at::errc::lease_lost) return out_.warning(e.message);
    if (end_ == run_end::never) {
      out_.error(e);
      (void)out_.flush_part();
    } else {
      failure_ = e;
      finished_ = true;
    }
  }

  any_outbox& box_;
  run_end end_;
  output& out_;
  mutable std::mutex lock_; // also of the output
  int busy_ = 0;
  std::uint64_t ended_ = 0; ///< Deliveries.
  bool finished_ = false;
  bool warned_ = false;
  bool silent_ = false;
  std::optional<at::error> failure_;
};

/// Stops the runner. @return Whether it did within the grace; a second signal ends that at once.
bool stop(at::outbox_runner& runner, std::chrono::milliseconds grace, stop_signals const& signals) {
  auto const end = std::chrono::steady_clock::now() + grace;
  while (!runner.stop(50ms))
    if (std::chrono::steady_clock::now() >= end || signals.came(0ms)) return false;
  return true;
}

/// The exit code of a run that was to end by itself.
exit_code what_is_left(any_outbox& box, output& out) {
  auto const left = box.stats();
  if (!left) {
    out.error(left.error());
    return exit_code_of(left.error());
  }
  if (left->dead > 0) return exit_code::dead;
  return left->waiting + left->delivering > 0 ? exit_code::left : exit_code::done;
}

} // namespace

exit_code deliver(options const& given, any_outbox& box, output& out) {
  outbox_options const& asked = given.outbox;
  stop_signals const signals;
  auto const failed = [&](at::error const& e) {
    out.error(e);
    return exit_code_of(e);
  };
  if (auto const begun = box.begin_delivery(); !begun) return failed(begun.error());

  told_outbox told{box, asked.end, out};
  at::runner_options options;
  options.workers = asked.workers;
  at::outbox_runner runner{told, options};
  auto const look_again = asked.end == run_end::never ? std::chrono::milliseconds{1h} : 20ms;
  while (!told.finished())
    if (signals.came(look_again)) break;

  if (!stop(runner, asked.grace, signals)) {
    told.silence();
    out.warning("a request is still under way; its entry is taken up again at the next start");
    (void)out.flush();
    // The runner would wait for it. Nothing is lost: what is being delivered stays in the store.
    std::_Exit(static_cast<int>(asked.end == run_end::never ? exit_code::done : exit_code::left));
  }
  if (auto const failure = told.failure()) return failed(*failure);
  if (asked.end != run_end::never)
    if (exit_code const code = what_is_left(box, out); code != exit_code::done) return code;
  return told.warned() && given.strict ? exit_code::degraded : exit_code::done;
}

} // namespace cli
