#ifndef ARGUS_TICKET_TRANSPORT_DETAIL_CONNECTOR_HPP
#define ARGUS_TICKET_TRANSPORT_DETAIL_CONNECTOR_HPP

#include <argus_ticket/transport/detail/attempt.hpp>
#include <argus_ticket/transport/detail/tls_settings.hpp>

#include <exception>
#include <memory>
#include <new>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace argus_ticket::detail::https {

/// What the connections of a transport are made with. Thread safety: as for a value.
class connector {
 public:
  /// Adds to the problems what is wrong with the options; with one it is not to be used.
  connector(https_options options, std::vector<problem>& problems)
      : options_(std::move(options)), proxy_(parse_proxy(options_.proxy)),
        tls_(options_, problems) {}

  [[nodiscard]] https_options const& options() const noexcept { return options_; }

  /// What connections for that request have in common.
  [[nodiscard]] std::string key_of(http::request const& request) const {
    return request.url().origin() + (is_proxied(request) ? " by proxy" : "");
  }
  /// Makes an attempt to send that request, which must outlive it.
  void prepare(std::optional<attempt>& a, http::request const& request, time_point deadline) {
    a.emplace(request, options_, request.url().is_https() ? &tls_.context() : nullptr,
              is_proxied(request) ? &*proxy_ : nullptr, deadline);
  }

 private:
  [[nodiscard]] bool is_proxied(http::request const& request) const {
    return proxy_ && goes_by_proxy(options_, request.url());
  }

  https_options options_;
  std::optional<proxy_address> proxy_;
  tls_settings tls_;
};

/// Makes what the copies of a transport share, or an error with all that is wrong with the options.
template <class State, class Make>
result<std::shared_ptr<State>> checked(https_options const& options, Make make) {
  error invalid{errc::invalid_settings, outcome::rejected, "the transport cannot be set up",
                "https_options"};
  try {
    invalid.problems = problems_of(options);
    std::shared_ptr<State> state = make(invalid.problems);
    if (invalid.problems.empty()) return state;
  } catch (std::bad_alloc const&) {
    throw;
  } catch (std::exception const& e) { // OpenSSL itself cannot be used
    invalid.message += std::string{": "} + e.what();
  }
  return invalid;
}

/// The error of an attempt that ended in an exception: no more file descriptors, for instance.
[[nodiscard]] inline error thrown_in(std::optional<attempt> const& a, http::request const& request,
                                     char const* what) {
  progress const sent = a ? a->sent : progress::nothing_sent;
  error failed{errc::connection_failed, outcome_after(sent, request.idempotency()),
               std::string{"cannot open a connection: "} + what, request.url().origin()};
  failed.progress = sent;
  return failed;
}

} // namespace argus_ticket::detail::https

#endif
