#ifndef ARGUS_TICKET_TESTING_CONFORMANCE_HPP
#define ARGUS_TICKET_TESTING_CONFORMANCE_HPP

#include <argus_ticket/testing/detail/conformance_faults.hpp>
#include <argus_ticket/testing/detail/conformance_life.hpp>
#include <argus_ticket/testing/detail/conformance_stage.hpp>

#include <ostream>
#include <string>
#include <utility>
#include <vector>

namespace argus_ticket::testing {

/// What a plugin did otherwise than it must.
struct conformance_failure {
  std::string behaviour; ///< e.g. `a lost reply makes no second ticket`
  std::string what;      ///< What was seen, with the error where there was one.
};

/// What @ref check_conformance saw.
///
/// Guarantees: those of a @ref value.
struct conformance_report {
  std::vector<std::string> held;             ///< The behaviours that were as they must be.
  std::vector<std::string> left_out;         ///< Those of operations that the plugin lacks.
  std::vector<conformance_failure> failures; ///< Empty is good.

  /// Whether nothing failed, and anything was tried.
  [[nodiscard]] bool is_conforming() const noexcept { return failures.empty() && !held.empty(); }
};

/// A line for each behaviour; of those that failed, a line for each failure.
inline std::ostream& operator<<(std::ostream& out, conformance_report const& report) {
  for (std::string const& one : report.held) out << "held: " << one << '\n';
  for (std::string const& one : report.left_out) out << "left out: " << one << '\n';
  for (conformance_failure const& one : report.failures)
    out << "FAILED: " << one.behaviour << ": " << one.what << '\n';
  return out;
}

/**
 * Does with a plugin what users and networks do, and says where it is not as every plugin must be:
 * one ticket for an incident whatever becomes of the replies, the right error for each refusal, no
 * secret shown, no request to another server. Behaviours that need an operation which the plugin
 * lacks are left out.
 *
 *     at::testing::mock_transport server;
 *     server.answer_by(model_of_acme);
 *     auto const report = at::testing::check_conformance<acme>(settings, server, fake_clock{});
 *     INFO(report);
 *     CHECK(report.is_conforming());
 *
 * Opens some thirty tickets, and closes them in the end as far as the plugin can. Their incidents
 * are new at each run, so that a server may be used again.
 *
 * @tparam Plugin    A @ref ticket_plugin.
 * @tparam Transport A @ref http::transport.
 * @tparam Clock     A @ref clock_policy.
 * @param settings  Settings with which the server takes tickets. The account should be one that may
 *                  do all that the plugin asks for: a warning about a ticket is a failure.
 * @param transport Reaches the server: a @ref mock_transport that a model of it answers, or a
 *                  `https_transport` and a real one.
 * @param clock     For a scripted server one that does not sleep.
 * @return What held and what did not.
 * Errors: none; exceptions of the plugin, the transport and `std::bad_alloc` pass through.
 */
template <class Plugin, http::transport Transport, clock_policy Clock = real_clock>
[[nodiscard]] conformance_report check_conformance(typename Plugin::settings const& settings,
                                                   Transport transport, Clock clock = {}) {
  conformance_report report;
  detail::conformance_stage<Plugin, Transport, Clock> stage{settings, std::move(transport),
                                                            std::move(clock)};
  auto const play = [&](std::string name, auto behaviour) {
    stage.begin(name);
    if (!behaviour(stage)) {
      report.left_out.push_back(std::move(name));
      return;
    }
    stage.check_requests();
    if (stage.failures().empty()) report.held.push_back(name);
    for (std::string const& what : stage.failures()) report.failures.push_back({name, what});
  };
  detail::play_life(play);
  detail::play_faults(play);
  stage.clear_up();
  return report;
}

} // namespace argus_ticket::testing

#endif
