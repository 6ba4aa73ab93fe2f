#ifndef ARGUS_TICKET_DETAIL_IN_FLIGHT_HPP
#define ARGUS_TICKET_DETAIL_IN_FLIGHT_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/fwd.hpp>

#include <chrono>
#include <memory>
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
  struct keys;
  /// Somebody to be told that a key may be free: `call(of)`.
  struct sleeper {
    std::shared_ptr<void> of;
    void (*call)(void*);
  };

 public:
  /// The right to work on a key; ends with this object. False where it was not obtained.
  class turn {
   public:
    turn() = default;
    turn(std::shared_ptr<keys> all, std::string key) : all_(std::move(all)), key_(std::move(key)) {}
    turn(turn&&) = default;
    turn& operator=(turn&&) = delete;
    ARGUS_TICKET_DECL ~turn();
    explicit operator bool() const noexcept { return all_ != nullptr; }

   private:
    std::shared_ptr<keys> all_;
    std::string key_;
  };

  ARGUS_TICKET_DECL in_flight();

  /// Waits until nobody else works on that key, but no longer than `time`.
  [[nodiscard]] ARGUS_TICKET_DECL turn wait_for(incident_key const& key,
                                                std::chrono::milliseconds time) const;

  /// The same without waiting. Where it is not obtained, `freed` is called once, from whatever
  /// thread, when it is worth asking again; it must be quick.
  template <class F>
  [[nodiscard]] turn take_or(incident_key const& key, F freed) const {
    return take_or(key, sleeper{std::make_shared<F>(std::move(freed)),
                                [](void* of) { (*static_cast<F*>(of))(); }});
  }

 private:
  ARGUS_TICKET_DECL turn take_or(incident_key const& key, sleeper freed) const;
  /// With the lock.
  ARGUS_TICKET_DECL turn taken(incident_key const& key) const;

  std::shared_ptr<keys> keys_;
};

} // namespace argus_ticket::detail

#ifdef ARGUS_TICKET_WITH_BODIES
#include <argus_ticket/impl/in_flight.ipp>
#endif

#endif
