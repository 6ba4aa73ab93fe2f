#ifndef ARGUS_TICKET_TRANSPORT_DETAIL_PROCEDURE_HPP
#define ARGUS_TICKET_TRANSPORT_DETAIL_PROCEDURE_HPP

#include <coroutine>
#include <exception>
#include <optional>
#include <utility>

namespace argus_ticket::detail::https {

template <class T>
class procedure;

/// What the promises of all procedures have in common.
class procedure_promise {
 public:
  [[nodiscard]] std::suspend_always initial_suspend() const noexcept { return {}; }
  [[nodiscard]] auto final_suspend() const noexcept {
    struct back_to_outer {
      std::coroutine_handle<> outer;

      explicit back_to_outer(std::coroutine_handle<> o) noexcept : outer(o) {}
      [[nodiscard]] bool await_ready() const noexcept { return false; }
      [[nodiscard]] std::coroutine_handle<> await_suspend(std::coroutine_handle<>) const noexcept {
        return outer;
      }
      void await_resume() const noexcept {}
    };
    return back_to_outer{outer_};
  }
  void unhandled_exception() noexcept { thrown_ = std::current_exception(); }

  void return_to(std::coroutine_handle<> outer) noexcept { outer_ = outer; }
  void rethrow() const {
    if (thrown_) std::rethrow_exception(thrown_);
  }

 private:
  std::coroutine_handle<> outer_ = std::noop_coroutine();
  std::exception_ptr thrown_;
};

template <class T>
class procedure_promise_of : public procedure_promise {
 public:
  procedure<T> get_return_object();
  template <class U>
  void return_value(U&& value) {
    value_.emplace(std::forward<U>(value));
  }
  T take() {
    rethrow();
    return std::move(*value_);
  }

 private:
  std::optional<T> value_;
};

template <>
class procedure_promise_of<void> : public procedure_promise {
 public:
  procedure<void> get_return_object();
  void return_void() const noexcept {}
  void take() const { rethrow(); }
};

/**
 * A coroutine that does something with a connection, step by step, and does not care whether a step
 * blocks: over a connection that does, each step has ended when it is awaited, so that the whole
 * procedure has ended when @ref start returns; over another one it goes on where its step ends.
 *
 * So one text serves both, and blocking needs no event loop. Asio's own coroutines always need one.
 *
 * Thread safety: one thread at a time. Object lifetimes: destroying one destroys what it holds,
 * also half-way; then no step of it may be under way.
 */
template <class T>
class [[nodiscard]] procedure {
 public:
  using promise_type = procedure_promise_of<T>;

  explicit procedure(std::coroutine_handle<promise_type> handle) noexcept : handle_(handle) {}
  procedure(procedure&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
  procedure& operator=(procedure&&) = delete;
  ~procedure() {
    if (handle_) handle_.destroy();
  }

  /// Runs to the first step that does not end at once, or to the end. To be called once.
  void start() { handle_.resume(); }
  [[nodiscard]] bool done() const noexcept { return handle_.done(); }
  /// What it ended with; throws what it threw. To be called once, when done.
  T take() { return handle_.promise().take(); }

  [[nodiscard]] bool await_ready() const noexcept { return false; }
  [[nodiscard]] bool await_suspend(std::coroutine_handle<> outer) {
    start();
    if (done()) return false;
    handle_.promise().return_to(outer);
    return true;
  }
  T await_resume() { return take(); }

 private:
  std::coroutine_handle<promise_type> handle_;
};

template <class T>
procedure<T> procedure_promise_of<T>::get_return_object() {
  return procedure<T>{std::coroutine_handle<procedure_promise_of>::from_promise(*this)};
}
inline procedure<void> procedure_promise_of<void>::get_return_object() {
  return procedure<void>{std::coroutine_handle<procedure_promise_of>::from_promise(*this)};
}

} // namespace argus_ticket::detail::https

#endif
