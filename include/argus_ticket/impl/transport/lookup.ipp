#ifndef ARGUS_TICKET_IMPL_TRANSPORT_LOOKUP_IPP
#define ARGUS_TICKET_IMPL_TRANSPORT_LOOKUP_IPP

#include <argus_ticket/detail/port_number.hpp>
#include <argus_ticket/transport/detail/lookup.hpp>

#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/this_coro.hpp>

#include <exception>
#include <memory>
#include <mutex>
#include <system_error>
#include <thread>

namespace argus_ticket::detail::https {

/// What the waiting coroutine and the thread share.
class pending_lookup : public std::enable_shared_from_this<pending_lookup> {
 public:
  explicit pending_lookup(asio::steady_timer& waiting) : waiting_(&waiting) {}

  /// In the thread: hands the addresses over and wakes the coroutine, where it still waits.
  void finish(endpoints found, error_code ec) {
    std::lock_guard const lock(mutex_);
    if (waiting_ == nullptr) return;
    found_ = std::move(found);
    ec_ = ec;
    done_ = true;
    asio::post(waiting_->get_executor(), [self = shared_from_this()] { self->wake(); });
  }
  /// In the coroutine: nobody waits any more, and the executor may go away.
  void abandon() noexcept {
    std::lock_guard const lock(mutex_);
    waiting_ = nullptr;
  }
  /// In the coroutine: the addresses; `timed_out` where there are none yet.
  endpoints take(error_code& ec) {
    std::lock_guard const lock(mutex_);
    ec = done_ ? ec_ : error_code{asio::error::timed_out};
    return std::move(found_);
  }

 private:
  void wake() {
    std::lock_guard const lock(mutex_);
    if (waiting_ != nullptr) waiting_->cancel();
  }

  std::mutex mutex_;
  asio::steady_timer* waiting_;
  endpoints found_;
  error_code ec_;
  bool done_ = false;
};

/// Abandons a look-up at the end of the coroutine, also where that is destroyed half-way.
struct lookup_guard {
  std::shared_ptr<pending_lookup> pending;

  explicit lookup_guard(std::shared_ptr<pending_lookup> p) : pending(std::move(p)) {}
  lookup_guard(lookup_guard const&) = delete;
  lookup_guard& operator=(lookup_guard const&) = delete;
  ~lookup_guard() { pending->abandon(); }
};

endpoints system_lookup(std::string const& host, std::string const& port, error_code& ec) {
  asio::io_context context{1};
  asio::ip::tcp::resolver resolver{context};
  endpoints found;
  auto const results = resolver.resolve(host, port, asio::ip::resolver_base::numeric_service, ec);
  for (auto const& entry : results) found.push_back(entry.endpoint());
  return found;
}

asio::awaitable<endpoints> async_lookup(std::string host, std::string port, time_point limit,
                                        error_code& ec, lookup_function lookup) {
  auto const number = port_number(port);
  if (!number) {
    ec = asio::error::invalid_argument;
    co_return endpoints{};
  }
  auto const address = asio::ip::make_address(host, ec);
  if (!ec) {
    endpoints literal;
    literal.emplace_back(address, *number);
    co_return literal;
  }
  ec = {};
  // localhost is this machine, whatever a name server says (RFC 6761, 6.3): http is allowed to it.
  if (host == "localhost") {
    endpoints loopback;
    loopback.emplace_back(asio::ip::address_v4::loopback(), *number);
    loopback.emplace_back(asio::ip::address_v6::loopback(), *number);
    co_return loopback;
  }
  auto const executor = co_await asio::this_coro::executor;
  asio::steady_timer timer{executor, limit};
  lookup_guard const guard{std::make_shared<pending_lookup>(timer)};
  try {
    std::thread{[pending = guard.pending, host, port, lookup] {
      error_code failed;
      endpoints found;
      try {
        found = lookup(host, port, failed);
        pending->finish(std::move(found), failed);
      } catch (std::exception const&) {
        pending->finish({}, asio::error::no_memory);
      }
    }}.detach();
  } catch (std::system_error const&) {
    ec = asio::error::no_buffer_space;
  }
  if (ec) co_return endpoints{};
  error_code woken;
  co_await timer.async_wait(into(woken));
  endpoints found = guard.pending->take(ec);
  if (!ec && found.empty()) ec = asio::error::host_not_found;
  co_return found;
}

} // namespace argus_ticket::detail::https

#endif
