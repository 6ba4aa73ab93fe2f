#ifndef ARGUS_TICKET_DETAIL_IN_FLIGHT_HPP
#define ARGUS_TICKET_DETAIL_IN_FLIGHT_HPP

#include <argus_ticket/incident_key.hpp>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <utility>

namespace argus_ticket::detail {

/**
 * Lets one operation at a time run for each key: two that look for the same ticket at the same
 * moment would both find none, and open two.
 *
 * A cheap handle: copies share the keys. Thread safety: all members may be called at once.
 */
class in_flight {
  struct keys {
    std::mutex lock;
    std::condition_variable freed;
    std::set<std::string> taken; // values of keys; the empty one is nobody's
  };

 public:
  /// The right to work on a key; ends with this object. False where it was not obtained.
  class turn {
   public:
    turn() = default;
    turn(std::shared_ptr<keys> all, std::string key) : all_(std::move(all)), key_(std::move(key)) {}
    turn(turn&&) = default;
    turn& operator=(turn&&) = delete;
    ~turn() {
      if (!all_) return;
      {
        std::lock_guard const hold(all_->lock);
        all_->taken.erase(key_);
      }
      all_->freed.notify_all();
    }
    explicit operator bool() const noexcept { return all_ != nullptr; }

   private:
    std::shared_ptr<keys> all_;
    std::string key_;
  };

  /// Waits until nobody else works on that key, but no longer than `time`.
  [[nodiscard]] turn wait_for(incident_key const& key, std::chrono::milliseconds time) const {
    using std::chrono::milliseconds;
    constexpr milliseconds longest = std::chrono::days{365}; // fits into a time point
    std::unique_lock hold(keys_->lock);
    if (!keys_->freed.wait_for(hold, std::clamp(time, milliseconds{0}, longest),
                               [&] { return !keys_->taken.contains(key.value); }))
      return turn{};
    if (!key.empty()) keys_->taken.insert(key.value);
    return turn{keys_, key.value};
  }

 private:
  std::shared_ptr<keys> keys_ = std::make_shared<keys>();
};

} // namespace argus_ticket::detail

#endif
