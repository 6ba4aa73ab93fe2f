#ifndef ARGUS_TICKET_DETAIL_OPERATION_PROMISE_HPP
#define ARGUS_TICKET_DETAIL_OPERATION_PROMISE_HPP

// The second half of operation.hpp: what the compiler asks of a coroutine.

#include <argus_ticket/operation.hpp>

#include <boost/config.hpp>

#include <exception>

namespace argus_ticket {
namespace detail {

/// Awaits another operation. Gives its value, or its result where `Unwrapped` is false.
template <class T, bool Unwrapped>
class inner_awaiter {
 public:
  explicit inner_awaiter(operation<T> inner) noexcept : inner_(std::move(inner)) {}

  bool await_ready() const noexcept { return false; }
  template <class Promise>
  std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> outer) noexcept {
    auto& promise = inner_.promise();
    return operation_chain::of(outer.promise())
        .enter(outer.promise(), promise, promise.self(), Unwrapped);
  }
  auto await_resume() {
    if constexpr (Unwrapped)
      return *inner_.take(); // nothing for void: an error never comes here
    else
      return inner_.take();
  }

 private:
  operation<T> inner_;
};

/// Unwraps a result: gives its value, or ends the operation with its error.
template <class T>
class result_awaiter {
 public:
  explicit result_awaiter(result<T> value) : value_(std::move(value)) {}

  bool await_ready() const noexcept { return value_.has_value(); }
  template <class Promise>
  std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> outer) {
    outer.promise().set_error(std::move(value_).error());
    return operation_chain::of(outer.promise()).leave(outer.promise());
  }
  T await_resume() {
    if constexpr (!std::is_void_v<T>) return std::move(*value_);
  }

 private:
  result<T> value_;
};

class final_awaiter {
 public:
  bool await_ready() const noexcept { return false; }
  template <class Promise>
  std::coroutine_handle<> await_suspend(std::coroutine_handle<Promise> ended) noexcept {
    return operation_chain::of(ended.promise()).leave(ended.promise());
  }
  void await_resume() const noexcept {}
};

/// What all promises share.
template <class T>
class typed_promise : public promise_base {
 public:
  std::suspend_always initial_suspend() const noexcept { return {}; }
  final_awaiter final_suspend() const noexcept { return {}; }

  void unhandled_exception() noexcept {
#ifndef BOOST_NO_EXCEPTIONS
    // The text of a foreign exception may hold anything, even a secret: only its kind is told.
    outcome const what =
        operation_chain::of(*this).wrote() ? outcome::ambiguous : outcome::not_applied;
    try {
      throw;
    } catch (std::bad_alloc const&) {
      set_error(error{errc::internal_error, what, "out of memory"});
    } catch (...) {
      set_error(error{errc::internal_error, what,
                      "an exception left the plugin or a callable given to it"});
    }
#endif
  }

  void set_error(error e) override { ended_.emplace(std::move(e)); }
  bool failed() const noexcept override { return ended_ && ended_->has_error(); }
  error take_error() override { return std::move(*ended_).error(); }
  result<T> take() { return std::move(*ended_); }
  operation_chain& own_chain() noexcept { return own_; }

  send_awaiter await_transform(send_awaiter sent) { return sent; }
  wait_awaiter await_transform(wait_awaiter waited) { return waited; }
  forward_awaiter await_transform(forward_awaiter forwarded) { return forwarded; }
  template <class U>
  inner_awaiter<U, true> await_transform(operation<U> inner) {
    return inner_awaiter<U, true>{std::move(inner)};
  }
  template <class U>
  inner_awaiter<U, false> await_transform(as_result_wrapper<U> inner) {
    return inner_awaiter<U, false>{std::move(inner.inner_)};
  }
  template <class U>
  result_awaiter<U> await_transform(result<U> value) {
    return result_awaiter<U>{std::move(value)};
  }

 protected:
  ~typed_promise() = default;

  std::optional<result<T>> ended_;

 private:
  operation_chain own_;
};

} // namespace detail

template <class T>
class operation<T>::promise_type final : public detail::typed_promise<T> {
 public:
  operation get_return_object() noexcept {
    detail::operation_chain::begin(*this, self());
    return operation{self()};
  }
  std::coroutine_handle<promise_type> self() noexcept {
    return std::coroutine_handle<promise_type>::from_promise(*this);
  }
  /// `void` operations end in `co_return result<void>{}` or in an error, as the others do.
  void return_value(result<T> value) { this->ended_.emplace(std::move(value)); }
};

} // namespace argus_ticket

#endif
