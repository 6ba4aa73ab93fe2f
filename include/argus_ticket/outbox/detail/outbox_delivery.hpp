#ifndef ARGUS_TICKET_OUTBOX_DETAIL_OUTBOX_DELIVERY_HPP
#define ARGUS_TICKET_OUTBOX_DETAIL_OUTBOX_DELIVERY_HPP

#include <argus_ticket/async.hpp>
#include <argus_ticket/outbox.hpp>

#include <boost/asio/compose.hpp>
#include <boost/asio/post.hpp>

#include <memory>
#include <utility>

namespace argus_ticket::detail {

template <class Outbox>
concept delivers_without_blocking = requires {
  typename Outbox::client_type::transport_type;
} && http::async_transport<typename Outbox::client_type::transport_type>;

/// One asynchronous delivery, as a composed operation.
template <class Outbox>
class outbox_delivery {
 public:
  explicit outbox_delivery(Outbox& box) noexcept : box_(&box) {}

  [[nodiscard]] auto get_executor() const { return box_->client().transport().get_executor(); }

  /// First where it is started; then where the store may be asked.
  template <class Self>
  void operator()(Self& self) {
    if (!std::exchange(is_started_, true)) {
      self.reset_cancellation_state(boost::asio::enable_partial_cancellation());
      return boost::asio::post(get_executor(), std::move(self));
    }
    if (self.cancelled() != boost::asio::cancellation_type::none) return self.complete(cancelled());
    outbox_time now{};
    result<claim_answer> claimed = error{};
    auto const failed = caught(outcome::not_applied, [&] { // the clock is the user's
      now = box_->now();
      claimed = box_->claim(now);
      if (claimed && claimed->claim) taken_ = std::make_shared<taken>(std::move(*claimed->claim));
    });
    if (failed) return self.complete(*failed);
    if (!claimed) return self.complete(std::move(claimed).error());
    if (!taken_) return self.complete(box_->nothing_until(claimed->next));
    taken& t = *taken_;
    if (!t.payload) return end(self, t.payload.error());
    box_->client_.async_run_in_turn(t.payload->incident, to_string(t.claim.entry.step),
                                    box_->step_of(t.claim, *t.payload, now), std::move(self));
  }
  template <class Self>
  void operator()(Self& self, result<step_result> done) {
    end(self, std::move(done));
  }

 private:
  struct taken {
    explicit taken(outbox_claim c)
        : claim(std::move(c)), payload(payload_from_json(claim.entry.payload)) {}
    outbox_claim claim;
    result<outbox_payload> payload;
  };

  template <class Self>
  void end(Self& self, result<step_result> done) {
    std::shared_ptr<taken> const t = std::move(taken_);
    result<delivery> ended = error{};
    auto const failed = caught(outcome::ambiguous, [&] {
      ended = box_->settle(std::move(t->claim), t->payload, std::move(done));
    });
    if (failed) ended = *failed; // it is delivered again when its lease has ended
    self.complete(std::move(ended));
  }

  Outbox* box_;
  std::shared_ptr<taken> taken_; // stays where it is while this moves
  bool is_started_ = false;
};

template <class Outbox, class Token>
auto deliver_async(outbox_delivery<Outbox> what, Token&& token) {
  auto const executor = what.get_executor();
  return boost::asio::async_compose<Token, void(result<delivery>)>(std::move(what), token,
                                                                   executor);
}

} // namespace argus_ticket::detail

#endif
