#ifndef ARGUS_TICKET_TESTING_DETAIL_CONFORMANCE_STAGE_HPP
#define ARGUS_TICKET_TESTING_DETAIL_CONFORMANCE_STAGE_HPP

#include <argus_ticket/basic_client.hpp>
#include <argus_ticket/document/dialect_tools.hpp>
#include <argus_ticket/testing/meddling_transport.hpp>

#include <algorithm>
#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace argus_ticket::testing::detail {

/// A client of the plugin over a network that can be meddled with, incidents that nobody has had
/// before, and what was seen that must not be.
template <class Plugin, http::transport Transport, clock_policy Clock>
class conformance_stage {
 public:
  using plugin_type = Plugin;
  using network_type = meddling_transport<Transport>;
  using client_type =
      basic_client<Plugin, network_type, policies<default_renderer, Clock, no_retry, no_pacing>>;

  conformance_stage(typename Plugin::settings const& settings, Transport transport, Clock clock)
      : network(std::move(transport)),
        tickets(settings, network,
                policies<default_renderer, Clock, no_retry, no_pacing>{.clock = std::move(clock)}),
        run_(argus_ticket::detail::random_key().value.substr(0, 12)) {
    for_each_setting<Plugin>([&]<class Field>() {
      if constexpr (std::is_same_v<std::remove_cvref_t<decltype(Field::of(settings))>, secret>)
        if (!Field::of(settings).empty())
          secrets_.emplace_back(std::string{Field::of(settings).expose()});
    });
  }

  void begin(std::string name) {
    behaviour_ = std::move(name);
    failures_.clear();
    network.forget();
    network.stop_meddling();
  }

  /// What holds of all requests, whatever they are for.
  void check_requests() {
    for (http::request const& r : network.requests()) {
      if (!origin_) origin_ = r.url();
      check(r.url().same_origin(*origin_), "a request goes to another server: " + r.url().host());
      check(r.method() != http::method::get || r.idempotency() == http::idempotency::safe,
            "a GET is not marked as safe");
      for (std::string const& one : secrets_) {
        auto const shows = [&](std::string_view text) {
          return text.find(one) != std::string_view::npos;
        };
        check(!shows(r.url().string()), "a URL holds a secret");
        check(!shows(r.body()), "a request's body holds a secret");
        check(!shows(http::to_string(r)), "a request shows a secret when it is printed");
      }
    }
  }

  /// Closes what is open of all that was opened.
  void clear_up() {
    network.stop_meddling();
    if constexpr (finds_tickets<Plugin> && closes_tickets<Plugin>) {
      auto const all = std::exchange(made_, {});
      for (incident const& from : all)
        for (ticket const& one : tickets_of(from))
          if (one.state != ticket_state::closed) (void)tickets.close(one);
    }
  }

  /// Lets a search catch up with what was written.
  void settle() {
    if constexpr (lags_in_search<Plugin>) tickets.policies().clock.sleep_for(Plugin::search_lag);
  }

  /// An incident of the behaviour that is on stage, the same for the same `which`.
  [[nodiscard]] incident make_incident(std::string_view which = "first") {
    incident i;
    i.source_incident_id = run_ + ' ' + behaviour_ + ' ' + std::string{which};
    i.start_time = timestamp{std::chrono::floor<std::chrono::seconds>(
        tickets.policies().clock.now() - std::chrono::minutes{5})};
    i.end_time = infinity;
    i.source.name = "Conformance";
    i.description = "Link <gw-3> down @core #42: " + std::string{which} + ' ' + run_;
    i.argus_url = "https://argus.example.org/incidents/" + run_;
    i.tags.push_back(incident_tag::from("host=gw-3"));
    i.tags.push_back(incident_tag::from("filter=vlan=20"));
    if (std::none_of(made_.begin(), made_.end(), [&](incident const& other) {
          return other.source_incident_id == i.source_incident_id;
        }))
      made_.push_back(i);
    return i;
  }

  /// All tickets of an incident, as the plugin finds them.
  [[nodiscard]] std::vector<ticket> tickets_of(incident const& from) {
    settle();
    auto all = tickets.run("find", [&](Plugin const& plugin, auto& policies) {
      return argus_ticket::detail::find_tickets(plugin, from, policies.clock.now());
    });
    if (!all) {
      fail("the look-up failed: " + to_string(all.error()));
      return {};
    }
    return std::move(*all);
  }

  void fail(std::string what) { failures_.push_back(std::move(what)); }
  /// @return Whether it holds.
  bool check(bool holds, std::string what) {
    if (!holds) fail(std::move(what));
    return holds;
  }
  /// @return Whether there is a value; where not, the error is told.
  template <class T>
  bool succeeded(result<T> const& ended, std::string_view what) {
    return check(ended.has_value(),
                 std::string{what} + " failed: " + (ended ? "" : to_string(ended.error())));
  }
  /// Checks that something ended in an error of that kind.
  template <class T>
  void failed_as(result<T> const& ended, errc code, std::string_view what) {
    if (ended)
      fail(std::string{what} + " succeeded");
    else
      check(ended.error().code == code, std::string{what} + " is not " +
                                            std::string{to_string(code)} + ": " +
                                            to_string(ended.error()));
  }
  /// Checks that a ticket has no warnings.
  void check_whole(ticket const& t) {
    for (problem const& one : t.warnings) fail("a warning: " + one.where + ' ' + one.what);
  }

  /// A title as people see it.
  [[nodiscard]] static std::string visible(std::string title) {
    constexpr std::string_view apart = document::detail::zero_width_space;
    for (std::size_t at = 0; (at = title.find(apart, at)) != std::string::npos;)
      title.erase(at, apart.size());
    return title;
  }

  /// How many of the requests since the behaviour began are of a kind.
  [[nodiscard]] std::size_t sent(http::idempotency kind) const {
    auto const& all = network.requests();
    return static_cast<std::size_t>(std::count_if(
        all.begin(), all.end(), [&](http::request const& r) { return r.idempotency() == kind; }));
  }

  [[nodiscard]] bool has_secrets() const noexcept { return !secrets_.empty(); }
  [[nodiscard]] std::vector<std::string> const& failures() const noexcept { return failures_; }

  network_type network;
  client_type tickets;

 private:
  std::string run_;
  std::vector<std::string> secrets_;
  std::optional<http::url> origin_;
  std::vector<incident> made_;
  std::string behaviour_;
  std::vector<std::string> failures_;
};

} // namespace argus_ticket::testing::detail

#endif
