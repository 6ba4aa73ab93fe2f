#ifndef ARGUS_TICKET_IMPL_IN_FLIGHT_IPP
#define ARGUS_TICKET_IMPL_IN_FLIGHT_IPP

#include <argus_ticket/detail/in_flight.hpp>
#include <argus_ticket/incident_key.hpp>

#include <algorithm>
#include <condition_variable>
#include <mutex>
#include <set>
#include <vector>

namespace argus_ticket::detail {

struct in_flight::keys {
  std::mutex lock;
  std::condition_variable freed;
  std::set<std::string> taken; // values of keys; the empty one is nobody's
  std::vector<std::pair<std::string, sleeper>> waiting;
};

in_flight::turn::~turn() {
  if (!all_) return;
  std::vector<sleeper> calls;
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
  for (sleeper const& one : calls) one.call(one.of.get());
}

in_flight::in_flight() : keys_(std::make_shared<keys>()) {}

in_flight::turn in_flight::wait_for(incident_key const& key, std::chrono::milliseconds time) const {
  using std::chrono::milliseconds;
  constexpr milliseconds longest = std::chrono::days{365}; // fits into a time point
  std::unique_lock hold(keys_->lock);
  if (!keys_->freed.wait_for(hold, std::clamp(time, milliseconds{0}, longest),
                             [&] { return !keys_->taken.contains(key.value); }))
    return turn{};
  return taken(key);
}

in_flight::turn in_flight::take_or(incident_key const& key, sleeper freed) const {
  std::lock_guard const hold(keys_->lock);
  if (!keys_->taken.contains(key.value)) return taken(key);
  keys_->waiting.emplace_back(key.value, std::move(freed));
  return turn{};
}

in_flight::turn in_flight::taken(incident_key const& key) const {
  if (!key.empty()) keys_->taken.insert(key.value);
  return turn{keys_, key.value};
}

} // namespace argus_ticket::detail

#endif
