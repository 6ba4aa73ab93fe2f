#ifndef ARGUS_TICKET_SERVICE_TICKETS_HPP
#define ARGUS_TICKET_SERVICE_TICKETS_HPP

#include <argus_ticket/counters.hpp>
#include <argus_ticket/incident.hpp>
#include <argus_ticket/outbox/entry.hpp>
#include <argus_ticket/result.hpp>

#include <chrono>
#include <cstddef>
#include <memory>
#include <string>

namespace service {

struct ticket_options {
  std::string store;         ///< The outbox's file.
  std::string settings_file; ///< Empty: the environment.
  std::string ca_file;       ///< Empty: the system's certificates.
  int workers = 2;           ///< Deliveries at a time.
  std::size_t most_entries = argus_ticket::outbox_caps{}.entries;
};

/**
 * The library's part of the service: client, outbox and runner.
 *
 * Its templates are compiled in tickets.cpp alone, so that the other files compile fast. Every
 * member may be called from several threads at once.
 */
class tickets {
 public:
  /// Opens the outbox, and begins to deliver from it. @return It, or what is wrong with the
  /// settings or the store; also where another process delivers from it.
  [[nodiscard]] static argus_ticket::result<std::unique_ptr<tickets>>
  open(ticket_options const& options);
  tickets(tickets const&) = delete;
  tickets& operator=(tickets const&) = delete;
  virtual ~tickets() = default;

  /// Once these return, the incident survives a crash.
  virtual argus_ticket::result<argus_ticket::submission>
  submit(argus_ticket::incident const& from) = 0;
  virtual argus_ticket::result<argus_ticket::submission>
  submit_close(argus_ticket::incident const& from) = 0;

  virtual argus_ticket::result<argus_ticket::outbox_stats> stats() = 0;
  [[nodiscard]] virtual argus_ticket::counter_values counters() const = 0;

  /// Begins no more deliveries. @return Whether those under way have ended within the time.
  virtual bool stop(std::chrono::milliseconds within) = 0;

 protected:
  tickets() = default;
};

} // namespace service

#endif
