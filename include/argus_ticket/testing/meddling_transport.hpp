#ifndef ARGUS_TICKET_TESTING_MEDDLING_TRANSPORT_HPP
#define ARGUS_TICKET_TESTING_MEDDLING_TRANSPORT_HPP

#include <argus_ticket/http/transport.hpp>

#include <functional>
#include <memory>
#include <optional>
#include <utility>
#include <vector>

namespace argus_ticket::testing {

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
 * Thread safety: one thread at a time.
 */
template <http::transport Transport>
class meddling_transport {
 public:
  explicit meddling_transport(Transport inner)
      : state_(std::make_shared<state>(std::move(inner))) {}

  /// Answers the next request that creates something (`http::idempotency::creates`) in the server's
  /// place. @param is_delivered Whether the server gets the request all the same.
  void instead_of_next_create(result<http::response> reply, bool is_delivered) {
    state_->reply = std::move(reply);
    state_->is_delivered = is_delivered;
  }
  /// The same with a reply that depends on the request, which does not reach the server.
  void instead_of_next_create(std::function<http::response(http::request const&)> reply) {
    state_->answer = std::move(reply);
  }
  /// Whether a reply still waits for its request.
  [[nodiscard]] bool is_waiting() const { return state_->reply || state_->answer; }

  /// What was sent since @ref forget.
  [[nodiscard]] std::vector<http::request> const& requests() const { return state_->sent; }
  void forget() { state_->sent.clear(); }

  [[nodiscard]] result<http::response> send(http::request const& r, http::deadline until) {
    state_->sent.push_back(r);
    if (r.idempotency() == http::idempotency::creates) {
      if (auto answer = std::exchange(state_->answer, nullptr)) return answer(r);
      if (auto reply = std::exchange(state_->reply, std::nullopt)) {
        if (state_->is_delivered) (void)state_->inner.send(r, until);
        return std::move(*reply);
      }
    }
    return state_->inner.send(r, until);
  }

 private:
  struct state {
    explicit state(Transport t) : inner(std::move(t)) {}

    Transport inner;
    std::vector<http::request> sent;
    std::optional<result<http::response>> reply;
    bool is_delivered = false;
    std::function<http::response(http::request const&)> answer;
  };
  std::shared_ptr<state> state_;
};

} // namespace argus_ticket::testing

#endif
