#ifndef ARGUS_TICKET_OUTBOX_HPP
#define ARGUS_TICKET_OUTBOX_HPP

#include <argus_ticket/basic_client.hpp>
#include <argus_ticket/outbox/delivery.hpp>
#include <argus_ticket/outbox/detail/health.hpp>
#include <argus_ticket/outbox/detail/settle.hpp>
#include <argus_ticket/outbox/detail/steps.hpp>
#include <argus_ticket/outbox/events.hpp>
#include <argus_ticket/outbox/options.hpp>
#include <argus_ticket/outbox/payload.hpp>
#include <argus_ticket/outbox/store.hpp>

#include <algorithm>
#include <chrono>
#include <functional>
#include <mutex>
#include <span>
#include <stop_token>
#include <string>
#include <utility>
#include <vector>

namespace argus_ticket {
namespace detail {
template <class Outbox>
class outbox_delivery;
} // namespace detail

/**
 * Accepts incidents durably, and delivers them as tickets, whatever happens meanwhile.
 *
 *     at::outbox box{tickets, at::sqlite_store::open("/var/lib/agent/outbox.db").value()};
 *     at::outbox_runner runner{box};     // delivers in a thread of its own
 *     auto accepted = box.submit(incident);
 *
 * What was accepted ends as exactly one ticket, or as a dead letter with its reason. Steps of one
 * incident are delivered one at a time and in their order; those of different incidents in the
 * order in which they are due. A step that was not delivered is tried again, first looking whether
 * it was done after all; one that the ticket system refuses for good is dead until it is requeued.
 *
 * @tparam Client A @ref basic_client.
 * @tparam Store  An @ref outbox_store.
 *
 * Errors: of all members `store_failed`, with the store's name and the cause, and nothing is
 * half-written then; of `submit` and its like `invalid_incident` (without an id) and `outbox_full`;
 * of a delivery `lease_lost`.
 * Exception safety: `std::bad_alloc` at most, and what the client's clock throws.
 * Thread safety: all members may be called at once. Not movable: runners refer to it.
 * Object lifetimes: incidents and texts are copied; it has its own client and store. It must
 * outlive its runners and deliveries.
 * Cancellation: see @ref async_deliver_one.
 */
template <class Client, class Store>
class outbox {
  static_assert(outbox_store<Store>,
                "argus_ticket: this type is no store for an outbox: see the concept "
                "`argus_ticket::outbox_store` for the members it needs; there are "
                "`argus_ticket::sqlite_store` and `argus_ticket::memory_store`");
  static_assert(detail::diagnose_find<typename Client::plugin_type>::ok);

 public:
  using client_type = Client; ///< What delivers.
  using store_type = Store;   ///< What keeps.

  /// Opens nothing and delivers nothing yet.
  /// @param client  Moved in.
  /// @param store   Moved in; a handle is shared with the caller's copies.
  /// @param options See there.
  outbox(Client client, Store store, outbox_options options = {})
      : client_(std::move(client)), store_(std::move(store)), options_(options) {}
  outbox(outbox const&) = delete;
  outbox& operator=(outbox const&) = delete;

  /// Accepts an incident whose ticket is to be opened unless it has one. When this returns, the
  /// incident survives a crash. Submitting it again before delivery began replaces its text.
  /// `errc::invalid_incident` where it has no id, `errc::outbox_full`.
  [[nodiscard]] result<submission> submit(incident const& from) {
    return accept(outbox_step::open, {.incident = from});
  }
  /// As @ref submit, of `all` the incidents at once, which costs little more than one. All are
  /// accepted, or none.
  [[nodiscard]] result<std::vector<submission>> submit(std::span<incident const> all) {
    std::vector<new_entry> entries;
    entries.reserve(all.size());
    for (incident const& one : all) {
      result<new_entry> entry = entry_of(outbox_step::open, {.incident = one});
      if (!entry) return std::move(entry).error();
      entries.push_back(std::move(*entry));
    }
    return accept(entries);
  }
  /// Accepts that the text of the incident's ticket be written anew, after what was accepted for it
  /// before.
  [[nodiscard]] result<submission> submit_update(incident const& from) {
    static_assert(detail::diagnose_update<plugin>::ok);
    return accept(outbox_step::update, {.incident = from});
  }
  /// Accepts a comment on the incident's ticket. `errc::refused` where the text is empty.
  // NOLINTNEXTLINE(performance-unnecessary-value-param): it is moved on
  [[nodiscard]] result<submission> submit_comment(incident const& from, std::string text) {
    static_assert(detail::diagnose_comment<plugin>::ok);
    if (text.empty())
      return error{errc::refused, outcome::rejected, "the comment is empty", "comment"};
    return accept(outbox_step::comment,
                  {.incident = from, .text = std::move(text), .key = detail::random_key().value});
  }
  /// Accepts that the incident's ticket be closed; `why` is told to the ticket system.
  [[nodiscard]] result<submission> submit_close(incident const& from,
                                                close_reason why = close_reason::completed) {
    static_assert(detail::diagnose_close<plugin>::ok);
    return accept(outbox_step::close, {.incident = from, .reason = why});
  }
  /// Accepts that the incident's ticket be reopened.
  [[nodiscard]] result<submission> submit_reopen(incident const& from) {
    static_assert(detail::diagnose_reopen<plugin>::ok);
    return accept(outbox_step::reopen, {.incident = from});
  }

