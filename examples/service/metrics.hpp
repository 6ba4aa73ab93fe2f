#ifndef ARGUS_TICKET_SERVICE_METRICS_HPP
#define ARGUS_TICKET_SERVICE_METRICS_HPP

#include "tickets.hpp"

#include <prometheus/collectable.h>
#include <prometheus/metric_family.h>
#include <string>
#include <vector>

namespace service {

/// The library's counters and the outbox's state, for Prometheus: may as well be registered with a
/// `prometheus::Exposer`. Thread safety: as `tickets`.
class metrics final : public prometheus::Collectable {
 public:
  /// @param from Must outlive this.
  explicit metrics(tickets& from) : from_(from) {}

  [[nodiscard]] std::vector<prometheus::MetricFamily> Collect() const override;

 private:
  tickets& from_;
};

/// In Prometheus's text format.
[[nodiscard]] std::string exposition_of(prometheus::Collectable const& all);
inline constexpr char const* exposition_type = "text/plain; version=0.0.4; charset=utf-8";

} // namespace service

#endif
