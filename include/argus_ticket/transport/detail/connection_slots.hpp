#ifndef ARGUS_TICKET_TRANSPORT_DETAIL_CONNECTION_SLOTS_HPP
#define ARGUS_TICKET_TRANSPORT_DETAIL_CONNECTION_SLOTS_HPP

#include <algorithm>
#include <cstddef>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <utility>

namespace argus_ticket::detail::https {

/// Who stands in line for a connection.
class slot_waiter {
 public:
  /// It has a slot now. Called once, from whatever thread.
  virtual void granted() = 0;

 protected:
  ~slot_waiter() = default;
};

/// How many connections to each server are in use, and who waits for one. Thread safety: all
/// members may be called at once; nothing is called with the lock.
class connection_slots {
 public:
  /// @param most For each server; above zero.
  explicit connection_slots(std::size_t most) : most_(most) {}

  /// Takes a slot, or stands in line for one. The line keeps nobody alive: who is gone when the
  /// turn comes is passed over.
  /// @return Whether there was one at once.
  [[nodiscard]] bool take(std::string const& key, std::shared_ptr<slot_waiter> const& who) {
    std::lock_guard const lock(mutex_);
    server& at = servers_[key];
    if (at.used < most_) {
      ++at.used;
      return true;
    }
    at.line.emplace_back(who.get(), who);
    return false;
  }

  /// Leaves the line. @return Whether it stood there; else it has a slot.
  bool withdraw(std::string const& key, slot_waiter const& who) {
    std::lock_guard const lock(mutex_);
    auto const at = servers_.find(key);
    if (at == servers_.end()) return false;
    return std::erase_if(at->second.line, [&](auto const& one) { return one.first == &who; }) > 0;
  }

  /// Gives a slot back, to who stands first in line.
  void give_back(std::string const& key) {
    // From the moment it leaves the line on, so that it cannot end in between with the slot.
    if (auto const next = next_in_line(key)) next->granted();
  }

 private:
  struct server {
    std::size_t used = 0;
    std::deque<std::pair<slot_waiter const*, std::weak_ptr<slot_waiter>>> line;
  };

  [[nodiscard]] std::shared_ptr<slot_waiter> next_in_line(std::string const& key) {
    std::lock_guard const lock(mutex_);
    server& at = servers_.find(key)->second;
    while (!at.line.empty()) {
      std::shared_ptr<slot_waiter> const first = at.line.front().second.lock();
      at.line.pop_front();
      if (first) return first;
    }
    --at.used; // its place stays: there are few servers
    return nullptr;
  }

  std::size_t most_;
  std::mutex mutex_;
  std::map<std::string, server> servers_;
};

} // namespace argus_ticket::detail::https

#endif