  /**
   * Delivers the entry that is due first, and says what came of it; runners call this. Blocks for
   * as long as one operation of the client may take.
   *
   * While the ticket system asks to be left alone or cannot be reached, nothing is delivered, so
   * that entries do not use up their attempts; `delivery::next` says when it goes on.
   * @param stop Once that is asked for, the delivery waits for nothing any more.
   * @return What came of it, also where it failed at the ticket system.
   */
  [[nodiscard]] result<delivery> deliver_one(std::stop_token const& stop = {}) {
    outbox_time const now = this->now();
    result<claim_answer> claimed = claim(now);
    if (!claimed) return std::move(claimed).error();
    if (!claimed->claim) return nothing_until(claimed->next);
    outbox_claim const& taken = *claimed->claim;
    result<outbox_payload> const payload = payload_from_json(taken.entry.payload);
    if (!payload) return settle(std::move(*claimed->claim), payload, payload.error());
    result<detail::step_result> done = client_.run_in_turn(
        payload->incident, to_string(taken.entry.step), step_of(taken, *payload, now), stop);
    return settle(std::move(*claimed->claim), payload, std::move(done));
  }

  /**
   * The same without blocking on the ticket system, over a client whose transport is asynchronous:
   * an asynchronous operation with the signature `void(result<delivery>)`. The store is asked where
   * the operation runs, and blocks that thread as long as it takes.
   *
   * Cancellation: as that of the client's operations. What is broken off is delivered again.
   * Needs `<argus_ticket/outbox/asio_runner.hpp>`.
   *
   * @param token A completion token.
   */
  template <class Token = typename Client::default_token>
  auto async_deliver_one(Token&& token = Token{}) {
    return deliver_async(detail::outbox_delivery<outbox>{*this}, std::forward<Token>(token));
  }

  /// Entries that are not delivered, dead ones included: those that the filter names.
  [[nodiscard]] result<std::vector<outbox_entry>> list(entry_filter const& which = {}) {
    return store_.list(which);
  }
  /// Takes up the dead entries that the filter names again, as if they were new, in their old
  /// order; says how many.
  [[nodiscard]] result<std::size_t> requeue(entry_filter const& which) {
    auto count = store_.requeue(which, now());
    wake();
    return count;
  }
  /// Throws the dead entries that the filter names away; says how many.
  [[nodiscard]] result<std::size_t> remove(entry_filter const& which) {
    return store_.remove(which);
  }
  /// How full it is, and what went through it.
  [[nodiscard]] result<outbox_stats> stats() { return store_.stats(); }

  /// Lets `call` be called whenever there may be something new to deliver, from whatever thread; an
  /// empty one ends that. When this returns, the one before is called no more. It must be quick,
  /// and call no member of this class.
  void when_submitted(std::function<void()> call) {
    std::lock_guard const hold(waker_lock_);
    waker_ = std::move(call);
  }

  /// What the client's clock says: UTC, in milliseconds.
  [[nodiscard]] outbox_time now() {
    return std::chrono::floor<std::chrono::milliseconds>(client_.policies().clock.now());
  }
  /// The outbox's own client.
  [[nodiscard]] Client& client() noexcept { return client_; }
  /// The outbox's own store.
  [[nodiscard]] Store& store() noexcept { return store_; }
  /// As they were given.
  [[nodiscard]] outbox_options const& options() const noexcept { return options_; }

 private:
  using plugin = typename Client::plugin_type;
  friend class detail::outbox_delivery<outbox>;

  result<new_entry> entry_of(outbox_step step, outbox_payload const& payload) {
    new_entry entry;
    entry.key = detail::key_for(client_.plugin(), payload.incident).value;
    if (entry.key.empty()) return detail::without_id();
    entry.step = step;
    entry.payload = to_json_text(payload);
    return entry;
  }

