#ifndef ARGUS_TICKET_TESTING_MEDDLING_TRANSPORT_HPP
#define ARGUS_TICKET_TESTING_MEDDLING_TRANSPORT_HPP

#include <argus_ticket/http/transport.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace argus_ticket::testing {

/// What becomes of the requests that a @ref meddling_transport carries.
struct meddling {
  /// Whether a request is one of those that are meddled with.
  std::function<bool(http::request const&)> concerns;
  /// Makes what the client gets, of the request and of the server's reply; without one where the
  /// request does not reach the server.
  std::function<result<http::response>(http::request const&, http::response const*)> reply;
  bool is_delivered = false; ///< Whether the server gets the request all the same.
  bool is_lasting = false;   ///< Not only the first such request.
};

/// Whether a request creates something, so that it must not be sent twice.
[[nodiscard]] inline bool creates(http::request const& r) {
  return r.idempotency() == http::idempotency::creates;
}

/**
 * A transport over another one that remembers what was sent and lets replies get lost, for tests of
 * what becomes of a ticket then.
 *
 *     at::testing::meddling_transport network{at::https_transport{options}};
 *     network.instead_of_next_create(at::http::response{502, {}, "<html>"}, true);
 *     at::client<"github", at::testing::meddling_transport<at::https_transport>> tickets{
 *         settings, network};
 *
 * A cheap handle: copies share one network, so the test keeps one and gives one away.
 *
 * @tparam Transport What carries the requests that are let through.
 * Errors: those of that transport, and those that it is told to give.
 * Exception safety: what that transport and the functions of @ref meddling throw passes through.
 * Thread safety: one thread at a time. Object lifetimes: those of a handle.
 */
template <http::transport Transport>
class meddling_transport {
 public:
  /// Lets everything through to the transport.
  explicit meddling_transport(Transport inner)
      : state_(std::make_shared<state>(std::move(inner))) {}

  /// Does from now on what `how` says, in place of what was said before.
  void meddle(meddling how) {
    state_->how = std::move(how);
    state_->times = 0;
  }
  /// Answers the next request that creates something in the server's place.
  /// @param reply What the client gets: a reply, or an error.
  /// @param is_delivered Whether the server gets the request all the same.
  void instead_of_next_create(result<http::response> reply, bool is_delivered) {
    meddling how;
    how.concerns = &creates;
    how.reply = [reply = std::move(reply)](auto const&, auto const*) { return reply; };
    how.is_delivered = is_delivered;
    meddle(std::move(how));
  }
  /// Lets everything through again.
  void stop_meddling() { state_->how.reset(); }
  /// How often it was meddled since that was last asked for.
  [[nodiscard]] std::size_t times_meddled() const noexcept { return state_->times; }

  /// What was sent since @ref forget.
  [[nodiscard]] std::vector<http::request> const& requests() const { return state_->sent; }
  /// Empties @ref requests.
  void forget() { state_->sent.clear(); }

  /// Sends the request by the inner transport, unless it is meddled with; remembers it either way.
  /// @param r     What to send.
  /// @param until Is handed on.
  /// @return The reply, or what was to come in its place.
  [[nodiscard]] result<http::response> send(http::request const& r, http::deadline until) {
    state_->sent.push_back(r);
    if (!state_->how || !state_->how->concerns(r)) return state_->inner.send(r, until);
    meddling const how = *state_->how;
    ++state_->times;
    if (!how.is_lasting) state_->how.reset();
    if (!how.is_delivered) return how.reply(r, nullptr);
    result<http::response> there = state_->inner.send(r, until);
    if (!there) return there;
    return how.reply(r, &*there);
  }

 private:
  struct state {
    explicit state(Transport t) : inner(std::move(t)) {}

    Transport inner;
    std::vector<http::request> sent;
    std::optional<meddling> how;
    std::size_t times = 0;
  };
  std::shared_ptr<state> state_;
};

} // namespace argus_ticket::testing

#endif
