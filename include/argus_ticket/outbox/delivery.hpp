#ifndef ARGUS_TICKET_OUTBOX_DELIVERY_HPP
#define ARGUS_TICKET_OUTBOX_DELIVERY_HPP

#include <argus_ticket/outbox/entry.hpp>

#include <optional>

namespace argus_ticket {

/// What one call of `outbox::deliver_one` came to.
struct delivery {
  /// What became of an entry.
  enum class kind {
    nothing,   ///< There was nothing to deliver.
    delivered, ///< A step was delivered and recorded.
    postponed, ///< It was not; it will be tried again.
    dead       ///< It was given up.
  };

  delivery::kind what = kind::nothing; ///< What became of it.
  outbox_entry entry;                  ///< As it was claimed; empty for `nothing`.
  std::optional<ticket> about;         ///< For `delivered`: the ticket, with its warnings.
  std::optional<error> failure;        ///< For `postponed` and `dead`.
  /// For `nothing`: when to look again, for an entry that is due then or since the ticket system is
  /// left alone until then; absent where nothing waits. For `postponed`: when it will be tried
  /// again.
  std::optional<outbox_time> next;
};

} // namespace argus_ticket

#endif
