#ifndef ARGUS_TICKET_TRANSPORT_DETAIL_STEP_HPP
#define ARGUS_TICKET_TRANSPORT_DETAIL_STEP_HPP

#include <boost/system/error_code.hpp>

#include <coroutine>
#include <cstddef>
#include <utility>

namespace argus_ticket::detail::https {

/// A step that a connection has begun: who ends it calls @ref finish, at once or later.
class pending_step {
 public:
  explicit pending_step(boost::system::error_code& ec) noexcept : ec_(ec) {}
  pending_step(pending_step const&) = delete;
  pending_step& operator=(pending_step const&) = delete;

  /// Goes on with the procedure, where that waits already. Nothing of it is to be touched after
  /// that, as it may have ended.
  void finish(boost::system::error_code ec, std::size_t count = 0) {
    ec_ = ec;
    count_ = count;
    ended_ = true;
    if (waiting_) std::exchange(waiting_, {}).resume();
  }

 protected:
  [[nodiscard]] bool wait(std::coroutine_handle<> procedure) noexcept {
    if (!ended_) waiting_ = procedure;
    return !ended_;
  }

  boost::system::error_code& ec_;
  std::size_t count_ = 0;

 private:
  std::coroutine_handle<> waiting_;
  bool ended_ = false;
};

/**
 * One step of a procedure, to be awaited: gives the count of bytes that were moved, where there are
 * any, and fills the error code.
 * @tparam Begin What begins it, of `pending_step&`.
 */
template <class Begin>
class [[nodiscard]] step : public pending_step {
 public:
  step(boost::system::error_code& ec, Begin begin) : pending_step(ec), begin_(std::move(begin)) {}

  [[nodiscard]] bool await_ready() const noexcept { return false; }
  [[nodiscard]] bool await_suspend(std::coroutine_handle<> procedure) {
    begin_(static_cast<pending_step&>(*this));
    return wait(procedure);
  }
  std::size_t await_resume() const noexcept { return count_; }

 private:
  Begin begin_;
};

} // namespace argus_ticket::detail::https

#endif
