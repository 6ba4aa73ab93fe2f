#ifndef ARGUS_TICKET_TRANSPORT_DETAIL_CONNECTION_SLOTS_HPP
#define ARGUS_TICKET_TRANSPORT_DETAIL_CONNECTION_SLOTS_HPP

#include <algorithm>
#include <cstddef>
#include <deque>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <utility>

namespace argus_ticket::detail::https {

/// How many connections to each server are in use, and who waits for one. Thread safety: all
/// members may be called at once; nothing is called with the lock.
class connection_slots {
 public:
  /// @param most For each server; above zero.
  explicit connection_slots(std::size_t most) : most_(most) {}

  /// Takes a slot, or stands in line for one.
  /// @param who Tells apart those who stand in line.
  /// @param granted Called once, from whatever thread, where it has had to wait and has a slot now.
  /// @return Whether there was one at once.
  template <class Granted>
  [[nodiscard]] bool take(std::string const& key, void const* who, Granted granted) {
    std::lock_guard const lock(mutex_);
    server& at = servers_[key];
    if (at.used < most_) {
      ++at.used;
      return true;
    }
    at.line.emplace_back(who, std::move(granted));
    return false;
  }

  /// Leaves the line. @return Whether it stood there; else it has a slot.
  bool withdraw(std::string const& key, void const* who) {
    std::lock_guard const lock(mutex_);
    auto const at = servers_.find(key);
    if (at == servers_.end()) return false;
    return std::erase_if(at->second.line, [&](auto const& one) { return one.first == who; }) > 0;
  }

  /// Gives a slot back, to who stands first in line.
  void give_back(std::string const& key) {
    std::function<void()> granted;
    {
      std::lock_guard const lock(mutex_);
      auto const at = servers_.find(key);
      if (!at->second.line.empty()) {
        granted = std::move(at->second.line.front().second);
        at->second.line.pop_front();
      } else {
        --at->second.used; // its place stays: there are few servers
      }
    }
    if (granted) granted();
  }

 private:
  struct server {
    std::size_t used = 0;
    std::deque<std::pair<void const*, std::function<void()>>> line;
  };

  std::size_t most_;
  std::mutex mutex_;
  std::map<std::string, server> servers_;
};

} // namespace argus_ticket::detail::https

#endif
