#ifndef ARGUS_TICKET_OPERATION_HPP
#define ARGUS_TICKET_OPERATION_HPP

#include <argus_ticket/detail/operation_chain.hpp>
#include <argus_ticket/http/request.hpp>
#include <argus_ticket/http/response.hpp>
#include <argus_ticket/result.hpp>

#include <chrono>
#include <coroutine>
#include <optional>
#include <utility>

namespace argus_ticket {

/**
 * What a plugin does, as a coroutine without I/O: it sends requests and is resumed with replies.
 *
 * Inside an operation:
 * - `http::response r = co_await send(request);` hands a request to whoever runs the operation.
 *   Where no reply comes, the operation ends with that error and the line after is never reached.
 * - `co_await wait(2s);` pauses.
 * - `T value = co_await other_operation();` runs another one; its error ends this one too.
 * - `result<T> r = co_await as_result(other_operation());` takes the error instead.
 * - `T value = co_await some_result;` unwraps a `result<T>` or ends with its error.
 * - `co_return` takes a `T`, an `error` or a `result<T>`.
 *
 * An exception that leaves the body becomes an `errc::internal_error`.
 *
 * Who runs one calls @ref start, then, until @ref done : where @ref request is not null, carries it
 * and calls @ref resume with the reply; else waits for @ref pause and calls @ref resume. Clients do
 * this over a transport; tests may do it by hand.
 *
 * @tparam T What it gives; may be `void`.
 *
 * Object lifetimes: what the coroutine got by reference, and the plugin whose member it is, must
 * outlive it. An operation that is destroyed half-way destroys what it holds, and nothing else.
 * Thread safety: one thread at a time; it may move between threads.
 * Errors: whatever its body ends with; `internal_error` for an exception.
 * Exception safety: `std::bad_alloc` at most, where the coroutine is made.
 */
template <class T>
class [[nodiscard]] operation {
 public:
  class promise_type; ///< For the compiler (coroutines); of no use to anybody else.

  operation(operation&& other) noexcept : handle_(std::exchange(other.handle_, {})) {}
  operation& operator=(operation other) noexcept {
    std::swap(handle_, other.handle_);
    return *this;
  }
  ~operation() {
    if (handle_) handle_.destroy();
  }

  /// Runs to the first request, the first pause, or the end. To be called once.
  void start() {
    chain().adopt(promise());
    handle_.resume();
  }
  /// Whether it has ended; then @ref take gives what it ended with.
  [[nodiscard]] bool done() const noexcept { return chain().done(); }
  /// The request that waits to be carried; null where none does. Valid until `resume`.
  [[nodiscard]] http::request const* request() const noexcept { return chain().request(); }
  /// How long to wait; of use where there is no request.
  [[nodiscard]] std::chrono::milliseconds pause() const noexcept { return chain().pause(); }
  /// Goes on after a request, with the reply or the reason why there is none. An error may end a
  /// pause as well.
  void resume(result<http::response> reply) { chain().resume(std::move(reply)); }
  /// Goes on after a pause.
  void resume() { chain().resume(); }
  /// What it ended with. To be called once, when done.
  [[nodiscard]] result<T> take() { return promise().take(); }

  /// For the awaiters of the library.
  [[nodiscard]] promise_type& promise() const noexcept { return handle_.promise(); }

 private:
  explicit operation(std::coroutine_handle<promise_type> handle) noexcept : handle_(handle) {}

  detail::operation_chain& chain() const noexcept { return handle_.promise().own_chain(); }

  std::coroutine_handle<promise_type> handle_;
};

/// Sends a request from inside an operation and gives the reply: `co_await send(request)`.
[[nodiscard]] inline detail::send_awaiter send(http::request request) {
  return detail::send_awaiter{std::move(request)};
}

/// Pauses inside an operation for that time: `co_await wait(2s)`.
[[nodiscard]] inline detail::wait_awaiter wait(std::chrono::milliseconds time) {
  return detail::wait_awaiter{time};
}

/// Runs the operation `inner` inside another one and gives its result, error or not.
template <class T>
[[nodiscard]] detail::as_result_wrapper<T> as_result(operation<T> inner) {
  return detail::as_result_wrapper<T>{std::move(inner)};
}

} // namespace argus_ticket

#include <argus_ticket/detail/operation_promise.hpp>

#endif
