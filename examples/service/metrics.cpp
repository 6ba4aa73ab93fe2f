#include "metrics.hpp"

#include <limits>
#include <prometheus/text_serializer.h>
#include <utility>

namespace at = argus_ticket;
using prometheus::ClientMetric;
using prometheus::MetricFamily;
using prometheus::MetricType;

namespace service {
namespace {

// Prometheus's conventions: base units, `_total` for counters, one prefix.
constexpr char const* prefix = "argus_ticket_";

double seconds(std::chrono::milliseconds time) {
  return std::chrono::duration<double>(time).count();
}

template <class Count>
double number(Count n) {
  return static_cast<double>(n);
}

/// A family under construction.
class family {
 public:
  family(MetricType type, std::string const& name, char const* help) {
    made_.name = prefix + name;
    made_.help = help;
    made_.type = type;
  }

  family& add(double value, std::vector<ClientMetric::Label> labels = {}) {
    ClientMetric m;
    m.label = std::move(labels);
    if (made_.type == MetricType::Counter)
      m.counter.value = value;
    else
      m.gauge.value = value;
    made_.metric.push_back(std::move(m));
    return *this;
  }
  /// One for each name.
  template <class Count>
  family& add(char const* label, std::map<std::string, Count, std::less<>> const& by_name) {
    for (auto const& [name, n] : by_name) add(number(n), {{label, name}});
    return *this;
  }
  family& add(at::latency_histogram const& from, std::vector<ClientMetric::Label> labels = {}) {
    ClientMetric m;
    m.label = std::move(labels);
    std::uint64_t so_far = 0; // Prometheus's buckets are cumulative
    for (std::size_t i = 0; i < from.bounds.size(); ++i) {
      so_far += from.in_bucket[i];
      m.histogram.bucket.push_back({so_far, seconds(from.bounds[i])});
    }
    m.histogram.bucket.push_back({from.count, std::numeric_limits<double>::infinity()});
    m.histogram.sample_count = from.count;
    m.histogram.sample_sum = seconds(from.sum);
    made_.metric.push_back(std::move(m));
    return *this;
  }

  void to(std::vector<MetricFamily>& all) { all.push_back(std::move(made_)); }

 private:
  MetricFamily made_;
};

family counter(std::string const& name, char const* help) {
  return {MetricType::Counter, name + "_total", help};
}
family gauge(std::string const& name, char const* help) { return {MetricType::Gauge, name, help}; }
family histogram(std::string const& name, char const* help) {
  return {MetricType::Histogram, name + "_seconds", help};
}

void add_client(at::counter_values const& v, std::vector<MetricFamily>& to) {
  counter("tickets_opened", "Tickets opened").add(number(v.created)).to(to);
  counter("tickets_found", "Incidents that had their ticket already").add(number(v.found)).to(to);
  counter("requests", "Requests sent, repetitions included").add(number(v.requests)).to(to);
  counter("requests_repeated", "Requests that were repetitions").add(number(v.retried)).to(to);
  counter("creates_ambiguous", "Creates that may or may not have been done, and were looked for")
      .add(number(v.ambiguous))
      .to(to);
  counter("creates_reconciled", "Ambiguous creates that were found to have been done")
      .add(number(v.reconciled))
      .to(to);
  counter("duplicates", "Second tickets of one incident that were found")
      .add(number(v.duplicates))
      .to(to);
  counter("operations", "Operations, by outcome").add("outcome", v.outcomes).to(to);
  counter("operation_failures", "Operations that failed, by the error's code")
      .add("code", v.failures)
      .to(to);
  counter("waited_seconds", "Time waited before requests, by reason")
      .add(seconds(v.waited_for_retry), {{"reason", "retry"}})
      .add(seconds(v.waited_for_pacing), {{"reason", "pacing"}})
      .add(seconds(v.waited_for_search), {{"reason", "search"}})
      .to(to);
  histogram("request_duration", "How long requests took").add(v.request_time).to(to);
  family operations = histogram("operation_duration", "How long operations took");
  for (auto const& [name, time] : v.operation_time) operations.add(time, {{"operation", name}});
  operations.to(to);
}

void add_outbox(at::counter_values const& v, std::vector<MetricFamily>& to) {
  counter("outbox_submissions", "Submissions accepted").add(number(v.submitted)).to(to);
  counter("outbox_renewals", "Submissions that replaced the text of one that waited")
      .add(number(v.coalesced))
      .to(to);
  counter("outbox_deliveries", "Steps delivered").add(number(v.delivered)).to(to);
  counter("outbox_postponements", "Deliveries that will be tried again")
      .add(number(v.postponed))
      .to(to);
  counter("outbox_deaths", "Entries given up, by the error's code")
      .add("code", v.dead_by_reason)
      .to(to);
  counter("outbox_store_failures", "Times the store could not be read or written")
      .add(number(v.store_failures))
      .to(to);
  histogram("outbox_delivery_duration", "From submission to delivery").add(v.delivery_time).to(to);
}

/// What the store itself says: it outlives this process, as do the numbers.
void add_store(at::outbox_stats const& s, std::vector<MetricFamily>& to) {
  gauge("outbox_entries", "Entries that are not delivered, by state")
      .add(number(s.waiting), {{"state", "waiting"}})
      .add(number(s.delivering), {{"state", "delivering"}})
      .add(number(s.dead), {{"state", "dead"}})
      .to(to);
  family dead = gauge("outbox_dead_entries", "Entries that were given up, by the error's code");
  for (auto const& [code, n] : s.dead_by_reason) dead.add(number(n), {{"code", code}});
  dead.to(to);
  gauge("outbox_payload_bytes", "Size of what is not delivered").add(number(s.bytes)).to(to);
  if (s.oldest)
    gauge("outbox_oldest_submission_timestamp_seconds",
          "When the oldest entry that is neither delivered nor dead was submitted")
        .add(seconds(s.oldest->time_since_epoch()))
        .to(to);
  counter("outbox_ever_submitted", "Entries accepted since the outbox was made")
      .add(number(s.submitted))
      .to(to);
  counter("outbox_ever_delivered", "Steps delivered since the outbox was made")
      .add(number(s.delivered))
      .to(to);
  counter("outbox_ever_died", "Entries given up since the outbox was made")
      .add(number(s.died))
      .to(to);
  counter("outbox_ever_requeued", "Dead entries taken up again since the outbox was made")
      .add(number(s.requeued))
      .to(to);
}

} // namespace

std::vector<MetricFamily> metrics::Collect() const {
  std::vector<MetricFamily> all;
  at::counter_values const values = from_.counters();
  add_client(values, all);
  add_outbox(values, all);
  auto const stats = from_.stats();
  gauge("outbox_store_up", "Whether the outbox's store can be read").add(stats ? 1 : 0).to(all);
  if (stats) add_store(*stats, all);
  return all;
}

std::string exposition_of(prometheus::Collectable const& all) {
  std::vector<MetricFamily> families = all.Collect();
  // A family without a sample has nothing to say.
  std::erase_if(families, [](MetricFamily const& f) { return f.metric.empty(); });
  return prometheus::TextSerializer{}.Serialize(families);
}

} // namespace service