  result<submission> accept(outbox_step step, outbox_payload const& payload) {
    result<new_entry> entry = entry_of(step, payload);
    if (!entry) return std::move(entry).error();
    auto accepted = accept(std::span<new_entry const>{&*entry, 1});
    if (!accepted) return std::move(accepted).error();
    return accepted->front();
  }

  result<std::vector<submission>> accept(std::span<new_entry const> entries) {
    auto accepted = store_.insert(entries, options_.caps, now());
    if (!accepted) {
      if (accepted.error().code == errc::store_failed) return failed(accepted.error());
      return accepted;
    }
    for (std::size_t i = 0; i < accepted->size(); ++i)
      detail::notify(observer(), submitted_event{entries[i].step, (*accepted)[i]});
    wake();
    return accepted;
  }

  /// Takes the entry that is due first. Where there is none, its time is that of the next.
  result<claim_answer> claim(outbox_time now) {
    if (auto const until = health_.closed_until(now)) {
      claim_answer closed;
      closed.next = until;
      return closed;
    }
    if (auto ready = begin_delivery(now); !ready) return failed(std::move(ready).error());
    auto claimed = store_.claim(now, now + lease_time());
    if (!claimed) return failed(std::move(claimed).error());
    return claimed;
  }
  static delivery nothing_until(std::optional<outbox_time> next) {
    delivery nothing;
    nothing.next = next;
    return nothing;
  }

  /// What is to be done of an entry. Both must outlive it.
  static auto step_of(outbox_claim const& claimed, outbox_payload const& payload, outbox_time now) {
    return [&claimed, &payload, now](plugin const& p, auto& policies) {
      return detail::deliver_step(p, policies, claimed.entry, payload, claimed.known, now);
    };
  }

  /// Records what a delivery has come to.
  result<delivery> settle(outbox_claim claimed, result<outbox_payload> const& payload,
                          result<detail::step_result> done) {
    outbox_time const then = this->now();
    if (done)
      health_.succeeded();
    else
      health_.failed(done.error(), options_.between, then);

    if (!done && done.error().outcome != outcome::rejected && !detail::is_our_own(done.error()) &&
        then - claimed.entry.submitted_at >= options_.longest_wait)
      done = detail::expired(done.error());
    settlement const ended = detail::settlement_of(claimed.entry, payload, done, options_, then);
    auto settled = store_.settle(claimed.lease, ended, then);
    if (!settled) return failed(std::move(settled).error());
    return report(std::move(claimed.entry), ended, std::move(done), then);
  }

  delivery report(outbox_entry entry, settlement const& ended, result<detail::step_result> done,
                  outbox_time then) {
    delivery said;
    said.entry = std::move(entry);
    if (done) {
      said.what = delivery::kind::delivered;
      said.about = std::move(done->about);
      detail::notify(observer(), delivered_event{said.entry, said.about ? &*said.about : nullptr,
                                                 then - said.entry.submitted_at});
    } else {
      said.failure = std::move(done).error();
      if (ended.what == settlement::kind::dead) {
        said.what = delivery::kind::dead;
        detail::notify(observer(), dead_event{said.entry, *said.failure});
      } else {
        said.what = delivery::kind::postponed;
        said.next = ended.due;
        detail::notify(observer(), postponed_event{said.entry, *said.failure, ended.due});
      }
    }
    return said;
  }

  /// Once, and after that now and then, what has to be done beside delivering.
  result<void> begin_delivery(outbox_time now) {
    std::lock_guard const hold(upkeep_lock_);
    if (!begun_) {
      if (auto begun = store_.begin_delivery(now + options_.grace); !begun) return begun;
      begun_ = true;
    }
    if (now >= next_upkeep_) {
      next_upkeep_ = now + std::chrono::hours{1};
      if (auto forgot = store_.forget_tickets(now - options_.remember_tickets); !forgot)
        return std::move(forgot).error();
    }
    return {};
  }

  error failed(error e) {
    if (e.code == errc::store_failed) detail::notify(observer(), store_failed_event{e});
    return e;
  }
  std::chrono::milliseconds lease_time() {
    constexpr std::chrono::milliseconds longest = std::chrono::days{1};
    return (std::max)(options_.lease, 2 * (std::min)(client_.policies().timeout, longest));
  }
  auto& observer() { return client_.policies().observer; }
  void wake() {
    std::lock_guard const hold(waker_lock_);
    if (waker_) waker_();
  }

  Client client_;
  Store store_;
  outbox_options options_;
  detail::health health_;
  std::mutex waker_lock_;
  std::function<void()> waker_;
  std::mutex upkeep_lock_;
  bool begun_ = false;
  outbox_time next_upkeep_{};
};

} // namespace argus_ticket

#endif
