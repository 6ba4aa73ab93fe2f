#ifndef ARGUS_TICKET_DETAIL_IN_FLIGHT_HPP
#define ARGUS_TICKET_DETAIL_IN_FLIGHT_HPP

#include <argus_ticket/incident_key.hpp>

#include <algorithm>
#include <chrono>
#include <condition_variable>
#include <functional>
#include <memory>
#include <mutex>
#include <set>
#include <string>
#include <utility>
#include <vector>

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
    std::vector<std::pair<std::string, std::function<void()>>> waiting;
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
      std::vector<std::function<void()>> calls;
      {
        std::lock_guard const hold(all_->lock);
        all_->taken.erase(key_);
        std::erase_if(all_->waiting, [&](auto& one) {
          if (one.first != key_) return false;
          calls.push_back(std::move(one.second));
          return true;
        });
      }
      all_->freed.notify_all();
      for (auto const& call : calls) call();
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
    return taken(key);
  }

  /// The same without waiting. Where it is not obtained, `freed` is called once, from whatever
  /// thread, when it is worth asking again; it must be quick.
  [[nodiscard]] turn take_or(incident_key const& key, std::function<void()> freed) const {
    std::lock_guard const hold(keys_->lock);
    if (!keys_->taken.contains(key.value)) return taken(key);
    keys_->waiting.emplace_back(key.value, std::move(freed));
    return turn{};
  }

 private:
  /// With the lock.
  turn taken(incident_key const& key) const {
    if (!key.empty()) keys_->taken.insert(key.value);
    return turn{keys_, key.value};
  }

  std::shared_ptr<keys> keys_ = std::make_shared<keys>();
};

} // namespace argus_ticket::detail

#endif
