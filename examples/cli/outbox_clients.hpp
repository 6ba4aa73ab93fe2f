#ifndef ARGUS_TICKET_CLI_OUTBOX_CLIENTS_HPP
#define ARGUS_TICKET_CLI_OUTBOX_CLIENTS_HPP

#include "clients.hpp"
#include "outbox_options.hpp"

#include <argus_ticket/outbox/delivery.hpp>

#include <functional>
#include <memory>
#include <span>
#include <stop_token>
#include <vector>

namespace cli {

/**
 * An outbox of a ticket system whose name is known only now.
 *
 * The library's outbox is a template over its client; it is instantiated in outbox_clients.cpp and
 * nowhere else. The last three members are those that the library's runners ask of an outbox.
 */
class any_outbox {
 public:
  any_outbox() = default;
  any_outbox(any_outbox const&) = delete;
  any_outbox& operator=(any_outbox const&) = delete;
  virtual ~any_outbox() = default;

  /// Accepts incidents whose tickets are to be opened: all or none.
  virtual argus_ticket::result<std::vector<argus_ticket::submission>>
  open(std::span<argus_ticket::incident const> all) = 0;
  /// Accepts another step for one incident, as the options say.
  virtual argus_ticket::result<argus_ticket::submission>
  submit(outbox_options const& what, argus_ticket::incident const& from) = 0;

  /// Says that this process delivers from now on; fails where another one does.
  virtual argus_ticket::result<void> begin_delivery() = 0;
  virtual argus_ticket::result<argus_ticket::outbox_stats> stats() = 0;

  virtual argus_ticket::result<argus_ticket::delivery> deliver_one(std::stop_token const& stop) = 0;
  virtual void when_submitted(std::function<void()> call) = 0;
  virtual argus_ticket::outbox_time now() = 0;
};

/**
 * Opens the outbox in `asked.store`, which is made where there is none, for the ticket system that
 * the settings name.
 * @return It, or what is wrong with the settings (as of @ref make_client) or with the store.
 */
[[nodiscard]] argus_ticket::result<std::unique_ptr<any_outbox>>
make_outbox(argus_ticket::raw_settings const& settings, connection_options const& connection,
            outbox_options const& asked, redactor& texts);

} // namespace cli

#endif
