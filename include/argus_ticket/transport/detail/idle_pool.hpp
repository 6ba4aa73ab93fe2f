#ifndef ARGUS_TICKET_TRANSPORT_DETAIL_IDLE_POOL_HPP
#define ARGUS_TICKET_TRANSPORT_DETAIL_IDLE_POOL_HPP

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <iterator>
#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

namespace argus_ticket::detail::https {

/**
 * Connections that wait for their next request.
 *
 * @tparam T A connection with `is_reusable()`; destroying one closes it.
 * Thread safety: all members may be called from several threads. No connection is destroyed while
 * the lock is held.
 */
template <class T>
class idle_pool {
 public:
  using clock = std::chrono::steady_clock;

  idle_pool(std::size_t most, std::chrono::milliseconds idle_time)
      : most_(most), idle_time_(idle_time) {}

  /// The connection of that key that was used last and is still good; null where there is none.
  [[nodiscard]] std::unique_ptr<T> take(std::string const& key) {
    drop(clock::now() - idle_time_);
    while (auto found = pop(key))
      if (found->is_reusable()) return found;
    return nullptr;
  }

  /// Keeps a connection; the one that has waited longest makes room.
  void give(std::string key, std::unique_ptr<T> connection) {
    if (most_ == 0) return;
    std::unique_ptr<T> oldest;
    std::lock_guard const lock(mutex_);
    if (idle_.size() >= most_) {
      oldest = std::move(idle_.front().connection);
      idle_.erase(idle_.begin());
    }
    idle_.emplace_back(std::move(key), std::move(connection), clock::now());
  }

  /// Closes those that have waited since that time or longer.
  void drop(clock::time_point until) {
    std::vector<waiting> expired;
    std::lock_guard const lock(mutex_);
    auto const kept =
        std::find_if(idle_.begin(), idle_.end(), [&](waiting const& w) { return w.since > until; });
    std::move(idle_.begin(), kept, std::back_inserter(expired));
    idle_.erase(idle_.begin(), kept);
  }

 private:
  struct waiting {
    std::string key;
    std::unique_ptr<T> connection;
    clock::time_point since;

    waiting(std::string k, std::unique_ptr<T> c, clock::time_point s)
        : key(std::move(k)), connection(std::move(c)), since(s) {}
  };

  std::unique_ptr<T> pop(std::string const& key) {
    std::lock_guard const lock(mutex_);
    auto const found =
        std::find_if(idle_.rbegin(), idle_.rend(), [&](waiting const& w) { return w.key == key; });
    if (found == idle_.rend()) return nullptr;
    auto connection = std::move(found->connection);
    idle_.erase(std::next(found).base());
    return connection;
  }

  std::size_t most_;
  std::chrono::milliseconds idle_time_;
  std::mutex mutex_;
  std::vector<waiting> idle_; // in the order in which they came
};

} // namespace argus_ticket::detail::https

#endif
