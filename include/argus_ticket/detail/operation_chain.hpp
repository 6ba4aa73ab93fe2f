#ifndef ARGUS_TICKET_DETAIL_OPERATION_CHAIN_HPP
#define ARGUS_TICKET_DETAIL_OPERATION_CHAIN_HPP

#include <argus_ticket/detail/config.hpp>
#include <argus_ticket/http/request.hpp>
#include <argus_ticket/http/response.hpp>
#include <argus_ticket/result.hpp>

#include <boost/assert.hpp>

#include <chrono>
#include <coroutine>
#include <optional>

namespace argus_ticket {

template <class T>
class operation;

namespace detail {

class operation_chain;

/// The part of an operation's promise that does not depend on what it gives.
class promise_base {
 public:
  promise_base() = default;
  promise_base(promise_base const&) = delete;
  promise_base& operator=(promise_base const&) = delete;

  /// Ends this operation with an error; does not resume anybody yet.
  virtual void set_error(error e) = 0;
  /// Whether it has ended with an error, and that error.
  virtual bool failed() const noexcept = 0;
  virtual error take_error() = 0;

  // For operation_chain alone, which is no friend: with one, GCC takes the destructor for
  // accessible
  // (-Wnon-virtual-dtor).
  promise_base* parent_ = nullptr;   // who awaits this operation
  std::coroutine_handle<> self_;     // set when it begins
  operation_chain* chain_ = nullptr; // of the outermost operation
  bool unwrapped_ = true;            // whether its error ends the parent as well

 protected:
  ~promise_base() = default;
};

/// An outermost operation and the ones that it awaits: where it stands, and what it asks for.
class operation_chain {
 public:
  /// Makes a promise the outermost one.
  void adopt(promise_base& outermost) noexcept { outermost.chain_ = this; }

  /// Puts `inner` under `outer`. @return What to run now.
  std::coroutine_handle<> enter(promise_base& outer, promise_base& inner,
                                std::coroutine_handle<> start, bool unwrapped) noexcept {
    inner.parent_ = &outer;
    inner.chain_ = outer.chain_;
    inner.unwrapped_ = unwrapped;
    return start;
  }

  /// An operation has ended. @return Who goes on: the first one up the chain that is not ended by
  /// an error of the one below; nobody where the outermost has ended.
  std::coroutine_handle<> leave(promise_base& ended) {
    promise_base* at = &ended;
    while (at->parent_ != nullptr) {
      if (!at->failed() || !at->unwrapped_) return at->parent_->self_;
      at->parent_->set_error(at->take_error());
      at = at->parent_;
    }
    done_ = true;
    return std::noop_coroutine();
  }

  void ask(promise_base& from, http::request const& request,
           std::optional<http::response>& reply) noexcept {
    ask_for(from, &request, nullptr);
    reply_ = &reply;
  }
  void ask(promise_base& from, std::chrono::milliseconds pause) noexcept {
    ask_for(from, nullptr, nullptr);
    pause_ = pause;
  }
  /// The same, for an awaiter that takes an error itself: no error ends the operation.
  void ask(promise_base& from, http::request const& request,
           std::optional<result<http::response>>& answer) noexcept {
    ask_for(from, &request, &answer);
  }
  void ask(promise_base& from, std::chrono::milliseconds pause,
           std::optional<result<http::response>>& answer) noexcept {
    ask_for(from, nullptr, &answer);
    pause_ = pause;
  }

  void resume(result<http::response> reply) {
    if (answer_ != nullptr) {
      request_ = nullptr;
      answer_->emplace(std::move(reply));
      leaf_->self_.resume();
    } else if (reply) {
      BOOST_ASSERT(request_ != nullptr); // a reply answers a request
      request_ = nullptr;
      reply_->emplace(std::move(*reply));
      leaf_->self_.resume();
    } else {
      request_ = nullptr;
      leaf_->set_error(std::move(reply).error());
      leave(*leaf_).resume();
    }
  }
  void resume() {
    BOOST_ASSERT(request_ == nullptr); // a request wants a reply
    leaf_->self_.resume();
  }

  [[nodiscard]] bool done() const noexcept { return done_; }
  /// Whether a request was asked for that changes something.
  [[nodiscard]] bool wrote() const noexcept { return wrote_; }
  [[nodiscard]] http::request const* request() const noexcept { return request_; }
  [[nodiscard]] std::chrono::milliseconds pause() const noexcept { return pause_; }

  static operation_chain& of(promise_base& promise) noexcept { return *promise.chain_; }
  static void begin(promise_base& promise, std::coroutine_handle<> self) noexcept {
    promise.self_ = self;
  }

 private:
  void ask_for(promise_base& from, http::request const* request,
               std::optional<result<http::response>>* answer) noexcept {
    leaf_ = &from;
    request_ = request;
    answer_ = answer;
    wrote_ = wrote_ || (request != nullptr && request->idempotency() != http::idempotency::safe);
  }

  promise_base* leaf_ = nullptr;
  http::request const* request_ = nullptr;
  std::optional<http::response>* reply_ = nullptr;
  std::optional<result<http::response>>* answer_ = nullptr; // where the awaiter takes errors
  std::chrono::milliseconds pause_{0};
  bool done_ = false;
  bool wrote_ = false;
};

// Awaiters have constructors: GCC 12 destroys aggregate temporaries of a co_await twice.

class send_awaiter {
 public:
  explicit send_awaiter(http::request request) : request_(std::move(request)) {}

  bool await_ready() const noexcept { return false; }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> outer) noexcept {
    operation_chain::of(outer.promise()).ask(outer.promise(), request_, reply_);
  }
  http::response await_resume() { return std::move(*reply_); }

 private:
  http::request request_;
  std::optional<http::response> reply_;
};

class wait_awaiter {
 public:
  explicit wait_awaiter(std::chrono::milliseconds pause) noexcept : pause_(pause) {}

  bool await_ready() const noexcept { return pause_.count() <= 0; }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> outer) noexcept {
    operation_chain::of(outer.promise()).ask(outer.promise(), pause_);
  }
  void await_resume() const noexcept {}

 private:
  std::chrono::milliseconds pause_;
};

/// Hands on what an inner operation asks for, by whoever stands between it and who runs the outer
/// one: a request, which must live as long, or a pause; gives the answer, error or not.
class forward_awaiter {
 public:
  explicit forward_awaiter(http::request const& request) noexcept : request_(&request) {}
  explicit forward_awaiter(std::chrono::milliseconds pause) noexcept : pause_(pause) {}

  bool await_ready() const noexcept { return request_ == nullptr && pause_.count() <= 0; }
  template <class Promise>
  void await_suspend(std::coroutine_handle<Promise> outer) noexcept {
    auto& chain = operation_chain::of(outer.promise());
    if (request_ != nullptr)
      chain.ask(outer.promise(), *request_, answer_);
    else
      chain.ask(outer.promise(), pause_, answer_);
  }
  /// After a pause: nothing, or the error that ended it.
  std::optional<result<http::response>> await_resume() { return std::move(answer_); }

 private:
  http::request const* request_ = nullptr;
  std::chrono::milliseconds pause_{0};
  std::optional<result<http::response>> answer_;
};

template <class T>
class as_result_wrapper {
 public:
  explicit as_result_wrapper(operation<T> inner) noexcept : inner_(std::move(inner)) {}
  operation<T> inner_;
};

} // namespace detail
} // namespace argus_ticket

#endif
